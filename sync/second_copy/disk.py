"""The few things a medium is asked; a test puts one in its place that is full, pulled out or forgetful."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from app.errors import EnvironmentFault
from app.store.durable import fsync_folder

_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTCONN})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def medium_fault(error: OSError) -> EnvironmentFault:
    """second_copy_missing, _read_only, _full or _broken, as the system said it."""
    if error.errno in _GONE:
        return EnvironmentFault("second_copy_missing")
    if error.errno in _READ_ONLY:
        return EnvironmentFault("second_copy_read_only")
    if error.errno in _FULL:
        return EnvironmentFault("second_copy_full")
    return EnvironmentFault("second_copy_broken")


class MediumDisk:
    """The real one. Raises OSError as the system does."""

    def is_folder(self, folder: Path) -> bool:
        return folder.is_dir()

    def names(self, folder: Path) -> list[str]:
        return sorted(each.name for each in folder.iterdir())

    def size(self, file: Path) -> int:
        return file.stat().st_size

    def make_folder(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        fsync_folder(folder.parent)

    def write_new(self, file: Path, content: bytes) -> None:
        """A new small file, whole or not there. Raises FileExistsError."""
        if file.exists():
            raise FileExistsError(errno.EEXIST, "there", str(file))
        passing = file.with_name(file.name + ".new")
        descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        passing.replace(file)
        fsync_folder(file.parent)

    def write_at(self, file: Path, at: int, content: bytes) -> None:
        """Behind the first `at` bytes, of which nothing follows afterwards; on the medium when this returns."""
        is_new = not file.exists()
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | _BINARY, 0o600)
        try:
            if os.fstat(descriptor).st_size < at:      # not the file that we left: never fill the hole with zeros
                raise OSError(errno.EIO, "shorter than it was", str(file))
            os.ftruncate(descriptor, at)
            os.lseek(descriptor, at, os.SEEK_SET)
            view = memoryview(content)
            while view:                            # a write may take less than it was given
                view = view[os.write(descriptor, view) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if is_new:
            fsync_folder(file.parent)

    def read(self, file: Path, start: int = 0) -> bytes:
        """From `start` to the end, not from what the system still has in memory, where it can be told so."""
        with file.open("rb", buffering=0) as handle:
            if sys.platform == "linux":
                os.posix_fadvise(handle.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            handle.seek(start)
            return handle.read()

    def is_same_disk(self, one: Path, other: Path) -> bool:
        """Whether both lie on one file system: a copy there would be lost with the original."""
        return one.stat().st_dev == other.stat().st_dev


_BINARY = getattr(os, "O_BINARY", 0)
