"""How many commits the book has had, kept beside the keys: a book that is put back has had fewer.

Eight slots written in turn after each commit and not waited for, as the witness of the journal is: this one may
lag behind the book, and is never ahead of it.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from dataclasses import dataclass
from pathlib import Path

from app.store.slot_file import SlotFile
from app.store.witness import machine_name

_BODY = struct.Struct(">5s16sQ32s")
_MAGIC = b"QMCS1"


@dataclass(frozen=True, slots=True, order=True)
class Sealed:
    """The seal after one commit."""

    generation: int
    tag: bytes


class SealWitness:
    """`machine`: what tells this machine from another; a copied file does not bear witness there."""

    def __init__(self, file: Path, key: bytes, machine: str | None = None) -> None:
        self.file = file
        self._slots = SlotFile(
            file, hmac.digest(key, b"quay-mot-cua seals", "sha256"), _BODY.size, ".seals-new", stays_open=True)
        self._machine = hashlib.sha256((machine_name() if machine is None else machine).encode()).digest()[:16]

    def read(self) -> Sealed | None:
        """The newest that it knows; None when there is none here that can be believed."""
        return max((each for body in self._slots.bodies() if (each := self._read(body)) is not None), default=None)

    def begin(self, known: Sealed) -> None:
        """It says this from now on; on the disk with its name when this returns. Raises OSError."""
        self._slots.begin(self._body(known))

    def note(self, known: Sealed) -> None:
        """The book has committed this. Where it cannot be written the witness lags behind."""
        self._slots.write(known.generation, self._body(known))

    def close(self) -> None:
        """Lets the file go."""
        self._slots.close()

    def _body(self, known: Sealed) -> bytes:
        return _BODY.pack(_MAGIC, self._machine, known.generation, known.tag)

    def _read(self, body: bytes) -> Sealed | None:
        magic, machine, generation, tag = _BODY.unpack(body)
        return Sealed(generation, tag) if magic == _MAGIC and machine == self._machine else None
