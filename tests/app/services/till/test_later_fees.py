"""Later fees: in the cash book and in the dossier at once, and once only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.intake import FeeTiming
from app.domain.life.facts import MoneyTaken
from app.domain.life.states import MoneyState
from app.domain.till.accounts import Means
from app.domain.till.collection import Taking
from app.services.results.known import find_here
from app.services.till.collecting import Collected
from app.services.till.dues import dues_of
from app.services.till.later_fees import collect_dues, taking_at_return
from tests.app.services.till.desk import CashDesk, cash, postage
from tests.office import sample_intake


def owing(desk: CashDesk, amount: int | None = 200_000) -> str:
    """A dossier with a later fee; None: the catalogue does not know how much."""
    intake = sample_intake("thu-sau")
    fees = tuple(replace(fee, amount=amount) for fee in intake.fees)
    return desk.office.receive(replace(intake, fee_timing=FeeTiming.AFTER, fees=fees)).dossier.code


def taken(desk: CashDesk, code: str, taking: Taking, intent: str = "") -> Collected:
    found: Collected = desk.act(collect_dues, taking, code=code, intent=intent)
    return found


def money_of(desk: CashDesk, code: str) -> MoneyState:
    state: MoneyState = desk.read(find_here, code).life.money
    return state


def test_the_dossier_knows_that_its_later_fee_is_paid(desk: CashDesk) -> None:
    code = owing(desk)
    before = desk.lines()
    done = taken(desk, code, cash(*desk.read(dues_of, code), postage()))
    assert money_of(desk, code) is MoneyState.TAKEN and desk.lines() == before + 2
    again = taken(desk, code, done.collection.taking, intent=desk.last_intent)
    assert not again.is_new and desk.lines() == before + 2


def test_postage_alone_pays_no_fee(desk: CashDesk) -> None:
    code = owing(desk)
    taken(desk, code, cash(postage()))
    assert money_of(desk, code) is MoneyState.DUE


@pytest.mark.parametrize(("amount", "money", "expected"), [
    (200_000, MoneyTaken(200_000, "cash"), 200_000),
    (None, MoneyTaken(75_000, "cash"), 75_000),                # typed, where the catalogue knows no amount
    (200_000, MoneyTaken(200_000, "online"), None),            # another till took it
    (200_000, MoneyTaken(100_000, "cash"), None),              # return_result refuses it
    (200_000, None, None),
])
def test_what_goes_into_the_cash_book_with_a_result(
    desk: CashDesk, amount: int | None, money: MoneyTaken | None, expected: int | None
) -> None:
    found = desk.read(taking_at_return, owing(desk, amount), money)
    assert (found.total if found else None) == expected
    assert found is None or found.means is Means.CASH


def test_what_the_book_holds_already_is_not_taken_again(desk: CashDesk) -> None:
    code = owing(desk)
    desk.collect(cash(*desk.read(dues_of, code)), code=code)
    assert desk.read(taking_at_return, code, MoneyTaken(200_000, "cash")) is None
