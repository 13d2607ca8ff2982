"""A file that is whole from the moment it has its name, and nowhere before: also when the process is killed.

What a clerk takes out (a spreadsheet, a paper as PDF, a pack) tells of citizens. Half of it left beside the
place she chose, under a name she does not know, would be read by whoever finds it. On Linux the file therefore has
no name at all until it is complete; elsewhere, and on media that cannot do this (FAT), it ends with `.part` until
then, and what a kill left of it goes when the same file is saved again.
"""

from __future__ import annotations

import errno
import glob
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_CANNOT = frozenset({errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT, errno.EPERM})
"""What media answer that know no file without a name; a folder that is not there is found out by the next try."""

_TAG = 4                                               # bytes


@contextmanager
def whole_file(target: Path, *, replaces: bool = True, mode: int = 0o666) -> Iterator[BinaryIO]:
    """A new file to write; it is synced and called `target` when the block ends well, and gone otherwise.

    An older file of that name is replaced, or with `replaces` false left as it is. The folder must be there: a
    wrong place is known at once. Raises OSError, FileExistsError without `replaces`.
    """
    if not replaces and target.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    descriptor = _nameless(target.parent, mode)
    if descriptor is None:
        yield from _by_its_side(target, mode, replaces=replaces)
        return
    with os.fdopen(descriptor, "w+b") as file:
        yield file
        _synced(file)
        _give_name(file, target, replaces=replaces)


def put_whole(target: Path, content: bytes, *, replaces: bool = True, mode: int = 0o666) -> None:
    """`content` as the file `target`, all of it or nothing. As `whole_file`."""
    with whole_file(target, replaces=replaces, mode=mode) as file:
        file.write(content)


def _nameless(folder: Path, mode: int) -> int | None:
    if sys.platform != "linux":
        return None
    try:
        return os.open(folder, os.O_TMPFILE | os.O_RDWR, mode)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
        return None


def _give_name(file: BinaryIO, target: Path, *, replaces: bool) -> None:
    try:
        _link(file, target)
        return
    except FileExistsError:
        if not replaces:
            raise
    beside = _beside(target)                           # complete already: only its name changes from here on
    _link(file, beside)
    try:
        beside.replace(target)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def _link(file: BinaryIO, name: Path) -> None:
    # With a folder's descriptor Python calls linkat, which follows /proc to the file itself; link would not.
    folder = os.open(name.parent, os.O_RDONLY)
    try:
        os.link(f"/proc/self/fd/{file.fileno()}", name.name, src_dir_fd=folder, dst_dir_fd=folder)
    finally:
        os.close(folder)


def _by_its_side(target: Path, mode: int, *, replaces: bool) -> Iterator[BinaryIO]:
    for left in target.parent.glob(f".{glob.escape(target.name)}.{'?' * 2 * _TAG}.part"):
        with suppress(OSError):                        # somebody writes it still (Windows)
            left.unlink()
    beside = _beside(target)
    descriptor = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            _synced(file)
        if replaces:
            beside.replace(target)
        else:
            _take_free_name(beside, target)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _take_free_name(beside: Path, target: Path) -> None:
    try:
        os.link(beside, target)                        # whole from its first moment, over no other
    except OSError as error:                           # a disk that knows no second name for a file
        if isinstance(error, FileExistsError):
            raise
        target.touch(exist_ok=False)                   # takes the name before another can
        beside.replace(target)


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name}.{secrets.token_hex(_TAG)}.part")


def _synced(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


__all__ = ["put_whole", "whole_file"]
