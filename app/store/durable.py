"""A file is on the disk when its folder is too: a name that was not synced can vanish with the power."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def fsync_folder(folder: Path) -> None:
    """Put the names in `folder` on the disk. Windows has no such call; NTFS logs names by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def fsync_file(file: Path) -> None:
    """Put the content of `file` on the disk."""
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """The folder, and those above it that were not there, with their names on the disk. Raises OSError."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=mode, exist_ok=True)
    fsync_folder(folder.parent)
