import copy
import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.catalogue_codec import MAX_CHARACTERS, dump_catalogue, load_catalogue
from app.domain.catalogue_fees import MAX_AMOUNT
from app.domain.fee_formula import Formula, PriceStep
from app.domain.fee_relief import Relief
from app.domain.procedure import (
    Agency,
    Catalogue,
    Condition,
    FeeKind,
    FeeRule,
    Procedure,
    ProcedureCase,
    ProcessingTime,
    Requirement,
    RequirementKind,
    TimeUnit,
)
from app.errors import Refusal
from tests.app.domain.catalogues import starter, starter_text

# ---------------------------------------------------------------- round trip

LETTERS = st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẵặệồộởữựABCĐÔƯ 0123456789.,-/()")
TEXT = st.text(LETTERS, max_size=20).map(lambda text: unicodedata.normalize("NFC", text))
WORDS = TEXT.filter(lambda text: bool(text.strip()))
DAYS = st.none() | st.dates(date(2020, 1, 1), date(2030, 12, 31))
SPANS = st.tuples(DAYS, DAYS).map(lambda pair: pair if None in pair else tuple(sorted(pair)))  # type: ignore[type-var]


@st.composite
def formulas(draw: st.DrawFn) -> Formula:
    firsts = (1, *sorted(draw(st.sets(st.integers(2, 99), max_size=3))))
    money = st.integers(0, MAX_AMOUNT)
    return Formula(
        draw(WORDS), tuple(PriceStep(first, draw(money)) for first in firsts), whole=draw(TEXT), base=draw(money),
        most_each=draw(st.none() | money), most=draw(st.none() | money),
        usual=draw(st.none() | st.integers(0, 9)), is_bracket=draw(st.booleans()),
    )


def reliefs_for(draw: st.DrawFn, codes: set[str]) -> tuple[Relief, ...]:
    """One for each code of a fee at most, so that none meets another."""
    return tuple(
        Relief(f"nhom-{code}", draw(WORDS), (code,), *draw(st.sampled_from([(100, 0), (50, 0), (0, 1)])),
               channel=draw(st.sampled_from([0, 2])), proof=draw(TEXT), legal_basis=draw(TEXT),
               valid_from=draw(DAYS))
        for code in sorted(codes) if draw(st.booleans())
    )


@st.composite
def fee_rules(draw: st.DrawFn, *, is_local: bool = False) -> tuple[FeeRule, ...]:
    rules = []
    for at in range(draw(st.integers(0, 3))):
        begins, ends = draw(SPANS)
        rules.append(FeeRule(
            name=f"Phí {'của tỉnh ' if is_local else ''}{at}", kind=draw(st.sampled_from(FeeKind)),
            amount=draw(st.none() | st.integers(0, MAX_AMOUNT)), valid_from=begins, valid_to=ends,
            set_by_province=draw(st.booleans()), legal_basis=draw(TEXT), note=draw(TEXT),
            code=draw(st.sampled_from(["", "phi-mot", "phi-hai"])), formula=draw(st.none() | formulas()),
        ))
    return tuple(replace(rule, amount=None) if rule.formula else rule for rule in rules)


@st.composite
def cases(draw: st.DrawFn, code: int) -> ProcedureCase:
    requirements = tuple(
        Requirement(
            code=str(at), name=draw(WORDS), originals=draw(st.integers(0, 9)), certified=draw(st.integers(0, 9)),
            copies=draw(st.integers(0, 9)), is_required=draw(st.booleans()),
            condition=draw(st.sampled_from(Condition)), kind=draw(st.sampled_from(RequirementKind)),
            form=draw(TEXT), alternatives=draw(TEXT),
        )
        for at in range(draw(st.integers(0, 3)))
    )
    time = ProcessingTime(draw(st.none() | st.integers(0, 400)), draw(st.sampled_from(TimeUnit)), draw(TEXT))
    return ProcedureCase(str(code), draw(WORDS), time, requirements, draw(fee_rules()), draw(TEXT))


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    agencies = tuple(
        Agency(f"co-quan-{at}", draw(WORDS), draw(WORDS), (f"H47.{at}",), "", draw(TEXT), draw(TEXT), *draw(SPANS))
        for at in range(draw(st.integers(1, 3)))
    )
    procedures = []
    for at in range(draw(st.integers(0, 3))):
        begins, ends = draw(SPANS)
        procedures.append(Procedure(
            code=f"1.00000{at}", name=draw(WORDS), field=draw(WORDS), agency=draw(st.sampled_from(agencies)).id,
            level=tuple(draw(st.lists(WORDS, max_size=2))),
            cases=tuple(draw(cases(code)) for code in range(draw(st.integers(1, 2)))),
            results=tuple(draw(st.lists(WORDS, max_size=2))), legal_basis=(), guidance=draw(TEXT),
            decision=draw(TEXT), valid_from=begins, valid_to=ends,
            keywords=tuple(draw(st.lists(WORDS, max_size=2))),
            starts_next_day_after=draw(st.sampled_from(["", "15:00"])), source=draw(TEXT),
            doubts=tuple(draw(st.lists(WORDS, max_size=1))),
        ))
    codes = [procedure.code for procedure in procedures]
    receivable = draw(st.none() | (st.sets(st.sampled_from(codes)) if codes else st.just(set())))
    overrides = {code: draw(fee_rules(is_local=True)) for code in codes if draw(st.booleans())}
    rules = [rule for each in procedures for case in each.cases for rule in case.fees]
    rules += [rule for each in overrides.values() for rule in each]
    return Catalogue(
        version=draw(WORDS), published=date(2026, 1, 2), valid_from=date(2026, 1, 3), source=draw(TEXT),
        agencies=agencies, procedures=tuple(procedures),
        receivable=None if receivable is None else frozenset(receivable),
        fee_overrides=overrides, reliefs=reliefs_for(draw, {rule.code for rule in rules} - {""}),
    )


@settings(max_examples=40, deadline=None)
@given(catalogues())
def test_a_package_says_exactly_what_the_catalogue_says(catalogue: Catalogue) -> None:
    text = dump_catalogue(catalogue)
    assert load_catalogue(text) == catalogue
    assert dump_catalogue(load_catalogue(text)) == text


def test_layout_for_people_does_not_change_the_meaning() -> None:
    assert load_catalogue(dump_catalogue(starter(), indent=2)) == load_catalogue(dump_catalogue(starter()))


def test_equal_catalogues_give_equal_text_whatever_the_order_of_keys() -> None:
    package = json.loads(starter_text())
    shuffled = json.dumps({key: package[key] for key in reversed(list(package))}, ensure_ascii=True)
    assert dump_catalogue(load_catalogue(shuffled)) == dump_catalogue(starter())


def test_decomposed_letters_come_out_composed() -> None:
    loaded = load_catalogue(unicodedata.normalize("NFD", starter_text()))
    assert loaded == starter()


# ---------------------------------------------------------------- refusals

SMALL: dict[str, Any] = {
    "format": 1, "version": "thử", "published": "2026-01-01", "valid_from": "2026-01-01", "source": "thử",
    "agencies": [{"id": "so-mau", "name": "Sở Mẫu", "level": "tỉnh", "identifiers": ["H47.99"]}],
    "procedures": [{
        "code": "1.000001", "name": "Thủ tục thử", "field": "Thử", "agency": "so-mau", "level": ["tỉnh"],
        "cases": [{
            "code": "1", "name": "Trường hợp thử", "time": {"value": 5, "unit": "working_day"},
            "requirements": [{"code": "1", "name": "Tờ khai", "originals": 1}],
            "fees": [{"name": "Phí", "kind": "fee", "amount": 1000}],
        }],
    }],
}


def _set(*path: Any) -> Callable[[dict[str, Any]], None]:
    *way, last, value = path

    def change(package: dict[str, Any]) -> None:
        part: Any = package
        for key in way:
            part = part[key]
        part[last] = value

    return change


def _append(*path: Any) -> Callable[[dict[str, Any]], None]:
    *way, value = path

    def change(package: dict[str, Any]) -> None:
        part: Any = package
        for key in way:
            part = part[key]
        part.append(value)

    return change


CASE_PATH = ("procedures", 0, "cases", 0)
FEE_PATH = (*CASE_PATH, "fees", 0)
PAPER_PATH = (*CASE_PATH, "requirements", 0)


def _formula(**values: Any) -> Callable[[dict[str, Any]], None]:
    """The fee goes by a formula that is right but for `values`."""
    formula = {"unit": "trang", "prices": [{"first": 1, "price": 5}], **values}
    return _set(*FEE_PATH, {"name": "Phí", "kind": "fee", "amount": None, "formula": formula})


def _reliefs(**values: Any) -> Callable[[dict[str, Any]], None]:
    """The fee has a code, and a relief for it is right but for `values`."""
    relief = {"code": "ngheo", "name": "Hộ nghèo", "fees": ["phi-mot"], "percent": 100, **values}
    relief = {name: value for name, value in relief.items() if value != 0}

    def change(package: dict[str, Any]) -> None:
        _set(*FEE_PATH, "code", "phi-mot")(package)
        package["reliefs"] = [relief]

    return change


@pytest.mark.parametrize(("code", "change"), [
    ("catalogue_format_unknown", _set("format", 2)),
    ("catalogue_format_unknown", _set("format", True)),
    ("catalogue_format_unknown", _set("format", None)),
    ("catalogue_unknown_field", _set("surprise", 1)),
    ("catalogue_unknown_field", _set(*FEE_PATH, "vat", 10)),
    ("catalogue_wrong_shape", _set("version", "")),
    ("catalogue_wrong_shape", _set("published", None)),
    ("catalogue_bad_value", _set("published", "01/12/2026")),
    ("catalogue_bad_value", _set("valid_from", "2026-02-30")),
    ("catalogue_bad_value", _set("valid_from", "20260230")),
    ("catalogue_bad_value", _set("valid_from", 20260101)),
    ("catalogue_wrong_shape", _set("procedures", {})),
    ("catalogue_wrong_shape", _set("procedures", 0, "name", 5)),
    ("catalogue_wrong_shape", _set("procedures", 0, "name", "  ")),
    ("catalogue_wrong_shape", _set("procedures", 0, "name", "tên\u0000")),
    ("catalogue_wrong_shape", _set("procedures", 0, "name", "tên \ud83d")),
    ("catalogue_bad_value", _set("procedures", 0, "name", "a" * 20_001)),
    ("catalogue_bad_value", _set("procedures", 0, "code", "1.23")),
    ("catalogue_bad_value", _set("procedures", 0, "code", "1.000001.H56")),
    ("catalogue_bad_value", _set("procedures", 0, "starts_next_day_after", "15h")),
    ("catalogue_bad_value", _set("procedures", 0, "starts_next_day_after", "25:00")),
    ("catalogue_unknown_agency", _set("procedures", 0, "agency", "so-la")),
    ("catalogue_unknown_agency", _set("agencies", 0, "parent", "so-la")),
    ("catalogue_wrong_shape", _set("procedures", 0, "cases", [])),
    ("catalogue_bad_value", _set(*CASE_PATH, "time", "value", -1)),
    ("catalogue_bad_value", _set(*CASE_PATH, "time", "value", 99_999)),
    ("catalogue_wrong_shape", _set(*CASE_PATH, "time", "value", 2.5)),
    ("catalogue_wrong_shape", _set(*CASE_PATH, "time", {"value": 5})),
    ("catalogue_bad_value", _set(*CASE_PATH, "time", "unit", "fortnight")),
    ("catalogue_bad_value", _set(*PAPER_PATH, "originals", -1)),
    ("catalogue_bad_value", _set(*PAPER_PATH, "originals", 5000)),
    ("catalogue_wrong_shape", _set(*PAPER_PATH, "originals", True)),
    ("catalogue_wrong_shape", _set(*PAPER_PATH, "is_required", "yes")),
    ("catalogue_bad_value", _set(*PAPER_PATH, "condition", "sometimes")),
    ("catalogue_bad_value", _set(*FEE_PATH, "amount", -5)),
    ("catalogue_bad_value", _set(*FEE_PATH, "amount", 10**13)),
    ("catalogue_wrong_shape", _set(*FEE_PATH, {"name": "Phí", "kind": "fee"})),
    ("catalogue_wrong_shape", _set(*FEE_PATH, {"name": "Phí", "amount": 1})),
    ("catalogue_bad_value", _set(*FEE_PATH, "kind", "tax")),
    ("catalogue_bad_value", _set(*FEE_PATH, {"name": "Phí", "kind": "fee", "amount": 1, "valid_from": "2027-01-01",
                                             "valid_to": "2026-12-31"})),
    ("catalogue_duplicate", _append("procedures", SMALL["procedures"][0])),
    ("catalogue_duplicate", _append("agencies", SMALL["agencies"][0])),
    ("catalogue_duplicate", _append("procedures", 0, "cases", SMALL["procedures"][0]["cases"][0])),
    ("catalogue_duplicate", _append(*CASE_PATH, "requirements", {"code": "1", "name": "Tờ khác"})),
    ("catalogue_fees_overlap", _append(*CASE_PATH, "fees", {"name": "phí", "kind": "fee", "amount": 2})),
    ("catalogue_unknown_procedure", _set("receivable", ["1.999999"])),
    ("catalogue_unknown_procedure", _set("fee_overrides", {"1.999999": []})),
    ("catalogue_wrong_shape", _set(*FEE_PATH, "formula", {"unit": "trang", "prices": [{"first": 1, "price": 5}]})),
    ("catalogue_wrong_shape", _formula(prices=[])),
    ("catalogue_wrong_shape", _formula(prices=[{"first": 2, "price": 5}])),
    ("catalogue_wrong_shape", _formula(prices=[{"first": 1, "price": 5}, {"first": 1, "price": 4}])),
    ("catalogue_wrong_shape", _formula(prices=[{"first": 1}])),
    ("catalogue_wrong_shape", _formula(prices=[{"price": 5}])),
    ("catalogue_wrong_shape", _formula(prices=[{"first": 1, "price": 2.5}])),
    ("catalogue_bad_value", _formula(prices=[{"first": 1, "price": -5}])),
    ("catalogue_wrong_shape", _formula(unit="")),
    ("catalogue_bad_value", _formula(most=-1)),
    ("catalogue_unknown_field", _formula(tax=10)),
    ("catalogue_bad_value", _reliefs(percent=101)),
    ("catalogue_wrong_shape", _reliefs(percent=0)),
    ("catalogue_wrong_shape", _reliefs(percent=50, amount=1)),
    ("catalogue_wrong_shape", _reliefs(percent=12.5)),
    ("catalogue_wrong_shape", _reliefs(fees=[])),
    ("catalogue_wrong_shape", _reliefs(code="")),
    ("catalogue_bad_value", _reliefs(fees=["phi-khac"])),
    ("catalogue_bad_value", _reliefs(valid_from="2027-01-01", valid_to="2026-12-31")),
    ("catalogue_fees_overlap", _reliefs(fees=["phi-mot", "phi-mot"])),
    ("catalogue_unknown_field", _reliefs(reason="nghèo")),
    ("catalogue_fee_not_local", _set("fee_overrides", {
        "1.000001": [{"name": "Phí", "kind": "fee", "amount": 5}]})),
])
def test_a_broken_package_is_refused_by_name(code: str, change: Callable[[dict[str, Any]], None]) -> None:
    package = copy.deepcopy(SMALL)
    load_catalogue(json.dumps(package))
    change(package)
    with pytest.raises(Refusal) as refused:
        load_catalogue(json.dumps(package))
    assert refused.value.code == code


@pytest.mark.parametrize("text", [
    "", "{", "[1, 2", '{"format": 1, "format": 1}', '{"format": NaN}', "[" * 100_000,
    '{"format": ' + "9" * 5000 + "}",
])
def test_text_that_is_no_plain_json_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        load_catalogue(text)
    assert refused.value.code == "catalogue_not_json"


@pytest.mark.parametrize("text", ["[]", "null", '"danh mục"', "1"])
def test_json_that_is_no_package_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        load_catalogue(text)
    assert refused.value.code == "catalogue_wrong_shape"


def test_an_absurd_size_is_refused_before_it_is_read() -> None:
    with pytest.raises(Refusal) as refused:
        load_catalogue(" " * (MAX_CHARACTERS + 1))
    assert refused.value.code == "catalogue_too_large"


def test_a_refusal_names_the_place() -> None:
    package = copy.deepcopy(SMALL)
    package["procedures"][0]["cases"][0]["fees"][0]["amount"] = -5
    with pytest.raises(Refusal) as refused:
        load_catalogue(json.dumps(package))
    assert refused.value.values["where"] == "procedures[0].cases[0].fees[0].amount"


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["format", "version", "published", "agencies", "procedures", "receivable",
                        "fee_overrides"]), JSON_VALUES)
def test_any_other_value_is_read_or_refused_and_never_a_crash(name: str, value: object) -> None:
    try:
        load_catalogue(json.dumps({**SMALL, name: value}))
    except Refusal as refused:
        assert refused.code.startswith("catalogue_")


def test_a_formula_and_a_relief_that_are_right_are_read() -> None:
    package = copy.deepcopy(SMALL)
    _reliefs()(package)
    package["procedures"][0]["cases"][0]["fees"].append({
        "name": "Phí theo trang", "kind": "fee", "amount": None,
        "formula": {"unit": "trang", "whole": "bản", "most_each": 200_000,
                    "prices": [{"first": 1, "price": 2_000}, {"first": 3, "price": 1_000}]},
    })
    read = load_catalogue(json.dumps(package))
    assert read.reliefs == (Relief("ngheo", "Hộ nghèo", ("phi-mot",), percent=100),)
    assert read.procedures[0].cases[0].fees[1].formula == Formula(
        "trang", (PriceStep(1, 2_000), PriceStep(3, 1_000)), "bản", most_each=200_000)


def test_a_group_has_one_name_and_nobody_gets_two_reliefs_of_one_group_on_a_day() -> None:
    package = copy.deepcopy(SMALL)
    _reliefs()(package)
    (first,) = package["reliefs"]
    for other, code in (
        ({**first, "name": "Người nghèo"}, "catalogue_duplicate"),
        ({**first, "percent": 50}, "catalogue_fees_overlap"),
        ({**first, "code": "b", "channel": 2}, ""),
        ({**first, "valid_from": "2027-01-01"}, "catalogue_fees_overlap"),
    ):
        package["reliefs"] = [first, other]
        if not code:
            load_catalogue(json.dumps(package))
            continue
        with pytest.raises(Refusal) as refused:
            load_catalogue(json.dumps(package))
        assert refused.value.code == code


def test_the_text_of_a_catalogue_without_formulas_and_reliefs_is_what_it_was() -> None:
    """Its hash is signed and compared: a newer program must not write an old package otherwise."""
    assert dump_catalogue(load_catalogue(json.dumps(SMALL))) == json.dumps(
        SMALL, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
