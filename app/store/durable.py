"""A file is on the disk when its folder is too: a name that was not synced can vanish with the power."""

from __future__ import annotations

import errno
import os
import secrets
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


def has_room(folder: Path) -> bool:
    """Whether the disk takes a few more pages: tried, for what it says to be free need not be free for us."""
    probe = folder / f"{secrets.token_hex(4)}.probe"
    try:
        descriptor = os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            page = bytes(32 * 1024)
            if sys.platform == "win32":
                os.write(descriptor, page)
            else:
                os.pwrite(descriptor, page, 0)     # as SQLite does
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
            probe.unlink(missing_ok=True)
    except OSError as error:
        return error.errno not in {errno.ENOSPC, errno.EDQUOT}
    return True


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """The folder, and those above it that were not there, with their names on the disk. Raises OSError."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=mode, exist_ok=True)
    fsync_folder(folder.parent)
