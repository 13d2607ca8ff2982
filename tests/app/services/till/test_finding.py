"""Money is found by what stands on a paper: number, slip, code, amount; what took it back comes with it."""

from __future__ import annotations

import pytest

from app.services.till.finding import find_money
from app.services.till.ranges import take_receipt_range
from tests.app.services.till.desk import CashDesk, cash, fee
from tests.app.services.till.test_collecting import receive


def found(desk: CashDesk, text: str) -> list[str]:
    return [row.entry.op_id for row in desk.read(find_money, text)]


def test_money_is_found_by_number_code_and_amount(desk: CashDesk) -> None:
    received = receive(desk, "khách-1")
    assert received.collected is not None
    code, slip = received.dossier.code, received.collected.collection.receipts[0].name
    first = received.collected.op_id
    desk.act(take_receipt_range, "01BLP2-001", "28AA-17T", "0000041", "0000050")
    other = desk.collect(cash(fee(15_000)))
    void = desk.void(other.op_id).op_id
    for text, expected in (
        (slip, [first]), (slip.lower(), [first]), (code, [first]), (code[-11:], [first]), ("200.000 đ", [first]),
        ("200000", [first]), ("28AA-17T 0000041", [void, other.op_id]), ("0000041", [void, other.op_id]),
        ("41", [void, other.op_id]), ("15.000", [void, other.op_id]),
    ):
        assert found(desk, text) == expected, text


@pytest.mark.parametrize("text", ["", " ", "x", "%", "không có", "15.00", "999", "_" * 3, "đ"])
def test_what_fits_nothing_finds_nothing(desk: CashDesk, text: str) -> None:
    desk.collect(cash(fee(15_000)))
    assert found(desk, text) == []


def test_the_amount_on_one_of_two_receipts_finds_what_both_were_paid_by(desk: CashDesk) -> None:
    both = desk.collect(cash(fee(200_000), fee(15_000, kind="charge"))).op_id
    assert found(desk, "200.000") == found(desk, "15.000") == found(desk, "215.000") == [both]


def test_the_newest_come_first_and_no_more_than_asked(desk: CashDesk) -> None:
    made = [desk.collect().op_id for _ in range(4)]
    assert [row.entry.op_id for row in desk.read(find_money, "200.000", 3)] == made[:0:-1]
