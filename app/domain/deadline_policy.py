"""How an office counts time (chính sách tính thời hạn): hours, start, end, rounding. All of it is data.

Provinces differ in all of this, so nothing here is law by itself; the law's own rules (first day not
counted, last day off moves on: Bộ luật Dân sự 2015 Điều 147–148) are in `workdays`.

A policy may come as JSON (`parse_policy`), each field optional, defaults as in `DeadlinePolicy`:

    {"schema": 1, "version": "…", "source": "…",
     "office_hours": [["07:00-11:30", "13:30-17:00"], … seven lists, Monday first, empty: not worked],
     "hours_per_day": 8, "start_rule": "same_time", "cutoff": "15:00",
     "end_rule": "same_time", "end_time": "16:30", "rounding_minutes": 15, "calendar_day_rollover": true}
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from itertools import pairwise
from typing import Any

from app.domain.package_kind import reading
from app.domain.package_reader import Fields, bad_value, parse_json, wrong_shape
from app.errors import Refusal

SCHEMA = 1
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


def parse_clock(text: str) -> time:
    """'15:00' as a time of day. Raises ValueError for anything else."""
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise ValueError("not HH:MM")
    return time(int(found[1]), int(found[2]))


@dataclass(frozen=True, slots=True)
class Window:
    """Office hours without a break, `opens` before `closes`, both to the minute."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if not self.opens < self.closes:
            raise ValueError("office hours close before they open")

    @property
    def minutes(self) -> int:
        return minute_of(self.closes) - minute_of(self.opens)


def minute_of(clock: time) -> int:
    """Minutes since midnight; seconds do not count, as on the printed receipt."""
    return clock.hour * 60 + clock.minute


Week = tuple[tuple[Window, ...], ...]


class StartRule(StrEnum):
    SAME_TIME = "same_time"                       # from the moment of reception
    NEXT_DAY_START = "next_day_start"             # from the opening of the next working day
    AFTER_CUTOFF = "after_cutoff_next_day"        # the same, only when received after `cutoff`


class EndRule(StrEnum):
    SAME_TIME = "same_time"                       # the clock time at which counting began
    END_OF_DAY = "end_of_day"                     # closing time
    FIXED = "fixed"                               # `end_time`


_WORKDAY = (Window(time(7), time(11, 30)), Window(time(13, 30), time(17)))
STANDARD_WEEK: Week = (_WORKDAY,) * 5 + ((), ())
"""7:00–11:30 and 13:30–17:00, Monday to Friday: eight hours, the windows of the provincial systems."""


@dataclass(frozen=True, slots=True)
class DeadlinePolicy:
    """The rules of one office. A weekday with hours is a working day, even if only its morning is worked.

    `cutoff` counts only under StartRule.AFTER_CUTOFF: the 15:00 rule (Nghị định 61/2018 Điều 18) belongs to
    single procedures, and adding a day to all of them would promise dates that the law does not allow.
    `rounding_minutes` 0 keeps the minute; 15 rounds the result up to the quarter of an hour.
    """

    version: str = "default-1"
    office_hours: Week = STANDARD_WEEK
    hours_per_day: int = 8
    start_rule: StartRule = StartRule.SAME_TIME
    cutoff: time = time(15)
    end_rule: EndRule = EndRule.SAME_TIME
    end_time: time = time(16, 30)
    rounding_minutes: int = 0
    calendar_day_rollover: bool = True
    source: str = ""

    def __post_init__(self) -> None:
        if len(self.office_hours) != 7 or not any(self.office_hours):
            raise ValueError("a week has seven days and at least one with office hours")
        for windows in self.office_hours:
            if any(before.closes >= after.opens for before, after in pairwise(windows)):
                raise ValueError("office hours of a day overlap or are out of order")
        if self.hours_per_day < 1 or self.rounding_minutes not in (0, 5, 10, 15, 30, 60):
            raise ValueError("hours per day or rounding out of range")


def parse_policy(text: str) -> DeadlinePolicy:
    """The policy in `text` (see above), whole or not at all.

    Raises Refusal: `policy_not_json`, `policy_too_large`, `policy_wrong_shape`, `policy_bad_value`,
    `policy_unknown_field` (each with its place), `policy_schema_unknown`.
    """
    standard = DeadlinePolicy()
    with reading("policy"):
        fields = Fields(parse_json(text, max_characters=100_000), "")
        schema = fields.raw("schema")
        if type(schema) is not int or schema != SCHEMA:
            raise Refusal("policy_schema_unknown", schema=str(schema)[:20], expected=SCHEMA)
        stated: dict[str, Any] = {
            "version": fields.text("version", required=True, limit=40),
            "source": fields.text("source"),
            "start_rule": fields.choice("start_rule", StartRule, default=standard.start_rule),
            "cutoff": fields.choice("cutoff", parse_clock, default=standard.cutoff),
            "end_rule": fields.choice("end_rule", EndRule, default=standard.end_rule),
            "end_time": fields.choice("end_time", parse_clock, default=standard.end_time),
            "calendar_day_rollover": fields.flag("calendar_day_rollover", default=standard.calendar_day_rollover),
        }
        for name, limit in (("hours_per_day", 24), ("rounding_minutes", 60)):
            if fields.has(name):
                stated[name] = fields.integer(name, limit=limit) or 0
        if fields.has("office_hours"):
            stated["office_hours"] = fields.items("office_hours", _read_day, limit=7)
        fields.finish()
        try:
            return DeadlinePolicy(**stated)
        except ValueError as error:
            raise bad_value("office_hours", str(error), "seven days of hours in order") from error


def _read_day(value: Any, where: str) -> tuple[Window, ...]:
    if not isinstance(value, list):
        raise wrong_shape(where, "list")
    try:
        return tuple(Window(*map(parse_clock, span.split("-"))) for span in value)
    except (AttributeError, TypeError, ValueError) as error:
        raise bad_value(where, value, '["07:00-11:30", "13:30-17:00"]') from error
