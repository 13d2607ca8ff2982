"""Counters that work apart: what can go together does; what cannot is put before a person, on all of them."""

from __future__ import annotations

import pytest

from app.domain.dossier import State
from app.domain.life.facts import HandedOver
from app.domain.life.states import Custody, Delivery
from app.errors import Refusal
from app.services.life.agency_papers import recount_due
from app.services.life.conflicts import (
    OpenConflict,
    Outcome,
    conflicts_of,
    dossiers_in_conflict,
    settle_conflicts,
)
from app.store.queries.dossiers import DossierList
from tests.app.services.life.counter import Counters, Desk, at
from tests.office import sample_intake


def conflict_at(desk: Desk, code: str) -> OpenConflict:
    (conflict,) = conflicts_of(desk.known(code))
    return conflict


def withdrawn_and_handed_over(counters: Counters) -> str:
    """Counter 1 gives the dossier back while counter 2, which does not know, puts it on a manifest."""
    one, two, _ = counters.desks
    code = one.receive(sample_intake("a"))
    counters.meet()
    one.withdraw(code, papers_given_back=True)
    two.office.clock.at = at("2026-11-23 11:00")
    two.act(code, HandedOver("m1"))
    counters.meet()
    return code


def test_a_supplement_is_brought_to_a_counter_that_has_no_line(counters: Counters) -> None:
    one, two, three = counters.desks
    code = one.receive(sample_intake("a", procedure="1.013225"))
    due = one.life(code).due_at
    one.office.clock.at = at("2026-11-25 09:00")
    one.ask(code)
    counters.meet()
    two.office.clock.at = at("2026-11-26 14:00")
    brought = two.bring(code)
    assert brought.due is not None and brought.due.at != due
    counters.meet()
    lives = [desk.life(code) for desk in counters.desks]
    assert lives[0] == lives[1] == lives[2]
    assert (lives[0].due_at, lives[0].conflicts, lives[0].paused_since) == (brought.due.at, (), None)
    for desk in counters.desks:
        assert desk.listed(DossierList.SUPPLEMENT) == []
    assert two.paper(brought.jobs[0]).due_at == brought.due.at
    assert three.life(code).due_changes[0].by_name == "Trần Thị Thử"


def test_a_request_another_counter_has_not_heard_of_cannot_be_answered_there(counters: Counters) -> None:
    one, two, _ = counters.desks
    code = one.receive(sample_intake("a"))
    counters.meet()
    one.ask(code)
    with pytest.raises(Refusal, match="no_supplement_open"):
        two.bring(code)


def test_two_counters_that_ask_at_once_have_asked_once(counters: Counters) -> None:
    one, two, _ = counters.desks
    code = one.receive(sample_intake("a"))
    counters.meet()
    one.ask(code)
    two.ask(code)
    counters.meet()
    for desk in counters.desks:
        assert desk.life(code).requests == 1
        assert conflict_at(desk, code).code == "supplement_already_asked"


def test_what_cannot_both_stand_is_the_same_conflict_on_all_three_counters(counters: Counters) -> None:
    code = withdrawn_and_handed_over(counters)
    seen = [conflict_at(desk, code) for desk in counters.desks]
    assert seen[0] == seen[1] == seen[2]
    assert seen[0].code == "handover_not_now" and seen[0].against is not None
    assert (seen[0].event.device, seen[0].against.device) == ("quay-22", "quay-1")
    for desk in counters.desks:
        assert desk.listed(DossierList.CONFLICT) == [code]
        with desk.reading() as connection:
            assert dossiers_in_conflict(connection) == (code,)


def test_a_third_counter_settles_what_two_did_and_all_agree(counters: Counters) -> None:
    code = withdrawn_and_handed_over(counters)
    one, _, three = counters.desks
    conflict = conflict_at(three, code)
    assert conflict.stands == Outcome(State.WITHDRAWN, Custody.CITIZEN, Delivery.NONE)
    assert conflict.instead == Outcome(State.RECEIVED, Custody.ON_THE_WAY, Delivery.NONE)
    with pytest.raises(Refusal, match="reason_missing"):
        three.do(settle_conflicts, code, (conflict.event.id,), " ", outcome=conflict.instead)
    three.do(settle_conflicts, code, (conflict.event.id,), "Công dân không rút nữa", outcome=conflict.instead)
    counters.meet()
    lives = [desk.life(code) for desk in counters.desks]
    assert lives[0] == lives[1] == lives[2]
    assert (lives[0].conflicts, lives[0].business, lives[0].custody) == ((), State.RECEIVED, Custody.ON_THE_WAY)
    for desk in counters.desks:
        assert desk.listed(DossierList.CONFLICT) == []
    with pytest.raises(Refusal, match="conflict_not_open"):
        one.do(settle_conflicts, code, (conflict.event.id,), "muộn")


def test_keeping_what_stands_needs_a_note_and_changes_no_state(counters: Counters) -> None:
    code = withdrawn_and_handed_over(counters)
    three = counters.desks[2]
    conflict = conflict_at(three, code)
    three.do(settle_conflicts, code, (conflict.event.id,), "Hồ sơ đã trả, lấy lại khỏi túi")
    life = three.life(code)
    assert (life.business, life.custody, life.conflicts) == (State.WITHDRAWN, Custody.CITIZEN, ())


def test_two_counters_that_settle_apart_come_to_one_life(counters: Counters) -> None:
    code = withdrawn_and_handed_over(counters)
    one, two, _ = counters.desks
    conflict = conflict_at(one, code)
    one.do(settle_conflicts, code, (conflict.event.id,), "đã rút")
    two.do(settle_conflicts, code, (conflict.event.id,), "đã giao", outcome=conflict.instead)
    counters.meet()
    lives = [desk.life(code) for desk in counters.desks]
    assert lives[0] == lives[1] == lives[2] and lives[0].conflicts == ()


def test_a_date_counted_from_a_promise_that_had_moved_is_put_before_a_person(counters: Counters) -> None:
    one, two, three = counters.desks
    code = one.receive(sample_intake("a", procedure="1.013225"))
    one.office.clock.at = at("2026-11-25 09:00")
    one.ask(code)
    counters.meet()
    for desk, moment in ((one, "2026-11-26 09:00"), (two, "2026-11-27 09:00")):
        desk.office.clock.at = at(moment)
    one.extend(code, at("2026-12-20 17:00"))
    two.bring(code)
    counters.meet()
    seen = [conflict_at(desk, code) for desk in (one, two, three)]
    assert seen[0] == seen[1] == seen[2] and seen[0].code == "due_moved_meanwhile"


@pytest.mark.parametrize("is_brought_first", [True, False])
def test_an_extension_and_a_supplement_that_did_not_know_of_each_other_are_counted_together(
    counters: Counters, is_brought_first: bool
) -> None:
    """From 25/11 to the agency's 18/12 there are seventeen working days; seventeen from 27/11 on end on 22/12."""
    one, two, three = counters.desks
    code = one.receive(sample_intake("a", procedure="1.013225"))
    one.office.clock.at = at("2026-11-25 09:00")
    one.ask(code)
    counters.meet()
    three.office.clock.at = two.office.clock.at = at("2026-11-27 09:00")
    one.office.clock.at = at("2026-11-28 09:00") if is_brought_first else at("2026-11-26 09:00")
    one.extend(code, at("2026-12-18 09:00"))
    two.bring(code)
    counters.meet()
    conflict = conflict_at(three, code)
    assert conflict.is_of_dates
    three.do(recount_due, code, rules=True)
    three.do(settle_conflicts, code, (conflict.event.id,), "Tính cả gia hạn và thời gian chờ")
    counters.meet()
    for desk in counters.desks:
        life = desk.life(code)
        assert (life.due_at, life.conflicts) == (at("2026-12-22 09:00"), ())
    with pytest.raises(Refusal, match="pause_counted"):
        three.do(recount_due, code, rules=True)
