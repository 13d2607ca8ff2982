"""Why this date? The steps by which a due date was found, as typed values; no sentences.

A dossier stores the steps as JSON with its due date (`step_as_json`), so the answer stays the same when the
calendar changes later. `derivation_words` says them in Vietnamese, the window says them in its language.
All times of day and dates are on the counter's clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, ClassVar, get_args


class Outside(StrEnum):
    """Why the office was closed at the moment of reception."""

    BEFORE_OPENING = "before_opening"
    BREAK = "break"
    AFTER_CLOSING = "after_closing"
    DAY_OFF = "day_off"


@dataclass(frozen=True, slots=True)
class Received:
    """The moment that is printed on the receipt, to the minute."""

    kind: ClassVar[str] = "received"
    at: datetime


@dataclass(frozen=True, slots=True)
class MovedToOpening:
    """Received while closed: counts as received at the next opening. `name`: the holiday, if it was one."""

    kind: ClassVar[str] = "moved_to_opening"
    reason: Outside
    name: str
    starts: datetime


@dataclass(frozen=True, slots=True)
class AfterCutoff:
    """Received later than the procedure's or policy's cutoff: counts from the next working day."""

    kind: ClassVar[str] = "after_cutoff"
    cutoff: time
    starts: datetime


@dataclass(frozen=True, slots=True)
class StartsNextDay:
    """The policy counts from the opening of the next working day."""

    kind: ClassVar[str] = "starts_next_day"
    starts: datetime


@dataclass(frozen=True, slots=True)
class FirstDayNotCounted:
    """Bộ luật Dân sự 2015 Điều 147: the day on which the period begins does not count."""

    kind: ClassVar[str] = "first_day_not_counted"
    day: date


@dataclass(frozen=True, slots=True)
class Skipped:
    """Days `first`..`last` that do not count; `name` of the holiday, empty for the weekly rest."""

    kind: ClassVar[str] = "skipped"
    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True)
class CountedDays:
    """Working days number `number`..`last_number`; `rest_days` weekly rest days lie between and do not count.

    `instead_of` is set for a single make-up day: the day off for which it is worked.
    """

    kind: ClassVar[str] = "counted_days"
    first: date
    last: date
    number: int
    last_number: int
    rest_days: int = 0
    instead_of: date | None = None


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """`days` days without a break, `first`..`last`."""

    kind: ClassVar[str] = "calendar_days"
    first: date
    last: date
    days: int


@dataclass(frozen=True, slots=True)
class RolledOver:
    """Bộ luật Dân sự 2015 Điều 148: a last day that is off moves to the next working day."""

    kind: ClassVar[str] = "rolled_over"
    day: date
    name: str
    to: date


@dataclass(frozen=True, slots=True)
class CountedHours:
    """`minutes` office minutes on the days `first`..`last`, each from `opens` to `closes` without its break."""

    kind: ClassVar[str] = "counted_hours"
    first: date
    last: date
    opens: time
    closes: time
    minutes: int
    rest_days: int = 0
    instead_of: date | None = None


@dataclass(frozen=True, slots=True)
class WholeDays:
    """Hours that make `days` whole office days, begun at an opening: they end at an opening, as days would."""

    kind: ClassVar[str] = "whole_days"
    days: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SameDay:
    """A time of 0 days: to be settled on the day on which it begins (trong ngày)."""

    kind: ClassVar[str] = "same_day"
    day: date


@dataclass(frozen=True, slots=True)
class MovedIntoHours:
    """The clock time `clock` is no office time on the last day; `used` instead."""

    kind: ClassVar[str] = "moved_into_hours"
    clock: time
    used: time


@dataclass(frozen=True, slots=True)
class RoundedUp:
    """Rounded up to full `minutes`, not beyond closing time."""

    kind: ClassVar[str] = "rounded_up"
    minutes: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Ends:
    """The promised moment and what set its clock time: an end rule, "hours" or "same_day".

    After a pause: "left" (what was left is used up), "still_over", or "unmoved" (no office time passed).
    """

    kind: ClassVar[str] = "ends"
    rule: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NoTime:
    """The catalogue names no time, so no date is promised; `note` is its own wording, often empty."""

    kind: ClassVar[str] = "no_time"
    note: str


@dataclass(frozen=True, slots=True)
class LegBegins:
    """The part of one agency of an inter-agency procedure begins; `name` as the catalogue calls the agency."""

    kind: ClassVar[str] = "leg_begins"
    name: str
    starts: datetime


@dataclass(frozen=True, slots=True)
class LegEnds:
    """The moment by which that agency is to be done; nothing is promised to the citizen for it."""

    kind: ClassVar[str] = "leg_ends"
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Paused:
    """A supplement or a payment was asked of the citizen: the clock stands from the office moment `starts`.

    `at` is the moment asked; the two differ when the office was closed then.
    """

    kind: ClassVar[str] = "paused"
    at: datetime
    starts: datetime


class LeftIn(StrEnum):
    """What the time that was left is told in."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    OFFICE_HOURS = "office_hours"


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """The unused time when the clock stopped; where `is_over`, by how much `due` had already passed."""

    kind: ClassVar[str] = "time_left"
    due: datetime
    days: int
    minutes: int
    unit: LeftIn
    is_over: bool


@dataclass(frozen=True, slots=True)
class CountedOn:
    """The clock runs again from the office moment `starts`; the citizen's act came at `at`."""

    kind: ClassVar[str] = "counted_on"
    at: datetime
    starts: datetime


Step = (
    Received | MovedToOpening | AfterCutoff | StartsNextDay | FirstDayNotCounted | Skipped | CountedDays
    | CalendarDays | RolledOver | CountedHours | WholeDays | SameDay | MovedIntoHours | RoundedUp | Ends | NoTime
    | LegBegins | LegEnds | Paused | TimeLeft | CountedOn
)

_KINDS: dict[str, type[Any]] = {step.kind: step for step in get_args(Step)}


def step_as_json(step: Step) -> dict[str, Any]:
    """`kind` and the step's values as JSON values: dates yyyy-mm-dd, moments ISO with offset, clocks HH:MM."""
    values: dict[str, Any] = {"kind": step.kind}
    for field in fields(step):
        value = getattr(step, field.name)
        if isinstance(value, time):
            value = value.strftime("%H:%M")
        elif isinstance(value, date):          # also a datetime
            value = value.isoformat()
        values[field.name] = str(value) if isinstance(value, StrEnum) else value
    return values


_READERS: dict[str, Callable[[Any], Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "date | None": date.fromisoformat,
    "time": time.fromisoformat,
    "Outside": Outside,
    "LeftIn": LeftIn,
    "bool": bool,
    "int": int,
    "str": str,
}


def step_from_json(values: Mapping[str, Any]) -> Step:
    """The step of `step_as_json`. Raises ValueError when it is none."""
    try:
        kind = _KINDS[values["kind"]]
        read = {
            field.name: None if values[field.name] is None else _READERS[str(field.type)](values[field.name])
            for field in fields(kind)
        }
        step: Step = kind(**read)
    except (KeyError, TypeError) as error:
        raise ValueError("not a step of a derivation") from error
    return step
