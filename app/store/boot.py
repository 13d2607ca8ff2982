"""Which start of the machine this is, and a small file that must outlive it."""

from __future__ import annotations

import sys
from pathlib import Path

from app.store.durable import fsync_file, fsync_folder

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_MARK = "restart.mark"


def boot_name() -> str:
    """Another one after each start of the operating system; "" where it cannot be told."""
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


def _windows_boot() -> str:
    if sys.platform != "win32":
        return ""
    import ctypes
    import time

    since = ctypes.windll.kernel32.GetTickCount64() / 1000
    return f"{round((time.time() - since) / 600)}"     # to ten minutes: the clock is set right by seconds
