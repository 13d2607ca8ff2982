"""Which start of the machine this is, and a small file that must outlive it."""

from __future__ import annotations

import sys
from pathlib import Path

from app.store.durable import fsync_file, fsync_folder

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_MARK = "restart.mark"
_BEGAN = "began "
SET_RIGHT = 60
"""Seconds. A clock that follows others is set by less, and no machine starts twice within them."""


def boot_name() -> str:
    """Another one after each start of the operating system, see `is_same_boot`; "" where it cannot be told.

    Linux says it. On Windows it is when the machine began to run, worked out from the clock: a clock that is set
    by more than `SET_RIGHT` looks like a restart, and two starts within that time look like one.
    """
    if sys.platform == "win32":
        return _windows_boot()
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def leave_mark(folder: Path, token: str) -> None:
    """On the disk, as far as one can tell, when this returns. Raises OSError."""
    part = folder / f"{_MARK}.part"
    part.write_text(token, encoding="ascii")
    fsync_file(part)
    part.replace(folder / _MARK)
    fsync_folder(folder)


def read_mark(folder: Path) -> str:
    """"" when there is none."""
    try:
        return (folder / _MARK).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def began_at(now: float, running: float) -> str:
    """The name of the start that lies `running` seconds before `now`."""
    return f"{_BEGAN}{now - running:.0f}"


def is_same_boot(one: str, other: str) -> bool:
    """Whether two names are of the same start: times may differ as far as a clock is set right while it runs."""
    if one.startswith(_BEGAN) and other.startswith(_BEGAN):
        return abs(int(one.removeprefix(_BEGAN)) - int(other.removeprefix(_BEGAN))) <= SET_RIGHT
    return one == other


def _windows_boot() -> str:
    if sys.platform != "win32":
        return ""
    import ctypes
    import time

    running = ctypes.windll.kernel32.GetTickCount64
    running.restype = ctypes.c_ulonglong           # else an int of 32 bits, which turns over after 25 days
    return began_at(time.time(), running() / 1000)
