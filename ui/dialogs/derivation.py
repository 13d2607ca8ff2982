"""The derivation of a promised date in the window's language. Vietnamese is the office's own wording."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from app.domain.calendar import CalendarWarning
from app.domain.derivation import (
    AfterCutoff,
    CalendarDays,
    CountedDays,
    CountedHours,
    CountedOn,
    Ends,
    FirstDayNotCounted,
    LeftIn,
    LegBegins,
    LegEnds,
    MovedIntoHours,
    MovedToOpening,
    NoTime,
    Outside,
    Paused,
    Received,
    RolledOver,
    RoundedUp,
    SameDay,
    Skipped,
    StartsNextDay,
    Step,
    TimeLeft,
    WholeDays,
    step_from_json,
)
from app.domain.derivation_words import describe_calendar_warning, describe_step

_OUTSIDE = {
    Outside.BEFORE_OPENING: "Received before opening", Outside.BREAK: "Received during the lunch break",
    Outside.AFTER_CLOSING: "Received after closing", Outside.DAY_OFF: "Received on a day off",
}
_ENDS = {
    "same_time": "the clock time at which counting began", "end_of_day": "closing time of the last day",
    "fixed": "the fixed hand-over time", "hours": "all office hours are counted",
    "same_day": "the same day, until closing", "left": "the time that was left is used up",
    "still_over": "it stays overdue by as much as before",
    "unmoved": "no office time passed while the clock stood: unchanged",
}
_AFTER_PAUSE = {"left": "New due time:", "still_over": "New due time:", "unmoved": "The due time stays"}
_LEFT_IN = {LeftIn.WORKING_DAYS: "working day", LeftIn.DAYS: "day", LeftIn.OFFICE_HOURS: "day"}


def derivation(steps: Sequence[Any], language: str) -> tuple[str, ...]:
    """One sentence for each stored step."""
    read = [step_from_json(step) for step in steps]
    return tuple(_english(step) if language == "en" else describe_step(step) for step in read)


def calendar_doubts(warnings: Sequence[str], language: str) -> tuple[str, ...]:
    """What is not certain about the calendar behind the date."""
    read = [CalendarWarning.from_text(warning) for warning in warnings]
    if language != "en":
        return tuple(describe_calendar_warning(warning) for warning in read)
    return tuple(
        f"There is no calendar for {warning.year}: only weekly rest days are left out." if
        warning.code == "calendar_missing" else f"The calendar of {warning.year} is an estimate."
        for warning in read
    )


def _english(step: Step) -> str:
    match step:
        case Received(moment):
            return f"Received at {moment:%H:%M}, {_day(moment)}."
        case MovedToOpening(reason, name, starts):
            return f"{_OUTSIDE[reason]}{f' ({name})' if name else ''}: counts as received at {_moment(starts)}."
        case AfterCutoff(cutoff, starts):
            return f"Received after {cutoff:%H:%M}: counted from {_moment(starts)}."
        case StartsNextDay(starts):
            return f"Counted from the next working day, {_moment(starts)}."
        case FirstDayNotCounted(day):
            return f"The day it begins does not count: {_day(day)}."
        case Skipped(first, last, name):
            return f"Not counted: {_span(first, last)} ({name or 'weekly rest'})."
        case CountedDays():
            numbers = f"Day {step.number}" if step.number == step.last_number else (
                f"Days {step.number} to {step.last_number}"
            )
            made_up = f", worked instead of {_day(step.instead_of)}" if step.instead_of else ""
            rest = f" ({step.rest_days} rest days left out)" if step.rest_days else ""
            return f"{numbers}: {_span(step.first, step.last)}{made_up}{rest}."
        case CalendarDays(first, last, days):
            return f"{days} days in a row: {_span(first, last)}."
        case RolledOver(day, name, to):
            return f"The last day, {_day(day)}, is off{f' ({name})' if name else ''}: moved to {_day(to)}."
        case CountedHours():
            hours, minutes = divmod(step.minutes, 60)
            return (f"{_span(step.first, step.last)}, {step.opens:%H:%M} to {step.closes:%H:%M}: "
                    f"{hours} h {minutes:02d} min.")
        case WholeDays(days, moment):
            return f"The hours make {days} whole working days: promised for {_moment(moment)}."
        case SameDay(day):
            return f"Settled on the same day: {_day(day)}."
        case MovedIntoHours(clock, used):
            return f"{clock:%H:%M} is outside office hours on the last day: {used:%H:%M} is used."
        case RoundedUp(minutes, moment):
            return f"Rounded up to {minutes} minutes: {moment:%H:%M}."
        case Ends(rule, moment):
            return f"{_AFTER_PAUSE.get(rule, 'Promised for')} {_moment(moment)} ({_ENDS[rule]})."
        case NoTime(note):
            return f"The rules name no date{f' ({note})' if note else ''}."
        case LegBegins(name, starts):
            return f"{name}: counted from {_moment(starts)}."
        case LegEnds(name, moment):
            return f"{name} is to be done by {_moment(moment)}."
        case Paused(moment, starts):
            return f"The clock stands from {_from(moment, starts)}."
        case CountedOn(moment, starts):
            return f"The clock runs again from {_from(moment, starts)}."
        case TimeLeft():
            amount = _left(step)
            return f"{'Overdue' if step.is_over else 'Left'} by then: {amount} (due {_moment(step.due)})."


def _left(step: TimeLeft) -> str:
    hours, minutes = divmod(step.minutes, 60)
    days = f"{step.days} {_LEFT_IN[step.unit]}{'s' * (step.days != 1)}" if step.days or not step.minutes else ""
    clock = f"{hours} h {minutes:02d} min" if step.minutes else ""
    return " ".join(part for part in (days, clock) if part)


def _from(moment: datetime, starts: datetime) -> str:
    outside = f" (the office is closed at {_moment(moment)})" if starts != moment else ""
    return f"{_moment(starts)}{outside}"


def _day(day: date) -> str:
    return f"{day:%a %d/%m/%Y}"


def _moment(moment: datetime) -> str:
    return f"{moment:%H:%M}, {_day(moment)}"


def _span(first: date, last: date) -> str:
    return _day(first) if first == last else f"{_day(first)} to {_day(last)}"
