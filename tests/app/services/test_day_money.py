"""A day's money three ways: equal when all was done, and whatever keeps the columns apart has a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from app.domain.day_money import DayMoney, Loose, OwnerMoney
from app.domain.intake import FeeTiming
from app.domain.till.accounts import Means
from app.services import reconcile as kept
from app.services.day_end import day_end
from app.services.receipts import note_print
from app.services.till.collecting import fee_lines
from app.services.till.ranges import take_receipt_range
from app.store.tables import money_receipts
from tests.app.services.till.desk import CashDesk, cash, fee, postage, transfer
from tests.office import office_in, sample_intake

TODAY = date(2026, 11, 23)
AGENCY = "cong-an"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CashDesk]:
    with office_in(tmp_path) as office:
        yield CashDesk(office)


def ended(desk: CashDesk, day: date = TODAY) -> DayMoney:
    found: DayMoney | None = desk.read(
        lambda connection: day_end(connection, desk.office.application.enrolled, day)).money
    assert found is not None
    return found


def loose(desk: CashDesk, day: date = TODAY) -> list[tuple[Loose, str, int]]:
    return [(each.kind, each.name, each.amount) for each in ended(desk, day).loose]


def received(desk: CashDesk, intent: str = "a", *, is_paid: bool = True, timing: FeeTiming = FeeTiming.BEFORE,
             ) -> tuple[str, str]:
    """(code, id of the collection)."""
    intake = replace(sample_intake(intent), fee_timing=timing)
    if timing is FeeTiming.EXEMPT:
        intake = replace(intake, exemption_reason="Hộ nghèo (thử)", exemption_proof="Sổ hộ nghèo số 1 (thử)")
    done = desk.office.receive(intake)
    with desk.office.application.database.writing() as connection:
        note_print(connection, done.print_job, "printed", desk.office.clock.now())
    paid = desk.collect(cash(*fee_lines(intake)), code=done.dossier.code).op_id if is_paid else ""
    return done.dossier.code, paid


def closed(desk: CashDesk, count: dict[int, int]) -> None:
    desk.close(count)


def province_holds(desk: CashDesk, figures: dict[tuple[str, str], int], *, with_money: bool = True) -> None:
    theirs: dict[tuple[str, str, str], dict[str, int]] = {}
    for (owner, name), amount in figures.items():
        theirs.setdefault((TODAY.isoformat(), owner, "quay-1"), {})[name] = amount
    with desk.office.application.database.writing() as connection:
        kept.note_comparison(connection, [TODAY.isoformat()], {}, theirs, (), desk.office.clock.now(), TODAY,
                             with_money=with_money)


def test_before_the_first_entry_there_is_no_cash_book_to_end(desk: CashDesk) -> None:
    desk.office.receive(sample_intake("a"))
    assert desk.read(lambda connection: day_end(connection, desk.office.application.enrolled, TODAY)).money is None


def test_receipts_money_dossiers_and_province_agree_when_all_is_done(desk: CashDesk) -> None:
    desk.open({50_000: 2})
    received(desk)
    desk.collect(cash(postage()))
    closed(desk, {50_000: 6, 20_000: 1, 5_000: 1})
    province_holds(desk, {
        (AGENCY, "received"): 1, (AGENCY, "before"): 200_000,
        (AGENCY, "money.collected.state.fee.cash"): 200_000,
        ("", "money.collected.postage.postage.cash"): 25_000,
    })
    found = ended(desk)
    assert found.loose == () and found.is_equal
    assert found.owners == (
        OwnerMoney("state", AGENCY, "Công an tỉnh Mẫu", 1, 200_000, 200_000, dossiers=200_000, there=200_000),
        OwnerMoney("postage", "", "", 1, 25_000, 25_000, beside=25_000, there=25_000),
    )
    whole = desk.read(lambda connection: day_end(connection, desk.office.application.enrolled, TODAY))
    assert whole.is_equal and [line.agency for line in whole.lines] == [AGENCY]
    province_holds(desk, {(AGENCY, "received"): 1, (AGENCY, "before"): 200_000}, with_money=False)
    assert {owner.there for owner in ended(desk).owners} == {None}, "an older province counts no money"
    province_holds(desk, {(AGENCY, "money.collected.state.fee.cash"): 150_000})
    assert [owner.differences for owner in ended(desk).owners] == [("there",), ("there",)]


Story = Callable[[CashDesk], tuple[Loose, str, int]]


def never_collected(desk: CashDesk) -> tuple[Loose, str, int]:
    desk.collect(cash(postage()))
    return Loose.FEE_UNCOLLECTED, received(desk, is_paid=False)[0], 200_000


def void_and_left(desk: CashDesk) -> tuple[Loose, str, int]:
    code, of = received(desk)
    desk.void(of)
    return Loose.VOID_UNCOLLECTED, code, 200_000


def collected_twice(desk: CashDesk) -> tuple[Loose, str, int]:
    code, _ = received(desk)
    desk.collect(cash(fee()), code=code)
    return Loose.OVER_COLLECTED, code, 200_000


def exempt_but_collected(desk: CashDesk) -> tuple[Loose, str, int]:
    code, _ = received(desk, is_paid=False, timing=FeeTiming.EXEMPT)
    desk.collect(cash(fee(30_000)), code=code)
    return Loose.OVER_COLLECTED, code, 30_000


def later_paid_today(desk: CashDesk) -> tuple[Loose, str, int]:
    code, _ = received(desk, is_paid=False, timing=FeeTiming.AFTER)
    desk.collect(cash(fee()), code=code)
    return Loose.OTHER_DAY, code, 200_000


def given_back(desk: CashDesk) -> tuple[Loose, str, int]:
    code, of = received(desk)
    desk.refund(of, {0: 50_000}, means=Means.CASH)
    return Loose.REFUNDED, code, 50_000


def not_on_a_statement(desk: CashDesk) -> tuple[Loose, str, int]:
    code, _ = received(desk, is_paid=False)
    desk.collect(transfer(), code=code)
    return Loose.UNCONFIRMED, code, 200_000


@pytest.mark.parametrize("story", [never_collected, void_and_left, collected_twice, exempt_but_collected,
                                   later_paid_today, given_back, not_on_a_statement],
                         ids=lambda story: story.__name__)
def test_what_keeps_dossiers_and_money_apart_is_named_with_a_key(desk: CashDesk, story: Story) -> None:
    desk.open({50_000: 20})
    named = story(desk)
    closed(desk, _as_expected(desk))
    found = ended(desk)
    assert [(each.kind, each.name, each.amount) for each in found.loose] == [named]
    assert {each.key for each in found.loose} <= {"F3", "F6"}
    assert found.is_equal == (named[0] in (Loose.OTHER_DAY, Loose.REFUNDED))


def _as_expected(desk: CashDesk) -> dict[int, int]:
    left, count = sum(amount for account, amount in desk.balances("drawer:").items()), {}
    for kind in (50_000, 10_000, 5_000):
        count[kind], left = divmod(left, kind)
    assert left == 0
    return count


def test_a_void_that_was_collected_again_is_no_difference(desk: CashDesk) -> None:
    desk.open({50_000: 2})
    code, of = received(desk)
    desk.void(of)
    desk.collect(cash(fee()), code=code)
    closed(desk, {50_000: 6})
    assert loose(desk) == [] and ended(desk).is_equal


def test_the_count_the_open_session_and_what_was_taken_outside_are_named(desk: CashDesk) -> None:
    desk.collect(cash(postage()))
    counter = desk.office.application.enrolled
    assert loose(desk) == [(Loose.OUTSIDE, counter.name, 25_000)]
    desk.open({50_000: 2})
    assert [kind for kind, *_ in loose(desk)] == [Loose.SESSION_OPEN]
    closed(desk, {50_000: 2, 20_000: 1})
    (each,) = loose(desk)
    assert ((each[0], each[2]) == (Loose.COUNT_DIFFERS, -5_000) and each[1].startswith("CQ")) or each[1]


def test_what_waits_since_another_day_says_so(desk: CashDesk) -> None:
    desk.open({50_000: 2})
    code, _ = received(desk, is_paid=False)
    desk.collect(transfer(), code=code)
    desk.office.clock.advance(timedelta(days=1))
    told = ended(desk, TODAY + timedelta(days=1)).loose
    assert [(each.kind, each.since) for each in told] == [
        (Loose.UNCONFIRMED, TODAY), (Loose.SESSION_OPEN, TODAY)]


def test_a_number_passed_over_or_given_twice_is_named(desk: CashDesk) -> None:
    desk.open({50_000: 2})
    desk.act(take_receipt_range, "01BLP2-001", "28AA-26T", "0000001", "50")
    received(desk, "a")
    received(desk, "b")
    closed(desk, {50_000: 10})
    assert loose(desk) == []
    with desk.office.application.database.writing() as connection:      # as only a damaged book has it
        connection.execute(update(money_receipts).where(money_receipts.c.number == 2).values(
            number=4, name="28AA-26T 0000004"))
    assert loose(desk) == [(Loose.RECEIPT_MISSING, f"28AA-26T {n:07d}", 0) for n in (2, 3)]
    with desk.office.application.database.writing() as connection:
        connection.execute(update(money_receipts).values(number=1, name="28AA-26T 0000001"))
    assert loose(desk) == [(Loose.RECEIPT_TWICE, "28AA-26T 0000001", 200_000)]
