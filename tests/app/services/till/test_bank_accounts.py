"""A changed bank account is a line of the journal that says who changed what into what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.domain.operation import Type
from app.errors import Refusal
from app.services.till.bank_accounts import set_bank_account
from app.services.till.rule import BankAccount, read_money_rule
from app.store import journal as book
from tests.app.services.till.desk import CashDesk

FIRST = BankAccount("cong-an", "970400", "111222333", "CONG AN TINH MAU", "Ngân hàng Mẫu")


def lines(desk: CashDesk) -> list[tuple[str, str, Any, Any]]:
    with desk.office.application.database.reading() as connection:
        return [(each.header.staff, each.body["agency"], each.body["before"], each.body["after"])
                for _, each in book.operations(connection) if each.header.type == Type.BANK_ACCOUNT_SET]


def test_each_change_says_what_it_was_and_what_it_is(desk: CashDesk) -> None:
    desk.act(set_bank_account, FIRST)
    other = replace(FIRST, account="444555666")
    desk.act(set_bank_account, other)
    desk.act(set_bank_account, replace(other, account=" "))
    told = lines(desk)
    assert [(before and before["account"], after and after["account"]) for _, _, before, after in told] == [
        (None, "111222333"), ("111222333", "444555666"), ("444555666", None)]
    assert {(staff, agency) for staff, agency, _, _ in told} == {("nv-1", "cong-an")}
    assert desk.read(read_money_rule).accounts == ()


def test_what_changes_nothing_writes_nothing(desk: CashDesk) -> None:
    assert desk.act(set_bank_account, FIRST, intent="một lần")
    assert desk.act(set_bank_account, FIRST, intent="một lần") and desk.act(set_bank_account, FIRST) == ""
    assert desk.lines() == 1
    with pytest.raises(Refusal, match="intent_reused"):
        desk.act(set_bank_account, replace(FIRST, account="9"), intent="một lần")


@pytest.mark.parametrize(("changed", "code"), [
    ({"bin": "9704"}, "vietqr_bin_wrong"), ({"account": "1" * 20}, "vietqr_account_wrong"),
])
def test_an_account_that_no_bank_has_is_neither_set_nor_written_down(
    desk: CashDesk, changed: dict[str, str], code: str
) -> None:
    with pytest.raises(Refusal, match=code):
        desk.act(set_bank_account, replace(FIRST, **changed))           # type: ignore[arg-type]
    assert desk.lines() == 0 and desk.read(read_money_rule).accounts == ()
