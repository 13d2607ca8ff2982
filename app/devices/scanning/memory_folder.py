"""A private folder in memory for page pictures on their way: never in clear on a disk.

Only file systems that live in memory are used (tmpfs, ramfs). The folder is its owner's alone (0700), and whoever
uses it holds a lock on it, so that a folder whose user was killed can be told from one in use and swept.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

PREFIX = "quay-scan-"
_LOCK = ".lock"
_IN_MEMORY = {"tmpfs", "ramfs"}


def places() -> tuple[Path, ...]:
    """Folders of this system that live in memory and that this account may write to, best first."""
    wished = [Path("/dev/shm"), *(Path(each) for each in (os.environ.get("XDG_RUNTIME_DIR"),) if each)]
    return tuple(
        each for each in wished
        if each.is_dir() and os.access(each, os.W_OK | os.X_OK) and is_in_memory(each))


def is_in_memory(path: Path) -> bool:
    """Whether what is written at `path` lives in memory alone; false where the system does not say."""
    return _file_system(path) in _IN_MEMORY


@contextlib.contextmanager
def memory_folder(where: Sequence[Path] | None = None) -> Iterator[Path | None]:
    """A new folder, removed with all that is in it at the end; None when this system has no such place."""
    found = places() if where is None else tuple(where)
    if sys.platform == "win32" or not found:
        yield None
        return
    import fcntl

    sweep(found)
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=found[0]))  # 0700 by its promise
    try:
        with (folder / _LOCK).open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(where: Sequence[Path] | None = None) -> int:
    """Remove what killed scans of this account have left; how many folders."""
    if sys.platform == "win32":
        return 0
    swept = 0
    for place in places() if where is None else where:
        for folder in place.glob(f"{PREFIX}*"):
            with contextlib.suppress(OSError):
                if folder.stat().st_uid == os.getuid() and _is_left_over(folder):
                    shutil.rmtree(folder, ignore_errors=True)
                    swept += 1
    return swept


def _is_left_over(folder: Path) -> bool:
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        with (folder / _LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False                       # being made or removed this moment: no picture is in it
    except BlockingIOError:
        return False
    return True


def _file_system(path: Path) -> str:
    """Kind of file system `path` lies on, from the kernel's own list; "" when that cannot be read."""
    try:
        lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    real = os.path.realpath(path)
    for line in lines:
        mounted, _, described = line.partition(" - ")
        point = mounted.split(" ")[4].replace("\\040", " ")
        if (real == point or real.startswith(point.rstrip("/") + "/")) and len(point) >= len(best):
            best, kind = point, described.split(" ")[0]
    return kind
