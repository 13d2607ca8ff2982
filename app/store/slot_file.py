"""A small file of eight equal places that are written in turn, each with a check under a key.

A place that was torn while it was written, or changed, is none; the seven others still say what was before it.
"""

from __future__ import annotations

import hmac
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path

from app.store.durable import fsync_folder

SLOTS = 8
_CHECK = 16


class SlotFile:
    """`body`: bytes of what one place holds; `passing`: ending of the file's name while it is made.

    With `stays_open` the file is held until `close`: opening it costs more than writing one place.
    """

    def __init__(self, file: Path, key: bytes, body: int, passing: str, *, stays_open: bool = False) -> None:
        self.file = file
        self._key, self._size, self._passing = key, body, passing
        self._stays_open = stays_open
        self._lock = threading.Lock()
        self._descriptor = -1

    def bodies(self) -> list[bytes]:
        """Those that can be believed; none where the file cannot be read."""
        try:
            content = self.file.read_bytes()
        except OSError:
            return []
        size = self._size + _CHECK
        places = (content[at:at + size] for at in range(0, size * SLOTS, size))
        return [place[:self._size] for place in places
                if len(place) == size and hmac.compare_digest(place[self._size:], self._check(place[:self._size]))]

    def begin(self, body: bytes) -> None:
        """Every place says this; on the disk with its name when this returns. Raises OSError."""
        self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._lock:
            self._let_go()
            passing = self.file.with_suffix(self._passing)
            descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as handle:
                handle.write((body + self._check(body)) * SLOTS)
                handle.flush()
                os.fsync(handle.fileno())
            passing.replace(self.file)
            fsync_folder(self.file.parent)

    def write(self, turn: int, body: bytes) -> None:
        """Into the place whose turn it is. Where it cannot be written, the file lags behind."""
        with self._lock, suppress(OSError):
            if self._descriptor < 0:
                self._descriptor = os.open(self.file, os.O_RDWR | getattr(os, "O_BINARY", 0))
            try:
                _write_at(self._descriptor, turn % SLOTS * (self._size + _CHECK), body + self._check(body))
            finally:
                if not self._stays_open:
                    self._let_go()

    def close(self) -> None:
        """Lets the file go; the next `write` opens it again."""
        with self._lock:
            self._let_go()

    def _let_go(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _check(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, "sha256")[:_CHECK]


def _write_at(descriptor: int, place: int, content: bytes) -> None:
    if sys.platform != "win32":
        os.pwrite(descriptor, content, place)
        return
    os.lseek(descriptor, place, os.SEEK_SET)
    os.write(descriptor, content)
