"""A clock that jumps is recorded, and what the province's clock said is kept through the jump.

    watch = ClockWatch()                                    one for the life of a program
    watch.look_in(database, counter, clock, randomness)     each minute, and before a number is given out

The offset of a contact says how far this PC's clock was off then. Who sets the clock afterwards makes it wrong by
as much; a clock that nobody can set (`monotonic`) shows by how much, as long as this program runs. After a restart
only a step back can be told from a night's rest: it is recorded, the offset stays, and no day before the last
contact comes back (`app.services.days`).
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from app.clock import Clock
from app.domain.business_day import TOLERANCE, ClockFinding, clock_findings
from app.domain.identifiers import Randomness, uuid7
from app.domain.operation import Type
from app.services.counter import Counter
from app.services.days import OFFSET, SERVER_TIME, today_at_counter
from app.store import journal as book
from app.store.database import Database
from app.store.settings import read_sync, write_sync

SEEN = "clock_seen"
"""What the clock showed at the last look, for the first look of the next program."""


@dataclass(frozen=True, slots=True)
class _Look:
    wall: datetime
    monotonic: float
    contact: str                           # province's clock at the last contact known then
    is_anchored: bool                      # a contact was made while this watch was looking


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What a look would find; `drift` is None when there is nothing to measure it by."""

    jump: ClockFinding | None
    last_wall: datetime | None
    drift: timedelta | None
    is_measured_anew: bool
    is_to_be_written: bool


class ClockWatch:
    """Remembers the last look of this program."""

    def __init__(self) -> None:
        self._last: _Look | None = None
        self._lock = threading.Lock()              # the window looks while a reception does

    def look_in(
        self, database: Database, counter: Counter, clock: Clock, randomness: Randomness
    ) -> ClockFinding | None:
        """`look`, in a transaction of its own; the write lock is taken only when there is something to write.

        When that cannot be written the look did not take place, and the next one finds the same.
        """
        with self._lock:
            before = self._last
            try:
                with database.reading() as connection:
                    wall, monotonic = clock.now(), clock.monotonic()
                    if not self._weigh(connection, wall, monotonic).is_to_be_written:
                        return self.look(
                            connection, counter, wall=wall, monotonic=monotonic, randomness=randomness
                        )
                with database.writing() as connection:
                    return self.look(
                        connection, counter, wall=clock.now(), monotonic=clock.monotonic(), randomness=randomness
                    )
            except BaseException:
                self._last = before
                raise

    def look(
        self, connection: Connection, counter: Counter, *, wall: datetime, monotonic: float, randomness: Randomness
    ) -> ClockFinding | None:
        """What the clock did since the last look, when that was more than the tolerance; journalled by "system".

        `wall` aware, `monotonic` in seconds. Call inside a transaction; it exists when that commits.
        """
        before, found = self._last, self._weigh(connection, wall, monotonic)
        is_anchored = before is not None and before.is_anchored
        if found.jump is not None and found.last_wall is not None and found.drift is not None:
            if is_anchored and not found.is_measured_anew:
                _carry_offset(connection, found.drift)
            _journal(connection, counter, found.last_wall, wall, found.drift, randomness)
        if found.is_to_be_written:
            write_sync(connection, SEEN, wall.isoformat())
        self._last = _Look(wall, monotonic, _contact(connection), is_anchored or found.is_measured_anew)
        return found.jump

    def _weigh(self, connection: Connection, wall: datetime, monotonic: float) -> _Weighed:
        before = self._last
        if before is None:
            seen = read_sync(connection, SEEN)
            last_wall, elapsed = datetime.fromisoformat(seen) if seen else None, None
        else:
            last_wall, elapsed = before.wall, timedelta(seconds=monotonic - before.monotonic)
        jump = next(iter(clock_findings(wall, last_wall, elapsed, None)), None)
        drift = None if last_wall is None else wall - last_wall - (elapsed or timedelta(0))
        is_measured_anew = before is not None and _contact(connection) != before.contact
        is_far = before is None or abs(wall - before.wall) > TOLERANCE
        return _Weighed(jump, last_wall, drift, is_measured_anew, is_far or is_measured_anew or jump is not None)


def _contact(connection: Connection) -> str:
    """The province's clock at the last contact, as it is known here; "" before the first."""
    return str(read_sync(connection, SERVER_TIME) or "")


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
