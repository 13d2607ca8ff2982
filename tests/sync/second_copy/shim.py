"""A medium that fails as media do: pulled out, full, read-only, forgetful, swapped for another."""

from __future__ import annotations

import errno
from pathlib import Path

from sync.second_copy.disk import MediumDisk


class FailingDisk(MediumDisk):
    """`fails_at`: the n-th write from now raises `error` after `torn` bytes of it reached the medium.

    `forgets`: bytes that a write says are on the medium and are not (a stick that acknowledges and loses).
    """

    def __init__(self) -> None:
        self.writes = 0
        self.fails_at = 0
        self.torn = 0
        self.error = errno.EIO
        self.forgets = 0
        self.is_one_disk = False

    def fail(self, at: int, error: int = errno.EIO, torn: int = 0) -> None:
        self.fails_at, self.error, self.torn = self.writes + at, error, torn

    def write_at(self, file: Path, at: int, content: bytes) -> None:
        self.writes += 1
        if self.writes == self.fails_at:
            if self.torn:
                super().write_at(file, at, content[: self.torn])
            raise OSError(self.error, "as asked", str(file))
        super().write_at(file, at, content[: len(content) - self.forgets])

    def is_same_disk(self, one: Path, other: Path) -> bool:
        return self.is_one_disk
