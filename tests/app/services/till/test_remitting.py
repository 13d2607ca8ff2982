"""What is handed on is what lies safe: counted cash and confirmed transfers, less what went back."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.till.accounts import Stream
from app.errors import Refusal
from app.services.till.remitting import (
    acknowledge_remittance,
    lines_of_remittance,
    remit,
    waiting_remittances,
)
from app.services.till.statements import confirm_by_word
from tests.app.services.till.desk import BANK, CashDesk, cash, fee, postage, transfer


def waits(desk: CashDesk) -> dict[str, tuple[int, int]]:
    return {each.owner: (each.cash, each.transferred) for each in desk.read(waiting_remittances)}


def hand_on(desk: CashDesk, owner: str = "cong-an", **more: Any) -> Any:
    return desk.act(remit, Stream.STATE, owner, **more)


def test_only_counted_cash_and_confirmed_transfers_are_handed_on(desk: CashDesk) -> None:
    desk.open({})
    desk.collect(cash(fee(100_000), fee(20_000, kind="charge"), fee(5_000, agency="so-xay-dung"), postage()))
    sent, claimed = desk.collect(transfer(fee(70_000))), desk.collect(transfer(fee(9_000)))
    desk.act(confirm_by_word, sent.op_id, reason="sao kê giấy", second="nv-2")
    assert waits(desk) == {"cong-an": (0, 70_000)}
    desk.close({50_000: 3})
    assert waits(desk) == {"cong-an": (120_000, 70_000), "so-xay-dung": (5_000, 0)}
    done = hand_on(desk)
    assert (done.cash, done.transferred) == (120_000, 70_000)
    assert sum(line.amount for line in desk.read(lines_of_remittance, done.op_id)) == 190_000
    assert waits(desk) == {"so-xay-dung": (5_000, 0)}
    assert desk.balances() == {
        f"bank:{BANK}:claimed": 9_000, "owed:postage::postage": -25_000, "owed:state:cong-an:fee": -9_000,
        "owed:state:so-xay-dung:fee": -5_000, "safe": 30_000,
    }
    assert claimed.op_id not in {line.op_id for line in desk.read(lines_of_remittance, done.op_id)}
    assert desk.rebuilt() == desk.balances()


def test_what_went_back_after_it_was_handed_on_makes_the_next_list_smaller(desk: CashDesk) -> None:
    desk.open({})
    taken = desk.collect()
    desk.close({200_000: 1})
    hand_on(desk)
    with pytest.raises(Refusal, match="collection_remitted"):
        desk.void(taken.op_id)
    desk.open({200_000: 1})
    desk.refund(taken.op_id, {0: 200_000})
    desk.collect(cash(fee(300_000)))
    desk.close({100_000: 3})
    assert waits(desk) == {"cong-an": (100_000, 0)}
    hand_on(desk)
    assert desk.balances() == {}


def test_ten_enters_hand_on_once_and_then_there_is_nothing(desk: CashDesk) -> None:
    desk.open({})
    desk.collect()
    desk.close({200_000: 1})
    assert len({hand_on(desk, intent="nộp").number for _ in range(10)}) == 1
    with pytest.raises(Refusal, match="nothing_to_remit"):
        hand_on(desk)


def test_who_took_it_is_written_down_once(desk: CashDesk) -> None:
    desk.open({})
    desk.collect()
    desk.close({200_000: 1})
    done = hand_on(desk)
    with pytest.raises(Refusal, match="taker_missing"):
        desk.act(acknowledge_remittance, done.op_id, by=" ")
    desk.act(acknowledge_remittance, done.op_id, by="Phạm Thị Mẫu, kế toán", reference="UNC 12")
    with pytest.raises(Refusal, match="remittance_acknowledged"):
        desk.act(acknowledge_remittance, done.op_id, by="Ai khác")
    with pytest.raises(Refusal, match="remittance_unknown"):
        desk.act(acknowledge_remittance, "lạ", by="Mẫu")


def test_each_owner_is_handed_its_own_whichever_comes_first(desk: CashDesk) -> None:
    desk.open({})
    desk.collect(cash(fee(100_000), fee(5_000, agency="so-xay-dung")))
    desk.close({5_000: 21})
    assert hand_on(desk, "so-xay-dung").cash == 5_000
    assert waits(desk) == {"cong-an": (100_000, 0)}
