"""The office minutes, one by one, straight from the calendar file: shares no code with the program."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import resources

WINDOWS = ((7 * 60, 11 * 60 + 30), (13 * 60 + 30, 17 * 60))
FIRST, LAST = date(2026, 11, 1), date(2027, 12, 31)


@cache
def days() -> tuple[date, ...]:
    """Working days in order: Monday to Friday but for days off, and the Saturdays worked for them."""
    file = Path(resources.__file__).parent / "calendar" / "vn.json"
    years: list[Mapping[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["years"]
    off = {date.fromisoformat(each["day"]) for year in years for each in year["days_off"]}
    made_up = {date.fromisoformat(each["day"]) for year in years for each in year["working_days"]}
    every = (FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1))
    return tuple(day for day in every if day in made_up or (day.weekday() < 5 and day not in off))


@cache
def minutes() -> tuple[datetime, ...]:
    """The end of every office minute: 07:01 is the first of a day, 17:00 its last."""
    return tuple(
        datetime.combine(day, time()) + timedelta(minutes=minute + 1)
        for day in days() for opens, closes in WINDOWS for minute in range(opens, closes)
    )


def gone_by(moment: datetime) -> int:
    """Office minutes that are over at `moment` (naive, the counter's clock)."""
    there = moment.replace(second=0, microsecond=0)
    return bisect_left(minutes(), there + timedelta(seconds=1))


def days_gone_by(day: date) -> int:
    """Working days before `day`."""
    return bisect_left(days(), day)
