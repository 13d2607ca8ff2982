"""What is another's stays so: a neighbour's numbers, a line of another account; nobody vouches for herself."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert

from app.domain.till.statement import Statement, StatementLine
from app.errors import Refusal
from app.services.till.ranges import spoil_receipt
from app.services.till.statements import confirm_transfer, take_statement
from app.store.tables import receipt_ranges
from tests.app.services.till.desk import CashDesk, postage, transfer
from tests.app.services.till.test_ranges import FORM, SYMBOL, given, take


def test_the_numbers_of_another_counter_are_not_given_here(desk: CashDesk) -> None:
    with desk.office.application.database.writing() as connection:         # as the feed brings a neighbour's range
        connection.execute(insert(receipt_ranges), {
            "id": "khác", "device": "quay-9", "form": FORM, "symbol": SYMBOL, "kind": "", "owner": "", "first": 1,
            "last": 50, "at": desk.office.clock.now()})
    (slip,) = given(desk)
    assert slip.startswith("PT-")


def test_postage_takes_no_number_of_the_state_even_from_a_range_for_everything(desk: CashDesk) -> None:
    take(desk)
    (slip,) = given(desk, postage())
    assert slip.startswith("PT-") and given(desk) == ["28AA-17T 0000001"]


@pytest.mark.parametrize(("second", "code"), [("", "second_person_missing"), ("nv-1", "second_person_same")])
def test_nobody_spoils_a_number_alone(desk: CashDesk, second: str, code: str) -> None:
    take(desk)
    with pytest.raises(Refusal, match=code):
        desk.act(spoil_receipt, SYMBOL, "0000001", reason="rách", second=second)
    assert given(desk) == ["28AA-17T 0000001"]


def test_a_line_of_another_account_confirms_nothing(desk: CashDesk) -> None:
    claimed = desk.collect(transfer()).op_id
    held = Statement((StatementLine(date(2026, 11, 23), 200_000, "chuyen tien phi"),), 0, {})
    taken = desk.act(take_statement, "9999999999", held, name="sao-ke-khac.csv")
    with pytest.raises(Refusal, match="line_unknown"):
        desk.act(confirm_transfer, claimed, taken.op_id, 0)
