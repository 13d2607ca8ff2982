"""Which days are compared when, and which figures and dossiers count as a difference."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.day_comparison import (
    AGAIN,
    MOST_DAYS,
    MOVED,
    SOON,
    Fate,
    Held,
    Here,
    Kind,
    There,
    Tried,
    differences_of,
    figures_of,
    is_due,
    span,
    sums_left,
    unequal,
)
from app.domain.turn import Turn

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
DOSSIER = Held("H47.15-261120-0001", "H47.15-261120-0001", "2026-11-20", "cong-an", "quay-1", 50_000, 20_000,
               "before", True, "received", 1, "h")


@pytest.mark.parametrize(("last", "more", "due"), [
    (None, {}, True),
    (Tried(NOW, TODAY, ""), {}, False),
    (Tried(NOW - timedelta(hours=20), TODAY - timedelta(days=1), ""), {}, True),
    (Tried(NOW, TODAY, ""), {"is_asked": True}, True),
    (Tried(NOW - SOON, TODAY, ""), {"may_be_gone": True}, False),
    (Tried(NOW - SOON, TODAY, ""), {"may_be_gone": True, "differences": 1}, True),
    (Tried(NOW, TODAY, ""), {"may_be_gone": True, "differences": 1}, False),
    (Tried(NOW - AGAIN, TODAY, ""), {"differences": 1}, True),
    (Tried(NOW - AGAIN / 2, TODAY, ""), {"differences": 1}, False),
    (Tried(NOW + AGAIN, TODAY, ""), {"differences": 1}, True),            # the clock went back
    (Tried(NOW, TODAY, MOVED), {}, True),
    (Tried(NOW, TODAY - timedelta(days=1), "line_down"), {}, False),
    (Tried(NOW - AGAIN, TODAY, "line_down"), {}, True),
])
def test_it_is_made_once_a_day_on_demand_and_while_differences_stand(
    last: Tried | None, more: dict[str, int], due: bool,
) -> None:
    said = {"is_asked": False, "differences": 0, "may_be_gone": False} | more
    assert is_due(NOW, TODAY, last, **said) is due  # type: ignore[arg-type]


@pytest.mark.parametrize(("back", "still_open", "with_today", "first", "last"), [
    (7, (), False, date(2026, 11, 16), date(2026, 11, 22)),
    (7, (), True, date(2026, 11, 16), TODAY),
    (0, (), True, TODAY, TODAY),
    (7, ("2026-11-02", "2026-11-20"), False, date(2026, 11, 2), date(2026, 11, 22)),
    (7, ("2026-01-02",), True, TODAY - timedelta(days=MOST_DAYS - 1), TODAY),
])
def test_a_day_with_an_open_difference_stays_in_the_comparison(
    back: int, still_open: tuple[str, ...], with_today: bool, first: date, last: date,
) -> None:
    assert span(TODAY, back, still_open, with_today=with_today) == (first, last)


def test_what_only_the_province_counts_is_a_difference_by_itself() -> None:
    place = ("2026-11-20", "cong-an", "quay-1")
    assert unequal({place: {"received": 1}}, {place: {"received": 1, "incomplete": 1}}) == {place: ("incomplete",)}
    assert unequal({place: {"received": 1, "fee": 0}}, {place: {"received": 1}}) == {}


@pytest.mark.parametrize(("here", "there", "said"), [
    (Here(DOSSIER, Fate.UNSENT, 1), None, (Kind.MISSING_THERE, Turn.COUNTER, "unsent")),
    (Here(DOSSIER, Fate.PARKED, 1), None, (Kind.MISSING_THERE, Turn.PROVINCE, "parked")),
    (Here(DOSSIER, Fate.HELD), None, (Kind.MISSING_THERE, Turn.PROVINCE, "held")),
    (Here(DOSSIER, Fate.BESIDE, 1), None, (Kind.MISSING_THERE, Turn.PROVINCE, "beside")),
    (Here(DOSSIER, Fate.CONFIRMED), None, (Kind.MISSING_THERE, Turn.PROVINCE, "lost")),
    (Here(DOSSIER, Fate.FOREIGN), None, (Kind.MISSING_THERE, Turn.PROVINCE, "foreign")),
    (None, There(DOSSIER), (Kind.MISSING_HERE, Turn.MACHINE, "not_applied")),
    (Here(DOSSIER, Fate.CONFIRMED), There(replace(DOSSIER, fee=60_000)), (Kind.FEE, Turn.MACHINE, "differs")),
    (Here(DOSSIER, Fate.CONFIRMED, 1), There(replace(DOSSIER, fee=60_000, hash="x")),
     (Kind.FEE, Turn.COUNTER, "unsent")),
    (Here(DOSSIER, Fate.CONFIRMED), There(replace(DOSSIER, status="9")),
     (Kind.STATUS, Turn.MACHINE, "not_applied")),
    (Here(replace(DOSSIER, status="9"), Fate.CONFIRMED), There(DOSSIER), (Kind.STATUS, Turn.PROVINCE, "lost")),
    (Here(DOSSIER, Fate.CONFIRMED, 0, 1), There(DOSSIER, 1), (Kind.FILES, Turn.COUNTER, "waiting")),
    (Here(DOSSIER, Fate.CONFIRMED), There(DOSSIER, 1), (Kind.FILES, Turn.MACHINE, "gone")),
    (Here(replace(DOSSIER, device="quay-2"), Fate.FOREIGN), There(replace(DOSSIER, device="quay-2"), 1),
     (Kind.FILES, Turn.COUNTER, "other_counter")),
    (Here(DOSSIER, Fate.CONFIRMED), There(DOSSIER, 0, "needs_fix"), (Kind.VERDICT, Turn.COUNTER, "needs_fix")),
    (Here(DOSSIER, Fate.CONFIRMED), There(DOSSIER, 0, "held"), (Kind.VERDICT, Turn.PROVINCE, "held")),
    (Here(DOSSIER, Fate.CONFIRMED), There(replace(DOSSIER, operations=2, hash="x")),
     (Kind.OPERATIONS, Turn.MACHINE, "differs")),
])
def test_each_drift_says_whose_turn_it_is_and_why(
    here: Here | None, there: There | None, said: tuple[Kind, Turn, str],
) -> None:
    (found,) = differences_of([here] if here else [], [there] if there else [], "quay-1")
    assert (found.kind, found.turn, found.reason) == said
    assert (found.day, found.code) == (DOSSIER.day, DOSSIER.code)


def test_equal_dossiers_have_no_difference() -> None:
    assert not tuple(differences_of([Here(DOSSIER, Fate.CONFIRMED)], [There(DOSSIER)], "quay-1"))


def test_a_sum_that_no_dossier_explains_is_named_itself() -> None:
    place = ("2026-11-20", "cong-an", "quay-1")
    ours, theirs = {place: {"taken.cash": 5_000}}, {place: {"taken.cash": 4_000}}
    (found,) = sums_left(ours, theirs, [], {})
    assert (found.kind, found.code, found.values["here"], found.values["there"]) == (
        Kind.SUM, "cong-an/quay-1", 5_000, 4_000)
    explained = tuple(differences_of([Here(DOSSIER, Fate.UNSENT, 1)], [], "quay-1"))
    assert not tuple(sums_left(ours, theirs, explained, {DOSSIER.code: place}))


COSTS = st.builds(
    lambda n, agency, fee, charge, timing, status: replace(
        DOSSIER, code=f"{n}", key=f"{n}", agency=agency, fee=fee, charge=charge, timing=timing, status=status),
    st.integers(1, 30), st.sampled_from(["cong-an", "so-xay-dung"]), st.integers(0, 9) , st.integers(0, 9),
    st.sampled_from(["before", "after", "exempt"]), st.sampled_from(["received", "4", "9"]))
MANY = st.lists(COSTS, max_size=8, unique_by=lambda each: each.key)


@given(MANY, MANY)
def test_unequal_sums_are_always_named_by_a_line(ours: list[Held], theirs: list[Held]) -> None:
    found = tuple(differences_of([Here(each, Fate.CONFIRMED) for each in ours], [There(each) for each in theirs],
                                 "quay-1"))
    places = {each.code: (each.day, each.agency, each.device) for each in (*ours, *theirs)}
    mine, other = figures_of(ours), figures_of(theirs)
    lines = (*found, *sums_left(mine, other, found, places))
    if unequal(mine, other):
        assert lines
    if {each.key: each for each in ours} == {each.key: each for each in theirs}:
        assert not lines
