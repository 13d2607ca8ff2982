"""Every number of a range is in one place of the report, whatever its history, and each period begins where the
one before ended."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.reports.periods import Period
from app.domain.till.entries import ReceiptState
from app.domain.till.number_runs import Run, count, runs, runs_left, runs_words
from app.domain.till.series import ReceiptRange
from app.domain.till.usage import Mark, RangeUsage, usage_of

FIRST = date(2026, 11, 1)
HELD = ReceiptRange("01BLP2-001", "28AA-17T", 10, 29)
USED, VOID, SPOILED = ReceiptState.USED, ReceiptState.VOID, ReceiptState.SPOILED


def day(n: int) -> date:
    return FIRST + timedelta(n)


days = st.integers(0, 30).map(day)


@st.composite
def marks(draw: st.DrawFn) -> list[Mark]:
    found = []
    for number in draw(st.lists(st.integers(HELD.first, HELD.last), max_size=20)):
        given_on, state = draw(days), draw(st.sampled_from(ReceiptState))
        later = draw(st.integers(0, 20))
        found.append(Mark(number, given_on, state, given_on + timedelta(later) if state is VOID else None))
    return found


def numbers(found: tuple[Run, ...]) -> set[int]:
    return {number for run in found for number in range(run.first, run.last + 1)}


@given(marks(), days, st.integers(0, 30), st.integers(0, 10))
def test_no_number_is_lost_and_none_counted_twice(
    gone: list[Mark], handed: date, begins: int, length: int,
) -> None:
    period = Period(day(begins), day(begins + length))
    usage = usage_of(HELD, handed, gone, period)
    parts = [numbers(each) for each in (usage.used, usage.void, usage.spoiled, usage.left)]
    assert sum(map(len, parts)) == len(set().union(*parts))
    assert set().union(*parts) == numbers(usage.opening) | numbers(usage.handed)
    assert numbers(usage.left) | {mark.number for mark in gone if mark.day <= period.last} >= (
        numbers(usage.opening) | numbers(usage.handed))


@given(marks(), days, st.integers(1, 29))
def test_a_period_begins_with_what_the_one_before_left(gone: list[Mark], handed: date, cut: int) -> None:
    before = usage_of(HELD, handed, gone, Period(day(0), day(cut - 1)))
    after = usage_of(HELD, handed, gone, Period(day(cut), day(40)))
    assert (before.left == after.opening) or (before == RangeUsage(HELD) and after.handed)


def test_what_is_made_void_later_stays_used_in_the_report_that_was_handed_in() -> None:
    gone = [Mark(10, day(1), USED), Mark(11, day(1), VOID, day(9)), Mark(12, day(2), VOID, day(2)),
            Mark(13, day(3), SPOILED)]
    first = usage_of(HELD, day(0), gone, Period(day(0), day(5)))
    assert (first.handed, first.used, first.void, first.spoiled, first.left) == (
        (Run(10, 29),), (Run(10, 11),), (Run(12, 12),), (Run(13, 13),), (Run(14, 29),))
    second = usage_of(HELD, day(0), gone, Period(day(6), day(12)))
    assert (second.opening, second.used, second.void) == ((Run(14, 29),), (), ())
    assert second.void_later == (Run(11, 11),)
    whole = usage_of(HELD, day(0), gone, Period(day(0), day(12)))
    assert (whole.used, whole.void) == ((Run(10, 10),), (Run(11, 12),))


def test_a_number_that_was_given_twice_counts_once_and_is_named() -> None:
    gone = [Mark(10, day(3), SPOILED), Mark(10, day(2), USED), Mark(11, day(2), USED)]
    usage = usage_of(HELD, day(0), gone, Period(day(0), day(5)))
    assert (usage.used, usage.spoiled, usage.twice) == ((Run(10, 11),), (), (Run(10, 10),))


def test_a_range_used_before_the_day_it_came_came_that_day() -> None:
    usage = usage_of(HELD, day(9), [Mark(10, day(2), USED)], Period(day(0), day(5)))
    assert (count(usage.handed), count(usage.used), count(usage.left)) == (20, 1, 19)


def test_a_report_that_does_not_balance_is_never_made() -> None:
    with pytest.raises(ValueError, match="went"):
        RangeUsage(HELD, opening=(Run(10, 29),), used=(Run(10, 10),), left=(Run(12, 29),))


@given(st.sets(st.integers(1, 60)))
def test_runs_and_what_they_leave_are_the_whole(gone: set[int]) -> None:
    whole = Run(1, 60)
    found, left = runs(sorted(gone)), runs_left(whole, sorted(gone))
    assert numbers(found) == gone and numbers(left) == set(range(1, 61)) - gone
    assert all(one.last + 1 < two.first for runs_ in (found, left) for one, two in pairwise(runs_))


@pytest.mark.parametrize(("found", "said"), [
    ((), ""), ((Run(1, 1),), "0000001"), ((Run(1, 45), Run(47, 47)), "0000001–0000045, 0000047"),
    (tuple(Run(at, at) for at in range(1, 8, 2)), "0000001, 0000003, và 2 số khác"),
])
def test_runs_are_said_as_people_list_them(found: tuple[Run, ...], said: str) -> None:
    assert runs_words(found, most=2) == said
