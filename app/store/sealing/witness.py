"""How many commits the book has had, kept beside the keys: a book that is put back has had fewer.

Eight slots written in turn after each commit and not waited for, as the witness of the journal is: this one may
lag behind the book, and is never ahead of it.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.store.durable import fsync_folder
from app.store.witness import machine_name

_BODY = struct.Struct(">5s16sQ32s")
_MAGIC = b"QMCS1"
_CHECK = 16
SLOT = _BODY.size + _CHECK
SLOTS = 8


@dataclass(frozen=True, slots=True, order=True)
class Sealed:
    """The seal after one commit."""

    generation: int
    tag: bytes


class SealWitness:
    """`machine`: what tells this machine from another; a copied file does not bear witness there."""

    def __init__(self, file: Path, key: bytes, machine: str | None = None) -> None:
        self.file = file
        self._key = hmac.digest(key, b"quay-mot-cua seals", "sha256")
        self._machine = hashlib.sha256((machine_name() if machine is None else machine).encode()).digest()[:16]
        self._lock = threading.Lock()
        self._descriptor = -1

    def read(self) -> Sealed | None:
        """The newest that it knows; None when there is none here that can be believed."""
        try:
            content = self.file.read_bytes()
        except OSError:
            return None
        slots = (self._slot(content[at:at + SLOT]) for at in range(0, SLOT * SLOTS, SLOT))
        return max((each for each in slots if each is not None), default=None)

    def begin(self, known: Sealed) -> None:
        """Every slot says this; on the disk with its name when this returns. Raises OSError."""
        self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._lock:
            self._let_go()
            passing = self.file.with_suffix(".seals-new")
            descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as handle:
                handle.write(self._written(known) * SLOTS)
                handle.flush()
                os.fsync(handle.fileno())
            passing.replace(self.file)
            fsync_folder(self.file.parent)

    def note(self, known: Sealed) -> None:
        """The book has committed this. Where it cannot be written the witness lags behind."""
        with self._lock, suppress(OSError):
            if self._descriptor < 0:               # kept open: opening it costs more than all else here
                self._descriptor = os.open(self.file, os.O_RDWR | getattr(os, "O_BINARY", 0))
            _write_at(self._descriptor, known.generation % SLOTS * SLOT, self._written(known))

    def close(self) -> None:
        """Nothing more is noted."""
        with self._lock:
            self._let_go()

    def _let_go(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _written(self, known: Sealed) -> bytes:
        body = _BODY.pack(_MAGIC, self._machine, known.generation, known.tag)
        return body + self._check(body)

    def _slot(self, raw: bytes) -> Sealed | None:
        body, check = raw[:_BODY.size], raw[_BODY.size:]
        if len(raw) != SLOT or not hmac.compare_digest(check, self._check(body)):
            return None
        magic, machine, generation, tag = _BODY.unpack(body)
        return Sealed(generation, tag) if magic == _MAGIC and machine == self._machine else None

    def _check(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, "sha256")[:_CHECK]


def _write_at(descriptor: int, place: int, content: bytes) -> None:
    if sys.platform != "win32":
        os.pwrite(descriptor, content, place)
        return
    os.lseek(descriptor, place, os.SEEK_SET)
    os.write(descriptor, content)
