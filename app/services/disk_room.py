"""Room on the disk, known before anybody pays: a full disk must never be found out behind the fee.

    free < 500 MB   no new dossier: `refuse_when_low` when a form is opened and again before it is received
    free < 100 MB   the ballast is let go, so that what was begun, the journal and the courier can go on
    free ≥ 1 GB     the ballast is kept: a file of 200 MB that does nothing but hold this room

`folder` is the data folder. These functions touch no book and no transaction.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.errors import EnvironmentFault

MEGABYTE = 1 << 20
LOW = 500 * MEGABYTE
TIGHT = 2048 * MEGABYTE
LET_GO_BELOW = 100 * MEGABYTE
KEEP_FROM = 1024 * MEGABYTE
BALLAST = 200 * MEGABYTE

Free = Callable[[Path], int]


@dataclass(frozen=True, slots=True)
class DiskRoom:
    """`free` bytes for this account. `is_low`: no new dossier. `is_tight`: some days of scanning are left."""

    free: int
    is_low: bool
    is_tight: bool
    has_ballast: bool


def free_bytes(folder: Path) -> int:
    """What this account may still write on the disk of `folder`."""
    return shutil.disk_usage(folder).free


def room(folder: Path, *, free: Free = free_bytes) -> DiskRoom:
    """How much room there is. Raises `disk_error` when the disk does not answer."""
    try:
        left = free(folder)
    except OSError as error:
        raise EnvironmentFault("disk_error") from error
    return DiskRoom(left, left < LOW, left < TIGHT, ballast_of(folder).exists())


def refuse_when_low(folder: Path, *, free: Free = free_bytes) -> DiskRoom:
    """The room there is. Raises `disk_nearly_full` (free_mb, needed_mb) when no dossier may be begun."""
    found = room(folder, free=free)
    if found.is_low:
        raise EnvironmentFault(
            "disk_nearly_full", free_mb=found.free // MEGABYTE, needed_mb=LOW // MEGABYTE
        )
    return found


def tend_ballast(folder: Path, *, free: Free = free_bytes, size: int = BALLAST) -> DiskRoom:
    """Keep the ballast where there is room, let it go where there is none; takes seconds when it is made anew.

    Called beside the window: at start, when idle, and after any `disk_full`.
    """
    found = room(folder, free=free)
    if found.free < LET_GO_BELOW:
        ballast_of(folder).unlink(missing_ok=True)
        _part_of(folder).unlink(missing_ok=True)
    elif found.free >= KEEP_FROM and not found.has_ballast:
        _make_ballast(folder, size)
    else:
        return found
    return room(folder, free=free)


def ballast_of(folder: Path) -> Path:
    return folder / "ballast"


def _part_of(folder: Path) -> Path:
    return folder / "ballast.part"


def _make_ballast(folder: Path, size: int) -> None:
    """Random bytes: a disk that compresses or leaves out zeros would hold no room with them."""
    part = _part_of(folder)
    try:
        with part.open("wb") as handle:
            for start in range(0, size, MEGABYTE):
                handle.write(os.urandom(min(MEGABYTE, size - start)))
        part.replace(ballast_of(folder))
    except OSError:                        # no room for it after all: none is better than half of one
        part.unlink(missing_ok=True)
