"""Walking over working days and office hours, one step of the derivation for each thing that was met."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from app.domain.deadline_policy import minute_of
from app.domain.derivation import CountedDays, CountedHours, Skipped, Step
from app.domain.office_time import OfficeTime, at, minutes_left

_DAY = timedelta(days=1)


def walk_days(start: date, days: int, office: OfficeTime) -> tuple[date, list[Step]]:
    """The day that is `days` working days after `start`, which itself does not count; `days` at least 1."""
    steps: list[Step] = []
    day, number = start, 0
    while number < days:
        following = office.working_day_after(day)
        _skip(day + _DAY, following, office, steps)
        day, number = following, number + 1
        made_up = office.make_up_on(day)
        steps.append(CountedDays(day, day, number, number, 0, made_up.instead_of if made_up else None))
    return day, steps


def walk_hours(start: datetime, minutes: int, office: OfficeTime) -> tuple[datetime, list[Step]]:
    """The moment `minutes` office minutes after `start`, an office moment; it may be a closing minute."""
    steps: list[Step] = []
    end, left = start, minutes
    while left > 0:
        day = end.date()
        counted = 0
        opens = end
        for window in office.windows_on(day):
            here = min(left, minutes_left(end, window))
            if here:
                begins = max(end, at(day, window.opens))
                opens = opens if counted else begins
                end = begins + timedelta(minutes=here)
                counted, left = counted + here, left - here
        if counted:
            made_up = office.make_up_on(day)
            instead_of = made_up.instead_of if made_up else None
            steps.append(CountedHours(day, day, opens.time(), end.time(), counted, 0, instead_of))
        if left:
            following = office.working_day_after(day)
            _skip(day + _DAY, following, office, steps)
            end = office.opening(following)
    return end, steps


def _skip(first: date, until: date, office: OfficeTime, steps: list[Step]) -> None:
    """One step for each run of days off between `first` (inclusive) and `until` (exclusive)."""
    day = first
    run: Skipped | None = None
    while day < until:
        name = office.rest_on(day).name
        if run is not None and run.name == name:
            run = replace(run, last=day)
        else:
            if run is not None:
                steps.append(run)
            run = Skipped(day, day, name)
        day += _DAY
    if run is not None:
        steps.append(run)


def fold(steps: list[Step]) -> list[Step]:
    """The same steps with full weeks in one line: for times too long to be read day by day.

    Holidays and make-up days keep their own lines; weekly rest inside a range is counted in `rest_days`.
    """
    folded: list[Step] = []
    for step in steps:
        weekend = folded[-1] if folded and isinstance(folded[-1], Skipped) and not folded[-1].name else None
        before = folded[-2] if weekend and len(folded) > 1 else folded[-1] if folded and not weekend else None
        merged = _merge(before, weekend, step)
        if merged is None:
            folded.append(step)
            continue
        del folded[-2 if weekend else -1 :]
        folded.append(merged)
    return folded


def _merge(before: Step | None, weekend: Skipped | None, step: Step) -> Step | None:
    rest = (weekend.last - weekend.first).days + 1 if weekend else 0
    if isinstance(before, CountedDays) and isinstance(step, CountedDays):
        if before.instead_of or step.instead_of:
            return None
        return replace(before, last=step.last, last_number=step.last_number, rest_days=before.rest_days + rest)
    if isinstance(before, CountedHours) and isinstance(step, CountedHours):
        same_hours = (before.opens, before.closes) == (step.opens, step.closes)
        if before.instead_of or step.instead_of or not same_hours:
            return None
        minutes = before.minutes + step.minutes
        return replace(before, last=step.last, minutes=minutes, rest_days=before.rest_days + rest)
    return None


def is_break(moment: datetime, office: OfficeTime) -> bool:
    """Between two windows of the same day."""
    windows = office.windows_on(moment.date())
    return bool(windows) and minute_of(windows[0].closes) < minute_of(moment.time()) < minute_of(windows[-1].opens)
