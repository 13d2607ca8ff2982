"""One program at a time takes backups of a book: the window that closes, or a command beside it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import EnvironmentFault


@contextmanager
def one_backup_at_a_time(database: Path) -> Iterator[None]:
    """Raises EnvironmentFault `backup_busy` at once when another program does it; one that ends lets go."""
    descriptor = os.open(database.with_suffix(".backing-up"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _take(descriptor):
            raise EnvironmentFault("backup_busy")
        yield
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    def _take(descriptor: int) -> bool:
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    def _take(descriptor: int) -> bool:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
