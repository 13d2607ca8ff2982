"""What the daily sums read of money is what the desk wrote; what cannot be read is nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.domain.till.accounts import Means, Stream
from app.services.till.remitting import remit
from app.services.till.statements import confirm_by_word
from app.store.tables import journal
from sync.contract.money_text import ACTS, money_figures
from tests.app.services.till.desk import CashDesk, cash, fee, postage, transfer
from tests.office import office_in


def figures(desk: CashDesk) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for payload in desk.read(lambda connection: list(connection.execute(
            select(journal.c.payload).where(journal.c.type.in_(ACTS))).scalars())):
        for owner, name, amount in money_figures(json.loads(payload)):
            found[owner, name] = found.get((owner, name), 0) + amount
    return found


def test_the_sums_are_what_the_desk_did(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        desk = CashDesk(office)
        desk.open({50_000: 2})
        desk.collect(cash(fee(), fee(15_000, kind="charge"), postage()))
        partly = desk.collect(cash(fee(70_000)))
        desk.refund(partly.op_id, {0: 20_000}, means=Means.CASH)
        gone = desk.collect()
        desk.void(gone.op_id)
        waiting = desk.collect(transfer())
        desk.act(confirm_by_word, waiting.op_id, reason="đã xem sao kê giấy", second="nv-2")
        desk.close({50_000: 7, 10_000: 1})
        desk.act(remit, Stream.STATE, "cong-an")
        found = figures(desk)
    agency = "cong-an"
    assert found == {
        (agency, "money.collected.state.fee.cash"): 200_000 + 70_000 + 200_000,
        (agency, "money.collected.state.charge.cash"): 15_000,
        ("", "money.collected.postage.postage.cash"): 25_000,
        (agency, "money.collected.state.fee.transfer"): 200_000,
        (agency, "money.back.state.fee.cash"): 20_000 + 200_000,
        (agency, "money.remitted.state.fee.all"): 200_000 + 50_000 + 200_000,
        (agency, "money.remitted.state.charge.all"): 15_000,
        (agency, "money.remitted.state.all.cash"): 265_000,
        (agency, "money.remitted.state.all.transfer"): 200_000,
    }


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["cash", "state", "fee"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["collection", "taking", "lines", "means", "stream", "owner", "kind", "amount",
                         "movements"]), inner, max_size=4),
    max_leaves=12)


@settings(max_examples=200, deadline=None)
@given(kind=st.sampled_from([*ACTS]), body=ANYTHING)
def test_what_cannot_be_read_is_nothing(kind: str, body: Any) -> None:
    for owner, name, amount in money_figures({"type": kind, "body": body}):
        assert isinstance(owner, str) and name.startswith("money.") and type(amount) is int
