"""What follows what, whose word moves which state, and that the order of arrival changes nothing."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from app.domain.dossier import State
from app.domain.life.event import in_order
from app.domain.life.facts import (
    Acknowledged,
    AgencyPaper,
    AgencySaid,
    Extended,
    Facts,
    FeeTaken,
    Found,
    HandedOver,
    HandoverUndone,
    LineVerdict,
    MoneyTaken,
    NewDue,
    Posted,
    PostSaid,
    PostWord,
    Recalled,
    Receiver,
    Settled,
    Shelved,
    SupplementReceived,
    Withdrawn,
)
from app.domain.life.fold import check, fold
from app.domain.life.states import Custody, Delivery, Holder, MoneyState, PauseCause
from app.domain.life.work import Work, work_of
from app.errors import Refusal
from tests.app.domain.life.lives import (
    ACCEPTED,
    ASKED,
    DUE,
    HANDED,
    MORNING,
    RESULT,
    RETURNED,
    START,
    chain,
    event,
)

LATER = NewDue(DUE.replace(day=20))
BROUGHT = SupplementReceived(1, (), LATER)
OWNER = Receiver("Nguyễn Thị Mẫu", "0905000123", "1 đường Thử", "phường Mẫu", "tỉnh Mẫu")
POSTED = Posted("EA123456785VN", OWNER, ("1#1",))


def test_from_reception_to_the_citizens_hands() -> None:
    life = fold(START, chain(HANDED, ACCEPTED, RESULT, RETURNED))
    assert (life.business, life.custody, life.delivery) == (State.RETURNED, Custody.AGENCY, Delivery.RETURNED)
    assert [one.holder for one in life.originals] == [Holder.CITIZEN]
    assert life.conflicts == () and work_of(life) == frozenset()


@pytest.mark.parametrize(("done", "states", "work"), [
    ((), (State.RECEIVED, Custody.COUNTER, Delivery.NONE), {Work.TO_HAND_OVER}),
    ((HANDED,), (State.RECEIVED, Custody.ON_THE_WAY, Delivery.NONE), {Work.UNACKNOWLEDGED}),
    ((HANDED, HandoverUndone("m1")), (State.RECEIVED, Custody.COUNTER, Delivery.NONE), {Work.TO_HAND_OVER}),
    ((HANDED, ACCEPTED), (State.IN_PROCESS, Custody.AGENCY, Delivery.NONE), {Work.AWAITED}),
    ((HANDED, Acknowledged("m1", LineVerdict.REFUSED, "sai nơi")),
     (State.RECEIVED, Custody.COUNTER, Delivery.NONE), {Work.TO_HAND_OVER, Work.SENT_BACK}),
    ((HANDED, Acknowledged("m1", LineVerdict.MISSING)),
     (State.RECEIVED, Custody.MISSING, Delivery.NONE), {Work.SENT_BACK}),
    ((HANDED, Acknowledged("m1", LineVerdict.MISSING), Found(Custody.AGENCY)),
     (State.IN_PROCESS, Custody.AGENCY, Delivery.NONE), {Work.AWAITED}),
    ((ASKED,), (State.SUPPLEMENT_ASKED, Custody.COUNTER, Delivery.NONE), {Work.SUPPLEMENT}),
    ((HANDED, ACCEPTED, AgencySaid(State.PAYMENT_ASKED)),
     (State.PAYMENT_ASKED, Custody.AGENCY, Delivery.NONE), {Work.PAYMENT}),
    ((HANDED, ACCEPTED, RESULT), (State.DONE, Custody.AGENCY, Delivery.SHELF), {Work.READY}),
    ((HANDED, ACCEPTED, RESULT, POSTED), (State.DONE, Custody.AGENCY, Delivery.POSTED), {Work.POSTED}),
    ((HANDED, ACCEPTED, RESULT, POSTED, PostSaid("EA123456785VN", PostWord.UNDELIVERED, MORNING)),
     (State.DONE, Custody.AGENCY, Delivery.UNDELIVERED), {Work.UNDELIVERED}),
    ((HANDED, ACCEPTED, RESULT, POSTED, PostSaid("EA123456785VN", PostWord.DELIVERED, MORNING)),
     (State.RETURNED, Custody.AGENCY, Delivery.DELIVERED), set()),
    ((HANDED, ACCEPTED, RESULT, RETURNED, Recalled("e4", "nhầm người")),
     (State.DONE, Custody.AGENCY, Delivery.RECALLED), {Work.UNDELIVERED}),
    ((Withdrawn("đổi ý", "Nguyễn Thị Mẫu"),), (State.WITHDRAWN, Custody.COUNTER, Delivery.NONE),
     {Work.ORIGINALS}),
])
def test_where_a_dossier_stands_and_in_which_lists(
    done: tuple[Facts, ...], states: tuple[object, ...], work: set[Work]
) -> None:
    life = fold(START, chain(*done))
    assert (life.business, life.custody, life.delivery) == states
    assert work_of(life) == work and life.conflicts == ()


@pytest.mark.parametrize(("done", "wanted", "code"), [
    ((), RESULT, ""),
    ((), RETURNED, "result_not_here"),
    ((), ACCEPTED, "not_on_manifest"),
    ((HANDED,), HANDED, "not_at_counter"),
    ((HANDED, ACCEPTED), HandoverUndone("m1"), "not_on_the_way"),
    ((HANDED, ACCEPTED), Acknowledged("m1", LineVerdict.MISSING), "line_already_acknowledged"),
    ((ASKED,), ASKED, "supplement_already_asked"),
    ((ASKED,), HANDED, "handover_not_now"),
    ((), BROUGHT, "no_supplement_open"),
    ((HANDED, ACCEPTED, RESULT), RESULT, "result_already_in"),
    ((HANDED, ACCEPTED, RESULT, RETURNED), RETURNED, "result_already_out"),
    ((HANDED, ACCEPTED, RESULT, RETURNED), POSTED, "result_already_out"),
    ((HANDED, ACCEPTED, RESULT), replace(RETURNED, money=MoneyTaken(5, "cash")), "money_not_due"),
    ((HANDED, ACCEPTED, RESULT), replace(RETURNED, originals=("9#1",)), "original_unknown"),
    ((HANDED, ACCEPTED, replace(RESULT, originals=())), RETURNED, "original_elsewhere"),
    ((HANDED, ACCEPTED, RESULT, RETURNED), Recalled("e1", "nhầm"), "not_returned"),
    ((HANDED, ACCEPTED, RESULT, POSTED), PostSaid("khác", PostWord.DELIVERED, MORNING), "not_posted"),
    ((Withdrawn("đổi ý", "Mẫu"),), HANDED, "handover_not_now"),
    ((Withdrawn("đổi ý", "Mẫu"),), AgencySaid(State.DONE), "agency_word_against_ours"),
    ((HANDED, ACCEPTED, RESULT, RETURNED), AgencySaid(State.IN_PROCESS), ""),
])
def test_what_the_table_refuses(done: tuple[Facts, ...], wanted: Facts, code: str) -> None:
    life = fold(START, chain(*done))
    if code:
        with pytest.raises(Refusal) as refused:
            check(life, wanted)
        assert refused.value.code == code
    else:
        check(life, wanted)


def test_the_clock_stands_while_the_citizen_is_awaited_and_every_change_of_date_is_kept() -> None:
    paper = AgencyPaper("extension", "7/XL", MORNING.date(), "Ông Mẫu", "Sở Mẫu")
    life = fold(START, chain(ASKED, BROUGHT, Extended(NewDue(DUE.replace(day=25)), "chờ xác minh", paper)))
    assert life.pauses[0].cause is PauseCause.SUPPLEMENT and life.pauses[0].until is not None
    assert life.business is State.RECEIVED and life.paused_since is None
    assert (life.original_due_at, life.due_at) == (DUE, DUE.replace(day=25))
    assert [(change.before, change.after) for change in life.due_changes] == [
        (DUE, DUE.replace(day=20)), (DUE.replace(day=20), DUE.replace(day=25)),
    ]
    assert not life.counts_as_late
    again = fold(START, chain(ASKED, BROUGHT, replace(ASKED, request=2)))
    assert again.counts_as_late and again.paused_since is not None


def test_two_returns_of_one_result_are_one_return_and_one_conflict_on_every_counter() -> None:
    before = chain(HANDED, ACCEPTED, RESULT)
    here, there = event("fa", RETURNED, "e3", hours=5), event("fb", RETURNED, "e3", hours=4)
    lives = {fold(START, order) for order in permutations([*before, here, there])}
    (life,) = lives
    assert [(conflict.event, conflict.against, conflict.code) for conflict in life.conflicts] == [
        ("fb", "fa", "result_already_out"),
    ]
    assert work_of(life) == {Work.CONFLICT}
    settled = fold(START, [*before, here, there, event("fc", Settled(("fb",), "trả hai bản"), "fb")])
    assert settled.conflicts == () and settled.business is State.RETURNED


def test_what_was_known_comes_first_whatever_the_clocks_say() -> None:
    first = event("ff", HANDED, "", hours=99)          # a clock that is days ahead
    then = event("aa", ACCEPTED, "ff", hours=1)
    assert [each.id for each in in_order([then, first])] == ["ff", "aa"]
    assert fold(START, [then, first]).custody is Custody.AGENCY


def test_forged_bases_in_a_circle_lose_no_event() -> None:
    circle = [event("aa", ASKED, "bb"), event("bb", BROUGHT, "aa")]
    assert [each.id for each in in_order(circle)] == ["aa", "bb"]


def test_money_taken_twice_is_seen() -> None:
    start = replace(START, money=MoneyState.DUE)
    paid = FeeTaken(MoneyTaken(50_000, "cash"))
    life = fold(start, [event("a", paid), event("b", paid)])
    assert life.money is MoneyState.TAKEN
    assert [conflict.code for conflict in life.conflicts] == ["money_not_due"]


def test_a_recalled_result_can_be_put_back_and_given_to_the_right_person() -> None:
    life = fold(START, chain(
        HANDED, ACCEPTED, RESULT, RETURNED, Recalled("e4", "nhầm người"), Shelved("B2"),
        replace(RETURNED, originals=()),
    ))
    assert life.business is State.RETURNED and life.shelf == "B2" and life.conflicts == ()


def test_a_second_trip_after_a_refused_line() -> None:
    life = fold(START, chain(
        HANDED, Acknowledged("m1", LineVerdict.REFUSED, "sai nơi nhận"), HandedOver("m2", ("1#1",)),
        Acknowledged("m2", LineVerdict.ACCEPTED),
    ))
    assert [trip.verdict for trip in life.handovers] == [LineVerdict.REFUSED, LineVerdict.ACCEPTED]
    assert life.custody is Custody.AGENCY and life.sent_back == ""


def test_a_date_worked_out_from_a_promise_that_had_moved_is_put_before_a_person() -> None:
    paper = AgencyPaper("extension", "7/XL", MORNING.date(), "Ông Mẫu", "Sở Mẫu")
    moved = event("aa", Extended(NewDue(DUE.replace(day=25)), "chờ xác minh", paper), "e1", hours=2)
    brought = event("bb", replace(BROUGHT, due=replace(LATER, before=DUE)), "e1", hours=3)
    life = fold(START, [*chain(ASKED), moved, brought])
    assert life.business is State.RECEIVED and life.due_at == LATER.at, "what the citizen brought stands"
    assert [(one.event, one.code, one.against) for one in life.conflicts] == [("bb", "due_moved_meanwhile", "aa")]
    assert fold(START, [*chain(ASKED), event("bb", brought.facts, "e1")]).conflicts == ()


def test_a_date_worked_out_from_another_pause_is_put_before_a_person() -> None:
    here, there = event("aa", ASKED, hours=1), event("bb", ASKED, hours=3)
    own_pause = replace(LATER, before=DUE, paused_since=there.at)
    life = fold(START, [here, there, event("cc", replace(BROUGHT, due=own_pause), "bb", hours=9)])
    assert [(one.event, one.code) for one in life.conflicts] == [
        ("bb", "supplement_already_asked"), ("cc", "due_moved_meanwhile"),
    ]
    assert life.business is State.RECEIVED and life.pauses[0].since == here.at
