"""Distances in office time, forwards and backwards: what a pause of the clock needs beyond walking on.

Moments are aware, to the minute, on the counter's clock. The closing minute and the next opening are the same
office minute; which of the two is meant is kept by `as_printed`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.domain.office_time import OfficeTime, at

_DAY = timedelta(days=1)


def minutes_between(first: datetime, last: datetime, office: OfficeTime) -> int:
    """Office minutes from `first` to `last`; 0 when `last` is not later."""
    total = 0
    day = first.date()
    while day <= last.date() and first < last:
        for window in office.windows_on(day):
            opens, closes = at(day, window.opens), at(day, window.closes)
            total += max(0, _minutes(max(first, opens), min(last, closes)))
        day += _DAY
    return total


def _minutes(first: datetime, last: datetime) -> int:
    """Whole minutes from `first` to `last`, negative when `last` comes earlier."""
    return int((last - first) / timedelta(minutes=1))


def working_days_between(first: date, last: date, office: OfficeTime) -> int:
    """Working days later than `first`, up to and with `last`; 0 when `last` is not later."""
    days = (last - first).days
    return sum(office.is_working(first + timedelta(days=number)) for number in range(1, days + 1))


def back_days(moment: datetime, days: int, office: OfficeTime) -> datetime:
    """The moment `days` working days before `moment`, at the same clock as far as that day is worked."""
    day = moment.date()
    for _ in range(days):
        day = office.working_day_before(day)
    return at(day, office.fit(day, moment.time())) if days else moment


def back_minutes(moment: datetime, minutes: int, office: OfficeTime) -> datetime:
    """The moment `minutes` office minutes before the office moment `moment`; it may be an opening minute."""
    left, end = minutes, moment
    while left > 0:
        day = end.date()
        for window in reversed(office.windows_on(day)):
            closes = min(end, at(day, window.closes))
            here = min(left, max(0, _minutes(at(day, window.opens), closes)))
            if here:
                end, left = closes - timedelta(minutes=here), left - here
        if left:
            end = office.closing(office.working_day_before(day))
    return end


def as_printed(moment: datetime, like: datetime, office: OfficeTime) -> datetime:
    """`moment` on the same side of a closed hour as `like`.

    Where `like` is an opening minute, a closing minute becomes the next opening; where `like` is a closing
    minute, an opening becomes the closing before. Office time is not changed by it.
    """
    if _opens(like, office) and _closes(moment, office):
        return _opening_after(moment, office)
    if _closes(like, office) and _opens(moment, office):
        return _closing_before(moment, office)
    return moment


def _opens(moment: datetime, office: OfficeTime) -> bool:
    return any(window.opens == moment.time() for window in office.windows_on(moment.date()))


def _closes(moment: datetime, office: OfficeTime) -> bool:
    return any(window.closes == moment.time() for window in office.windows_on(moment.date()))


def _opening_after(moment: datetime, office: OfficeTime) -> datetime:
    day = moment.date()
    later = [window.opens for window in office.windows_on(day) if window.opens > moment.time()]
    return at(day, later[0]) if later else office.opening(office.working_day_after(day))


def _closing_before(moment: datetime, office: OfficeTime) -> datetime:
    day = moment.date()
    earlier = [window.closes for window in office.windows_on(day) if window.closes < moment.time()]
    return at(day, earlier[-1]) if earlier else office.closing(office.working_day_before(day))
