"""Who looks at the feed while all the others come back: in a process of its own, so that the gateway is measured
and not the one process that plays two hundred and fifty counters."""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.benchmarks.fleet_counter import FleetCounter
from tests.benchmarks.fleet_line import Busy, Tally

PAUSE = 0.5
"""Seconds between two looks."""


@contextmanager
def watched(counter: FleetCounter, taken: list[float]) -> Iterator[None]:
    """Inside, an enrolled `counter` looks every half second; how long each look took is in `taken` afterwards."""
    own = {"url": counter.url, "agency": counter.agency, "device": counter.device, "epoch": counter.epoch,
           "token": counter.token, "incarnation": counter.incarnation, "position": counter.position}
    spawning = multiprocessing.get_context("spawn")
    here, there = spawning.Pipe()
    process = spawning.Process(target=_look, args=(there, own, counter.key.private_bytes_raw()), daemon=True)
    process.start()
    there.close()                                  # then one that died is heard of
    try:
        here.recv()                                # its first look is over: it has paid for its imports
        yield
        here.send("enough")
        taken += here.recv()
    finally:
        here.close()
        process.terminate()
        process.join()


def _look(told: Connection[Any, Any], own: dict[str, Any], key: bytes) -> None:
    counter = FleetCounter(
        tally=Tally(), noise=random.Random(1), key=Ed25519PrivateKey.from_private_bytes(key), **own)
    told.send(asyncio.run(_looks(counter, told)))


async def _looks(counter: FleetCounter, told: Connection[Any, Any]) -> list[float]:
    async with counter.line() as line:
        await counter.pull(line)
    told.send("ready")
    taken: list[float] = []
    while not told.poll():
        began = time.perf_counter()
        try:
            async with counter.line() as line:
                await counter.pull(line)
            taken.append(time.perf_counter() - began)
        except Busy as busy:
            await asyncio.sleep(busy.after or PAUSE)
        await asyncio.sleep(PAUSE)
    return taken


__all__ = ["watched"]
