"""Who has the book open: everybody together, or one alone who changes the file as a whole.

Each program that opens the book shares a lock beside it; an upgrade and a restore want it alone. Another window, a
courier or a command that is still at work keeps them away, and they keep others from opening half a book. The lock
goes with its process, however that ends.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from app.errors import EnvironmentFault
from app.store.disk import disk_fault

PATIENCE = 5.0
"""Seconds for which a program that is about to end is waited for."""
STEP = 0.05


class BookHold:
    """This program's hold on the book at `database`. `close` lets it go."""

    def __init__(self, database: Path) -> None:
        """Raises EnvironmentFault disk_full, data_folder_unwritable, disk_error."""
        try:
            self._descriptor = os.open(database.with_suffix(".open"), os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise disk_fault(error) from error
        self._slot = -1

    def share(self, patience: float = PATIENCE) -> None:
        """Together with others. Raises EnvironmentFault `book_in_use` when one has it alone for longer."""
        self._wait(self._try_share, patience)

    def take_alone(self, patience: float = PATIENCE) -> None:
        """Nobody else has it. Raises EnvironmentFault `book_in_use`; nothing is held then."""
        self._wait(self._try_alone, patience)

    def may_take_alone(self) -> bool:
        """`take_alone` without waiting; nothing is held when it is False."""
        self.let_go()
        return self._try_alone()

    def close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _wait(self, take: object, patience: float) -> None:
        assert callable(take)
        self.let_go()
        end = time.monotonic() + patience
        while not take():
            if time.monotonic() > end:
                raise EnvironmentFault("book_in_use")
            time.sleep(STEP)

    if sys.platform == "win32":
        # Windows knows no shared lock here: whoever shares holds one byte of many, whoever is alone holds all.
        _SLOTS = 64

        def let_go(self) -> None:
            if self._slot >= 0:
                first, size = (0, self._SLOTS) if self._slot == self._SLOTS else (self._slot, 1)
                self._lock(first, size, is_on=False)
                self._slot = -1

        def _try_share(self) -> bool:
            for slot in range(self._SLOTS):
                if self._lock(slot, 1, is_on=True):
                    self._slot = slot
                    return True
            return False

        def _try_alone(self) -> bool:
            if not self._lock(0, self._SLOTS, is_on=True):
                return False
            self._slot = self._SLOTS
            return True

        def _lock(self, first: int, size: int, *, is_on: bool) -> bool:
            import msvcrt

            os.lseek(self._descriptor, first, os.SEEK_SET)
            try:
                msvcrt.locking(self._descriptor, msvcrt.LK_NBLCK if is_on else msvcrt.LK_UNLCK, size)
            except OSError:
                return False
            return True
    else:
        def let_go(self) -> None:
            import fcntl

            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

        def _try_share(self) -> bool:
            import fcntl

            return self._flock(fcntl.LOCK_SH)

        def _try_alone(self) -> bool:
            import fcntl

            return self._flock(fcntl.LOCK_EX)

        def _flock(self, kind: int) -> bool:
            import fcntl

            try:
                fcntl.flock(self._descriptor, kind | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True
