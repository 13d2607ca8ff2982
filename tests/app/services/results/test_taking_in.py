"""Results come in by list: matched, shelved, labelled; what does not fit is refused before anything is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.dossier import State
from app.domain.life.facts import AgencySaid, Gap, ResultPaper, SupplementAsked, Withdrawn
from app.domain.life.states import Custody, Delivery, Holder
from app.domain.paper_number import PaperKind, read_paper_number
from app.domain.result_arrival import Doubt
from app.domain.route_papers import ResultHandoverPaper, ShelfLabel
from app.domain.shelf import ShelfRule, ShelfWay, propose_shelf, tidy_shelf
from app.errors import Refusal
from app.services.courier import note_contact
from app.services.results.shelves import use_rule
from app.services.results.taking_in import Arrived, expect_result
from app.store.queries.dossiers import DossierList
from tests.app.services.results.counter import CARD, Desk, build_paper, owing, with_original
from tests.office import sample_intake

DAY = date(2026, 11, 23)


def test_a_list_shelves_each_result_and_asks_for_its_label(desk: Desk) -> None:
    one, two = desk.receive(), desk.receive(owing("nợ phí"))
    for code in (one, two):
        desk.hand_over(code)
    taken = desk.take(one, two)
    assert taken.places == ((one, "A-01"), (two, "A-02"))
    number = read_paper_number(taken.number)
    assert number is not None and (number.kind, number.day, number.n) == (PaperKind.RESULTS, DAY, 1)
    assert desk.listed(DossierList.READY) == [two, one]
    assert (desk.life(one).business, desk.life(one).delivery) == (State.DONE, Delivery.SHELF)
    with desk.connect() as connection:
        papers = [build_paper(connection, desk, job) for job in taken.jobs]
    labels = [paper for paper in papers if isinstance(paper, ShelfLabel)]
    assert [(each.code, each.shelf, each.owes) for each in labels] == [(one, "A-01", False), (two, "A-02", True)]
    (handover,) = [paper for paper in papers if isinstance(paper, ResultHandoverPaper)]
    assert (handover.number, handover.agency_name) == (taken.number, "Công an tỉnh Mẫu")
    assert [(line.code, line.owes, line.result_number) for line in handover.lines] == [
        (one, False, "123/PLLTP"), (two, True, "123/PLLTP")
    ]


def test_the_same_list_sent_twice_is_one_list(desk: Desk) -> None:
    code = desk.receive()
    desk.hand_over(code)
    first, again = desk.take(code, intent="f12"), desk.take(code, intent="f12")
    assert (first.is_new, again.is_new) == (True, False)
    assert replace(again, is_new=True) == first
    with pytest.raises(Refusal, match="result_already_in"):
        desk.take(code)
    with pytest.raises(Refusal, match="intent_reused"):
        desk.take(desk.receive(), intent="f12")


def test_no_list_is_printed_where_the_agency_brought_its_own(desk: Desk) -> None:
    code = desk.receive()
    desk.hand_over(code)
    taken = desk.take(code, delivery="15/BGKQ", giver_name="Võ Thị Giao")
    assert [job for job in taken.jobs if "result_handover" in job] == []


def test_numbers_of_lists_go_on_and_begin_anew_each_day(desk: Desk) -> None:
    numbers = []
    for turn in range(3):
        if turn == 2:
            desk.office.clock.advance(timedelta(days=1))
        code = desk.receive()
        desk.hand_over(code)
        numbers.append(read_paper_number(desk.take(code).number))
    assert [(each.day.day, each.n) for each in numbers if each] == [(23, 1), (23, 2), (24, 1)]


def test_an_acknowledgement_that_never_came_is_answered_by_the_result(desk: Desk) -> None:
    code = desk.receive()
    desk.hand_over(code, is_acknowledged=False)
    desk.take(code)
    assert desk.life(code).custody is Custody.AGENCY
    assert desk.listed(DossierList.UNACKNOWLEDGED) == []


@pytest.mark.parametrize(("prepare", "doubt"), [
    ("nothing", Doubt.NEVER_HANDED_OVER), ("supplement", Doubt.SUPPLEMENT_OPEN), ("payment", Doubt.PAYMENT_OPEN),
])
def test_an_unexpected_result_waits_for_the_clerks_word(desk: Desk, prepare: str, doubt: Doubt) -> None:
    code = desk.receive()
    if prepare != "nothing":
        desk.hand_over(code)
        said = SupplementAsked(1, (Gap("Ảnh"),), "thiếu ảnh") if prepare == "supplement" else AgencySaid(
            State.PAYMENT_ASKED, "thuế")
        desk.do(said, code)
    before = desk.lines()
    with pytest.raises(Refusal) as refused:
        desk.take(code)
    assert (refused.value.code, refused.value.values["doubt"]) == ("result_not_expected", str(doubt))
    assert desk.lines() == before
    desk.take(Arrived(code, CARD, is_meant=True))
    assert desk.life(code).delivery is Delivery.SHELF
    assert desk.life(code).paused_since is None, "the result ends the waiting"


@pytest.mark.parametrize("state", ["withdrawn", "stopped"])
def test_an_ended_dossier_has_no_result(desk: Desk, state: str) -> None:
    code = desk.receive()
    desk.hand_over(code)
    desk.do(Withdrawn("đổi ý", "Mẫu") if state == "withdrawn" else AgencySaid(State.STOPPED, "dừng"), code)
    with pytest.raises(Refusal, match="result_not_now"):
        desk.take(Arrived(code, CARD, is_meant=True))
    with desk.reading() as connection, pytest.raises(Refusal, match="result_not_now"):
        expect_result(connection, code)


def test_one_list_is_of_one_agency(desk: Desk) -> None:
    ours, other = desk.receive(), desk.receive(sample_intake("xd", procedure="1.013225"))
    for code in (ours, other):
        desk.hand_over(code)
    with pytest.raises(Refusal) as refused:
        desk.take(ours, other)
    assert (refused.value.code, refused.value.values["agency"]) == (
        "result_other_agency", "Sở Xây dựng tỉnh Mẫu")
    assert desk.life(ours).delivery is Delivery.NONE, "all of the list, or nothing"


def test_a_result_says_what_it_is(desk: Desk) -> None:
    code = desk.receive()
    desk.hand_over(code)
    with pytest.raises(Refusal, match="result_kind_missing"):
        desk.take(Arrived(code, ResultPaper(" ")))
    with pytest.raises(Refusal, match="nothing_to_do"):
        desk.take()


def test_a_refusal_of_the_agency_is_a_result_and_says_so_on_the_list(desk: Desk) -> None:
    code = desk.receive()
    desk.hand_over(code)
    taken = desk.take(Arrived(code, ResultPaper("Văn bản từ chối", "9/CV", DAY, is_negative=True)))
    with desk.connect() as connection:
        handover = build_paper(connection, desk, taken.jobs[-1])
    assert handover.lines[0].note == "Văn bản không giải quyết"
    assert desk.life(code).business is State.DONE


def test_only_originals_that_came_back_are_here_again(desk: Desk) -> None:
    code = desk.receive(with_original("gốc"))
    desk.hand_over(code, "1#1")
    with desk.reading() as connection:
        expected = expect_result(connection, code)
    assert [(one.id, one.holder) for one in expected.originals] == [("1#1", Holder.AGENCY)]
    desk.take(Arrived(code, CARD, ("1#1",)))
    assert [one.holder for one in desk.life(code).originals] == [Holder.COUNTER]


def test_a_dossier_that_is_not_here_says_when_the_province_was_last_heard(desk: Desk) -> None:
    unknown = "H47.15-261123-0999"
    with pytest.raises(Refusal, match="dossier_not_here_yet"):
        desk.take(unknown)
    with desk.connect() as connection:
        note_contact(connection, desk.office.clock.now(), 0)
    with pytest.raises(Refusal) as refused:
        desk.take(unknown)
    assert refused.value.code == "dossier_not_here"
    assert refused.value.values["heard_at"] == desk.office.clock.now()


@pytest.mark.parametrize(("rule", "taken", "place"), [
    (ShelfRule(), set(), "A-01"),
    (ShelfRule(), {"A-01", "A-03"}, "A-02"),
    (ShelfRule(shelves=("A", "B"), places=1), {"A-01"}, "B-01"),
    (ShelfRule(shelves=("A",), places=1), {"A-01"}, ""),
    (ShelfRule(ShelfWay.DAY), {"23-01"}, "23-02"),
    (ShelfRule(ShelfWay.DIGITS), {"42"}, "42"),
])
def test_the_next_place_follows_the_rule_of_the_office(rule: ShelfRule, taken: set[str], place: str) -> None:
    assert propose_shelf(rule, "H47.15-261123-0042", DAY, taken) == place


def test_a_typed_place_is_kept_tidy_and_a_full_shelf_asks_for_one(desk: Desk) -> None:
    assert [tidy_shelf(text) for text in (" b - 7 ", "tủ 2", "")] == ["B-7", "TỦ2", ""]
    with desk.connect() as connection:
        use_rule(connection, ShelfRule(shelves=("A",), places=1))
    one, two = desk.receive(), desk.receive()
    for code in (one, two):
        desk.hand_over(code)
    with pytest.raises(Refusal, match="shelf_full"):
        desk.take(one, two)
    taken = desk.take(one, Arrived(two, CARD, shelf=" tủ 2"))
    assert taken.places == ((one, "A-01"), (two, "TỦ2"))
