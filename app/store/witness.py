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
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.store.durable import fsync_folder

_MAGIC = b"QMCW1"
_BODY = struct.Struct(">5s8s16sIQ32s")
_CHECK = 16
_SLOT = _BODY.size + _CHECK
_SLOTS = 8


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
        self._key = hmac.digest(key, b"quay-mot-cua witness", "sha256")
        self._machine = hashlib.sha256((machine_name() if machine is None else machine).encode()).digest()[:16]
        self._id = b""
        self._lock = threading.Lock()

    def read(self) -> tuple[str, Witnessed] | None:
        """Its id and the newest it knows; None when there is none here that can be believed."""
        try:
            content = self.file.read_bytes()
        except OSError:
            return None
        found = [each for at in range(0, _SLOT * _SLOTS, _SLOT) if (each := self._slot(content[at : at + _SLOT]))]
        if not found:
            return None
        witness, newest = max(found, key=lambda each: each[1])
        self._id = witness
        return witness.hex(), newest

    def begin(self, witness: bytes, known: Witnessed) -> str:
        """A new witness of eight bytes' id, on the disk with its name when this returns. Raises OSError."""
        self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._lock:
            self._id = witness
            passing = self.file.with_suffix(".witness-new")
            descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as handle:
                handle.write(self._written(known) * _SLOTS)
                handle.flush()
                os.fsync(handle.fileno())
            passing.replace(self.file)
            fsync_folder(self.file.parent)
        return witness.hex()

    def note(self, known: Witnessed) -> None:
        """The book has committed this. A witness that cannot be written now is found missing at the next start."""
        if not self._id:
            return
        with self._lock, suppress(OSError), self.file.open("rb+", buffering=0) as handle:
            handle.seek(known.seq % _SLOTS * _SLOT)
            handle.write(self._written(known))

    def _written(self, known: Witnessed) -> bytes:
        body = _BODY.pack(
            _MAGIC, self._id, self._machine, known.epoch, known.seq, bytes.fromhex(known.hash)
        )
        return body + self._check(body)

    def _slot(self, raw: bytes) -> tuple[bytes, Witnessed] | None:
        body, check = raw[: _BODY.size], raw[_BODY.size :]
        if len(raw) != _SLOT or not hmac.compare_digest(check, self._check(body)):
            return None
        magic, witness, machine, epoch, seq, own = _BODY.unpack(body)
        if magic != _MAGIC or machine != self._machine:
            return None
        return witness, Witnessed(epoch, seq, own.hex())

    def _check(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, "sha256")[:_CHECK]


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
