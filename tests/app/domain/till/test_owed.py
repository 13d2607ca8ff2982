"""What is still owed, by the fees and the cash book: void is owed, refunded is not, nor what the post was paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.intake import ChargedFee
from app.domain.life.event import Event
from app.domain.life.facts import Posted, Receiver
from app.domain.life.fold import begin
from app.domain.life.life import Life, Start
from app.domain.life.states import Delivery, MoneyState
from app.domain.till.owed import FeeBook, fees_left, money_by_book

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
FEE, UNKNOWN = ("fee", "Phí cấp phiếu"), ("charge", "Lệ phí lạ")


def fee(of: tuple[str, str], amount: int | None) -> ChargedFee:
    return ChargedFee(of[1], of[0], amount)


def life(money: MoneyState = MoneyState.TAKEN, **changed: object) -> Life:
    return replace(begin(Start(NOON, None, money, (), False)), **changed)      # type: ignore[arg-type]


def book(kept: int = 0, back: int = 0, voided: int = 0) -> FeeBook:
    return FeeBook(((FEE, kept),) if kept else (), ((FEE, back),) if back else (), voided)


@pytest.mark.parametrize(("of", "said"), [
    (book(), MoneyState.TAKEN),                                     # another till took it
    (book(50), MoneyState.TAKEN), (book(voided=50), MoneyState.DUE), (book(50, voided=50), MoneyState.TAKEN),
    (book(30, voided=20), MoneyState.DUE), (book(50, back=50), MoneyState.REFUNDED),
    (book(50, back=20), MoneyState.TAKEN), (book(50, back=20, voided=50), MoneyState.TAKEN),
    (book(50, back=50, voided=50), MoneyState.REFUNDED),
])
def test_the_cash_book_corrects_what_the_events_say(of: FeeBook, said: MoneyState) -> None:
    assert money_by_book(life(), (), (fee(FEE, 50),), of) is said
    for other in (MoneyState.NONE, MoneyState.DUE, MoneyState.EXEMPT):
        assert money_by_book(life(other), (), (fee(FEE, 50),), of) is other


@pytest.mark.parametrize(("delivery", "cod", "out", "said"), [
    (Delivery.DELIVERED, 50, "gửi", MoneyState.TAKEN), (Delivery.DELIVERED, None, "gửi", MoneyState.DUE),
    (Delivery.POSTED, 50, "gửi", MoneyState.DUE), (Delivery.DELIVERED, 50, "lần khác", MoneyState.DUE),
])
def test_what_the_post_was_paid_at_the_door_is_not_owed_again(
    delivery: Delivery, cod: int | None, out: str, said: MoneyState
) -> None:
    posted = Event("gửi", "", NOON, Posted("EA000000015VN", Receiver("Mẫu", "", ""), (), cod))
    found = money_by_book(life(delivery=delivery, out=out), (posted,), (fee(FEE, 50),), book(voided=50))
    assert found is said


def test_what_is_left_of_each_fee() -> None:
    fees = (fee(FEE, 50), fee(FEE, 30), fee(UNKNOWN, None))
    assert fees_left(fees, FeeBook()) == (50, 30, None)
    assert fees_left(fees, FeeBook(((FEE, 60),))) == (0, 20, None)
    assert fees_left(fees, FeeBook(((FEE, 60),), ((FEE, 20),))) == (10, 30, None)
    assert fees_left(fees, FeeBook(((("fee", UNKNOWN[1]), 9),))) == (50, 30, None), "of another kind"
    assert fees_left(fees, FeeBook(((("charge", f"Khác, {UNKNOWN[1]}"), 9),))) == (50, 30, 0), "one line"
