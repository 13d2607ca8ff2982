"""Which day it is for the book, and what the clock of this PC is worth.

A clock that is set back must neither write yesterday into the book again nor use yesterday's numbers twice;
a clock that jumps is said aloud, recorded and stops nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.domain.vietnam_time import local

TOLERANCE = timedelta(minutes=2)   # more than a slow start or a time service ever moves a sound clock


def business_date(now: datetime, highest_used: date | None) -> date:
    """The day under which the next operation is booked: never earlier than a day already used.

    `now` is aware and, where the province's clock is known, corrected (`trusted_now`). `highest_used` is the
    latest business date in the book, None in an empty one. Source: sync protocol, "Numbers".
    """
    today = local(now).date()
    return today if highest_used is None else max(today, highest_used)


def trusted_now(wall: datetime, server_offset_ms: int | None) -> datetime:
    """`wall` corrected by the last measured offset, province's clock minus ours; as it is when never measured."""
    return wall + timedelta(milliseconds=server_offset_ms or 0)


def corrected_now(wall: datetime, server_offset_ms: int | None, server_time: datetime | None) -> datetime:
    """The moment that days and deadlines are counted from, when the clock of this PC shows `wall`.

    `wall` itself while it is within the tolerance of the province's clock, so that what is printed and what is
    counted are the same moment; else `wall` corrected by the offset. Never before `server_time`, the province's
    clock at the last contact: whatever this clock shows, that moment is over.    """
    moment = trusted_now(wall, server_offset_ms)
    if abs(moment - wall) <= TOLERANCE:
        moment = wall
    return server_time if server_time is not None and moment < server_time - TOLERANCE else moment


@dataclass(frozen=True, slots=True)
class ClockFinding:
    """Something is wrong with the clock; `seconds` is by how much, always positive.

    Codes: `clock_jumped_forward`, `clock_jumped_back` (against our own earlier reading), `clock_fast`,
    `clock_slow` (against the province), `clock_behind_book` (against the latest day in the book).
    """

    code: str
    seconds: int


def clock_findings(
    wall: datetime,
    last_seen_wall: datetime | None,
    monotonic_elapsed: timedelta | None,
    server_offset_ms: int | None,
    *,
    highest_used: date | None = None,
) -> tuple[ClockFinding, ...]:
    """What is wrong with the clock now; () when nothing is.

    `monotonic_elapsed` is the time since `last_seen_wall` by a clock that nobody can set; None after a
    restart, when only a step back can be told from a night's rest. All moments aware.
    """
    found: list[ClockFinding] = []
    if last_seen_wall is not None:
        drift = wall - last_seen_wall - (monotonic_elapsed or timedelta(0))
        if drift < -TOLERANCE:
            found.append(_finding("clock_jumped_back", -drift))
        elif drift > TOLERANCE and monotonic_elapsed is not None:
            found.append(_finding("clock_jumped_forward", drift))
    if server_offset_ms is not None:
        offset = timedelta(milliseconds=server_offset_ms)
        if abs(offset) > TOLERANCE:
            found.append(_finding("clock_slow" if offset > timedelta(0) else "clock_fast", abs(offset)))
    today = local(trusted_now(wall, server_offset_ms)).date()
    if highest_used is not None and today < highest_used:
        found.append(_finding("clock_behind_book", highest_used - today))
    return tuple(found)


def _finding(code: str, amount: timedelta) -> ClockFinding:
    return ClockFinding(code, int(amount.total_seconds()))
