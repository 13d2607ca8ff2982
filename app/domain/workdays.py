"""The promised day (ngày hẹn trả) and how it was found. Pure: clock, policy and calendar are arguments.

What is counted, in this order:

1. The reception is taken to the minute, as it is printed.
2. Received while the office is closed counts as received at the next opening (closing minute included).
3. A cutoff (the 15:00 rule of single procedures) or the policy's start rule may move the start to the
   opening of the next working day.
4. Working days: the day of the start is not counted (Bộ luật Dân sự 2015 Điều 147), then as many working
   days as the catalogue names. Make-up Saturdays count, holidays and weekly rest do not.
   Calendar days: the same with every day; a last day that is off moves on (Điều 148).
   0 days: on the day of the start, until closing (trong ngày).
   Hours: office minutes from the start, over breaks, nights and days off. An end on the closing minute
   stays there, with one exception: hours that make whole office days and began at an opening end at the
   next opening, so that 8 hours from 7:00 promise the same as one working day.
5. The end rule sets the clock time of days (hours have their own), the result is kept inside office hours
   and, where the policy says so, rounded up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from app.domain.calendar import Calendar, CalendarWarning, doubts_of_years
from app.domain.day_walk import is_break
from app.domain.deadline_policy import DeadlinePolicy, StartRule, parse_clock
from app.domain.derivation import (
    AfterCutoff,
    MovedToOpening,
    NoTime,
    Outside,
    Received,
    StartsNextDay,
    Step,
    step_as_json,
)
from app.domain.derivation_words import describe_calendar_warning, describe_step
from app.domain.office_time import OfficeTime
from app.domain.procedure import ProcessingTime, TimeUnit
from app.domain.time_count import count_time
from app.domain.vietnam_time import VIETNAM, local
from app.errors import Refusal

_FIRST_YEAR, _LAST_YEAR = 2000, 2200


@dataclass(frozen=True, slots=True)
class DueDate:
    """The promise. `due` None: the law names no time, no date may be printed.

    `starts` is the moment from which was counted, `warnings` name the years that the calendar does not know
    officially, `calendar_version` and `policy_version` belong into the dossier.
    """

    due: datetime | None
    starts: datetime
    steps: tuple[Step, ...]
    warnings: tuple[CalendarWarning, ...]
    calendar_version: str
    policy_version: str


def compute_due(
    received: datetime, processing: ProcessingTime, policy: DeadlinePolicy, calendar: Calendar, *, cutoff: str = ""
) -> DueDate:
    """When the result is promised for a dossier received at `received` (aware; seconds do not count).

    `cutoff` "15:00" is the procedure's own rule (`Procedure.starts_next_day_after`) and goes before the
    policy's. Raises Refusal `processing_time_out_of_range`, `reception_time_out_of_range`,
    `cutoff_not_a_time`, `calendar_without_working_days`; ValueError for a naive `received`.
    """
    reception = local(received).replace(second=0, microsecond=0)
    if not _FIRST_YEAR <= reception.year <= _LAST_YEAR:
        raise Refusal("reception_time_out_of_range", year=reception.year)
    office = OfficeTime(policy, calendar)
    starts, steps = _start(reception, office, _cutoff(cutoff, policy))
    if not processing.is_computable:
        steps.append(NoTime(processing.note))
        return DueDate(None, starts, tuple(steps), (), calendar.version, policy.version)
    due = count_time(starts, processing, office, steps)
    doubts = doubts_of_years(reception.year, due.year, calendar)
    return DueDate(due, starts, tuple(steps), doubts, calendar.version, policy.version)


def due_as_json(received: datetime, value: int | None, unit: str, calendar: Calendar) -> dict[str, Any]:
    """What `python -m app due` prints, under the default policy; a naive `received` is the counter's clock.

    `due` is ISO 8601 with the counter's offset (2026-10-09T15:30:00+07:00) or null, `steps` are Vietnamese
    sentences, `derivation` the same steps as values. Raises Refusal as `compute_due`, and
    `unit_unknown`.
    """
    try:
        processing = ProcessingTime(value, TimeUnit(unit))
    except ValueError as error:
        raise Refusal("unit_unknown", unit=unit[:40], known=[str(known) for known in TimeUnit]) from error
    moment = received if received.tzinfo else received.replace(tzinfo=VIETNAM)
    found = compute_due(moment, processing, DeadlinePolicy(), calendar)
    return {
        "due": found.due.isoformat() if found.due else None,
        "starts": found.starts.isoformat(),
        "steps": [describe_step(step) for step in found.steps],
        "derivation": [step_as_json(step) for step in found.steps],
        "warnings": [
            {"code": doubt.code, "year": doubt.year, "text": describe_calendar_warning(doubt)}
            for doubt in found.warnings
        ],
        "calendar": found.calendar_version,
        "policy": found.policy_version,
    }


def _cutoff(own: str, policy: DeadlinePolicy) -> time | None:
    if own:
        try:
            return parse_clock(own)
        except ValueError as error:
            raise Refusal("cutoff_not_a_time", text=own[:20]) from error
    return policy.cutoff if policy.start_rule is StartRule.AFTER_CUTOFF else None


def _start(reception: datetime, office: OfficeTime, cutoff: time | None) -> tuple[datetime, list[Step]]:
    steps: list[Step] = [Received(reception)]
    starts = office.next_moment(reception)
    if starts != reception:
        steps.append(_moved(reception, starts, office))
    if cutoff is not None and starts.time() > cutoff:
        starts = office.opening(office.working_day_after(starts.date()))
        steps.append(AfterCutoff(cutoff, starts))
    elif office.policy.start_rule is StartRule.NEXT_DAY_START:
        starts = office.opening(office.working_day_after(starts.date()))
        steps.append(StartsNextDay(starts))
    return starts, steps


def _moved(reception: datetime, starts: datetime, office: OfficeTime) -> MovedToOpening:
    day = reception.date()
    if not office.is_working(day):
        return MovedToOpening(Outside.DAY_OFF, office.rest_on(day).name, starts)
    if is_break(reception, office):
        return MovedToOpening(Outside.BREAK, "", starts)
    reason = Outside.BEFORE_OPENING if reception < office.opening(day) else Outside.AFTER_CLOSING
    return MovedToOpening(reason, "", starts)
