"""What came of the daily comparison with the province, kept by day: a page and a paper can tell it without a line.

A difference keeps the moment since which it stands. `app.services.day_holdings` reads what is compared.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from app.domain.day_comparison import MOVED, Difference, Figures, Kind, Place, Tried
from app.domain.turn import Turn
from app.services.feed import arrival
from app.store.settings import read_sync, write_sync
from app.store.tables import day_differences, feed_entries, reconciled_days

ASKED, LAST, MARKS = "comparison_asked", "comparison", "comparison_marks"
WITH_MONEY = "comparison_with_money"
MOST_MARKS = 40
"""Days whose place in the feed is remembered."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A difference of the newest comparison, and since when it is known."""

    difference: Difference
    since: datetime


@dataclass(frozen=True, slots=True)
class Compared:
    """One day as it was compared last: the figures of both ends and how many differences it has."""

    day: str
    at: datetime
    differences: int
    ours: Figures
    theirs: Figures


def ask_comparison(connection: Connection, back: int) -> None:
    """Let the next contact compare today and the `back` days before it."""
    write_sync(connection, ASKED, {"back": back})


def asked_back(connection: Connection) -> int | None:
    """What was asked for; None when nobody asked."""
    held = read_sync(connection, ASKED)
    return None if held is None else int(held["back"])


def note_comparison(
    connection: Connection, days: Sequence[str], ours: Figures, theirs: Figures,
    found: Sequence[Difference], now: datetime, today: date, *, with_money: bool = False,
) -> None:
    """The days compared, whole: differences that are gone leave the list, those that stand keep their since."""
    since = {
        (row.day, row.kind, row.code): row.since
        for row in connection.execute(select(day_differences).where(day_differences.c.day.in_(days)))
    }
    connection.execute(delete(day_differences).where(day_differences.c.day.in_(days)))
    rows = {(each.day, str(each.kind), each.code): each for each in found}
    for key, each in rows.items():
        connection.execute(insert(day_differences).values(
            day=each.day, kind=str(each.kind), code=each.code, owner=str(each.turn), since=since.get(key, now),
            values=json.dumps({**each.values, "reason": each.reason}, ensure_ascii=False)))
    for day in days:
        statement = insert(reconciled_days).values(
            day=day, at=now, differences=sum(key[0] == day for key in rows),
            content=json.dumps({"ours": _listed(ours, day), "theirs": _listed(theirs, day)}, ensure_ascii=False))
        connection.execute(statement.on_conflict_do_update(index_elements=["day"], set_={
            name: statement.excluded[name] for name in ("at", "differences", "content")}))
    _note_mark(connection, today)
    write_sync(connection, ASKED, None)
    write_sync(connection, WITH_MONEY, with_money)
    _note_last(connection, now, today, "")


def counts_money(connection: Connection) -> bool:
    """Whether the province counted money at the newest comparison; one of an older release does not."""
    return bool(read_sync(connection, WITH_MONEY))


def note_no_comparison(connection: Connection, code: str, now: datetime, today: date) -> None:
    """It could not be made at this contact, and why; what was found before stays."""
    if code != MOVED:
        write_sync(connection, ASKED, None)        # who asked reads why, and asks again
    _note_last(connection, now, today, code)


def last_comparison(connection: Connection) -> Tried | None:
    """The newest try; None before the first."""
    held = read_sync(connection, LAST)
    if held is None:
        return None
    return Tried(datetime.fromisoformat(held["at"]), date.fromisoformat(held["on"]), held["problem"])


def standing_differences(connection: Connection, day: str | None = None) -> tuple[Standing, ...]:
    """All that stand, the newest day first; of one day when it is given."""
    wanted = select(day_differences).order_by(
        day_differences.c.day.desc(), day_differences.c.since, day_differences.c.kind, day_differences.c.code)
    if day is not None:
        wanted = wanted.where(day_differences.c.day == day)
    return tuple(_standing(row) for row in connection.execute(wanted))


def compared_days(connection: Connection, limit: int = 31) -> tuple[Compared, ...]:
    """Days as they were compared last, newest first."""
    rows = connection.execute(select(reconciled_days).order_by(reconciled_days.c.day.desc()).limit(limit))
    return tuple(_compared(row) for row in rows)


def compared_day(connection: Connection, day: str) -> Compared | None:
    """That day as it was compared last; None when it never was."""
    row = connection.execute(select(reconciled_days).where(reconciled_days.c.day == day)).first()
    return None if row is None else _compared(row)


def mark_before(connection: Connection, first: date) -> int:
    """The newest remembered place in the feed that lies before anything that was done on `first`; 0: none is.

    A neighbour's day may begin while ours has not ended: a whole day lies between.
    """
    marks: Mapping[str, int] = read_sync(connection, MARKS, {})
    return max((row for day, row in marks.items() if (first - date.fromisoformat(day)).days >= 2), default=0)


def _standing(row: Any) -> Standing:
    values = json.loads(row.values)
    reason = str(values.pop("reason"))
    return Standing(Difference(row.day, Kind(row.kind), row.code, Turn(row.owner), reason, values), row.since)


def _compared(row: Any) -> Compared:
    held = json.loads(row.content)
    return Compared(row.day, row.at, row.differences, _figures(row.day, held["ours"]),
                    _figures(row.day, held["theirs"]))


def _listed(figures: Figures, day: str) -> list[Any]:
    return [[agency, device, {name: amount for name, amount in of.items() if amount}]
            for (on, agency, device), of in sorted(figures.items()) if on == day]


def _figures(day: str, held: Sequence[Any]) -> dict[Place, dict[str, int]]:
    return {(day, agency, device): dict(of) for agency, device, of in held}


def _note_last(connection: Connection, now: datetime, today: date, problem: str) -> None:
    write_sync(connection, LAST, {"at": now.isoformat(), "on": today.isoformat(), "problem": problem})


def _note_mark(connection: Connection, today: date) -> None:
    """How far the feed went on `today`, the first time it was compared then."""
    marks: dict[str, int] = dict(read_sync(connection, MARKS, {}))
    if today.isoformat() not in marks:
        newest = connection.execute(select(func.max(arrival)).select_from(feed_entries)).scalar()
        marks[today.isoformat()] = int(newest or 0)
        write_sync(connection, MARKS, dict(sorted(marks.items())[-MOST_MARKS:]))
