"""Fees that are counted: by page, copy, person, with steps and caps. Sums are checked by counting one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.fee_formula import Count, Formula, PriceStep, counts_text, read_counts, usual_counts, work_out

CERTIFYING = Formula("trang", (PriceStep(1, 2_000), PriceStep(3, 1_000)), "bản", most_each=200_000)
PER_PERSON = Formula("người", (PriceStep(1, 10_000),))
RECORDS = Formula("Phiếu", (PriceStep(1, 0), PriceStep(3, 5_000)), base=200_000, usual=1)
BRACKETS = Formula("m²", (PriceStep(1, 50_000), PriceStep(501, 80_000)), is_bracket=True)
CAPPED = Formula("bản", (PriceStep(1, 8_000),), most=20_000)


@pytest.mark.parametrize(("formula", "counts", "amount"), [
    (CERTIFYING, [(1, 1)], 2_000),
    (CERTIFYING, [(2, 1)], 4_000),
    (CERTIFYING, [(3, 1)], 5_000),
    (CERTIFYING, [(2, 3)], 12_000),
    (CERTIFYING, [(198, 1)], 200_000),             # 4.000 + 196.000: just the cap
    (CERTIFYING, [(199, 1)], 200_000),             # the cap is for one copy …
    (CERTIFYING, [(300, 2)], 400_000),             # … so two copies cost two caps
    (CERTIFYING, [(2, 3), (5, 1)], 19_000),
    (CERTIFYING, [(5, 0)], 0),
    (CERTIFYING, [(0, 5)], 0),
    (PER_PERSON, [(7, 1)], 70_000),
    (RECORDS, [(1, 1)], 200_000),
    (RECORDS, [(2, 1)], 200_000),
    (RECORDS, [(4, 1)], 210_000),
    (RECORDS, [(0, 1)], 0),                        # nothing asked for: not even the base
    (RECORDS, [], 0),
    (BRACKETS, [(1, 1)], 50_000),
    (BRACKETS, [(500, 1)], 50_000),
    (BRACKETS, [(501, 1)], 80_000),
    (BRACKETS, [(0, 1)], 0),
    (CAPPED, [(2, 1)], 16_000),
    (CAPPED, [(3, 1)], 20_000),
])
def test_a_counted_fee_costs(formula: Formula, counts: list[tuple[int, int]], amount: int) -> None:
    assert work_out(formula, [Count(*each) for each in counts]).amount == amount


MONEY = st.integers(0, 10**9)


@st.composite
def formulas(draw: st.DrawFn) -> Formula:
    firsts = (1, *sorted(draw(st.sets(st.integers(2, 40), max_size=4))))
    return Formula(
        "trang", tuple(PriceStep(first, draw(MONEY)) for first in firsts), "bản", base=draw(MONEY),
        most_each=draw(st.none() | MONEY), most=draw(st.none() | MONEY),
    )


COUNTS = st.lists(st.builds(Count, st.integers(0, 60), st.integers(0, 5)), max_size=4)


@given(formulas(), COUNTS)
def test_the_sum_is_what_page_after_page_comes_to(formula: Formula, counts: list[Count]) -> None:
    """The other way: every page of every copy for itself, by the last step that it has reached."""
    total = 0
    for count in counts:
        for _ in range(count.wholes):
            copy = sum([step.price for step in formula.prices if step.first <= page][-1]
                       for page in range(1, count.units + 1))
            total += copy if formula.most_each is None else min(copy, formula.most_each)
    if any(count.units and count.wholes for count in counts):
        total += formula.base
    found = work_out(formula, counts)
    assert found.amount == (total if formula.most is None else min(total, formula.most))
    assert type(found.amount) is int


@given(formulas(), COUNTS)
def test_what_is_told_adds_up_to_the_sum(formula: Formula, counts: list[Count]) -> None:
    found = work_out(formula, counts)
    for each in found.counts:
        parts = sum(part.amount for part in each.parts)
        assert each.each == (formula.most_each if each.is_capped else parts)
        assert each.amount == each.each * each.count.wholes
        assert sum(part.last - part.first + 1 for part in each.parts) == each.count.units
    total = found.base + sum(each.amount for each in found.counts)
    assert found.amount == (formula.most if found.is_capped else total)


@pytest.mark.parametrize(("text", "formula", "counts"), [
    ("5", CERTIFYING, [(5, 1)]),
    ("2x3", CERTIFYING, [(2, 3)]),
    ("2*3", CERTIFYING, [(2, 3)]),
    ("2×3", CERTIFYING, [(2, 3)]),
    ("2 X 3", CERTIFYING, [(2, 3)]),
    ("2x3 5", CERTIFYING, [(2, 3), (5, 1)]),
    ("2x3, 5; 4x1+1", CERTIFYING, [(2, 3), (5, 1), (4, 1), (1, 1)]),
    ("0", CERTIFYING, [(0, 1)]),
    ("7", PER_PERSON, [(7, 1)]),
    ("2x3", PER_PERSON, None),                     # people belong to nothing
    ("2x", CERTIFYING, None),
    ("x3", CERTIFYING, None),
    ("2x3x4", CERTIFYING, None),
    ("-1", CERTIFYING, None),
    ("2.5", CERTIFYING, None),
    ("hai", CERTIFYING, None),
    ("٣", CERTIFYING, None),
    ("99999", CERTIFYING, None),
    ("1x9999", CERTIFYING, None),
    (" ".join(["1"] * 51), CERTIFYING, None),
    ("", CERTIFYING, []),
    ("", RECORDS, [(1, 1)]),
])
def test_counts_are_read_as_they_are_typed(
    text: str, formula: Formula, counts: list[tuple[int, int]] | None
) -> None:
    assert read_counts(text, formula) == (None if counts is None else tuple(Count(*each) for each in counts))


@given(st.lists(st.builds(Count, st.integers(0, 10_000), st.integers(0, 1_000)), min_size=1, max_size=50))
def test_written_counts_are_read_again(counts: list[Count]) -> None:
    assert read_counts(counts_text(counts), CERTIFYING) == tuple(counts)


@given(st.text(max_size=30))
def test_any_typed_text_is_read_or_not_and_never_a_crash(text: str) -> None:
    counts = read_counts(text, CERTIFYING)
    assert counts is None or work_out(CERTIFYING, counts).amount >= 0


def test_only_a_formula_that_says_so_counts_by_itself() -> None:
    assert (usual_counts(RECORDS), usual_counts(CERTIFYING)) == ((Count(1),), ())
