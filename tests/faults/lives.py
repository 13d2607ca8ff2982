"""What the runs that kill children share: one life until kill -9, and whether the journal is whole after all."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, select

from app.domain.operation import GENESIS, digest, parse
from app.store.tables import journal


def one_life(work: Callable[[int], object], life: float, *, counted_from: str = "") -> list[str]:
    """Fork a child that does `work` and is killed after `life` seconds; the whole lines it has said.

    `work` gets the descriptor it says its lines to and does not return. `counted_from`: the first thing the child
    says, and its life begins with that, not with its birth.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(writing)
        finally:
            os._exit(3)
    os.close(writing)
    if counted_from:
        os.read(reading, len(counted_from))
    time.sleep(life)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    return [line for line in said.split("\n")[:-1] if line]


def chain_breaks(connection: Connection, public: Ed25519PublicKey) -> int:
    """Operations of this counter that do not follow the one before, do not hash to what is stored, or are not
    signed by it."""
    broken, before, expected = 0, GENESIS, 1
    for line in connection.execute(select(journal).order_by(journal.c.seq)):
        operation = parse(line.payload, line.signature)
        is_whole = (operation.header.prev, line.seq, digest(line.payload)) == (before, expected, line.hash)
        try:
            public.verify(line.signature, line.payload.encode())
        except InvalidSignature:
            is_whole = False
        broken += not is_whole
        before, expected = line.hash, expected + 1
    return broken
