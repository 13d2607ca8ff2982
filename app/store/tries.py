"""How often a secret was wrong, kept beside the keys: a book that is put back between two tries forgets none.

One small file, written whole and checked under the book's key. It is a second witness, not the only one: the book
counts too, and whichever says more is believed. It also knows the day of the newest grant with which somebody
signed in: under the name of nobody, so that a former version reads it and carries it on.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.store.durable import fsync_folder


@dataclass(frozen=True, slots=True, order=True)
class Wrong:
    """`count` wrong tries in a row of the secret that the personal code `serial` began; a newer code begins
    anew."""

    serial: int
    count: int


_NOBODY = ""


class TryFile:
    """`file` lies where a data folder is not."""

    def __init__(self, file: Path, key: bytes) -> None:
        self.file = file
        self._key = hmac.digest(key, b"quay-mot-cua tries", hashlib.sha256)

    def read(self) -> Mapping[str, Wrong] | None:
        """By clerk; None when there is no file that can be believed."""
        held = self._held()
        return None if held is None else {clerk: wrong for clerk, wrong in held.items() if clerk != _NOBODY}

    def used_with(self) -> date | None:
        """The province's day of the newest grant that was used here; None where none said its day."""
        found = (self._held() or {}).get(_NOBODY)
        return None if found is None else date.fromordinal(found.serial)

    def _held(self) -> dict[str, Wrong] | None:
        try:
            check, _, text = self.file.read_bytes().partition(b"\n")
            if not hmac.compare_digest(check, self._check(text)):
                return None
            held = json.loads(text)
            return {str(clerk): Wrong(int(serial), int(count)) for clerk, (serial, count) in held.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return None

    def write(self, known: Mapping[str, Wrong], used_with: date | None = None) -> bool:
        """On the disk with its name when this returns; False where it cannot be written. `used_with` only
        rises."""
        days = [each for each in (self.used_with(), used_with) if each is not None]
        of_nobody = {_NOBODY: Wrong(max(days).toordinal(), 0)} if days else {}
        held = {**known, **of_nobody}
        text = json.dumps({clerk: [wrong.serial, wrong.count] for clerk, wrong in held.items()}).encode()
        passing = self.file.with_suffix(".tries-new")
        with suppress(OSError):
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as handle:
                handle.write(self._check(text) + b"\n" + text)
                handle.flush()
                os.fsync(handle.fileno())
            passing.replace(self.file)
            fsync_folder(self.file.parent)
            return True
        return False

    def _check(self, text: bytes) -> bytes:
        return hmac.digest(self._key, text, hashlib.sha256).hex().encode()
