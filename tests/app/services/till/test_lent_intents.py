"""An intent belongs to one payment: pressed again it is that one, lent to another it is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.till.accounts import Means
from app.domain.till.collection import Taking
from app.errors import Refusal
from tests.app.services.till.desk import CashDesk, cash, fee, transfer


@pytest.mark.parametrize("other", [
    cash(fee(150_000)), cash(fee(), fee(15_000, kind="charge")), transfer(), replace(cash(), payer="Trần Văn Thử"),
], ids=["another amount", "another line", "another means", "another payer"])
def test_an_intent_is_not_lent_to_another_payment(desk: CashDesk, other: Taking) -> None:
    first = desk.collect(cash(), intent="một lần")
    with pytest.raises(Refusal) as refused:
        desk.collect(other, intent="một lần")
    assert refused.value.code == "intent_reused" and desk.lines() == 1
    assert desk.collect(cash(), intent="một lần").op_id == first.op_id


def test_the_token_that_a_transfer_got_makes_it_no_other_payment(desk: CashDesk) -> None:
    plain = replace(transfer(), token="")
    first = desk.collect(plain, intent="một lần")
    assert first.collection.taking.token and first.collection.taking.means is Means.TRANSFER
    assert not desk.collect(plain, intent="một lần").is_new


def test_an_intent_is_not_lent_to_another_act_of_the_same_content(desk: CashDesk) -> None:
    """A void and a refund of one collection, an opening and a close with the same count: they differ by name."""
    desk.open({100_000: 1}, intent="mở")
    with pytest.raises(Refusal, match="intent_reused"):
        desk.close({100_000: 1}, intent="mở")
    taken = desk.collect()
    desk.refund(taken.op_id, {0: 1_000}, intent="hoàn")
    with pytest.raises(Refusal, match="intent_reused"):
        desk.void(taken.op_id, intent="hoàn")
    assert desk.session() is not None and desk.lines() == 3
