"""The day of the book and the worth of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.business_day import business_date, clock_findings, trusted_now

NOON = datetime(2026, 9, 21, 5, 0, tzinfo=UTC)     # 12:00 at the counter


@pytest.mark.parametrize(
    ("now", "highest", "day"),
    [
        ("2026-09-21T05:00:00+00:00", None, date(2026, 9, 21)),
        ("2026-09-21T16:59:59+00:00", None, date(2026, 9, 21)),
        ("2026-09-21T17:00:00+00:00", None, date(2026, 9, 22)),
        ("2026-09-21T17:00:00+00:00", date(2026, 9, 21), date(2026, 9, 22)),
        ("2026-09-20T05:00:00+00:00", date(2026, 9, 21), date(2026, 9, 21)),
        ("2020-01-01T00:00:00+00:00", date(2026, 9, 21), date(2026, 9, 21)),
        ("2026-12-31T17:00:00+00:00", date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_the_book_never_goes_back_a_day(now: str, highest: date | None, day: date) -> None:
    assert business_date(datetime.fromisoformat(now), highest) == day


@given(st.lists(st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)), max_size=20))  # noqa: DTZ001
def test_however_the_clock_is_set_the_days_only_grow(walls: list[datetime]) -> None:
    highest: date | None = None
    for wall in walls:
        day = business_date(wall.replace(tzinfo=UTC), highest)
        assert highest is None or day >= highest
        highest = day


def test_a_naive_clock_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="zone"):
        business_date(datetime(2026, 9, 21), None)  # noqa: DTZ001


@pytest.mark.parametrize(("offset", "seconds"), [(None, 0), (0, 0), (90_000, 90), (-90_000, -90)])
def test_the_measured_offset_corrects_the_clock(offset: int | None, seconds: int) -> None:
    assert trusted_now(NOON, offset) - NOON == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("moved", "elapsed", "offset", "findings"),
    [
        (60, 60, None, []),
        (180, 60, None, []),
        (181, 60, None, [("clock_jumped_forward", 121)]),
        (-60, 60, None, []),
        (-61, 60, None, [("clock_jumped_back", 121)]),
        (86_400, None, None, []),
        (-86_400, None, None, [("clock_jumped_back", 86_400)]),
        (60, 60, 120_000, []),
        (60, 60, 120_001, [("clock_slow", 120)]),
        (60, 60, -3_600_000, [("clock_fast", 3_600)]),
        (-7_200, 60, 7_260_000, [("clock_jumped_back", 7_260), ("clock_slow", 7_260)]),
    ],
)
def test_a_clock_that_jumps_or_differs_is_found(
    moved: int, elapsed: int | None, offset: int | None, findings: list[tuple[str, int]]
) -> None:
    passed = None if elapsed is None else timedelta(seconds=elapsed)
    found = clock_findings(NOON + timedelta(seconds=moved), NOON, passed, offset)
    assert [(finding.code, finding.seconds) for finding in found] == findings


def test_the_first_start_has_nothing_to_compare() -> None:
    assert clock_findings(NOON, None, None, None) == ()


@pytest.mark.parametrize(
    ("highest", "codes"), [(date(2026, 9, 21), []), (date(2026, 9, 22), ["clock_behind_book"])]
)
def test_a_day_earlier_than_the_book_is_found(highest: date, codes: list[str]) -> None:
    assert [finding.code for finding in clock_findings(NOON, None, None, None, highest_used=highest)] == codes
