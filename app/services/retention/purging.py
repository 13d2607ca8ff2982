"""The daily run: scans of finished dossiers that the province holds leave this machine, batch by batch.

    while (done := purge_batch(database, blobs, counter, clock.now(), randomness)) and not done.is_done: ...

A batch is one transaction with one line of the journal; the files go after its commit. Killed anywhere, the next
run first removes what the last line named, then goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, select

from app.domain.identifiers import Randomness
from app.domain.operation import Type
from app.domain.retention import Policy, read_policy
from app.domain.vietnam_time import local
from app.services.counter import Counter
from app.services.days import time_at_counter, today_at_counter
from app.services.feed import read_cursor
from app.services.file_courier import checked_incarnation
from app.services.retention.kept import Standings, candidates
from app.services.retention.telling import tell_run
from app.store.blobs import BlobStore
from app.store.database import Database
from app.store.settings import read_sync, write_sync
from app.store.tables import files

BATCH = 5
"""Dossiers of one transaction: with twenty pages each some hundred contents and half a second of the write lock,
for which a clerk who saves has to wait."""

RUN = "retention_run"
"""What the courier remembers of the run under way or the last one: {"at", "after", "done", "dossiers", "files",
"size"}."""
REMOVING = "retention_removing"
"""Contents of the last line that may still lie on the disk."""

AGAIN = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class Run:
    """`after`: the last dossier looked at. `files`, `size` (bytes) left this machine in this run."""

    at: datetime
    after: int = 0
    is_done: bool = False
    dossiers: int = 0
    files: int = 0
    size: int = 0


def last_run(connection: Connection) -> Run | None:
    """The run under way, or the last one; None before the first."""
    held = read_sync(connection, RUN)
    if held is None:
        return None
    return Run(datetime.fromisoformat(held["at"]), held["after"], held["done"], held["dossiers"], held["files"],
               held["size"])


def is_run_due(connection: Connection, counter: Counter, now: datetime) -> bool:
    """Once a day, or where the last run did not come to its end; never without a term, and never while it is not
    known what a province that came back from a backup still holds."""
    cursor = read_cursor(connection)
    if read_policy(counter.office).scan_days is None or cursor is None:
        return False
    if checked_incarnation(connection) != cursor.incarnation:
        return False
    run = last_run(connection)
    # A run that lies in the future was noted by a clock that has been set back since.
    return run is None or not run.is_done or not timedelta(0) <= now - run.at < AGAIN


def retention_day(connection: Connection, now: datetime) -> date:
    """The day that terms are held against: the earlier of the province's and this PC's. What is counted from was
    noted by this PC's clock, and a clock that runs ahead must not end a term."""
    return min(today_at_counter(connection, now), local(now).date())


def purge_batch(
    database: Database, blobs: BlobStore, counter: Counter, now: datetime, randomness: Randomness,
    *, batch: int = BATCH,
) -> Run | None:
    """One batch of the day's run; None where none is due. The run is over when `is_done` is True.

    Raises what the book and the disk raise; what was journalled before is done, the rest the next run does.
    """
    remove_journalled(database, blobs)
    with database.writing() as connection:
        if not is_run_due(connection, counter, now):
            return None
        known = last_run(connection)
        run = known if known is not None and not known.is_done else Run(now)
        policy, today = read_policy(counter.office), retention_day(connection, now)
        assert policy.scan_days is not None
        before = min(now, time_at_counter(connection, now)) - timedelta(days=policy.scan_days - 1)
        page = candidates(connection, after=run.after, finished_before=before, limit=batch)
        run = replace(run, after=page[-1] if page else run.after, is_done=len(page) < batch)
        due = _due(Standings(connection, policy, today), page)
        if due:
            run = _purge(connection, counter, policy, due, run, now, randomness)
        write_sync(connection, RUN, {
            "at": run.at.astimezone(UTC).isoformat(), "after": run.after, "done": run.is_done,
            "dossiers": run.dossiers, "files": run.files, "size": run.size,
        })
    remove_journalled(database, blobs)
    return run


def remove_journalled(database: Database, blobs: BlobStore) -> int:
    """Take away the files of the last line; how many were there. Those that came again since are left alone.

    Under the write lock: whoever keeps a page holds it from before its content is written until its row stands.
    """
    with database.reading() as connection:
        if not read_sync(connection, REMOVING):
            return 0
    removed = 0
    with database.writing() as connection:
        for sha256 in read_sync(connection, REMOVING, []):
            gone = select(files.c.sha256).where(files.c.sha256 == sha256, files.c.purged_at.is_not(None))
            if connection.execute(gone).first() is not None and blobs.has(sha256):
                blobs.remove(sha256)
                removed += 1
        write_sync(connection, REMOVING, [])
    return removed


def _due(standings: Standings, page: Sequence[int]) -> list[tuple[str, tuple[str, ...]]]:
    """(code, contents that may go) of each dossier that has any; a content stands with the first that names it."""
    found: list[tuple[str, tuple[str, ...]]] = []
    taken: set[str] = set()
    for dossier in page:
        if standings.holds(dossier):
            continue
        standing = standings.read(dossier)
        going = tuple(
            each for each in standing.contents if each not in taken and not standings.needed_elsewhere(each)
        )
        taken.update(going)
        if going:
            found.append((standing.code, going))
    return found


def _purge(
    connection: Connection, counter: Counter, policy: Policy, due: Sequence[tuple[str, tuple[str, ...]]], run: Run,
    now: datetime, randomness: Randomness,
) -> Run:
    contents = [sha256 for _, each in due for sha256 in each]
    size = sum(_size(connection, sha256) for sha256 in contents)
    tell_run(connection, counter, Type.SCANS_PURGED, {
        "days": policy.scan_days,
        "dossiers": [{"code": code, "digests": list(each)} for code, each in due],
        "files": len(contents), "bytes": size,
    }, now, randomness)
    write_sync(connection, REMOVING, contents)
    return replace(
        run, dossiers=run.dossiers + len(due), files=run.files + len(contents), size=run.size + size
    )


def _size(connection: Connection, sha256: str) -> int:
    return int(connection.execute(select(files.c.size).where(files.c.sha256 == sha256)).scalar_one())
