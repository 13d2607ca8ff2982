"""The parts of the machine that the book and its folder can answer for, looked at one by one.

Nothing is changed but a small file that is written and taken away again. What a medium or a line says is looked at
in `sync.support.parts`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from app.domain.business_day import TOLERANCE, clock_findings
from app.domain.self_check import Checked, Part, State
from app.errors import EnvironmentFault
from app.services.backup.known import last_rehearsal
from app.services.backup.names import backups_in, book_id
from app.services.book_check import last_book_check
from app.services.clock_watch import SEEN
from app.services.counter import Counter
from app.services.days import OFFSET, SERVER_TIME
from app.services.disk_room import MEGABYTE, room
from app.services.recovery_state import recovery_state
from app.services.standing import numbers_stopped
from app.store.database import Database
from app.store.journal import highest_business_date
from app.store.settings import read_sync

SLOW_MS, TOO_SLOW_MS = 80, 400
"""A save waits for one of these: from the first on a clerk notices, from the second on she waits."""
WRITES, WRITTEN = 5, 4096
BACKUP_WITHIN = timedelta(days=2)
DRILL_WITHIN = timedelta(days=31)
_TRIAL = "disk-speed.part"


def check_book(database: Database, now: datetime) -> Checked:
    """Every page as SQLite knows it, and what the last reading of all signatures said."""
    try:
        pages = database.integrity_findings()
        with database.reading() as connection:
            last, stopped = last_book_check(connection), numbers_stopped(connection)
    except EnvironmentFault as fault:
        return Checked(Part.BOOK, State.BAD, "damaged", {"code": fault.code})
    if pages or (last is not None and not last[1]):
        return Checked(Part.BOOK, State.BAD, "damaged", {"code": "database_damaged"})
    if stopped is not None:
        return Checked(Part.BOOK, State.BAD, "stopped", {"code": stopped.reason})
    if last is None:
        return Checked(Part.BOOK, State.GOOD, "unread")
    return Checked(Part.BOOK, State.GOOD, "whole", {"at": last[0].isoformat()})


def check_backup(database: Database, backups: Path, now: datetime) -> Checked:
    """The newest backup here, and whether somebody has seen one open."""
    try:
        here = backups_in(backups, book_id(database.path))
    except EnvironmentFault as fault:
        return Checked(Part.BACKUP, State.WARN, "unread", {"code": fault.code})
    if not here:
        return Checked(Part.BACKUP, State.WARN, "none")
    with database.reading() as connection:
        drill = last_rehearsal(connection)
    at = here[0].at.isoformat()
    if drill is not None and not drill.is_good:
        return Checked(Part.BACKUP, State.BAD, "drill_failed", {"at": at})
    if now - here[0].at > BACKUP_WITHIN:
        return Checked(Part.BACKUP, State.WARN, "old", {"at": at})
    if drill is None or now - drill.at > DRILL_WITHIN:
        return Checked(Part.BACKUP, State.WARN, "no_drill", {"at": at})
    return Checked(Part.BACKUP, State.GOOD, "good", {"at": at, "drill": drill.at.isoformat()})


def check_disk(folder: Path, monotonic: Callable[[], float]) -> Checked:
    """Room, and how long a write takes to be safe: the middle one of `WRITES`, in milliseconds."""
    try:
        found = room(folder)
        taken = _write_times(folder, monotonic)
    except (OSError, EnvironmentFault):
        return Checked(Part.DISK, State.BAD, "refuses")
    values = {"free_mb": found.free // MEGABYTE, "ms": round(taken * 1000)}
    if found.is_low:
        return Checked(Part.DISK, State.BAD, "low", values)
    if values["ms"] >= TOO_SLOW_MS:
        return Checked(Part.DISK, State.BAD, "too_slow", values)
    if found.is_tight:
        return Checked(Part.DISK, State.WARN, "tight", values)
    if values["ms"] >= SLOW_MS:
        return Checked(Part.DISK, State.WARN, "slow", values)
    return Checked(Part.DISK, State.GOOD, "good", values)


def check_clock(connection: Connection, now: datetime) -> Checked:
    """Against the province's clock, our own last look, and the newest day in the book."""
    seen, offset, server = (read_sync(connection, name) for name in (SEEN, OFFSET, SERVER_TIME))
    highest: date | None = highest_business_date(connection)
    last = datetime.fromisoformat(seen) if seen else None
    found = clock_findings(now, last, None, offset, highest_used=highest)
    if found:
        return Checked(Part.CLOCK, State.BAD, found[0].code, {"seconds": found[0].seconds})
    if server is not None and now < datetime.fromisoformat(server) - TOLERANCE:
        behind = datetime.fromisoformat(server) - now
        return Checked(Part.CLOCK, State.BAD, "clock_slow", {"seconds": int(behind.total_seconds())})
    if offset is None:
        return Checked(Part.CLOCK, State.OPEN, "never_compared")
    return Checked(Part.CLOCK, State.GOOD, "good", {"seconds": abs(int(offset)) // 1000})


def check_recovery(connection: Connection, counter: Counter | None, book_key: bytes) -> Checked:
    """Whether this province, as it stands now, has given this book's key back; before enrolment it has not."""
    at = recovery_state(connection, counter, book_key).proved_at if counter is not None else None
    if at is None:
        return Checked(Part.RECOVERY, State.WARN, "not_proved")
    return Checked(Part.RECOVERY, State.GOOD, "proved", {"at": at.isoformat()})


def _write_times(folder: Path, monotonic: Callable[[], float]) -> float:
    """Seconds. Raises OSError."""
    trial, times = folder / _TRIAL, []
    try:
        with trial.open("wb") as file:
            for _ in range(WRITES):
                begun = monotonic()
                file.write(os.urandom(WRITTEN))
                file.flush()
                os.fsync(file.fileno())
                times.append(monotonic() - begun)
    finally:
        with suppress(OSError):
            trial.unlink()
    return sorted(times)[WRITES // 2]
