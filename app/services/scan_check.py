"""The nightly check: every row has its file, every file is what its name says, nothing lies about.

    with database.reading() as connection:
        found = check_scans(connection, blobs, progress, now)
    with database.writing() as connection:
        settle_check(connection, blobs, found)

Rows and files are both walked in the order of their names, so a million of them need no memory. Nothing is
removed but files that no row names and that are older than a day, and writing that never ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from app.errors import EnvironmentFault
from app.store.blobs import BlobStore, StoredFile
from app.store.settings import read_sync, write_sync
from app.store.tables import files, scanned_pages

ORPHAN_AGE = timedelta(hours=24)
"""A page is written before its row, a document some seconds before; a day is a thousand times that."""

EVERY = timedelta(days=7)
"""Unchecked for so long, the start page says so."""

NAMED = 20
"""Names that a result keeps of each kind; beyond them it counts."""

_RESULT = "scan_check"
_IS_HERE = files.c.purged_at.is_(None)
"""What has left this machine (`app.services.retention`) is not missing; found here again, it is an orphan."""

Progress = Callable[[int, int], None]
"""(files looked at, files altogether)"""


@dataclass(frozen=True, slots=True)
class ScanFindings:
    """What was found, by SHA-256. `missing` and `damaged`: no other copy is known of; what the province holds
    already is `only_there`. `orphans`: a day old and named by no row. `leftovers`: of writing that never ended."""

    at: datetime
    checked: int
    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    orphans: tuple[str, ...]
    leftovers: int
    only_there: int = 0

    @property
    def is_clean(self) -> bool:
        return not (self.missing or self.damaged)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The last check as kept; `orphans_left` could not be removed. `named`: some of those missing or damaged."""

    at: datetime
    checked: int
    missing: int
    damaged: int
    orphans_left: int
    named: tuple[str, ...]


def check_scans(
    connection: Connection, blobs: BlobStore, progress: Progress, now: datetime
) -> ScanFindings:
    """Compare rows with files and open every file. Changes nothing; takes as long as reading the whole folder."""
    total = connection.execute(select(func.count()).select_from(files).where(_IS_HERE)).scalar_one()
    missing: list[str] = []
    damaged: list[str] = []
    orphans: list[str] = []
    checked = only_there = 0
    for sha256, is_confirmed, file in _side_by_side(connection, blobs):
        if is_confirmed is None:           # named by no row, or by one that says that it has left this machine
            if file is not None and now - file.modified_at > ORPHAN_AGE:
                orphans.append(sha256)
            continue
        checked += 1
        trouble = "blob_missing" if file is None else _trouble(blobs, sha256)
        if trouble and is_confirmed:
            only_there += 1
        elif trouble == "blob_missing":
            missing.append(sha256)
        elif trouble:
            damaged.append(sha256)
        progress(checked, total)
    return ScanFindings(
        now, checked, tuple(missing), tuple(damaged), tuple(orphans), len(blobs.leftovers()), only_there
    )


def settle_check(connection: Connection, blobs: BlobStore, found: ScanFindings) -> CheckResult:
    """Remove what belongs to nobody and keep the result with its time, for the start page.

    Inside a writing transaction: whoever keeps a page holds the same lock, so an orphan that gets its row at
    this moment is not one.
    """
    blobs.sweep()
    left = sum(not _removed(connection, blobs, sha256) for sha256 in found.orphans)
    named = (*found.missing[:NAMED], *found.damaged[:NAMED])
    write_sync(connection, _RESULT, {
        "at": found.at.isoformat(), "checked": found.checked, "missing": len(found.missing),
        "damaged": len(found.damaged), "orphans_left": left, "named": list(named),
    })
    return CheckResult(found.at, found.checked, len(found.missing), len(found.damaged), left, named)


def last_check(connection: Connection) -> CheckResult | None:
    """What the last check found; None before the first."""
    held = read_sync(connection, _RESULT)
    if held is None:
        return None
    return CheckResult(
        datetime.fromisoformat(held["at"]), held["checked"], held["missing"], held["damaged"],
        held["orphans_left"], tuple(held["named"]),
    )


def unchecked_since(connection: Connection, now: datetime) -> datetime | None:
    """Since when nobody looked, where that is too long ago: the last check, or the first page that was kept."""
    result = last_check(connection)
    if result is not None:
        since: datetime | None = result.at
    else:
        since = connection.execute(
            select(scanned_pages.c.arrived_at).order_by(scanned_pages.c.id).limit(1)
        ).scalar_one_or_none()
    return since if since is not None and now - since > EVERY else None


def _side_by_side(
    connection: Connection, blobs: BlobStore
) -> Iterator[tuple[str, bool | None, StoredFile | None]]:
    """(name, is confirmed or None where no row names it, file or None) of each row and each file, once.

    The caller has read from the book before: rows are those of that moment, and their files were there then.
    """
    walk = iter(blobs.walk())
    file = next(walk, None)
    rows = connection.execute(
        select(files.c.sha256, files.c.confirmed_at).where(_IS_HERE).order_by(files.c.sha256),
        execution_options={"yield_per": 1000},
    )
    for row in rows:
        while file is not None and file.sha256 < row.sha256:
            yield file.sha256, None, file
            file = next(walk, None)
        is_here = file is not None and file.sha256 == row.sha256
        yield row.sha256, row.confirmed_at is not None, file if is_here else None
        if is_here:
            file = next(walk, None)
    while file is not None:
        yield file.sha256, None, file
        file = next(walk, None)


def _trouble(blobs: BlobStore, sha256: str) -> str:
    try:
        blobs.read(sha256)
    except EnvironmentFault as fault:
        return fault.code
    return ""


def _removed(connection: Connection, blobs: BlobStore, sha256: str) -> bool:
    named = select(files.c.sha256).where(files.c.sha256 == sha256, _IS_HERE)
    is_named = connection.execute(named).first() is not None
    if is_named:
        return True
    try:
        blobs.remove(sha256)
    except OSError:
        return False
    return True
