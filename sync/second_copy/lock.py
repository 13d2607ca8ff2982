"""One program at a time writes to the medium: the window's keeper, or a command beside it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import EnvironmentFault


@contextmanager
def one_at_a_time(database: Path) -> Iterator[None]:
    """Beside the book, not on the medium: every kind of medium would lock in its own way.

    Raises EnvironmentFault second_copy_busy at once when another program holds it; a program that ends lets it go.
    """
    descriptor = os.open(database.with_suffix(".copying"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(descriptor)
        yield
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    def _take(descriptor: int) -> None:
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise EnvironmentFault("second_copy_busy") from error
else:
    def _take(descriptor: int) -> None:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise EnvironmentFault("second_copy_busy") from error
