"""Receipt numbers come from ranges that were handed over, each once, or a slip says that none was left."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.domain.till.series import ReceiptRange, read_receipt_range
from app.errors import Refusal
from app.services.till.ranges import (
    is_low,
    left_for,
    next_free,
    offered_ranges,
    ranges_of,
    spoil_receipt,
    take_receipt_range,
)
from app.services.till.rule import MoneyRule, OfferedReceipts, write_money_rule
from tests.app.services.till.desk import CashDesk, cash, fee, postage

FORM, SYMBOL = "01BLP2-001", "28AA-17T"


def take(desk: CashDesk, first: int = 1, last: int = 5, *, symbol: str = SYMBOL, **more: Any) -> ReceiptRange:
    found: ReceiptRange = desk.act(take_receipt_range, FORM, symbol, f"{first:07d}", str(last), **more)
    return found


def given(desk: CashDesk, *lines: Any) -> list[str]:
    return [receipt.name for receipt in desk.collect(cash(*lines)).collection.receipts]


def test_numbers_are_used_in_their_order_and_then_a_slip_takes_over(desk: CashDesk) -> None:
    take(desk, 8, 10)
    assert given(desk, fee(), fee(1_000, kind="charge")) == ["28AA-17T 0000008", "28AA-17T 0000009"]
    assert given(desk) == ["28AA-17T 0000010"]
    (slip,) = given(desk)
    assert slip.startswith("PT-261123-")
    (use,) = desk.read(ranges_of)
    assert (use.used, use.left, len(use.numbers)) == (3, 0, 3)


def test_a_range_for_one_kind_or_agency_serves_nothing_else(desk: CashDesk) -> None:
    take(desk, 1, 5, kind="charge")
    take(desk, 1, 5, symbol="28AB-17T", owner="so-xay-dung")
    assert given(desk, fee(), fee(1_000, kind="charge"), fee(agency="so-xay-dung"))[1:] == [
        "28AA-17T 0000001", "28AB-17T 0000001"]
    (slip,) = given(desk, postage())
    assert slip.startswith("PT-")
    assert desk.read(left_for, desk.office.application.enrolled, "charge", "cong-an") == 4


def test_a_voided_and_a_spoiled_number_are_never_given_again(desk: CashDesk) -> None:
    take(desk)
    desk.void(desk.collect().op_id)
    assert desk.act(spoil_receipt, SYMBOL, "0000003", reason="rách", second="nv-2") == "28AA-17T 0000003"
    assert [given(desk)[0][-1] for _ in range(3)] == ["2", "4", "5"]
    (use,) = desk.read(ranges_of)
    assert (use.used, use.void, use.spoiled, use.left) == (3, 1, 1, 0)
    desk.rebuilt()
    assert desk.read(ranges_of) == (use,)


def test_no_number_lies_in_two_ranges(desk: CashDesk) -> None:
    take(desk, 1, 5)
    with pytest.raises(Refusal) as refused:
        take(desk, 5, 9)
    assert refused.value.values == {"symbol": SYMBOL, "first": "0000001", "last": "0000005"}
    take(desk, 6, 9)
    take(desk, 1, 5, symbol="29AA-17T")
    assert take(desk, 20, 30, intent="giao") == take(desk, 20, 30, intent="giao")


@pytest.mark.parametrize(("number", "symbol", "code"), [
    ("0000001", SYMBOL, "receipt_used"), ("0000009", SYMBOL, "receipt_not_here"),
    ("x", SYMBOL, "receipt_not_here"),
    ("0000002", "99ZZ-99T", "receipt_not_here"),
])
def test_only_a_free_number_of_ones_own_can_be_spoiled(
    desk: CashDesk, number: str, symbol: str, code: str,
) -> None:
    take(desk)
    desk.collect()
    with pytest.raises(Refusal, match=code):
        desk.act(spoil_receipt, symbol, number, reason="rách", second="nv-2")


@pytest.mark.parametrize(("values", "code"), [
    (("1BLP2-001", SYMBOL, "1", "2"), "receipt_form_wrong"), ((FORM, "??", "1", "2"), "receipt_symbol_wrong"),
    ((FORM, SYMBOL, "2", "1"), "receipt_numbers_wrong"), ((FORM, SYMBOL, "0", "1"), "receipt_numbers_wrong"),
    ((FORM, SYMBOL, "-1", "1"), "receipt_numbers_wrong"),
    ((FORM, SYMBOL, "1", "12345678"), "receipt_numbers_wrong"),
    ((FORM, SYMBOL, "", "1"), "receipt_numbers_wrong"), ((FORM, SYMBOL, "١", "٢"), "receipt_numbers_wrong"),
    ((FORM, SYMBOL, "1", "100001"), "receipt_range_long"),
])
def test_a_range_that_no_book_has_is_refused(values: tuple[str, str, str, str], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        read_receipt_range(*values)


def test_what_the_office_was_promised_is_offered_once_and_few_left_is_said(desk: CashDesk) -> None:
    offered = OfferedReceipts(FORM, SYMBOL, "1", "3")
    with desk.office.application.database.writing() as connection:
        write_money_rule(connection, MoneyRule(
            receipts=(offered, replace(offered, device="quay-9"), replace(offered, form="?")), few=1))
    here = desk.office.application.enrolled
    (found,) = desk.read(offered_ranges, here)
    assert (found.first, found.last) == (1, 3) and not desk.read(is_low, here)
    take(desk, 1, 3)
    assert desk.read(offered_ranges, here) == ()
    desk.collect(), desk.collect()
    assert desk.read(is_low, here)
    assert desk.read(next_free, here, "fee", "cong-an")[1] == 3
