"""What is left of a processing time, and the new promise after a pause (chờ bổ sung, chờ nghĩa vụ tài chính).

The time in which a dossier waits for the citizen is no processing time: the indicator formula of Quyết định
766/QĐ-TTg takes it off. What was left when the clock stopped is therefore counted again from the moment the
citizen has done what was asked:

1. Both moments are taken to the minute; outside office hours they count from the next opening, as a
   reception does.
2. Hours: what is left are office minutes, and they are walked on from the resumption.
3. Working days: whole working days at the clock time of the pause, as many as fit before the due moment, and
   the office minutes from there to it. They are walked on in this order, so each day has its real length: a
   half day counts as a day among the days, and as its hours among the minutes.
4. Calendar days, and working days that end at closing or at a fixed hour (policy): whole days. The day of the
   resumption is not counted (Bộ luật Dân sự 2015 Điều 147), the clock time of the promise stays, a last
   calendar day that is off moves on (Điều 148). The moved due date, not the day it was moved from, is what
   was promised, so that is what is left of it.
5. Paused when the due moment had passed: the dossier is overdue by the same amount after the resumption.
6. No office time between pause and resumption: the due moment stays as it is.

Several pauses: the same again with the due moment that came out of the last one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from app.domain.calendar import Calendar, CalendarWarning, doubts_of_years
from app.domain.day_walk import fold, walk_days, walk_hours
from app.domain.deadline_policy import DeadlinePolicy, EndRule
from app.domain.derivation import (
    CalendarDays,
    CountedOn,
    Ends,
    FirstDayNotCounted,
    LeftIn,
    MovedIntoHours,
    NoTime,
    Paused,
    RolledOver,
    Step,
    TimeLeft,
)
from app.domain.office_minutes import as_printed, back_days, back_minutes, minutes_between, working_days_between
from app.domain.office_time import OfficeTime, at
from app.domain.procedure import ProcessingTime, TimeUnit
from app.domain.time_count import LISTED_DAYS, round_up
from app.domain.vietnam_time import local
from app.errors import Refusal

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Remaining:
    """Unused time: `days` in `unit` and office `minutes` beside them; hours are minutes only, `days` 0.

    `is_over`: the due moment (for whole days the due day) has passed by that much instead. `is_promised` is
    False when there is no due date, so nothing can be left of it.
    """

    days: int
    minutes: int
    is_over: bool
    unit: LeftIn = LeftIn.WORKING_DAYS
    is_promised: bool = True


@dataclass(frozen=True, slots=True)
class Resumed:
    """The promise after a pause; `due` None when there was none before. `warnings` as for a reception."""

    due: datetime | None
    steps: tuple[Step, ...]
    warnings: tuple[CalendarWarning, ...]


class _Way(Enum):
    """How a time is divided, see rules 2 to 4 above."""

    MINUTES = "minutes"
    DAYS_AND_MINUTES = "days_and_minutes"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"

    @property
    def is_whole(self) -> bool:
        return self in (_Way.WORKING_DAYS, _Way.CALENDAR_DAYS)


_UNITS = {_Way.MINUTES: LeftIn.OFFICE_HOURS, _Way.CALENDAR_DAYS: LeftIn.DAYS}


def left_at(
    due: datetime | None, at: datetime, time: ProcessingTime, policy: DeadlinePolicy, calendar: Calendar
) -> Remaining:
    """How much of the time is unused at the moment `at` (both aware; seconds do not count).

    While a dossier is paused, ask for the moment of the pause: the clock stands. Raises Refusal
    `calendar_without_working_days`; ValueError for a naive moment.
    """
    if due is None:
        return Remaining(0, 0, is_over=False, is_promised=False)
    office = OfficeTime(policy, calendar)
    return _left(_to_minute(due), office.next_moment(_to_minute(at)), _way(time, policy), office)


def resumed_due(
    due: datetime | None,
    paused_at: datetime,
    resumed_at: datetime,
    time: ProcessingTime,
    policy: DeadlinePolicy,
    calendar: Calendar,
) -> Resumed:
    """The due moment after the clock stood from `paused_at` to `resumed_at`, and how it was found.

    Raises Refusal `resume_before_pause` (paused, resumed), `calendar_without_working_days`; ValueError for a
    naive moment.
    """
    asked, came = _to_minute(paused_at), _to_minute(resumed_at)
    if came < asked:
        raise Refusal("resume_before_pause", paused=asked.isoformat(), resumed=came.isoformat())
    office = OfficeTime(policy, calendar)
    stops, starts = office.next_moment(asked), office.next_moment(came)
    steps: list[Step] = [Paused(asked, stops)]
    if due is None:
        return Resumed(None, (*steps, CountedOn(came, starts), NoTime(time.note)), ())
    before, way = _to_minute(due), _way(time, policy)
    left = _left(before, stops, way, office)
    steps += [
        TimeLeft(before, left.days, left.minutes, left.unit, left.is_over),
        CountedOn(came, starts),
    ]
    if _nothing_passed(stops, starts, way):
        after, rule = before, "unmoved"
    elif left.is_over:
        after, rule = _still_over(before, starts, left, way, office), "still_over"
    elif way.is_whole:
        after, rule = _on_days(before, starts, left.days, way, office, steps), "left"
    else:
        after, rule = _on_time(before, starts, left, office, steps), "left"
    steps.append(Ends(rule, after))
    return Resumed(after, tuple(steps), doubts_of_years(stops.year, max(after, starts).year, calendar))


def _to_minute(moment: datetime) -> datetime:
    return local(moment).replace(second=0, microsecond=0)


def _way(processing: ProcessingTime, policy: DeadlinePolicy) -> _Way:
    if processing.unit is TimeUnit.DAY:
        return _Way.CALENDAR_DAYS
    if processing.unit is TimeUnit.HOUR:
        return _Way.MINUTES
    # NONE with a due date: the agency named it in a paper; agencies count in working days.
    is_to_the_minute = policy.end_rule is EndRule.SAME_TIME
    return _Way.DAYS_AND_MINUTES if is_to_the_minute else _Way.WORKING_DAYS


def _nothing_passed(stops: datetime, starts: datetime, way: _Way) -> bool:
    return starts.date() == stops.date() if way.is_whole else starts == stops


def _left(due: datetime, moment: datetime, way: _Way, office: OfficeTime) -> Remaining:
    unit = _UNITS.get(way, LeftIn.WORKING_DAYS)
    if way is _Way.CALENDAR_DAYS:
        days = (due.date() - moment.date()).days
        return Remaining(abs(days), 0, days < 0, unit)
    first, last = min(due, moment), max(due, moment)
    if way is _Way.WORKING_DAYS:
        is_over = due.date() < moment.date()
        return Remaining(working_days_between(first.date(), last.date(), office), 0, is_over, unit)
    is_over = due < moment
    if way is _Way.MINUTES:
        return Remaining(0, minutes_between(first, last, office), is_over, unit)
    if is_over:
        return _over(due, moment, office)
    days = working_days_between(moment.date(), due.date(), office)
    landing = _days_on(moment, days, office)
    if landing > due:
        days -= 1
        landing = _days_on(moment, days, office)
    return Remaining(days, minutes_between(landing, due, office), is_over, unit)


def _over(due: datetime, moment: datetime, office: OfficeTime) -> Remaining:
    """The same backwards: whole days back from `moment` as long as they do not come before `due`."""
    days = working_days_between(due.date() - _DAY, moment.date() - _DAY, office)
    landing = back_days(moment, days, office)
    if landing < due:
        days -= 1
        landing = back_days(moment, days, office)
    return Remaining(days, minutes_between(due, landing, office), is_over=True)


def _days_on(moment: datetime, days: int, office: OfficeTime) -> datetime:
    if not days:
        return moment
    day, _ = walk_days(moment.date(), days, office)
    return at(day, office.fit(day, moment.time()))


def _on_time(
    before: datetime, starts: datetime, left: Remaining, office: OfficeTime, steps: list[Step]
) -> datetime:
    """What is left, counted on from `starts`: days at its clock time, then office minutes."""
    end = starts
    if left.days:
        steps.append(FirstDayNotCounted(starts.date()))
        day, walked = walk_days(starts.date(), left.days, office)
        steps += fold(walked) if left.days > LISTED_DAYS else walked
        used = office.fit(day, starts.time())
        if used != starts.time():
            steps.append(MovedIntoHours(starts.time(), used))
        end = at(day, used)
    end, walked = walk_hours(end, left.minutes, office)
    steps += fold(walked) if left.minutes > LISTED_DAYS * office.policy.hours_per_day * 60 else walked
    return round_up(as_printed(end, before, office), office, steps)


def _on_days(
    before: datetime, starts: datetime, days: int, way: _Way, office: OfficeTime, steps: list[Step]
) -> datetime:
    """`days` whole days counted on from the day of `starts`, which itself does not count."""
    last = first = starts.date()
    if days:
        steps.append(FirstDayNotCounted(first))
    if way is _Way.CALENDAR_DAYS:
        last = first + timedelta(days=days)
        if days:
            steps.append(CalendarDays(first + _DAY, last, days))
        if office.policy.calendar_day_rollover and not office.is_working(last):
            moved = office.working_day_after(last)
            steps.append(RolledOver(last, office.rest_on(last).name, moved))
            last = moved
    elif days:
        last, walked = walk_days(first, days, office)
        steps += fold(walked) if days > LISTED_DAYS else walked
    clock = _promised_clock(before, last, office)
    used = office.fit(last, clock)
    if used != clock:
        steps.append(MovedIntoHours(clock, used))
    return at(last, used)


def _promised_clock(before: datetime, day: date, office: OfficeTime) -> time:
    """The clock time of `before` on another day: closing stays closing, the fixed hour stays the fixed hour."""
    windows, policy = office.windows_on(before.date()), office.policy
    if windows and office.is_working(day):
        if policy.end_rule is EndRule.FIXED and before.time() == office.fit(before.date(), policy.end_time):
            return policy.end_time
        if policy.end_rule is EndRule.END_OF_DAY and before.time() == windows[-1].closes:
            return office.windows_on(day)[-1].closes
    return before.time()


def _still_over(before: datetime, starts: datetime, left: Remaining, way: _Way, office: OfficeTime) -> datetime:
    """A due moment that lies as far before `starts` as `before` lay before the pause."""
    if way is _Way.CALENDAR_DAYS:
        day = starts.date() - timedelta(days=left.days)
        return at(day, office.fit(day, _promised_clock(before, day, office)))
    if way is _Way.WORKING_DAYS:
        day = back_days(starts, left.days, office).date()
        return at(day, office.fit(day, _promised_clock(before, day, office)))
    landing = back_days(starts, left.days, office)
    return as_printed(back_minutes(landing, left.minutes, office), before, office)
