"""The scans on a medium: each encrypted file as it lies here, by its name, copied once and read back.

A scan's name is the hash of what is inside, so the same name is the same content; here and there it is opened by
the book's key alone. What the medium has is not looked into again: `check_scans` of a restored book does that.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from app.errors import EnvironmentFault
from app.services.backup.names import PART
from app.services.disk_room import MEGABYTE, Free, free_bytes
from app.store.blobs import BlobStore
from app.store.disk import FULL, Disk
from app.store.durable import make_folder

SPARE = 16 * MEGABYTE


@dataclass(frozen=True, slots=True)
class ScansCopied:
    """`copied` now, `there` altogether."""

    copied: int
    there: int


def copy_scans(
    blobs: BlobStore, folder: Path, on_step: Callable[[int, int], object], *, free: Free = free_bytes,
    is_still: Callable[[], object] = lambda: None,
) -> ScansCopied:
    """Every scan of this counter that `folder` lacks; `on_step` (looked at, altogether) may end it at any place.

    Raises EnvironmentFault `backup_no_room`, `backup_failed` {reason}, `backup_not_whole`; what was copied before
    stays and is not copied again.
    """
    disk = Disk()
    store = BlobStore(folder, bytes(32))           # for its names alone: nothing is opened through it
    copied = total = 0
    try:
        here = list(blobs.walk())
        there = {each.sha256: each.size for each in store.walk()} if folder.is_dir() else {}
        for total, file in enumerate(here, start=1):
            on_step(total, len(here))
            if there.get(file.sha256) == file.size:
                continue
            left = free(folder.parent)
            if left < file.size + SPARE:
                needed = -(-(file.size + SPARE) // MEGABYTE)
                raise EnvironmentFault("backup_no_room", needed_mb=needed, free_mb=left // MEGABYTE)
            _copy(disk, blobs.path_of(file.sha256), store.path_of(file.sha256))
            is_still()
            copied += 1
    except FileNotFoundError as error:
        raise EnvironmentFault("backup_failed", reason=error.strerror or "") from error
    except OSError as error:
        if error.errno in FULL:
            raise EnvironmentFault("backup_no_room") from error
        raise EnvironmentFault("backup_failed", reason=error.strerror or "") from error
    return ScansCopied(copied, total)


def let_scans_go(folder: Path, purged: Collection[str], is_still: Callable[[], object] = lambda: None) -> int:
    """Take away from `folder` what has left this machine for the province; how many there were.

    Raises EnvironmentFault `backup_failed` {reason}; the next backup goes on.
    """
    if not folder.is_dir():
        return 0
    store = BlobStore(folder, bytes(32))           # as above
    try:
        there = [each.sha256 for each in store.walk() if each.sha256 in purged]
        for sha256 in there:
            store.remove(sha256)
    except OSError as error:
        raise EnvironmentFault("backup_failed", reason=error.strerror or "") from error
    is_still()
    return len(there)


def bring_scans_back(folder: Path, blobs: BlobStore, on_step: Callable[[int, int], object]) -> int:
    """Scans that lie in `folder` and not here any more; how many came."""
    if not folder.is_dir():
        return 0
    return copy_scans(BlobStore(folder, bytes(32)), blobs.folder, on_step).copied


def _copy(disk: Disk, source: Path, target: Path) -> None:
    make_folder(target.parent, mode=0o700)
    content = disk.read(source)
    part = target.with_name(f"{secrets.token_hex(8)}{PART}")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        if disk.read(part, is_from_disk=sys.platform == "linux") != content:
            raise EnvironmentFault("backup_not_whole")
        part.replace(target)
        disk.sync_folder(target.parent)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
