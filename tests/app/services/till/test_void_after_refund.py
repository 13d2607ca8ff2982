from __future__ import annotations

import pytest

from app.errors import Refusal
from tests.app.services.till.desk import CashDesk


def test_what_is_partly_given_back_is_refunded_further_and_never_voided(desk: CashDesk) -> None:
    paid = desk.collect()
    desk.refund(paid.op_id, {0: 50_000})
    with pytest.raises(Refusal) as refused:
        desk.void(paid.op_id)
    assert refused.value.code == "collection_undone" and desk.lines() == 2
    assert desk.refund(paid.op_id, {0: 150_000}).amount == 150_000
