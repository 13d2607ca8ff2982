from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.backoff import BASE_SECONDS, CAP_SECONDS, delay


def highest(low: float, high: float) -> float:
    return high


def lowest(low: float, high: float) -> float:
    return low


@pytest.mark.parametrize(
    ("attempt", "ceiling"), [(1, 2), (2, 4), (3, 8), (4, 16), (8, 256), (9, 300), (20, 300), (10_000, 300)]
)
def test_the_wait_doubles_up_to_five_minutes(attempt: int, ceiling: float) -> None:
    assert delay(attempt, highest) == ceiling


@given(attempt=st.integers(1, 10**9), part=st.floats(0, 1), asked=st.one_of(st.none(), st.floats(0, 3600)))
def test_the_wait_lies_between_nothing_and_the_ceiling_and_never_below_what_was_asked(
    attempt: int, part: float, asked: float | None,
) -> None:
    wait = delay(attempt, lambda low, high: low + part * (high - low), asked)
    assert wait >= (asked or 0)
    assert 0 <= wait <= max(CAP_SECONDS, asked or 0)
    assert delay(attempt, lowest, asked) == (asked or 0)
    assert delay(attempt, highest) >= BASE_SECONDS
