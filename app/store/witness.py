"""The small witness beside the keys: how far this counter's journal reaches, kept where a data folder is not.

Whoever puts an older data folder back, or copies one to another machine, leaves this file behind: it then knows of
operations that the book does not. Eight slots of fixed size are written in turn, each with its own check under the
book's key, so that a write that was cut off costs one slot and never the witness. A slot is written after the
commit and not waited for: the witness may lag behind the book, which is harmless, and is never ahead of it.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.store.slot_file import SlotFile

_MAGIC = b"QMCW1"
_BODY = struct.Struct(">5s8s16sIQ32s")


@dataclass(frozen=True, slots=True, order=True)
class Witnessed:
    """The newest operation that the witness knows of."""

    epoch: int
    seq: int
    hash: str                                      # hex


class LocalWitness:
    """`machine`: what tells this machine from another; a copied file does not bear witness there."""

    def __init__(self, file: Path, key: bytes, machine: str | None = None) -> None:
        self.file = file
        self._slots = SlotFile(
            file, hmac.digest(key, b"quay-mot-cua witness", "sha256"), _BODY.size, ".witness-new")
        self._machine = hashlib.sha256((machine_name() if machine is None else machine).encode()).digest()[:16]
        self._id = b""

    def read(self) -> tuple[str, Witnessed] | None:
        """Its id and the newest it knows; None when there is none here that can be believed."""
        found = [each for body in self._slots.bodies() if (each := self._read(body)) is not None]
        if not found:
            return None
        witness, newest = max(found, key=lambda each: each[1])
        self._id = witness
        return witness.hex(), newest

    def begin(self, witness: bytes, known: Witnessed) -> str:
        """A new witness of eight bytes' id, on the disk with its name when this returns. Raises OSError."""
        self._id = witness
        self._slots.begin(self._body(known))
        return witness.hex()

    def note(self, known: Witnessed) -> None:
        """The book has committed this. A witness that cannot be written now is found missing at the next start."""
        if self._id:
            self._slots.write(known.seq, self._body(known))

    def _body(self, known: Witnessed) -> bytes:
        return _BODY.pack(_MAGIC, self._id, self._machine, known.epoch, known.seq, bytes.fromhex(known.hash))

    def _read(self, body: bytes) -> tuple[bytes, Witnessed] | None:
        magic, witness, machine, epoch, seq, own = _BODY.unpack(body)
        if magic != _MAGIC or machine != self._machine:
            return None
        return witness, Witnessed(epoch, seq, own.hex())


def machine_name() -> str:
    """What the operating system calls this installation; "" where it does not say."""
    if os.name == "nt":
        return _windows_name()
    for place in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        with suppress(OSError, UnicodeDecodeError):
            return Path(place).read_text(encoding="ascii").strip()
    return ""


def _windows_name() -> str:
    import sys

    if sys.platform != "win32":
        return ""
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    except OSError:
        return ""
