"""Days off and working Saturdays as versioned data, and what a calendar does not know yet.

Bộ luật Lao động 2019 Điều 112 names the holidays; which days are taken, moved or made up for is decided
anew each year, sometimes a week ahead. So a calendar is a package that is replaced as a whole, every year
in it says whether it is official or an estimate, and a year that is not in it is missing, never guessed.

The file is JSON, UTF-8:

    {"schema": 1, "version": "2026.1", "published": "2026-01-05", "source": "…", "note": "…",
     "years": [{"year": 2026, "status": "official" | "estimate", "source": "…",
                "days_off": [{"day": "2026-01-02", "name": "…", "source": "…"}],
                "working_days": [{"day": "2026-01-10", "instead_of": "2026-01-02", "source": "…"}]}]}

Ordinary weekends are not listed: which weekdays are worked is the deadline policy's business. A year
without a status is an estimate.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.package_kind import reading
from app.domain.package_reader import Fields, bad_value, parse_json
from app.errors import Refusal

SCHEMA = 1
MAX_CHARACTERS = 1_000_000
ALARM_MONTH = 11                   # next year's calendar is asked for from November on, not on 1 January


class YearStatus(StrEnum):
    OFFICIAL = "official"
    ESTIMATE = "estimate"          # no announcement yet; a due date in it is marked
    MISSING = "missing"            # not in the calendar: only weekends are known


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day on which no office works (nghỉ lễ, nghỉ bù, nghỉ hoán đổi)."""

    day: date
    name: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class MakeUpDay:
    """A weekend day worked instead of the day off `instead_of` (làm bù), with that weekday's office hours."""

    day: date
    instead_of: date
    source: str = ""


@dataclass(frozen=True, slots=True)
class CalendarYear:
    year: int
    status: YearStatus
    source: str
    days_off: tuple[DayOff, ...] = ()
    working_days: tuple[MakeUpDay, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """One version of the days off; `version` is stored with every dossier whose due date came from it."""

    version: str
    published: date
    source: str
    years: tuple[CalendarYear, ...]
    note: str = ""

    def status_of(self, year: int) -> YearStatus:
        found = self._year(year)
        return found.status if found else YearStatus.MISSING

    def day_off(self, day: date) -> DayOff | None:
        found = self._year(day.year)
        return next((off for off in found.days_off if off.day == day), None) if found else None

    def make_up_day(self, day: date) -> MakeUpDay | None:
        found = self._year(day.year)
        return next((worked for worked in found.working_days if worked.day == day), None) if found else None

    def _year(self, year: int) -> CalendarYear | None:
        return next((known for known in self.years if known.year == year), None)


@dataclass(frozen=True, slots=True)
class CalendarWarning:
    """What a person must hear about a year: `calendar_estimated` or `calendar_missing`."""

    code: str
    year: int

    def as_text(self) -> str:
        """'calendar_estimated:2027', the form that is stored."""
        return f"{self.code}:{self.year}"

    @classmethod
    def from_text(cls, text: str) -> CalendarWarning:
        code, _, year = text.partition(":")
        return cls(code, int(year))


_WARNING_CODES = {YearStatus.ESTIMATE: "calendar_estimated", YearStatus.MISSING: "calendar_missing"}


def doubts_of_years(first: int, last: int, calendar: Calendar) -> tuple[CalendarWarning, ...]:
    """A warning for each year `first`..`last` (inclusive) that the calendar does not know officially."""
    codes = ((_WARNING_CODES.get(calendar.status_of(year)), year) for year in range(first, last + 1))
    return tuple(CalendarWarning(code, year) for code, year in codes if code)


def calendar_warnings(today: date, calendar: Calendar) -> tuple[CalendarWarning, ...]:
    """What the office must mend about its calendar now: this year always, next year from November on."""
    last = today.year + 1 if today.month >= ALARM_MONTH else today.year
    return doubts_of_years(today.year, last, calendar)


def parse_calendar(text: str) -> Calendar:
    """The calendar in `text` (see above), whole or not at all.

    Raises Refusal: `calendar_not_json`, `calendar_too_large`, `calendar_wrong_shape`, `calendar_bad_value`,
    `calendar_unknown_field` (each with its place), `calendar_schema_unknown`, `calendar_empty`,
    `calendar_year_twice`, `calendar_day_twice`, `calendar_day_outside_year`, `calendar_make_up_wrong`.
    """
    with reading("calendar"):
        fields = Fields(parse_json(text, max_characters=MAX_CHARACTERS), "")
        schema = fields.raw("schema")
        if type(schema) is not int or schema != SCHEMA:
            raise Refusal("calendar_schema_unknown", schema=str(schema)[:20], expected=SCHEMA)
        calendar = Calendar(
            version=fields.text("version", required=True, limit=40),
            published=fields.required_day("published"),
            source=fields.text("source", required=True),
            years=fields.items("years", _read_year, limit=200),
            note=fields.text("note"),
        )
        fields.finish()
    _check(calendar)
    return calendar


def _read_year(value: Any, where: str) -> CalendarYear:
    fields = Fields(value, where)
    number = fields.integer("year", limit=9998)
    if not number:
        raise bad_value(fields.place("year"), number, "a year")
    year = CalendarYear(
        year=number,
        status=fields.choice("status", _stated, default=YearStatus.ESTIMATE),
        source=fields.text("source", required=True),
        days_off=fields.items("days_off", _read_day_off, limit=366),
        working_days=fields.items("working_days", _read_make_up, limit=366),
    )
    fields.finish()
    return year


def _stated(word: str) -> YearStatus:
    status = YearStatus(word)
    if status is YearStatus.MISSING:
        raise ValueError("a missing year is left out, not stated")
    return status


def _read_day_off(value: Any, where: str) -> DayOff:
    fields = Fields(value, where)
    off = DayOff(fields.required_day("day"), fields.text("name", required=True, limit=200), fields.text("source"))
    fields.finish()
    return off


def _read_make_up(value: Any, where: str) -> MakeUpDay:
    fields = Fields(value, where)
    worked = MakeUpDay(fields.required_day("day"), fields.required_day("instead_of"), fields.text("source"))
    fields.finish()
    return worked


def _check(calendar: Calendar) -> None:
    if not calendar.years:
        raise Refusal("calendar_empty")
    years: set[int] = set()
    days: set[date] = set()
    for year in calendar.years:
        if year.year in years:
            raise Refusal("calendar_year_twice", year=year.year)
        years.add(year.year)
        for day in (*(off.day for off in year.days_off), *(worked.day for worked in year.working_days)):
            if day.year != year.year:
                raise Refusal("calendar_day_outside_year", day=day.isoformat(), year=year.year)
            if day in days:
                raise Refusal("calendar_day_twice", day=day.isoformat())
            days.add(day)
    for year in calendar.years:
        for worked in year.working_days:
            # Anything else would be a slip of the pen that shifts every due date around it by a day.
            if worked.day.weekday() < 5 or calendar.day_off(worked.instead_of) is None:
                raise Refusal("calendar_make_up_wrong", day=worked.day.isoformat())
