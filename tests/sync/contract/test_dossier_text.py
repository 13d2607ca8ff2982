"""The contract reads in a dossier what the office wrote there: who is named, what it costs, what was taken."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.body import to_body
from app.domain.intake import ChargedFee, FeeTiming, Intake
from app.domain.life.facts import Collector, CollectorRole, FeeTaken, MoneyTaken, Returned
from app.domain.procedure import FeeKind
from sync.contract.dossier_text import Charged, charged, dossiers_named, hash_of_all, money_taken

FIRST, SECOND = "H47.15-260921-0001", "000.00.07.H47-260921-0002"


def reception(*fees: ChargedFee, timing: FeeTiming = FeeTiming.BEFORE) -> dict[str, Any]:
    intake = Intake("i1", fees=fees, fee_timing=timing)
    return {"number": FIRST, "body": {"dossier": {"code": FIRST, "intake": to_body(intake)}}}


def fee(kind: FeeKind, amount: int | None) -> ChargedFee:
    return ChargedFee("Dòng thử", kind.value, amount)


@pytest.mark.parametrize(("fees", "timing", "read"), [
    ((), FeeTiming.BEFORE, Charged()),
    ((fee(FeeKind.FEE, 50_000), fee(FeeKind.CHARGE, 20_000), fee(FeeKind.FEE, 5_000)), FeeTiming.AFTER,
     Charged(55_000, 20_000, True, "after")),
    ((fee(FeeKind.FEE, 50_000), fee(FeeKind.CHARGE, None)), FeeTiming.BEFORE, Charged(50_000, 0, False)),
    ((fee(FeeKind.FEE, 0),), FeeTiming.EXEMPT, Charged(timing="exempt")),
])
def test_fees_and_charges_are_summed_apart(
    fees: tuple[ChargedFee, ...], timing: FeeTiming, read: Charged,
) -> None:
    assert charged(reception(*fees, timing=timing)) == read


def test_an_operation_without_a_dossier_costs_nothing() -> None:
    assert charged({"number": None, "body": {"code": FIRST}}) is None


def test_money_is_read_from_the_lines_of_an_act() -> None:
    returned = Returned(Collector(CollectorRole.OWNER, "Mẫu", "1"), money=MoneyTaken(70_000, "cash"))
    lines = [{"code": code, "facts": to_body(facts)} for code, facts in (
        (FIRST, returned), (SECOND, FeeTaken(MoneyTaken(9_000, "transfer"))),
        (SECOND, Returned(Collector(CollectorRole.OWNER, "Mẫu", "1"))))]
    assert [(parts.key, means, amount) for parts, means, amount in money_taken({"body": {"lines": lines}})] == [
        ("H47.15-260921-0001", "cash", 70_000), ("H47.7-260921-0002", "transfer", 9_000)]


@pytest.mark.parametrize(("fields", "named"), [
    ({"number": FIRST, "body": {}}, ["H47.15-260921-0001"]),
    ({"number": None, "body": {"code": SECOND}}, ["H47.7-260921-0002"]),
    ({"body": {"lines": [{"code": FIRST}, {"code": SECOND}, {"code": FIRST}, {"code": "VN123"}, 7]}},
     ["H47.15-260921-0001", "H47.7-260921-0002"]),
    ({"number": "x", "body": []}, []),
])
def test_a_dossier_is_named_once_however_often_it_stands_there(fields: Any, named: list[str]) -> None:
    assert [each.key for each in dossiers_named(fields)] == named


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from([FIRST, SECOND, "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["body", "lines", "code", "facts", "money", "amount", "dossier", "intake", "fees", "kind",
                         "about", "number", "fee_timing"]), inner, max_size=5), max_leaves=20)


@given(st.dictionaries(st.sampled_from(["body", "number"]), JSON, max_size=2))
def test_whatever_an_operation_holds_is_read_without_a_fault(fields: dict[str, Any]) -> None:
    named = [each.key for each in dossiers_named(fields)]
    assert len(set(named)) == len(named)
    assert all(abs(amount) < 10**12 for _, _, amount in money_taken(fields))
    found = charged(fields)
    assert found is None or isinstance(found.timing, str)


@given(st.lists(st.text("0123456789abcdef", min_size=64, max_size=64), max_size=5), st.randoms())
def test_the_hash_of_all_does_not_depend_on_the_order(hashes: list[str], randomness: Any) -> None:
    mixed = list(hashes)
    randomness.shuffle(mixed)
    assert hash_of_all(mixed) == hash_of_all(hashes)
    assert hash_of_all([*hashes, "0" * 64]) != hash_of_all(hashes)
