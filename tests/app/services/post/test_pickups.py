"""Home pick-ups: a temporary number and no dossier, until the papers are received under that day's rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.intake import Intake, PaperStatus, ReturnMethod
from app.domain.paper_number import PaperKind, read_paper_number
from app.domain.pickup import PickupState, moves_from
from app.domain.postal_address import PostalAddress
from app.errors import Refusal
from app.services.post.pickups import pickup_intake
from app.store.queries.dossiers import DossierList
from app.store.queries.pickups import count_pickups, find_pickup, open_pickups
from tests.app.services.post.counter import OLD, PostDesk, sample_call


def states(desk: PostDesk) -> list[PickupState]:
    with desk.reading() as connection:
        found = open_pickups(connection)
        assert count_pickups(connection) == len(found)
        return [row.state for row in found]


def test_a_call_is_no_dossier_and_has_a_temporary_number(desk: PostDesk) -> None:
    asked = desk.call()
    number = read_paper_number(asked.number)
    assert number is not None and number.kind is PaperKind.PICKUP
    assert states(desk) == [PickupState.ASKED] and desk.listed(DossierList.ALL) == []
    slip = desk.paper(asked.job)
    assert (slip.number, slip.citizen_name, slip.visit) == (asked.number, "Phan Văn Thử", "Sáng 24/11/2026")
    assert slip.address == f"Tổ 9, Thôn Giả Định, Phường Mẫu, Tỉnh Mẫu ({OLD})"
    assert slip.is_planned and len(slip.papers) == 3


def test_the_same_key_twice_is_one_call(desk: PostDesk) -> None:
    assert desk.call(intent="gọi").id == desk.call(intent="gọi").id
    assert states(desk) == [PickupState.ASKED]


@pytest.mark.parametrize(("changes", "code"), [
    ({"name": " "}, "pickup_name_missing"), ({"phone": "không có"}, "phone_not_digits"),
    ({"address": PostalAddress("Tổ 9", "", "Tỉnh Mẫu")}, "address_part_missing"),
])
def test_a_call_that_nobody_could_find_is_refused(desk: PostDesk, changes: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        desk.call(sample_call(**changes))
    assert states(desk) == []


def test_the_papers_really_taken_stand_on_the_second_slip(desk: PostDesk) -> None:
    asked = desk.call()
    desk.move(asked.id, PickupState.COLLECTING, collector_name="Bưu tá Khác")
    call = sample_call()
    kept = replace(call.papers[0], keeps_original=True)
    taken = desk.move(asked.number, PickupState.COLLECTED, papers=(kept, call.papers[2]))
    slip = desk.paper(taken.job)
    assert [line.name for line in slip.papers] == [kept.name, call.papers[2].name]
    assert (slip.originals, slip.collector_name, slip.note) == ((kept.name,), "Bưu tá Khác", "")
    assert not slip.is_planned
    assert taken.number == asked.number


@pytest.mark.parametrize("state", list(PickupState))
def test_only_moves_of_the_table_are_made(desk: PostDesk, state: PickupState) -> None:
    asked = desk.call()
    if state is PickupState.RECEIVED:
        desk.move(asked.id, PickupState.COLLECTED)
        receive(desk, asked.id)
    elif state is not PickupState.ASKED:
        desk.move(asked.id, state, reason="thử")
    before = desk.lines()
    code = "pickup_received" if state is PickupState.RECEIVED else "pickup_not_now"
    for to in set(PickupState) - set(moves_from(state)):
        with pytest.raises(Refusal, match=code):
            desk.move(asked.id, to, reason="thử")
    assert desk.lines() == before


def test_nobody_at_home_and_a_cancelled_call_need_a_reason(desk: PostDesk) -> None:
    asked = desk.call()
    desk.move(asked.id, PickupState.COLLECTING)
    for to in (PickupState.ASKED, PickupState.CANCELLED):
        with pytest.raises(Refusal, match="reason_missing"):
            desk.move(asked.id, to)
    desk.move(asked.id, PickupState.ASKED, reason="Vắng nhà", visit="Chiều 25/11/2026")
    with desk.reading() as connection:
        found = find_pickup(connection, asked.number)
    assert found is not None and (found.note, found.visit) == ("Vắng nhà", "Chiều 25/11/2026")
    desk.move(asked.id, PickupState.CANCELLED, reason="Công dân tự đến nộp")
    assert states(desk) == []


def test_a_clock_set_back_does_not_hide_a_move(desk: PostDesk) -> None:
    asked = desk.call()
    desk.office.clock.at -= timedelta(hours=3)
    desk.move(asked.id, PickupState.COLLECTING)
    desk.office.clock.at -= timedelta(hours=3)
    desk.move(asked.id, PickupState.COLLECTED)
    assert states(desk) == [PickupState.COLLECTED]


def test_a_move_of_an_unknown_slip_is_refused(desk: PostDesk) -> None:
    with pytest.raises(Refusal, match="pickup_unknown"):
        desk.move("GT-261123-XXXX-009-X", PickupState.COLLECTED)


def begin(desk: PostDesk, pickup: str, intent: str = "nhận-thu-gom") -> Intake:
    with desk.reading() as connection:
        return pickup_intake(
            connection, desk.office.application.catalogue, pickup, intent=intent, now=desk.office.clock.now())


def receive(desk: PostDesk, pickup: str, intent: str = "nhận-thu-gom") -> str:
    return desk.receive(begin(desk, pickup, intent))


def test_collected_papers_begin_a_reception_and_it_ends_the_pick_up(desk: PostDesk) -> None:
    call = sample_call(return_method=ReturnMethod.POST, return_address=OLD, note="Gọi trước khi giao")
    asked = desk.call(call)
    desk.move(asked.id, PickupState.COLLECTED)
    received_at = desk.later(days=1)
    begun = begin(desk, asked.id)
    assert (begun.channel, begun.pickup, begun.return_method) == (3, asked.id, ReturnMethod.POST)
    assert begun.applicant is not None and begun.applicant.name == "Phan Văn Thử"
    code = desk.receive(begun)
    assert desk.held(code).body.received_at == received_at        # the deadline starts here, not at the door
    with desk.reading() as connection:
        found = find_pickup(connection, asked.id)
    assert found is not None and (found.state, found.code) == (PickupState.RECEIVED, code)
    assert states(desk) == []
    with pytest.raises(Refusal, match="pickup_received") as caught:
        begin(desk, asked.id, "lần hai")
    assert caught.value.values == {"number": asked.number, "code": code}


def test_a_paper_that_did_not_come_stands_as_missing(desk: PostDesk) -> None:
    asked = desk.call()
    desk.move(asked.id, PickupState.COLLECTED, papers=sample_call().papers[:1])
    begun = begin(desk, asked.id)
    assert [paper.status for paper in begun.papers] == [
        PaperStatus.PRESENT, PaperStatus.MISSING, PaperStatus.MISSING]
    with pytest.raises(Refusal, match="intake_incomplete"):
        desk.receive(begun)
    assert states(desk) == [PickupState.COLLECTED]


@pytest.mark.parametrize("state", [PickupState.ASKED, PickupState.COLLECTING, PickupState.CANCELLED])
def test_papers_that_are_not_here_begin_nothing(desk: PostDesk, state: PickupState) -> None:
    asked = desk.call()
    if state is not PickupState.ASKED:
        desk.move(asked.id, state, reason="thử")
    with pytest.raises(Refusal, match="pickup_not_collected"):
        begin(desk, asked.id)
