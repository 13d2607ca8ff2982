"""Form II.06a's figures from `rollup_reports`: sums of months and days, however many dossiers there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sqlalchemy import Connection

from app.domain.reports.ii06a import Figures
from app.domain.reports.periods import Period
from app.domain.reports.policy import ReportPolicy
from app.store.prepared import run_text
from app.store.tables.reports import CLASSES, ENDED, WAITING

DAY, MONTH = 10, 7
"""Spans; also how many letters of a day name such a period."""
_TIMES = ("early", "on_time", "late")


def figures(connection: Connection, period: Period, policy: ReportPolicy) -> dict[tuple[str, str], Figures]:
    """The form's figures by (agency, field); `condition` tells the dossiers behind each of them.

    Raises ValueError when the sums cannot be right.
    """
    before, inside = _sums_of(policy)
    pieces = [(inside, *each) for each in _inside(period)] + [(before, *each) for each in _before(period.first)]
    query = _GROUPED.format(" UNION ALL ".join(
        f"SELECT agency, field, {asked} FROM rollup_reports WHERE span = ? AND period >= ? AND period < ?"
        for asked, *_ in pieces
    ))
    values = tuple(value for _, *bounds in pieces for value in bounds)
    return {(row[0], row[1]): _figures(*row[2:]) for row in run_text(connection, query, values).fetchall()}


def _figures(
    carried: int, online: int, direct: int, early: int, on_time: int, late: int, open_late: int
) -> Figures:
    total, settled = carried + online + direct, early + on_time + late
    return Figures(total, online, direct, carried, settled, early, on_time, late, total - settled,
                   total - settled - open_late, open_late)


def added_by_day(policy: ReportPolicy) -> tuple[str, str]:
    """What one day's row of the rollup adds to what was received, and to what was settled."""
    _, (_, online, direct, early, on_time, late, _) = _sums(policy)
    return _plus((online, direct)), _plus((early, on_time, late))


def _sums_of(policy: ReportPolicy) -> tuple[str, str]:
    before, inside = _sums(policy)
    return _named(before), _named(inside)


def _sums(policy: ReportPolicy) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What one row of the rollup adds to each sum when it lies before the period, and in it."""
    classes = [kind for kind in CLASSES if kind not in policy.left_out]
    ended = [state for state in ENDED if state not in policy.left_out]
    on_time = [state for state in ended if state in policy.settled_on_time]
    by_date = [state for state in ended if state not in policy.settled_on_time | policy.ended_in_time]
    running = [*classes, *(state for state in WAITING if state not in policy.waiting_in_time)]
    came = _plus(f"received_{kind}_{way}" for kind in classes for way in ("online", "direct"))
    went = _plus(f"ended_{state}_{when}" for state in ended for when in _TIMES)
    early, on_the_day, late = (_plus(f"ended_{state}_{when}" for state in by_date) for when in _TIMES)
    open_late = _plus(f"late_{kind}" for kind in running)
    said = (
        "0", _plus(f"received_{kind}_online" for kind in classes),
        _plus(f"received_{kind}_direct" for kind in classes), early,
        _plus([on_the_day, *(f"ended_{state}_{when}" for state in on_time for when in _TIMES)]), late, open_late,
    )
    return (f"{came} - ({went})", *["0"] * 5, open_late), said


def _named(sums: tuple[str, ...]) -> str:
    return ", ".join(f"{each} AS {name}" for name, each in zip(_SUMS, sums, strict=True))


def _plus(names: Iterable[str]) -> str:
    return " + ".join(names)


def _before(first: date) -> Iterator[tuple[int, str, str]]:
    """(span, from, to) of all days before `first`; `to` is not in it. A month sorts before each of its days."""
    day = first.isoformat()
    yield MONTH, "", day[:MONTH]
    yield DAY, day[:MONTH], day


def _inside(period: Period) -> Iterator[tuple[int, str, str]]:
    first, behind = period.first, period.last + timedelta(1)
    from_month = first if first.day == 1 else (first.replace(day=1) + timedelta(32)).replace(day=1)
    if from_month >= behind:
        yield DAY, first.isoformat(), behind.isoformat()
        return
    yield DAY, first.isoformat(), from_month.isoformat()
    yield MONTH, from_month.isoformat()[:MONTH], behind.isoformat()[:MONTH]
    yield DAY, behind.replace(day=1).isoformat(), behind.isoformat()


_SUMS = ("carried", "online", "direct", "early", "on_time", "late", "open_late")
_GROUPED = f"SELECT agency, field, {', '.join(f'sum({name})' for name in _SUMS)} FROM ({{}}) GROUP BY 1, 2"
