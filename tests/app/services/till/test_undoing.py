"""Money goes back by an opposite entry, with a reason and a second person; what it takes back stays readable."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.domain.till.accounts import Means
from app.errors import Refusal
from app.services.till.dues import dues_of
from app.services.till.reading import entry
from app.store.tables import money_receipts
from tests.app.services.till.desk import BANK, CashDesk, cash, fee, transfer
from tests.app.services.till.test_collecting import receive


def test_a_void_takes_all_of_it_back_and_its_receipts(desk: CashDesk) -> None:
    desk.open({100_000: 5})
    taken = desk.collect(cash(fee(), fee(50_000, kind="charge")))
    before = desk.balances()
    undone = desk.void(taken.op_id)
    assert undone.amount == 250_000 and before != desk.balances()
    session = desk.session()
    assert session is not None
    assert desk.balances() == {f"drawer:{session.id}": 500_000, "safe": -500_000}
    found = desk.read(entry, undone.op_id)
    assert (found.amount, found.undoes, found.second_name) == (-250_000, taken.op_id, "Lê Văn Ví Dụ")
    assert desk.read(entry, taken.op_id).is_void and desk.read(entry, taken.op_id).amount == 250_000
    with desk.office.application.database.reading() as connection:
        assert set(connection.execute(select(money_receipts.c.state)).scalars()) == {"void"}
    assert desk.rebuilt() == desk.balances()


def test_a_voided_fee_is_owed_again(desk: CashDesk) -> None:
    received = receive(desk, "khách-1")
    assert received.collected is not None
    desk.void(received.collected.op_id)
    (due,) = desk.read(dues_of, received.dossier.code)
    assert due.amount == 200_000


def test_a_refund_gives_back_part_and_never_more_than_is_left(desk: CashDesk) -> None:
    taken = desk.collect(cash(fee(200_000), fee(50_000, kind="charge")))
    assert desk.refund(taken.op_id, {0: 150_000}).amount == 150_000
    with pytest.raises(Refusal) as refused:
        desk.refund(taken.op_id, {0: 50_001})
    assert (refused.value.code, refused.value.values["left"]) == ("refund_too_much", 50_000)
    assert desk.refund(taken.op_id, {0: 50_000, 1: 50_000}).amount == 100_000
    assert desk.balances() == {}
    assert desk.read(entry, taken.op_id).undone == 250_000
    with desk.office.application.database.reading() as connection:
        assert set(connection.execute(select(money_receipts.c.state)).scalars()) == {"used"}


def test_after_the_close_only_the_open_session_pays_back(desk: CashDesk) -> None:
    first = desk.open({})
    taken = desk.collect()
    desk.close({200_000: 1})
    second = desk.open({200_000: 1})
    desk.void(taken.op_id)
    assert desk.balances("drawer:") == {}          # the float paid it back
    assert desk.close({}).difference == 0
    assert desk.balances("difference:") == {}
    assert {first.id, second.id}.isdisjoint(desk.balances())


def test_a_claimed_transfer_is_voided_where_it_was_claimed(desk: CashDesk) -> None:
    taken = desk.collect(transfer())
    desk.void(taken.op_id)
    assert desk.balance(f"bank:{BANK}:claimed") == 0
    with pytest.raises(Refusal, match="collection_undone"):
        desk.refund(taken.op_id, {0: 1})


@pytest.mark.parametrize(("changed", "code"), [
    ({"second": ""}, "second_person_missing"), ({"second": "nv-1"}, "second_person_same"),
    ({"second": "nv-9"}, "clerk_unknown"), ({"reason": "  "}, "reason_empty"),
])
def test_nobody_takes_money_back_alone_or_without_a_word(
    desk: CashDesk, changed: dict[str, Any], code: str,
) -> None:
    taken = desk.collect()
    for act in (lambda: desk.void(taken.op_id, **changed), lambda: desk.refund(taken.op_id, {0: 1}, **changed)):
        with pytest.raises(Refusal, match=code):
            act()
    assert desk.lines() == 1


def test_ten_enters_take_back_once(desk: CashDesk) -> None:
    taken = desk.collect()
    assert [desk.void(taken.op_id, intent="hủy").is_new for _ in range(10)] == [True] + [False] * 9
    with pytest.raises(Refusal, match="collection_undone"):
        desk.void(taken.op_id)
    other = desk.collect()
    assert {desk.refund(other.op_id, {0: 1_000}, intent="hoàn").amount for _ in range(10)} == {1_000}
    assert desk.balance("owed:state:cong-an:fee") == -199_000


@pytest.mark.parametrize(("of", "amounts", "means", "code"), [
    ("", {0: 1}, Means.CASH, "collection_unknown"), ("taken", {}, Means.CASH, "money_nothing"),
    ("taken", {0: 0}, Means.CASH, "money_nothing"), ("taken", {7: 1}, Means.CASH, "refund_too_much"),
    ("taken", {0: -1}, Means.CASH, "refund_too_much"), ("taken", {0: 1}, Means.TRANSFER, "refund_means"),
])
def test_refunds_that_make_no_sense(
    desk: CashDesk, of: str, amounts: dict[int, int], means: Means, code: str,
) -> None:
    taken = desk.collect().op_id
    with pytest.raises(Refusal, match=code):
        desk.refund(taken if of else "op-lạ", amounts, means=means)
