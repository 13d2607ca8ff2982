"""Things that a figure counts, one selection for the figure and for the list behind it.

A selection has the columns of `COLUMNS`. `part` is the row of the report in which a thing is counted, `part_name`
that row's name for people. Lists run from the latest to the earliest, by `rank` and then by `nth`; page by key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select

from app.domain.reports.entry import Entry
from app.domain.reports.periods import Period
from app.domain.vietnam_time import VIETNAM

COLUMNS = ("part", "part_name", "rank", "nth", "at", "code", "number", "name", "words", "clerk_name")
PAGE = 200


@dataclass(frozen=True, slots=True)
class Amount:
    """How many things of one part have these `words`."""

    part: str
    name: str
    words: str
    amount: int


def amounts(connection: Connection, found: Select[Any]) -> tuple[Amount, ...]:
    """The lengths of the lists of this selection, by part and by what became of the things."""
    of = found.subquery()
    rows = connection.execute(
        select(of.c.part, func.max(of.c.part_name), of.c.words, func.count()).group_by(of.c.part, of.c.words)
    )
    return tuple(Amount(part, name, str(words), amount) for part, name, words, amount in rows)


def entry_page(
    connection: Connection, found: Select[Any], *, part: str | None = None, words: tuple[str, ...] | None = None,
    behind: Entry | None = None, limit: int = PAGE,
) -> tuple[Entry, ...]:
    """Up to `limit` things of one part (None: of all), of those `words` only, behind the one seen last."""
    of = found.subquery()
    wanted = select(of.c.rank, of.c.nth, of.c.at, of.c.code, of.c.number, of.c.name, of.c.words, of.c.clerk_name)
    if part is not None:
        wanted = wanted.where(of.c.part == part)
    if words is not None:
        wanted = wanted.where(of.c.words.in_(words))
    if behind is not None:
        rank, nth = behind.place
        wanted = wanted.where(or_(of.c.rank < rank, and_(of.c.rank == rank, of.c.nth < nth)))
    rows = connection.execute(wanted.order_by(of.c.rank.desc(), of.c.nth.desc()).limit(limit))
    return tuple(
        Entry(f"{rank}:{nth}", at, code, number, name, str(words), clerk, place=(rank, nth))
        for rank, nth, at, code, number, name, words, clerk in rows
    )


def moments(period: Period) -> tuple[datetime, datetime]:
    """From the first day's midnight to the midnight after the last, by the counter's clock."""
    return (datetime.combine(period.first, time(), VIETNAM),
            datetime.combine(period.last + timedelta(1), time(), VIETNAM))
