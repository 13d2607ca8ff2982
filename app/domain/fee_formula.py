"""Fees that go by the page, the copy, the person: the formula as data, the sum worked out so that it can be told.

All amounts are whole đồng and only whole numbers are added and multiplied. Example of a rule with steps and a
cap: Thông tư 226/2016/TT-BTC, chứng thực bản sao: 2.000 đ a page, 1.000 đ from the third page on, at most
200.000 đ a copy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

MOST_UNITS = 10_000                # pages of one copy
MOST_WHOLES = 1_000                # copies alike
MOST_COUNTS = 50                   # different documents in one visit


@dataclass(frozen=True, slots=True)
class PriceStep:
    """From the unit number `first` on (counted from 1), a unit costs `price`."""

    first: int
    price: int


@dataclass(frozen=True, slots=True)
class Formula:
    """How a fee is counted. `unit` and `whole` are the law's own words: "trang" of a "bản".

    `prices` begin at unit 1 and ascend; with `is_bracket` the step into which the number of units falls is the
    price of all of them together. `most_each` caps one whole, `most` the line; `base` is added once where
    anything is counted. `usual` units are taken for granted until somebody counts.
    """

    unit: str
    prices: tuple[PriceStep, ...]
    whole: str = ""                # "": the units belong to nothing, there is no second number
    base: int = 0
    most_each: int | None = None
    most: int | None = None
    usual: int | None = None
    is_bracket: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """What the clerk counted: `wholes` copies of `units` pages each."""

    units: int
    wholes: int = 1


@dataclass(frozen=True, slots=True)
class PricedUnits:
    """Units number `first` to `last` at one price. In a bracket `amount` is the price of them all."""

    first: int
    last: int
    price: int
    amount: int


@dataclass(frozen=True, slots=True)
class PricedCount:
    """`each`: one whole, after the cap where `is_capped`; `amount`: all wholes of this count."""

    count: Count
    parts: tuple[PricedUnits, ...]
    each: int
    amount: int
    is_capped: bool


@dataclass(frozen=True, slots=True)
class Working:
    """How the sum came about; `amount` is at most `Formula.most`."""

    counts: tuple[PricedCount, ...]
    base: int
    amount: int
    is_capped: bool


def work_out(formula: Formula, counts: Sequence[Count]) -> Working:
    """The sum for `counts`. Nothing counted costs nothing, the base included."""
    priced = tuple(_priced(formula, count) for count in counts)
    base = formula.base if any(count.units and count.wholes for count in counts) else 0
    amount = base + sum(each.amount for each in priced)
    is_capped = formula.most is not None and amount > formula.most
    return Working(priced, base, formula.most if is_capped and formula.most is not None else amount, is_capped)


def usual_counts(formula: Formula) -> tuple[Count, ...]:
    """What holds before anybody counts; () where it must be counted."""
    return () if formula.usual is None else (Count(formula.usual),)


def _priced(formula: Formula, count: Count) -> PricedCount:
    parts = tuple(_bracket(formula, count.units) if formula.is_bracket else _by_unit(formula, count.units))
    each = sum(part.amount for part in parts)
    is_capped = formula.most_each is not None and each > formula.most_each
    if is_capped and formula.most_each is not None:
        each = formula.most_each
    return PricedCount(count, parts, each, each * count.wholes, is_capped)


def _by_unit(formula: Formula, units: int) -> list[PricedUnits]:
    found = []
    for at, step in enumerate(formula.prices):
        end = formula.prices[at + 1].first - 1 if at + 1 < len(formula.prices) else units
        last = min(units, end)
        if last >= step.first:
            found.append(PricedUnits(step.first, last, step.price, (last - step.first + 1) * step.price))
    return found


def _bracket(formula: Formula, units: int) -> list[PricedUnits]:
    reached = [step for step in formula.prices if step.first <= units]
    return [PricedUnits(reached[-1].first, units, reached[-1].price, reached[-1].price)] if reached else []


# what the clerk types

_BETWEEN = re.compile(r"\s*[x×*]\s*", re.IGNORECASE)
_ONE = re.compile(r"([0-9]{1,5})(?:x([0-9]{1,4}))?")


def read_counts(text: str, formula: Formula) -> tuple[Count, ...] | None:
    """The counts in typed text: "5", "2x3" (2 pages, 3 copies), "2x3 5" (two documents). None: not to be read.

    Blank text is what the formula takes for granted. `x`, `×` and `*` mean the same; documents are parted by
    blanks, commas, semicolons or plus signs. A second number makes sense only where there is a `whole`.
    """
    parts = [part for part in re.split(r"[\s,;+]+", _BETWEEN.sub("x", text.strip())) if part]
    if not parts:
        return usual_counts(formula)
    found: list[Count] = []
    for part in parts[:MOST_COUNTS + 1]:
        read = _ONE.fullmatch(part)
        if read is None or (read[2] is not None and not formula.whole):
            return None
        found.append(Count(int(read[1]), 1 if read[2] is None else int(read[2])))
    is_sane = all(count.units <= MOST_UNITS and count.wholes <= MOST_WHOLES for count in found)
    return tuple(found) if is_sane and len(found) <= MOST_COUNTS else None


def counts_text(counts: Sequence[Count]) -> str:
    """"2×3 + 5", as `read_counts` reads it."""
    return " + ".join(str(each.units) if each.wholes == 1 else f"{each.units}×{each.wholes}" for each in counts)
