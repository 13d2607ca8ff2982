"""The shipped calendar for tests of the domain, and small ways to change it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

import resources
from app.domain.calendar import Calendar, DayOff, parse_calendar
from app.domain.vietnam_time import VIETNAM

FOLDER = Path(resources.__file__).parent


@cache
def shipped() -> Calendar:
    return parse_calendar((FOLDER / "calendar" / "vn.json").read_text(encoding="utf-8"))


def at(text: str) -> datetime:
    """'2026-10-05T09:00' on the counter's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def with_day_off(calendar: Calendar, day: date) -> Calendar:
    """The calendar with one more day off, in place of a make-up day if there was one."""
    if calendar.day_off(day) is not None:
        return calendar
    years = tuple(
        replace(
            year,
            days_off=(*year.days_off, DayOff(day, "Nghỉ thêm")),
            working_days=tuple(worked for worked in year.working_days if worked.day != day),
        )
        if year.year == day.year else year
        for year in calendar.years
    )
    return replace(calendar, years=years)
