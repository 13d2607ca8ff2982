"""What goes back changes what a dossier owes: void is owed again, refunded is not; rebuilt it is the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.domain.intake import FeeTiming
from app.domain.life.facts import MoneyTaken
from app.domain.life.states import MoneyState
from app.domain.operation import parse
from app.errors import Refusal
from app.services.results.known import find_here
from app.services.results.putting_right import take_fee
from app.services.results.returning import amount_due
from app.services.till.dues import dues_of, unknown_dues
from app.services.till.later_fees import collect_dues
from app.store import projection
from app.store.tables import dossiers, journal
from tests.app.services.till.desk import CashDesk, cash, fee
from tests.app.services.till.test_collecting import receive
from tests.app.services.till.test_later_fees import owing, taken


def shown(desk: CashDesk, code: str) -> MoneyState:
    """As read, as the lists have it, and as both say once everything is made anew from the journal."""
    found: set[MoneyState] = set()
    for _ in range(2):
        found.add(desk.read(find_here, code).life.money)
        with desk.office.application.database.reading() as connection:
            row = connection.execute(select(dossiers.c.money).where(dossiers.c.code == code)).scalar_one()
        found.add(MoneyState(row))
        desk.rebuilt()
    (state,) = found
    return state


def paid_at_reception(desk: CashDesk) -> tuple[str, str]:
    received = receive(desk, "khách-1")
    assert received.collected is not None
    return received.dossier.code, received.collected.op_id


def paid_later(desk: CashDesk) -> tuple[str, str]:
    code = owing(desk)
    return code, taken(desk, code, cash(*desk.read(dues_of, code))).op_id


@pytest.mark.parametrize("pay", [paid_at_reception, paid_later])
def test_a_void_fee_is_owed_until_it_is_collected_again(desk: CashDesk, pay: object) -> None:
    code, collection = pay(desk)                                   # type: ignore[operator]
    assert shown(desk, code) is MoneyState.TAKEN
    desk.void(collection)
    assert shown(desk, code) is MoneyState.DUE
    held = desk.read(find_here, code)
    assert amount_due(held) == 200_000 and held.is_owed_again
    taken(desk, code, cash(*desk.read(dues_of, code)))
    assert shown(desk, code) is MoneyState.TAKEN and desk.read(dues_of, code) == ()
    assert desk.read(find_here, code).life.conflicts == ()


@pytest.mark.parametrize("pay", [paid_at_reception, paid_later])
@pytest.mark.parametrize(("back", "state"), [(200_000, MoneyState.REFUNDED), (50_000, MoneyState.TAKEN)])
def test_what_two_people_gave_back_is_not_owed_again(
    desk: CashDesk, pay: object, back: int, state: MoneyState
) -> None:
    code, collection = pay(desk)                                   # type: ignore[operator]
    desk.refund(collection, {0: back})
    assert shown(desk, code) is state


def test_of_two_collections_only_the_void_one_is_owed(desk: CashDesk) -> None:
    code = owing(desk)
    (due,) = desk.read(dues_of, code)
    taken(desk, code, cash(replace(due, amount=50_000)))
    assert amount_due(desk.read(find_here, code)) == 150_000       # what was paid before is not asked for again
    second = taken(desk, code, cash(replace(due, amount=150_000)))
    assert shown(desk, code) is MoneyState.TAKEN
    desk.void(second.op_id)
    assert shown(desk, code) is MoneyState.DUE and amount_due(desk.read(find_here, code)) == 150_000


def test_a_void_of_what_was_too_much_owes_nothing(desk: CashDesk) -> None:
    code, _ = paid_at_reception(desk)
    twice = desk.collect(cash(fee(name=desk.read(find_here, code).body.intake.fees[0].name)), code=code)
    desk.void(twice.op_id)
    assert shown(desk, code) is MoneyState.TAKEN


def test_no_event_takes_a_fee_twice(desk: CashDesk) -> None:
    code, collection = paid_later(desk)
    desk.void(collection)
    with pytest.raises(Refusal, match="money_not_due"):
        desk.act(take_fee, code, MoneyTaken(200_000, "cash"))


def test_a_fee_of_unknown_amount_is_paid_by_what_the_clerk_types(desk: CashDesk) -> None:
    code = owing(desk, None)
    assert desk.read(dues_of, code) == () and amount_due(desk.read(find_here, code)) is None
    (line,) = desk.read(unknown_dues, code)
    done = taken(desk, code, cash(replace(line, amount=75_000, rule="gõ tay: thông báo 12/TB")))
    assert shown(desk, code) is MoneyState.TAKEN and desk.read(unknown_dues, code) == ()
    desk.void(done.op_id)
    assert shown(desk, code) is MoneyState.DUE and len(desk.read(unknown_dues, code)) == 1


def test_an_exempt_dossier_owes_nothing_whatever_goes_back(desk: CashDesk) -> None:
    received = receive(desk, "khách-1", pays=False, fee_timing=FeeTiming.EXEMPT, exemption_reason="hộ nghèo",
                       exemption_proof="giấy xác nhận")
    code = received.dossier.code
    desk.void(desk.collect(cash(), code=code).op_id)
    assert shown(desk, code) is MoneyState.EXEMPT
    assert desk.read(dues_of, code) == desk.read(unknown_dues, code) == ()


def test_money_that_is_heard_of_before_its_dossier_counts(desk: CashDesk) -> None:
    code, collection = paid_at_reception(desk)
    desk.void(collection)
    with desk.office.application.database.writing() as connection:
        rows = connection.execute(select(journal.c.payload).order_by(journal.c.seq)).scalars().all()
        projection.clear(connection)
        operations = [parse(row, b"") for row in rows]
        for operation in sorted(operations, key=lambda each: each.header.type == "dossier.received"):
            projection.apply(connection, operation, is_own=False)
    assert desk.read(find_here, code).life.money is MoneyState.DUE
    with desk.office.application.database.reading() as connection:
        assert connection.execute(select(dossiers.c.money)).scalar_one() == MoneyState.DUE


def test_a_code_in_its_other_form_is_the_same_dossier(desk: CashDesk) -> None:
    code = owing(desk)
    done = desk.act(collect_dues, cash(*desk.read(dues_of, code)), code=f" {code.lower()} ")
    assert done.collection.code == code
