"""The few things a disk is asked so that a content is safe; a test puts a disk that loses power in its place."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import EnvironmentFault
from app.store.durable import fsync_file, fsync_folder

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
UNWRITABLE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def disk_fault(error: OSError) -> EnvironmentFault:
    """disk_full, data_folder_unwritable or disk_error, as the system said it."""
    if error.errno in FULL:
        return EnvironmentFault("disk_full")
    if error.errno in UNWRITABLE:
        return EnvironmentFault("data_folder_unwritable", reason=error.strerror or "")
    return EnvironmentFault("disk_error")


class NewFile:
    """A file that is being written by this process alone; locked, so that no sweep takes it away."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor

    def write(self, part: bytes) -> None:
        view = memoryview(part)
        while view:                                    # a write may take less than it was given
            view = view[os.write(self._descriptor, view) :]

    def sync(self) -> None:
        os.fsync(self._descriptor)

    def rename(self, target: Path) -> None:
        """Give it its name. Windows renames no open file; elsewhere it stays locked until it has its name."""
        if sys.platform == "win32":
            self.close()
        self.path.replace(target)

    def close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


class Disk:
    """The real one."""

    @contextmanager
    def new_file(self, path: Path) -> Iterator[NewFile]:
        """A new, locked file; it is gone when the block ends with an error before it was renamed."""
        arriving = NewFile(path, self._create(path))
        try:
            yield arriving
        except BaseException:
            arriving.close()
            path.unlink(missing_ok=True)
            raise
        arriving.close()

    def sync(self, file: Path) -> None:
        fsync_file(file)

    def sync_folder(self, folder: Path) -> None:
        fsync_folder(folder)

    def make_folder(self, folder: Path) -> None:
        """The folder and its own name are on the disk when this returns, whoever made it."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.sync_folder(folder.parent)
        self.sync_folder(folder.parent.parent)         # which may be new as well

    def read(self, file: Path, *, is_from_disk: bool = False) -> bytes:
        """The whole file; `is_from_disk`: not what the system still has in memory, where it can be told so."""
        with file.open("rb", buffering=0) as handle:
            if is_from_disk and sys.platform == "linux":
                os.posix_fadvise(handle.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            return handle.read()

    def remove(self, file: Path) -> None:
        file.unlink(missing_ok=True)

    def is_being_written(self, file: Path) -> bool:
        """Whether a living process has it open as its new file."""
        with self._taken(file) as is_taken:
            return not is_taken

    def remove_abandoned(self, file: Path) -> bool:
        """Remove it unless a living process is writing it; True when it is gone by this."""
        with self._taken(file) as is_taken:
            if is_taken:
                file.unlink(missing_ok=True)
            return is_taken

    if sys.platform == "win32":
        def _create(self, path: Path) -> int:
            return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_BINARY, 0o600)

        @contextmanager
        def _taken(self, file: Path) -> Iterator[bool]:
            # An open file cannot be renamed there: that is the lock.
            try:
                file.replace(file)
                yield True
            except OSError:
                yield False
    else:
        def _create(self, path: Path) -> int:
            import fcntl

            while True:
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                if os.fstat(descriptor).st_nlink:
                    return descriptor
                os.close(descriptor)                   # a sweep came between the two lines above

        @contextmanager
        def _taken(self, file: Path) -> Iterator[bool]:
            """True while this process holds the lock of a file that nobody writes."""
            import fcntl

            try:
                descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
            except FileNotFoundError:
                yield False
                return
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                is_taken = False
            else:
                is_taken = True
            try:
                yield is_taken
            finally:
                os.close(descriptor)
