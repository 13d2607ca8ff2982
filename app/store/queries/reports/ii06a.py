"""Form II.06a's figures from `rollup_reports`: sums of months and days, however many dossiers there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import Connection

from app.domain.reports.ii06a import Figures
from app.domain.reports.periods import Period
from app.domain.reports.policy import ReportPolicy
from app.store.prepared import run_text
from app.store.tables.reports import CLASSES, COUNTS, ENDED, WAITING

DAY, MONTH = 10, 7
"""Spans; also how many letters of a day name such a period."""
BEFORE, IN = 0, 1
"""The period."""

_TIMES = ("early", "on_time", "late")
_Counts = dict[str, int]
_NONE = dict.fromkeys(COUNTS, 0)


def figures(connection: Connection, period: Period, policy: ReportPolicy) -> dict[tuple[str, str], Figures]:
    """The form's figures by (agency, field); `condition` tells the dossiers behind each of them.

    Raises ValueError when the sums cannot be right.
    """
    pieces = [(IN, *each) for each in _inside(period)] + [(BEFORE, *each) for each in _before(period.first)]
    query = _SUMS.format(" UNION ALL ".join(_PIECE.format(when) for when, *_ in pieces))
    values = tuple(value for _, *bounds in pieces for value in bounds)
    sums: defaultdict[tuple[str, str], dict[int, _Counts]] = defaultdict(dict)
    for when, agency, field, *amounts in run_text(connection, query, values).fetchall():
        sums[agency, field][when] = dict(zip(COUNTS, amounts, strict=True))
    return {key: _figures(found.get(BEFORE, _NONE), found.get(IN, _NONE), policy) for key, found in sums.items()}


def _figures(before: _Counts, inside: _Counts, policy: ReportPolicy) -> Figures:
    """Of one agency and field."""
    classes = [kind for kind in CLASSES if kind not in policy.left_out]
    ended = [state for state in ENDED if state not in policy.left_out]
    online = sum(inside[f"received_{kind}_online"] for kind in classes)
    direct = sum(inside[f"received_{kind}_direct"] for kind in classes)
    came = sum(before[f"received_{kind}_{way}"] for kind in classes for way in ("online", "direct"))
    carried = came - sum(before[f"ended_{state}_{when}"] for state in ended for when in _TIMES)
    by_date = [
        state for state in ended if state not in policy.settled_on_time and state not in policy.ended_in_time
    ]
    early, on_time, late = (sum(inside[f"ended_{state}_{when}"] for state in by_date) for when in _TIMES)
    on_time += _ended(inside, [state for state in ended if state in policy.settled_on_time])
    running = [*classes, *(state for state in WAITING if state not in policy.waiting_in_time)]
    open_late = sum(each[f"late_{kind}"] for each in (before, inside) for kind in running)
    total, settled = carried + online + direct, early + on_time + late
    return Figures(
        total=total, online=online, direct=direct, carried=carried, settled=settled, early=early,
        on_time=on_time, late=late, open=total - settled, open_in_time=total - settled - open_late,
        open_late=open_late,
    )


def _ended(inside: _Counts, states: list[int]) -> int:
    return sum(inside[f"ended_{state}_{when}"] for state in states for when in _TIMES)


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


_PIECE = "SELECT {} AS phase, * FROM rollup_reports WHERE span = ? AND period >= ? AND period < ?"
_SUMS = f"SELECT phase, agency, field, {', '.join(f'sum({name})' for name in COUNTS)} FROM ({{}}) GROUP BY 1, 2, 3"
