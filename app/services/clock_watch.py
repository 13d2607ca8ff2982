"""A clock that jumps is recorded, and what the province's clock said is kept through the jump.

    watch = ClockWatch()                                    one for the life of a program
    watch.look(connection, counter, wall=…, monotonic=…)    each minute, and before a number is given out

The offset of a contact says how far this PC's clock was off then. Who sets the clock afterwards makes it wrong by
as much; a clock that nobody can set (`monotonic`) shows by how much, as long as this program runs. After a restart
only a step back can be told from a night's rest: it is recorded, the offset stays, and no day before the last
contact comes back (`app.services.days`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from app.domain.business_day import TOLERANCE, ClockFinding, clock_findings
from app.domain.identifiers import Randomness, uuid7
from app.domain.operation import Type
from app.services.counter import Counter
from app.services.days import OFFSET, SERVER_TIME, today_at_counter
from app.store import journal as book
from app.store.settings import read_sync, write_sync

SEEN = "clock_seen"
"""What the clock showed at the last look, for the first look of the next program."""


@dataclass(frozen=True, slots=True)
class _Look:
    wall: datetime
    monotonic: float
    contact: str                           # province's clock at the last contact known then
    is_anchored: bool                      # a contact was made while this watch was looking


class ClockWatch:
    """Remembers the last look of this program."""

    def __init__(self) -> None:
        self._last: _Look | None = None

    def look(
        self, connection: Connection, counter: Counter, *, wall: datetime, monotonic: float, randomness: Randomness
    ) -> ClockFinding | None:
        """What the clock did since the last look, when that was more than the tolerance; journalled by "system".

        `wall` aware, `monotonic` in seconds. Call inside a transaction; it exists when that commits.
        """
        contact = str(read_sync(connection, SERVER_TIME) or "")
        before = self._last
        if before is None:
            seen = read_sync(connection, SEEN)
            last_wall, elapsed = datetime.fromisoformat(seen) if seen else None, None
        else:
            last_wall, elapsed = before.wall, timedelta(seconds=monotonic - before.monotonic)
        jumps = clock_findings(wall, last_wall, elapsed, None)
        is_measured_anew = before is not None and contact != before.contact
        is_anchored = before is not None and (before.is_anchored or is_measured_anew)
        if jumps and last_wall is not None:
            drift = wall - last_wall - (elapsed or timedelta(0))
            if before is not None and before.is_anchored and not is_measured_anew:
                _carry_offset(connection, drift)
            _journal(connection, counter, last_wall, wall, drift, randomness)
        if before is None or jumps or abs(wall - before.wall) > TOLERANCE or is_measured_anew:
            write_sync(connection, SEEN, wall.isoformat())
        self._last = _Look(wall, monotonic, contact, is_anchored)
        return jumps[0] if jumps else None


def _carry_offset(connection: Connection, drift: timedelta) -> None:
    """Our clock has moved by `drift`, the province's has not."""
    offset = int(read_sync(connection, OFFSET) or 0)
    write_sync(connection, OFFSET, offset - round(drift.total_seconds() * 1000))


def _journal(
    connection: Connection, counter: Counter, before: datetime, wall: datetime, drift: timedelta,
    randomness: Randomness,
) -> None:
    op_id = uuid7(wall, randomness)
    book.append(connection, counter.author(None), book.Event(
        op_id=op_id,
        type=Type.CLOCK_JUMPED,
        intent=f"clock:{op_id}",
        body={
            "from": before.isoformat(), "to": wall.isoformat(), "seconds": round(drift.total_seconds()),
            "clock_offset_ms": read_sync(connection, OFFSET),
        },
        now=wall,
        business_date=today_at_counter(connection, wall),
    ))
