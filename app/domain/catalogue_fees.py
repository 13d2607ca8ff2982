"""Fees, their formulas and reliefs read out of a catalogue package; what is only half said is refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any

from app.domain.fee_formula import MOST_UNITS, Formula, PriceStep
from app.domain.fee_relief import Relief
from app.domain.package_reader import Fields, wrong_shape
from app.domain.procedure import FeeKind, FeeRule
from app.domain.text import fold
from app.errors import Refusal

MAX_AMOUNT = 100_000_000_000       # đồng
MAX_STEPS = 50
MAX_CODE = 100


def read_fee(value: Any, where: str) -> FeeRule:
    """Raises the refusals of `load_catalogue`."""
    read = Fields(value, where)
    if not read.has("amount"):     # null says "not known"; silence is a mistake of whoever made the package
        raise wrong_shape(read.place("amount"), "whole number or null")
    if read.raw("kind") is None:
        raise wrong_shape(read.place("kind"), "fee or charge")
    formula = read.raw("formula")
    rule = FeeRule(
        name=read.text("name", required=True),
        kind=read.choice("kind", FeeKind, default=FeeKind.FEE),
        amount=read.integer("amount", limit=MAX_AMOUNT),
        valid_from=read.day("valid_from"),
        valid_to=read.day("valid_to"),
        set_by_province=read.flag("set_by_province", default=False),
        legal_basis=read.text("legal_basis"),
        note=read.text("note"),
        code=read.text("code", limit=MAX_CODE),
        formula=None if formula is None else _formula(formula, read.place("formula")),
    )
    read.finish()
    return rule


def _formula(value: Any, where: str) -> Formula:
    read = Fields(value, where)
    formula = Formula(
        unit=read.text("unit", required=True, limit=50),
        prices=read.items("prices", _price, limit=MAX_STEPS),
        whole=read.text("whole", limit=50),
        base=read.integer("base", limit=MAX_AMOUNT) or 0,
        most_each=read.integer("most_each", limit=MAX_AMOUNT),
        most=read.integer("most", limit=MAX_AMOUNT),
        usual=read.integer("usual", limit=MOST_UNITS),
        is_bracket=read.flag("is_bracket", default=False),
    )
    read.finish()
    return formula


def _price(value: Any, where: str) -> PriceStep:
    read = Fields(value, where)
    for name in ("first", "price"):
        if read.raw(name) is None:
            raise wrong_shape(read.place(name), "whole number")
    step = PriceStep(read.integer("first", limit=MOST_UNITS) or 0, read.integer("price", limit=MAX_AMOUNT) or 0)
    read.finish()
    return step


def read_relief(value: Any, where: str) -> Relief:
    """Raises the refusals of `load_catalogue`."""
    read = Fields(value, where)
    relief = Relief(
        code=read.text("code", required=True, limit=MAX_CODE),
        name=read.text("name", required=True, limit=500),
        fees=read.texts("fees", limit=500),
        percent=read.integer("percent", limit=100) or 0,
        amount=read.integer("amount", limit=MAX_AMOUNT) or 0,
        channel=read.integer("channel", limit=9) or 0,
        proof=read.text("proof", limit=500),
        valid_from=read.day("valid_from"),
        valid_to=read.day("valid_to"),
        legal_basis=read.text("legal_basis"),
    )
    read.finish()
    return relief


# what must hold of them

def check_rules(where: str, rules: Iterable[FeeRule]) -> None:
    """Two amounts under one name on one day would be charged twice."""
    spans: dict[str, list[tuple[date, date]]] = {}
    for rule in rules:
        check_span(f"{where} fee {rule.name}", rule.valid_from, rule.valid_to)
        if rule.formula is not None:
            _check_formula(f"{where} fee {rule.name}", rule.formula, rule.amount)
        if not _take(spans.setdefault(fold(rule.name), []), rule.valid_from, rule.valid_to):
            raise Refusal("catalogue_fees_overlap", where=where, fee=rule.name)


def _check_formula(where: str, formula: Formula, amount: int | None) -> None:
    if amount is not None:
        raise Refusal("catalogue_wrong_shape", where=where, expected="an amount or a formula")
    firsts = [step.first for step in formula.prices]
    if not firsts or firsts[0] != 1 or any(now <= before for before, now in pairwise(firsts)):
        raise Refusal("catalogue_wrong_shape", where=f"{where} prices", expected="steps from 1 on, ascending")


def check_reliefs(reliefs: Iterable[Relief], known: frozenset[str]) -> None:
    """`known`: codes of all fee rules. A relief that no fee answers to would be believed in and never given."""
    spans: dict[tuple[int, str, str], list[tuple[date, date]]] = {}
    names: dict[str, str] = {}
    for relief in reliefs:
        where = f"reliefs {relief.code}"
        check_span(where, relief.valid_from, relief.valid_to)
        if bool(relief.percent) == bool(relief.amount):
            raise Refusal("catalogue_wrong_shape", where=where, expected="a percent or an amount")
        if not relief.fees:
            raise Refusal("catalogue_wrong_shape", where=where, expected="codes of fees")
        if names.setdefault(relief.code, fold(relief.name)) != fold(relief.name):
            raise Refusal("catalogue_duplicate", where="reliefs", key=relief.code)
        for fee in relief.fees:
            if fee not in known:
                raise Refusal("catalogue_bad_value", where=where, value=fee[:80], expected="code of a fee")
            taken = spans.setdefault((relief.channel, relief.code if relief.is_of_group else "", fee), [])
            if not _take(taken, relief.valid_from, relief.valid_to):
                raise Refusal("catalogue_fees_overlap", where=where, fee=fee)


def check_span(where: str, valid_from: date | None, valid_to: date | None) -> None:
    """Raises `catalogue_bad_value` where the end lies before the beginning."""
    if valid_from and valid_to and valid_to < valid_from:
        raise Refusal("catalogue_bad_value", where=where, value=valid_to.isoformat(),
                      expected=f"not before {valid_from.isoformat()}")


def _take(taken: list[tuple[date, date]], valid_from: date | None, valid_to: date | None) -> bool:
    """Adds the span to `taken`; False when it meets one that is there."""
    begin, end = valid_from or date.min, valid_to or date.max
    is_free = not any(begin <= other_end and other_begin <= end for other_begin, other_end in taken)
    taken.append((begin, end))
    return is_free
