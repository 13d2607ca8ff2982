"""The days a report is about: free, a month or week, or a period of the reporting year.

A reporting quarter or year of form II.06 runs from the 15th to the 14th: quarter I of 2026 is
15/12/2025–14/03/2026 (domain facts 9.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.vietnamese_dates import short_date
from app.errors import Refusal

_CUT = 15


@dataclass(frozen=True, slots=True)
class Period:
    """Days `first` to `last`, both inclusive. Raises Refusal `period_reversed` (first, last)."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise Refusal("period_reversed", first=short_date(self.first), last=short_date(self.last))

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def words(self) -> str:
        """As the form says it."""
        return f"Từ ngày {short_date(self.first)} đến ngày {short_date(self.last)}"


class Preset(StrEnum):
    DAY = "day"
    WEEK = "week"                          # Monday to Sunday
    MONTH = "month"
    CALENDAR_YEAR = "calendar_year"
    QUARTER = "quarter"                    # these three run from the 15th to the 14th
    HALF_YEAR = "half_year"
    YEAR = "year"


def preset_period(preset: Preset, day: date, back: int = 0) -> Period:
    """The period of this kind that holds `day`, or the one so many before it."""
    match preset:
        case Preset.DAY:
            return Period(day - timedelta(back), day - timedelta(back))
        case Preset.WEEK:
            monday = day - timedelta(day.weekday() + 7 * back)
            return Period(monday, monday + timedelta(6))
        case Preset.MONTH:
            month = _month(day) - back
            return Period(_day(month, 1), _day(month + 1, 1) - timedelta(1))
        case Preset.CALENDAR_YEAR:
            return Period(date(day.year - back, 1, 1), date(day.year - back, 12, 31))
        case Preset.QUARTER:
            return _reporting(day, 3, back)
        case Preset.HALF_YEAR:
            return _reporting(day, 6, back)
        case Preset.YEAR:
            return _reporting(day, 12, back)


def _reporting(day: date, months: int, back: int) -> Period:
    """Periods of so many months that begin on the 15th, one of them in December."""
    begins = _month(day) - (day.day < _CUT)
    begins -= (begins - _month(date(2000, 12, 1))) % months + months * back
    return Period(_day(begins, _CUT), _day(begins + months, _CUT) - timedelta(1))


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _day(month: int, day: int) -> date:
    return date(month // 12, month % 12 + 1, day)
