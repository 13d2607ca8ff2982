"""Dates and times in the words of official papers and of the counter. Vietnamese by law, never translated.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I (leading zeros), and the wording of the one-stop forms.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from app.domain.vietnam_time import local

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_NEAR = {-1: "Hôm qua", 0: "Hôm nay", 1: "Ngày mai"}


def full_date(day: date) -> str:
    """The date line of an official paper.

    >>> full_date(date(2026, 1, 5)), full_date(date(2026, 9, 21))
    ('ngày 05 tháng 01 năm 2026', 'ngày 21 tháng 9 năm 2026')
    """
    # Only days below 10 and the months 1 and 2 take a leading zero (Nghị định 30/2020/NĐ-CP).
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year:04d}"


def short_date(day: date) -> str:
    """dd/MM/yyyy."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def clock_words(clock: time) -> str:
    """'09 giờ 32 phút'."""
    return f"{clock.hour:02d} giờ {clock.minute:02d} phút"


def clock_and_date(moment: datetime) -> str:
    """'09 giờ 32 phút, ngày 27/10/2023', on the counter's clock; the moment must be aware."""
    there = local(moment)
    return f"{clock_words(there.time())}, ngày {short_date(there.date())}"


def weekday_name(day: date) -> str:
    """'Thứ Hai' … 'Chủ nhật'."""
    return _WEEKDAYS[day.weekday()]


def weekday_and_date(day: date) -> str:
    """'Thứ Hai 05/10/2026'."""
    return f"{weekday_name(day)} {short_date(day)}"


def near_moment(moment: datetime, now: datetime) -> str:
    """A moment as people at the counter say it: near days in words, within a week with the weekday.

    'Hôm nay 15:30', 'Ngày mai 08:00', 'Thứ Sáu 09/10, 15:30', '09/11/2026 15:30'. Both must be aware.
    """
    there, here = local(moment), local(now)
    days = there.date() - here.date()
    clock = there.strftime("%H:%M")
    if days.days in _NEAR:
        return f"{_NEAR[days.days]} {clock}"
    if abs(days) < timedelta(days=7):
        return f"{weekday_name(there)} {there.day:02d}/{there.month:02d}, {clock}"
    return f"{short_date(there)} {clock}"
