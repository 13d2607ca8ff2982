"""What is due, what was done, what stands in the way: for Quản trị, read beside the window."""

from __future__ import annotations

from collections import Counter as Counted
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from app.domain.retention import OBSTACLES, UNLISTED, Hold, Policy, read_policy, scan_day
from app.services.counter import Counter
from app.services.feed import read_cursor
from app.services.file_courier import checked_incarnation
from app.services.retention.kept import Standings, candidates
from app.services.retention.purging import Run, last_run, retention_day
from app.store.tables import dossiers, files

MOST = 1_000
"""Dossiers that are looked at, the oldest first; a counter that keeps up never has so many."""


@dataclass(frozen=True, slots=True)
class RetentionView:
    """`due` dossiers leave with the next run; `later` on their day, the first on `next_day`. `held`: finished ones
    by what keeps them, each under one cause or more. `left`, `left_size`: files (bytes) that are gone from here.
    `is_whole`: all finished dossiers were looked at. `is_asked`: the province was asked since it was restored.
    `unlisted`: dossiers that show nobody any more."""

    policy: Policy
    run: Run | None = None
    due: int = 0
    later: int = 0
    next_day: date | None = None
    held: Mapping[Hold, int] = field(default_factory=dict)
    left: int = 0
    left_size: int = 0
    is_whole: bool = True
    is_asked: bool = True
    unlisted: int = 0


def read_retention(connection: Connection, counter: Counter, now: datetime, *, most: int = MOST) -> RetentionView:
    """As this book knows it. About a millisecond for each finished dossier with scans."""
    policy = read_policy(counter.office)
    left, size = connection.execute(
        select(func.count(), func.coalesce(func.sum(files.c.size), 0)).where(files.c.purged_at.is_not(None))
    ).one()
    run = last_run(connection)
    unlisted = int(connection.execute(
        select(func.count()).select_from(dossiers).where(dossiers.c.applicant_name == UNLISTED)
    ).scalar_one())
    if policy.scan_days is None:
        return RetentionView(policy, run, left=left, left_size=size, unlisted=unlisted)
    standings = Standings(connection, policy, retention_day(connection, now))
    page = candidates(connection, after=0, finished_before=now, limit=most)
    due = later = 0
    next_day: date | None = None
    held: Counted[Hold] = Counted()
    for dossier in page:
        holds = standings.holds(dossier)
        if not holds:
            due += 1
        elif holds == {Hold.NOT_DUE}:
            later += 1
            day = scan_day(standings.read(dossier).kept, policy)
            next_day = min(each for each in (day, next_day) if each is not None)
        else:
            held.update(holds & OBSTACLES)
    cursor = read_cursor(connection)
    is_asked = cursor is not None and checked_incarnation(connection) == cursor.incarnation
    return RetentionView(policy, run, due, later, next_day, dict(held), left, size, len(page) < most, is_asked,
                         unlisted)
