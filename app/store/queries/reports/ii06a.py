"""Form II.06a's figures from `rollup_reports`: sums of months and days, however many dossiers there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from sqlalchemy import Connection

from app.domain.dossier import State
from app.domain.intake import ONLINE
from app.domain.reports.ii06a import Figures
from app.domain.reports.periods import Period
from app.domain.reports.policy import WAITING, ReportPolicy
from app.store.prepared import run_text

DAY, MONTH = 10, 7
"""Spans; also how many letters of a day name such a period."""


class Mark(IntEnum):
    """What happened on the day; see the step v0006_reports."""

    RECEIVED = 1                   # part: the channel
    ENDED = 2                      # state: as which; part: 1 before the promised day, 2 on it, 3 late
    LATE_FROM = 3
    LATE_UNTIL = 4


_EARLY, _ON_TIME, _LATE = 1, 2, 3


@dataclass(slots=True)
class _Sums:
    """Of one agency and field, while the rows are read."""

    carried: int = 0
    online: int = 0
    direct: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    ended_in_time: int = 0
    open_late: int = 0

    def figures(self) -> Figures:
        total, settled = self.carried + self.online + self.direct, self.early + self.on_time + self.late
        # What was neither settled nor stopped is open: counted from what came and went, not from the columns.
        still_open = total - settled - self.ended_in_time
        return Figures(
            total=total, online=self.online, direct=self.direct, carried=self.carried, settled=settled,
            early=self.early, on_time=self.on_time, late=self.late, open=still_open + self.ended_in_time,
            open_in_time=still_open - self.open_late + self.ended_in_time, open_late=self.open_late,
        )


def figures(connection: Connection, period: Period, policy: ReportPolicy) -> dict[tuple[str, str], Figures]:
    """The form's figures by (agency, field); `condition` tells the dossiers behind each of them.

    Raises ValueError when the sums cannot be right.
    """
    sums: defaultdict[tuple[str, str], _Sums] = defaultdict(_Sums)
    pieces = [(1, *each) for each in _inside(period)] + [(0, *each) for each in _before(period.first)]
    query = " UNION ALL ".join(_PIECE.format(phase) for phase, *_ in pieces)
    values = tuple(value for _, *bounds in pieces for value in bounds)
    rows = run_text(connection, _SUMS.format(query), values).fetchall()
    left_out, places = {int(state) for state in policy.left_out}, _Places(policy)
    for phase, mark, state, part, agency, field, amount in rows:
        if state not in left_out:
            places.add(sums[agency, field], phase, mark, state, part, amount)
    return {key: each.figures() for key, each in sums.items()}


@dataclass(frozen=True, slots=True)
class _Places:
    policy: ReportPolicy

    def add(self, sums: _Sums, phase: int, mark: int, state: int, part: int, amount: int) -> None:
        """One sum of the rollup; `phase` 0 is before the period, 1 in it."""
        if mark == Mark.RECEIVED:
            if phase == 0:
                sums.carried += amount
            elif part == ONLINE:
                sums.online += amount
            else:
                sums.direct += amount
        elif mark == Mark.ENDED:
            if phase == 0:
                sums.carried -= amount
            else:
                self._end(sums, State(state), part, amount)
        elif state not in WAITING or state not in self.policy.waiting_in_time:
            sums.open_late += amount if mark == Mark.LATE_FROM else -amount

    def _end(self, sums: _Sums, state: State, part: int, amount: int) -> None:
        if state in self.policy.ended_in_time:
            sums.ended_in_time += amount
        elif state in self.policy.settled_on_time or part == _ON_TIME:
            sums.on_time += amount
        elif part == _EARLY:
            sums.early += amount
        else:
            sums.late += amount


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


_PIECE = (
    "SELECT {} AS phase, mark, state, part, agency, field, amount FROM rollup_reports "
    "WHERE span = ? AND period >= ? AND period < ?"
)
_SUMS = "SELECT phase, mark, state, part, agency, field, sum(amount) FROM ({}) GROUP BY 1, 2, 3, 4, 5, 6"
