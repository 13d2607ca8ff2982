"""Office hours on a given day: the week of a policy, changed by the calendar's days off and make-up days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from app.domain.calendar import Calendar, MakeUpDay
from app.domain.deadline_policy import DeadlinePolicy, Window, minute_of
from app.domain.vietnam_time import VIETNAM
from app.errors import Refusal

_DAY = timedelta(days=1)
_LONGEST_REST = 400                # days; a calendar with more in a row is broken, not a holiday


class RestReason(StrEnum):
    WEEKLY = "weekly_rest"         # no office hours on this weekday
    HOLIDAY = "holiday"            # a day off of the calendar


@dataclass(frozen=True, slots=True)
class Rest:
    """Why a day is not worked; `name` as the calendar calls it, empty for the weekly rest."""

    reason: RestReason
    name: str = ""


@dataclass(frozen=True, slots=True)
class OfficeTime:
    """Which minutes of which days the office works. Times are on the counter's clock."""

    policy: DeadlinePolicy
    calendar: Calendar

    def windows_on(self, day: date) -> tuple[Window, ...]:
        """Office hours of the day; () when it is not worked.

        A make-up day has the hours of the weekday it is worked for: a Saturday for a Friday is a full day.
        """
        made_up = self.calendar.make_up_day(day)
        if made_up is not None:
            return self.policy.office_hours[made_up.instead_of.weekday()]
        if self.calendar.day_off(day) is not None:
            return ()
        return self.policy.office_hours[day.weekday()]

    def is_working(self, day: date) -> bool:
        return bool(self.windows_on(day))

    def make_up_on(self, day: date) -> MakeUpDay | None:
        """The make-up day, where it is worked only because of the swap."""
        return self.calendar.make_up_day(day) if self.is_working(day) else None

    def rest_on(self, day: date) -> Rest:
        """Why a day without office hours is off. A holiday on a Sunday is called by its name."""
        off = self.calendar.day_off(day)
        return Rest(RestReason.HOLIDAY, off.name) if off else Rest(RestReason.WEEKLY)

    def working_day_after(self, day: date) -> date:
        """The first working day later than `day`. Raises Refusal `calendar_without_working_days`."""
        for _ in range(_LONGEST_REST):
            day += _DAY
            if self.is_working(day):
                return day
        raise Refusal("calendar_without_working_days", version=self.calendar.version)

    def working_day_before(self, day: date) -> date:
        """The last working day earlier than `day`. Raises Refusal `calendar_without_working_days`."""
        for _ in range(_LONGEST_REST):
            day -= _DAY
            if self.is_working(day):
                return day
        raise Refusal("calendar_without_working_days", version=self.calendar.version)

    def opening(self, day: date) -> datetime:
        return at(day, self.windows_on(day)[0].opens)

    def closing(self, day: date) -> datetime:
        return at(day, self.windows_on(day)[-1].closes)

    def next_moment(self, moment: datetime) -> datetime:
        """`moment` itself when the office is open, else the next opening; the closing minute is still open."""
        day = moment.date()
        for window in self.windows_on(day):
            if moment.time() <= window.closes:
                return at(day, max(moment.time(), window.opens))
        return self.opening(self.working_day_after(day))

    def fit(self, day: date, clock: time) -> time:
        """The time nearest to `clock` at which the day is worked: a break moves on, the evening moves back."""
        windows = self.windows_on(day)
        for window in windows:
            if clock <= window.closes:
                return max(clock, window.opens)
        return windows[-1].closes if windows else clock


def at(day: date, clock: time) -> datetime:
    """That time of that day on the counter's clock."""
    return datetime.combine(day, clock, VIETNAM)


def minutes_left(moment: datetime, window: Window) -> int:
    """Minutes of `window` that are left from `moment` on, on the same day."""
    return max(0, minute_of(window.closes) - max(minute_of(moment.time()), minute_of(window.opens)))
