"""The cash book's day here and at the province: equal to the đồng, or named; an older province counts none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text

from app.domain.day_comparison import Kind
from app.domain.turn import Turn
from app.services import reconcile as kept
from sync.client import GatewayClient
from sync.contract.reconcile import ReconcileAnswer
from tests.app.services.till.desk import CashDesk, cash, fee, postage, transfer
from tests.sync.client.test_reconcile import compared, drift
from tests.sync.client.trial import Counter, Trial

Enrol = Callable[..., Counter]


def worked(counter: Counter) -> CashDesk:
    """A short day at the desk."""
    desk = CashDesk(counter.office)
    desk.open({50_000: 2})
    desk.collect(cash(fee(), fee(15_000, kind="charge"), postage()))
    gone = desk.collect(cash(fee(30_000)))
    desk.void(gone.op_id, second=counter.office.application.enrolled.clerks[1].id)
    desk.collect(transfer())
    return desk


def test_a_days_money_is_equal_on_both_ends_to_the_dong(enrol: Enrol, trial: Trial) -> None:
    place = trial.place(counters=2)
    one, two = enrol(place, "Quầy 1"), enrol(place, "Quầy 2")
    worked(one)
    worked(two)
    for each in (one, two, one):
        each.sync()
    assert compared(one) == () and compared(two) == ()
    with one.office.application.database.reading() as connection:
        (day, *_) = kept.compared_days(connection)
        assert kept.counts_money(connection)
    assert day.ours == day.theirs
    device = one.office.application.enrolled.device
    here = {agency: of for (_, agency, by), of in day.ours.items() if by == device}
    assert here["cong-an"] == {
        "money.collected.state.fee.cash": 230_000, "money.collected.state.charge.cash": 15_000,
        "money.back.state.fee.cash": 30_000, "money.collected.state.fee.transfer": 200_000,
    }
    assert here[""] == {"money.collected.postage.postage.cash": 25_000}


def test_money_that_the_province_does_not_hold_is_a_named_sum(enrol: Enrol, trial: Trial) -> None:
    counter = enrol()
    worked(counter)
    counter.sync()
    drift(trial, text("UPDATE operations SET type = 'money.elsewhere' WHERE type = 'money.voided'"))
    (found,) = compared(counter)
    assert (found.kind, found.reason, found.values["here"], found.values["there"]) == (
        Kind.SUM, "money.back.state.fee.cash", 30_000, 0)


def test_an_entry_written_since_is_named_as_unsent(
    enrol: Enrol, trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = enrol()
    desk = worked(counter)
    ask = GatewayClient.reconcile

    def meanwhile(self: GatewayClient, *days: object) -> ReconcileAnswer:
        answer = ask(self, *days)                  # type: ignore[arg-type]
        desk.collect(cash(fee(9_000)))
        return answer

    monkeypatch.setattr(GatewayClient, "reconcile", meanwhile)
    (found,) = compared(counter)
    assert (found.kind, found.turn, found.reason, found.values["here"]) == (
        Kind.MONEY, Turn.COUNTER, "unsent", 9_000)
    assert found.code.startswith("PT-")
    monkeypatch.undo()
    assert compared(counter) == (), "gone when it has been sent"


def test_a_province_of_an_older_release_counts_no_money_and_nothing_differs(
    enrol: Enrol, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = enrol()
    worked(counter)
    ask = GatewayClient.reconcile

    def older(self: GatewayClient, *days: object) -> ReconcileAnswer:
        new = ask(self, *days)                     # type: ignore[arg-type]
        return ReconcileAnswer(new.incarnation, new.server_time, new.position, (), new.have)

    monkeypatch.setattr(GatewayClient, "reconcile", older)
    assert compared(counter) == ()
    with counter.office.application.database.reading() as connection:
        assert not kept.counts_money(connection)
