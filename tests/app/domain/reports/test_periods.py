from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.reports.periods import Period, Preset, preset_period
from app.errors import Refusal


@pytest.mark.parametrize(("preset", "day", "back", "first", "last"), [
    (Preset.QUARTER, "2026-01-20", 0, "2025-12-15", "2026-03-14"),
    (Preset.QUARTER, "2025-12-14", 0, "2025-09-15", "2025-12-14"),
    (Preset.QUARTER, "2025-12-15", 0, "2025-12-15", "2026-03-14"),
    (Preset.QUARTER, "2026-03-15", 0, "2026-03-15", "2026-06-14"),
    (Preset.QUARTER, "2026-08-01", 0, "2026-06-15", "2026-09-14"),
    (Preset.QUARTER, "2026-01-20", 2, "2025-06-15", "2025-09-14"),
    (Preset.HALF_YEAR, "2026-06-14", 0, "2025-12-15", "2026-06-14"),
    (Preset.HALF_YEAR, "2026-06-15", 0, "2026-06-15", "2026-12-14"),
    (Preset.YEAR, "2026-12-14", 0, "2025-12-15", "2026-12-14"),
    (Preset.YEAR, "2026-12-15", 1, "2025-12-15", "2026-12-14"),
    (Preset.CALENDAR_YEAR, "2026-12-15", 0, "2026-01-01", "2026-12-31"),
    (Preset.MONTH, "2028-02-11", 0, "2028-02-01", "2028-02-29"),
    (Preset.MONTH, "2026-01-31", 1, "2025-12-01", "2025-12-31"),
    (Preset.WEEK, "2026-11-22", 0, "2026-11-16", "2026-11-22"),
    (Preset.DAY, "2026-11-22", 1, "2026-11-21", "2026-11-21"),
])
def test_a_preset_is_the_period_that_holds_the_day(
    preset: Preset, day: str, back: int, first: str, last: str
) -> None:
    found = preset_period(preset, date.fromisoformat(day), back)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@given(st.sampled_from(Preset), st.dates(date(2001, 1, 1), date(2090, 1, 1)), st.integers(0, 8))
def test_periods_of_a_kind_hold_their_day_and_follow_without_a_gap(preset: Preset, day: date, back: int) -> None:
    now = preset_period(preset, day)
    assert now.first <= day <= now.last
    assert preset_period(preset, now.first) == preset_period(preset, now.last) == now
    earlier, later = preset_period(preset, day, back + 1), preset_period(preset, day, back)
    assert earlier.last + timedelta(1) == later.first


def test_a_period_says_its_days_and_is_never_reversed() -> None:
    assert Period(date(2025, 12, 15), date(2026, 3, 14)).words == "Từ ngày 15/12/2025 đến ngày 14/03/2026"
    assert Period(date(2026, 1, 1), date(2026, 1, 1)).days == 1
    with pytest.raises(Refusal, match="period_reversed") as refused:
        Period(date(2026, 1, 2), date(2026, 1, 1))
    assert refused.value.values == {"first": "02/01/2026", "last": "01/01/2026"}
