"""Days as a clerk says them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.vietnam_time import VIETNAM
from ui.delegates.dates import due_words, full_moment, near_moment, span_words
from ui.translations import Language

NOW = datetime(2026, 11, 21, 11, 2, tzinfo=VIETNAM)      # a Saturday


def at(day: int, hour: int = 9, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(("moment", "words"), [
    (at(21, 15, 30), "Hôm nay 15:30"),
    (at(21, 0, 0), "Hôm nay 00:00"),
    (at(22, 8), "Ngày mai 08:00"),
    (at(20, 9, 12), "Hôm qua 09:12"),
    (at(24), "Thứ Ba 24/11"),
    (at(27), "Thứ Sáu 27/11"),
    (at(28), "28/11/2026"),
    (at(19), "19/11"),
    (at(31, month=12, year=2025), "31/12/2025"),
    (datetime(2026, 11, 20, 17, 30, tzinfo=UTC), "Hôm nay 00:30"),
])
def test_a_moment_near_by_is_said_in_words(moment: datetime, words: str) -> None:
    assert near_moment(moment, NOW) == words


@pytest.mark.parametrize(("due", "words", "tone"), [
    (at(21, 11, 2), "Hôm nay 11:02", "warn"),
    (at(21, 11, 1), "Quá hạn từ 11:01", "bad"),
    (at(20, 16), "Quá 1 ngày", "bad"),
    (at(1), "Quá 20 ngày", "bad"),
    (at(22, 11), "Ngày mai 11:00", "warn"),
    (at(24), "Còn 3 ngày", "neutral"),
    (at(27), "Còn 6 ngày", "neutral"),
    (at(28), "28/11/2026", "neutral"),
])
def test_a_promise_says_how_it_stands(due: datetime, words: str, tone: str) -> None:
    assert due_words(due, NOW) == (words, tone)


@pytest.mark.parametrize(("span", "words"), [
    (timedelta(0), "dưới 1 phút"),
    (timedelta(seconds=-5), "dưới 1 phút"),
    (timedelta(seconds=59), "dưới 1 phút"),
    (timedelta(minutes=1), "1 phút"),
    (timedelta(hours=1, minutes=52), "1 giờ 52 phút"),
    (timedelta(hours=2), "2 giờ"),
    (timedelta(days=3, hours=2, minutes=5), "3 ngày 2 giờ"),
    (timedelta(days=1, minutes=5), "1 ngày"),
])
def test_a_length_of_time_is_said_in_two_units(span: timedelta, words: str) -> None:
    assert span_words(span) == words


def test_the_full_date_names_its_weekday(language: Language) -> None:
    assert full_moment(at(21, 15, 30)) == "Thứ Bảy 21/11/2026, 15:30"
    language.use("en")
    assert full_moment(at(21, 15, 30)) == "Saturday 21/11/2026, 15:30"
