"""Moments and days as the gateway writes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Aware; given to `create_app`, never read inside a rule."""

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


def stamp(moment: datetime) -> str:
    """UTC with milliseconds, always 24 letters: `2026-09-21T01:02:03.004Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def business_day(moment: datetime) -> date:
    """The day it is at the counters."""
    return moment.astimezone(LOCAL).date()
