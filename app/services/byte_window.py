"""When scans may travel on a line that is paid for by the byte or needed for other work by day.

Setting `byte_window`: {"from": "18:00", "to": "06:00", "bytes": 200000000} or null. Documents go out only inside
these hours, local time, and within so many bytes a window; records, statuses and numbers always do. A window that
passes midnight belongs to the day on which it begins. Nothing is lost by it: what does not go waits in the count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection

from app.domain.vietnam_time import local
from app.errors import Refusal
from app.store.settings import read_setting, read_sync, write_setting, write_sync

LEAST_BYTES = 1_000_000
"""A window that lets through less than a page or two a day was meant otherwise."""


@dataclass(frozen=True, slots=True)
class ByteWindow:
    """`begins` = `ends`: the whole day. `most`: bytes in one window, None: as many as go."""

    begins: time
    ends: time
    most: int | None

    def day_of(self, now: datetime) -> date | None:
        """The day on which the window began that is open at `now`; None: it is closed."""
        moment = local(now)
        at = moment.time().replace(tzinfo=None)
        if self.begins < self.ends:
            return moment.date() if self.begins <= at < self.ends else None
        if at >= self.begins:
            return moment.date()
        return moment.date() - timedelta(days=1) if at < self.ends else None

    def next_opening(self, now: datetime) -> datetime:
        """The first beginning of a window after `now`."""
        moment = local(now)
        opening = moment.replace(hour=self.begins.hour, minute=self.begins.minute, second=0, microsecond=0)
        return opening if opening > moment else opening + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What may go now. `left` bytes (None: no limit), 0 when closed or used up; `opens_at`: when more may go."""

    left: int | None
    used: int = 0
    opens_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.left is None or self.left > 0


def read_window(connection: Connection) -> ByteWindow | None:
    """None: documents go at any time, as many as there are."""
    held: Mapping[str, Any] | None = read_setting(connection, "byte_window")
    if held is None:
        return None
    return ByteWindow(time.fromisoformat(held["from"]), time.fromisoformat(held["to"]), held["bytes"])


def set_window(connection: Connection, window: ByteWindow | None) -> None:
    """Raises `byte_window_too_small` {bytes, least}."""
    if window is None:
        write_setting(connection, "byte_window", None)
        return
    if window.most is not None and window.most < LEAST_BYTES:
        raise Refusal("byte_window_too_small", bytes=window.most, least=LEAST_BYTES)
    write_setting(connection, "byte_window", {
        "from": window.begins.strftime("%H:%M"), "to": window.ends.strftime("%H:%M"), "bytes": window.most,
    })


def allowance(connection: Connection, now: datetime) -> Allowance:
    """How many bytes of documents may go out now."""
    window = read_window(connection)
    if window is None:
        return Allowance(None)
    day = window.day_of(now)
    if day is None:
        return Allowance(0, 0, window.next_opening(now))
    used = _used(connection, day)
    if window.most is None:
        return Allowance(None, used)
    left = max(0, window.most - used)
    return Allowance(left, used, None if left else window.next_opening(now))


def note_used(connection: Connection, sent: int, now: datetime) -> None:
    """So many bytes of documents went out and arrived."""
    window = read_window(connection)
    day = None if window is None else window.day_of(now)
    if window is None or sent <= 0:
        return
    # A chunk that was under way when the window closed counts to the one that it began in.
    began = day or local(now).date() - (timedelta(days=1) if local(now).time() < window.begins else timedelta())
    total = _used(connection, began) + sent
    write_sync(connection, "byte_window_used", {"day": began.isoformat(), "bytes": total})


def _used(connection: Connection, day: date) -> int:
    held = read_sync(connection, "byte_window_used")
    return int(held["bytes"]) if held is not None and held["day"] == day.isoformat() else 0
