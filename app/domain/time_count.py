"""Counting a processing time from an office moment on: the part of the promise that knows no reception.

The rules are numbered in `workdays`; the legs of an inter-agency procedure and a second stage are counted
by the same ones.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.domain.day_walk import fold, walk_days, walk_hours
from app.domain.deadline_policy import EndRule, minute_of
from app.domain.derivation import (
    CalendarDays,
    Ends,
    FirstDayNotCounted,
    MovedIntoHours,
    RolledOver,
    RoundedUp,
    SameDay,
    Step,
    WholeDays,
)
from app.domain.office_time import OfficeTime, at
from app.domain.procedure import ProcessingTime, TimeUnit
from app.errors import Refusal

MAX_DAYS = 3_660
MAX_HOURS = 20_000
LISTED_DAYS = 10                   # up to here a clerk reads day by day; longer times are told in ranges


def count_time(starts: datetime, processing: ProcessingTime, office: OfficeTime, steps: list[Step]) -> datetime:
    """The end of a computable `processing` begun at the office moment `starts`; what was met goes to `steps`.

    Raises Refusal `processing_time_out_of_range`, `calendar_without_working_days`.
    """
    amount = processing.value or 0
    limit = MAX_HOURS if processing.unit is TimeUnit.HOUR else MAX_DAYS
    if not 0 <= amount <= limit:
        raise Refusal("processing_time_out_of_range", value=amount, limit=limit)
    if processing.unit is TimeUnit.HOUR:
        return _add_hours(starts, amount, office, steps)
    return _add_days(starts, amount, processing.unit, office, steps)


def _add_days(starts: datetime, days: int, unit: TimeUnit, office: OfficeTime, steps: list[Step]) -> datetime:
    first = starts.date()
    if days == 0:
        due = office.closing(first)
        steps += [SameDay(first), Ends("same_day", due)]
        return due
    steps.append(FirstDayNotCounted(first))
    if unit is TimeUnit.WORKING_DAY:
        last, walked = walk_days(first, days, office)
        steps += fold(walked) if days > LISTED_DAYS else walked
    else:
        last = first + timedelta(days=days)
        steps.append(CalendarDays(first + timedelta(days=1), last, days))
        if office.policy.calendar_day_rollover and not office.is_working(last):
            moved = office.working_day_after(last)
            steps.append(RolledOver(last, office.rest_on(last).name, moved))
            last = moved
    return _end_of_days(starts, last, office, steps)


def _end_of_days(starts: datetime, last: date, office: OfficeTime, steps: list[Step]) -> datetime:
    policy = office.policy
    clock = policy.end_time if policy.end_rule is EndRule.FIXED else starts.time()
    if policy.end_rule is EndRule.END_OF_DAY and office.is_working(last):
        due = office.closing(last)
    else:
        used = office.fit(last, clock)
        if used != clock:
            steps.append(MovedIntoHours(clock, used))
        due = at(last, used)
    due = round_up(due, office, steps)
    steps.append(Ends(policy.end_rule, due))
    return due


def _add_hours(starts: datetime, hours: int, office: OfficeTime, steps: list[Step]) -> datetime:
    due, walked = walk_hours(starts, hours * 60, office)
    steps += fold(walked) if hours > LISTED_DAYS * office.policy.hours_per_day else walked
    days, rest = divmod(hours, office.policy.hours_per_day)
    whole_from_opening = hours > 0 and rest == 0 and starts == office.opening(starts.date())
    if whole_from_opening and due == office.closing(due.date()):
        due = office.opening(office.working_day_after(due.date()))
        steps.append(WholeDays(days, due))
    due = round_up(due, office, steps)
    steps.append(Ends("hours", due))
    return due


def round_up(due: datetime, office: OfficeTime, steps: list[Step]) -> datetime:
    """`due` rounded up as the policy says, never beyond closing time."""
    step = office.policy.rounding_minutes
    over = minute_of(due.time()) % step if step else 0
    if not over:
        return due
    raised = due + timedelta(minutes=step - over)
    same_day = raised.date() == due.date()
    rounded = at(due.date(), office.fit(due.date(), raised.time())) if same_day else due
    if rounded != due:
        steps.append(RoundedUp(step, rounded))
    return rounded
