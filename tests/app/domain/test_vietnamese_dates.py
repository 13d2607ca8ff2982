"""Dates in the words of official papers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.vietnam_time import VIETNAM, local
from app.domain.vietnamese_dates import clock_and_date, full_date, near_moment, short_date, weekday_and_date


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026"),
        (date(2026, 3, 1), "ngày 01 tháng 3 năm 2026"),
        (date(2026, 9, 21), "ngày 21 tháng 9 năm 2026"),
        (date(2026, 12, 10), "ngày 10 tháng 12 năm 2026"),
    ],
)
def test_leading_zeros_as_the_decree_wants_them(day: date, words: str) -> None:
    assert full_date(day) == words


def test_the_moment_of_a_receipt() -> None:
    assert clock_and_date(datetime(2023, 10, 27, 2, 32, tzinfo=UTC)) == "09 giờ 32 phút, ngày 27/10/2023"
    assert short_date(date(2026, 1, 5)) == "05/01/2026"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 10, 5), "Thứ Hai 05/10/2026"), (date(2026, 10, 6), "Thứ Ba 06/10/2026"),
        (date(2026, 10, 7), "Thứ Tư 07/10/2026"), (date(2026, 10, 8), "Thứ Năm 08/10/2026"),
        (date(2026, 10, 9), "Thứ Sáu 09/10/2026"), (date(2026, 10, 10), "Thứ Bảy 10/10/2026"),
        (date(2026, 10, 11), "Chủ nhật 11/10/2026"),
    ],
)  # fmt: skip
def test_weekdays(day: date, words: str) -> None:
    assert weekday_and_date(day) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-10-05T15:30", "Hôm nay 15:30"),
        ("2026-10-05T00:00", "Hôm nay 00:00"),
        ("2026-10-06T08:00", "Ngày mai 08:00"),
        ("2026-10-04T23:59", "Hôm qua 23:59"),
        ("2026-10-09T15:30", "Thứ Sáu 09/10, 15:30"),
        ("2026-10-11T07:00", "Chủ nhật 11/10, 07:00"),
        ("2026-10-12T07:00", "12/10/2026 07:00"),
        ("2026-09-29T07:00", "Thứ Ba 29/09, 07:00"),
        ("2025-10-05T07:00", "05/10/2025 07:00"),
    ],
)
def test_near_days_are_said_in_words(moment: str, words: str) -> None:
    now = datetime(2026, 10, 5, 9, tzinfo=VIETNAM)
    assert near_moment(datetime.fromisoformat(moment).replace(tzinfo=VIETNAM), now) == words


def test_today_is_the_counters_today() -> None:
    late = datetime(2026, 10, 5, 18, 0, tzinfo=UTC)        # 01:00 on the 6th at the counter
    assert near_moment(late, late) == "Hôm nay 01:00"


@given(st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_fixed_offset_is_the_zone(moment: datetime) -> None:
    assert local(moment).isoformat() == moment.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).isoformat()
