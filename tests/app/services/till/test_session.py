"""A session: the float, cash in and out, the blind count, and a difference that stays what it is."""

from __future__ import annotations

import pytest

from app.domain.till.denominations import counted
from app.errors import Refusal
from app.services.till.reading import entries_of_session, sessions_on
from tests.app.services.till.desk import CashDesk, cash, fee
from tests.office import MORNING

FLOAT = {50_000: 4, 10_000: 10}                    # 300.000 đ


def test_a_day_of_one_clerk_is_closed_to_the_dong(desk: CashDesk) -> None:
    session = desk.open(FLOAT)
    desk.collect(cash(fee(200_000), fee(50_000, kind="charge")))
    desk.move(-100_000, "nộp bớt về quỹ")
    closed = desk.close({200_000: 2, 50_000: 1})
    assert (closed.session.expected, closed.session.counted, closed.difference) == (450_000, 450_000, 0)
    assert desk.session() is None
    assert desk.balances() == {
        "owed:state:cong-an:charge": -50_000, "owed:state:cong-an:fee": -200_000, "safe": 250_000,
    }
    kinds = [entry.kind for entry in desk.read(entries_of_session, session.id)]
    assert kinds == ["opened", "collected", "moved", "closed"]


@pytest.mark.parametrize("short", [2_000, -5_000, 0, 300_000])
def test_a_difference_is_a_line_of_its_own_and_refuses_nothing(desk: CashDesk, short: int) -> None:
    session = desk.open(FLOAT)
    counts = {1_000: (300_000 - short) // 1_000}
    closed = desk.close(counts)
    assert closed.difference == -short
    assert desk.balances("difference:") == ({f"difference:{session.id}": short} if short else {})
    assert desk.balance("safe") == -short          # what the count did not find did not come back
    assert desk.rebuilt() == desk.balances()


def test_what_was_taken_before_the_session_opened_is_taken_in_by_it(desk: CashDesk) -> None:
    before = desk.collect()
    assert before.collection.session == ""
    session = desk.open({})
    assert desk.balances("drawer:") == {f"drawer:{session.id}": 200_000}
    assert before.op_id in {entry.op_id for entry in desk.read(entries_of_session, session.id)}
    assert desk.close({200_000: 1}).difference == 0
    assert sum(desk.rebuilt().values()) == 0


def test_the_float_that_was_left_is_counted_again_and_a_gap_belongs_to_who_counts(desk: CashDesk) -> None:
    desk.open(FLOAT)
    desk.close({50_000: 4, 10_000: 10}, carried=300_000, taker="nv-2")
    second = desk.open({50_000: 4, 10_000: 9}, clerk=desk.office.application.enrolled.clerks[1])
    assert (second.clerk_name, second.float) == ("Lê Văn Ví Dụ", 290_000)
    assert desk.balances() == {
        f"difference:{second.id}": 10_000, f"drawer:{second.id}": 290_000, "safe": -300_000,
    }


def test_one_session_at_a_time(desk: CashDesk) -> None:
    desk.open(FLOAT)
    with pytest.raises(Refusal, match="session_open"):
        desk.open(FLOAT)
    assert len(desk.read(sessions_on, MORNING.date())) == 1


@pytest.mark.parametrize("act", [lambda desk: desk.close({}), lambda desk: desk.move(1_000)])
def test_without_a_session_there_is_no_drawer(desk: CashDesk, act) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refusal, match="no_session"):
        act(desk)


def test_ten_enters_open_move_and_close_once(desk: CashDesk) -> None:
    for _ in range(10):
        desk.open(FLOAT, intent="mở")
    for _ in range(10):
        desk.move(-50_000, intent="rút")
    jobs = {desk.close({50_000: 5}, intent="chốt").job for _ in range(10)}
    assert (desk.lines(), len(jobs)) == (3, 1)


def test_an_intent_is_not_lent_to_another_act(desk: CashDesk) -> None:
    desk.open(FLOAT, intent="mở")
    with pytest.raises(Refusal, match="intent_reused"):
        desk.open({}, intent="mở")
    with pytest.raises(Refusal, match="intent_reused"):
        desk.move(1_000, intent="mở")


@pytest.mark.parametrize("count", [{3_000: 1}, {1_000: -1}, {1_000: 1.5}, {1_000: True}, {1_000: 10**9}])
def test_nobody_counts_such_notes(count: dict[int, int]) -> None:
    with pytest.raises(Refusal, match="count_impossible"):
        counted(count)


def test_more_than_was_counted_cannot_be_left(desk: CashDesk) -> None:
    desk.open(FLOAT)
    with pytest.raises(Refusal, match="carried_too_much"):
        desk.close({1_000: 1}, carried=2_000)
    assert desk.session() is not None
