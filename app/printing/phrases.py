"""Dates, times and money as official Vietnamese papers write them."""

from __future__ import annotations

from datetime import date, datetime

from app.domain.vietnam_time import VIETNAM


def local(moment: datetime) -> datetime:
    """`moment` on a Vietnamese clock; a naive value is a mistake of the caller and refused."""
    if moment.tzinfo is None:
        raise ValueError("a printed time must carry its zone")
    return moment.astimezone(VIETNAM)


def long_date(day: date) -> str:
    """`ngày 05 tháng 02 năm 2026`: days below 10 and the months 1 and 2 take a leading 0 (NĐ 30/2020)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_date(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def clock_time(moment: datetime) -> str:
    """`09 giờ 32 phút, ngày 27/10/2023`, as the forms of the one-stop counter write times."""
    here = local(moment)
    return f"{here.hour:02d} giờ {here.minute:02d} phút, ngày {short_date(here.date())}"


def dong(amount: int) -> str:
    """`1.234.567 đ`."""
    return f"{amount:,} đ".replace(",", ".")
