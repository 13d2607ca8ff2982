"""What the citizen still owes and is still owed when the result is given out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.intake import FeeTiming
from app.domain.life.facts import OriginalMoved
from app.domain.life.states import Delivery, Holder, MoneyState
from app.errors import Refusal
from app.services.results.returning import amount_due, checked_money, originals_owed
from app.services.till.dues import dues_of
from app.services.till.later_fees import collect_dues, taking_at_return
from app.services.till.undoing import void_collection
from tests.app.services.results.counter import Desk, build_paper, owing, paid, with_original
from tests.app.services.till.desk import cash


def test_the_fee_is_owed_until_it_is_taken(desk: Desk) -> None:
    code = desk.ready(owing("nợ"))
    held = desk.held(code)
    assert amount_due(held) == 200_000
    desk.give(code, money=paid())
    assert amount_due(desk.held(code)) == 0


def test_a_fee_that_the_catalogue_does_not_know_is_no_amount(desk: Desk) -> None:
    held = desk.held(desk.receive(owing("nợ")))
    fees = (replace(held.body.intake.fees[0], amount=None),)
    unknown = replace(held, body=replace(held.body, intake=replace(held.body.intake, fees=fees)))
    assert amount_due(unknown) is None
    assert checked_money(unknown, paid(1)).amount == 1
    for amount in (0, -5):
        with pytest.raises(Refusal, match="money_amount_differs"):
            checked_money(unknown, paid(amount))


def test_a_result_that_is_not_here_says_so_before_anything_about_money_or_originals(desk: Desk) -> None:
    code = desk.receive(replace(with_original("nợ gốc"), fee_timing=FeeTiming.AFTER))
    with pytest.raises(Refusal, match="result_not_here"):
        desk.give(code)


def test_an_original_is_owed_until_the_citizen_has_it(desk: Desk) -> None:
    code = desk.receive(with_original("gốc"))
    (one,) = desk.life(code).originals
    for holder in (Holder.AGENCY, Holder.MISSING, Holder.CITIZEN):
        desk.do(OriginalMoved(one.id, holder, "kiểm"), code)
        held = desk.held(code)
        assert len(originals_owed(held)) == (holder is not Holder.CITIZEN)
        assert originals_owed(held, (one.id,)) == ()


def test_a_fee_whose_collection_was_void_is_taken_again_with_the_result(desk: Desk) -> None:
    code = desk.ready(owing("nợ"))
    with desk.connect() as connection:
        first = collect_dues(connection, *desk.who(), cash(*dues_of(connection, code)), code=code, **desk.how())
        void_collection(connection, *desk.who(), first.op_id, reason="thu nhầm", second="nv-2", **desk.how())
    with pytest.raises(Refusal, match="money_due"):
        desk.give(code)
    with desk.reading() as connection:
        taking = taking_at_return(connection, code, paid())
    given = desk.give(code, money=paid(), taking=taking)
    with desk.connect() as connection:
        paper = build_paper(connection, desk, given.job)
    assert [line.amount for line in paper.fees] == [200_000] and "PT-" in paper.fee_note
    held = desk.held(code)
    assert (held.life.delivery, held.life.money) == (Delivery.RETURNED, MoneyState.TAKEN)
    assert held.life.conflicts == () and held.fees.net == 200_000
