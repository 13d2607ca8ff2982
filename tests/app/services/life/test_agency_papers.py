"""What the settling agency's papers say is written down as its word, complete, and never signed by a clerk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.dossier import State
from app.domain.intake import PaperStatus
from app.domain.life.facts import AgencyPaper, HandedOver
from app.domain.life.states import Source
from app.errors import Refusal
from app.services.life.agency_papers import note_settled, note_stop, note_taken_up_again
from app.services.life.agency_word import named_due
from app.services.life.sheets import Sheet, ask_sheet
from app.store.queries.dossiers import DossierList
from tests.app.services.life.counter import LETTER, Desk, at
from tests.office import sample_intake, with_kept_original

LATER = at("2026-12-15 17:00")


def test_an_extension_moves_the_date_and_keeps_the_old_one_with_the_paper(desk: Desk) -> None:
    code = desk.receive(sample_intake("a"))
    before = desk.life(code).due_at
    noted = desk.extend(code, LATER)
    life = desk.life(code)
    assert (life.due_at, life.original_due_at, life.business) == (LATER, before, State.RECEIVED)
    (change,) = life.due_changes
    assert (change.before, change.paper, change.source, change.by_name) == (
        before, LETTER, Source.PAPER, "Trần Thị Thử")
    paper = desk.paper(noted.jobs[0])
    assert (paper.original_due_at, paper.due_at, paper.new_due_at, paper.times) == (before, before, LATER, 1)
    assert (paper.paper.number, paper.paper.signer_name, paper.paper.agency_name) == (
        "12/PXL-THU", "Lê Mẫu", "Công an tỉnh Mẫu")


@pytest.mark.parametrize(("paper", "missing"), [
    (replace(LETTER, number=" "), "number"), (replace(LETTER, day=None), "day"),
    (replace(LETTER, signer=""), "signer"),
])
def test_a_paper_without_number_day_or_signer_cannot_move_a_date(
    desk: Desk, paper: AgencyPaper, missing: str
) -> None:
    code = desk.receive(sample_intake("a"))
    with pytest.raises(Refusal, match="agency_paper_incomplete") as refused:
        desk.extend(code, LATER, paper=paper)
    assert refused.value.values["missing"] == missing and desk.life(code).due_changes == ()


def test_an_extension_is_later_than_the_promise_once_and_of_an_open_dossier(desk: Desk) -> None:
    code = desk.receive(sample_intake("a"))
    with pytest.raises(Refusal, match="extension_not_later"):
        desk.extend(code, at("2026-11-24 09:00"))
    desk.extend(code, LATER)
    with pytest.raises(Refusal, match="extended_before") as refused:
        desk.extend(code, LATER + timedelta(days=3))
    assert refused.value.values["times"] == 2
    desk.extend(code, LATER + timedelta(days=3), is_again_meant=True)
    assert len(desk.life(code).due_changes) == 2
    desk.withdraw(code)
    with pytest.raises(Refusal, match="extension_not_now"):
        desk.extend(code, LATER + timedelta(days=9), is_again_meant=True)


def test_an_overdue_dossier_can_still_be_extended(desk: Desk) -> None:
    code = desk.receive(sample_intake("a"))
    desk.office.clock.advance(timedelta(days=30))
    desk.extend(code, at("2026-12-31 17:00"))
    assert desk.life(code).due_at == at("2026-12-31 17:00")


def test_a_stop_names_what_lies_here_and_the_originals_stay_owed(desk: Desk) -> None:
    code = desk.receive(with_kept_original(sample_intake("a")))
    noted = desk.do(note_stop, code, "Quá hạn bổ sung", replace(LETTER, kind="stop"))
    life = desk.life(code)
    assert (life.business, desk.known(code).events[-1].source) == (State.STOPPED, Source.PAPER)
    paper = desk.paper(noted.jobs[0])
    assert [line.name for line in paper.papers_back] == [
        each.name for each in desk.known(code).body.intake.papers if each.status is PaperStatus.PRESENT]
    assert paper.stopped_on == LETTER.day
    assert desk.listed(DossierList.ORIGINALS) == [code]


def test_a_stop_while_the_papers_travel_promises_nothing_at_the_counter(desk: Desk) -> None:
    code = desk.receive(with_kept_original(sample_intake("a")))
    desk.act(code, HandedOver("m1"))
    noted = desk.do(note_stop, code, "Quá hạn bổ sung", LETTER)
    assert [(line.name, line.originals) for line in desk.paper(noted.jobs[0]).papers_back] == [
        ("Tờ khai yêu cầu (Mẫu thử)", 1)]                                  # its original stayed here


def test_a_stopped_dossier_goes_on_by_the_agencys_word_and_date_alone(desk: Desk) -> None:
    code = desk.receive(sample_intake("a"))
    with pytest.raises(Refusal, match="not_stopped"):
        desk.do(note_taken_up_again, code, "Đã đủ điều kiện", LETTER, LATER)
    desk.do(note_stop, code, "Quá hạn bổ sung", LETTER)
    with pytest.raises(Refusal, match="new_due_missing"):
        desk.do(note_taken_up_again, code, "Đã đủ điều kiện", LETTER, None)
    desk.do(note_taken_up_again, code, "Đã đủ điều kiện", LETTER, LATER)
    life = desk.life(code)
    assert (life.business, life.due_at) == (State.IN_PROCESS, LATER)


def test_the_same_word_of_the_agency_twice_is_said_to_be_known(desk: Desk) -> None:
    code = desk.receive(sample_intake("a"))
    desk.do(note_settled, code, "", LETTER)
    assert desk.life(code).business is State.DONE
    with pytest.raises(Refusal, match="agency_word_known"):
        desk.do(note_settled, code, "", LETTER)


def test_a_payment_asked_by_the_agency_stops_the_clock_until_the_proof_is_shown(desk: Desk) -> None:
    code = desk.receive(sample_intake("a", procedure="1.013225"))
    due = desk.life(code).due_at
    assert due is not None
    desk.office.clock.at = at("2026-11-25 09:00")
    desk.owe(code)
    assert desk.listed(DossierList.PAYMENT) == [code]
    desk.office.clock.at = at("2026-11-27 09:00")
    with pytest.raises(Refusal, match="payment_proof_missing"):
        desk.pay(code, " ")
    with pytest.raises(Refusal, match="amount_below_zero"):
        desk.pay(code, amount=-1)
    paid = desk.pay(code, amount=1_200_000)
    life = desk.life(code)
    assert (life.business, life.due_at) == (State.RECEIVED, due + timedelta(days=2)) and paid.jobs
    with pytest.raises(Refusal, match="no_payment_open"):
        desk.pay(code)


@pytest.mark.parametrize(("day", "ends"), [
    (date(2026, 12, 4), "2026-12-04 17:00"), (date(2026, 12, 5), "2026-12-05 17:00"),
    (date(2026, 11, 24), "2026-11-24 17:00"),
])
def test_a_day_that_an_agency_names_is_given_whole(desk: Desk, day: date, ends: str) -> None:
    assert named_due(day, desk.office.application.rules) == at(ends)


@pytest.mark.parametrize("sheet", Sheet)
def test_a_sheet_asked_for_leaves_a_line_and_keeps_saying_what_was_known_then(desk: Desk, sheet: Sheet) -> None:
    code = desk.receive(sample_intake("a"))
    desk.ask(code)
    job = desk.do(ask_sheet, code, sheet, intent="in")
    first: Any = desk.paper(job)
    assert desk.do(ask_sheet, code, sheet, intent="in") == job
    desk.office.clock.advance(timedelta(days=1))
    desk.bring(code)
    desk.extend(code, LATER)
    assert desk.paper(job) == first
    with pytest.raises(Refusal, match="intent_reused"):
        desk.do(ask_sheet, code, next(other for other in Sheet if other is not sheet), intent="in")


def test_the_history_says_whose_word_each_line_is(desk: Desk) -> None:
    code = desk.receive(sample_intake("a"))
    desk.ask(code)
    desk.office.clock.advance(timedelta(hours=1))
    desk.bring(code)
    desk.office.clock.advance(timedelta(hours=1))
    desk.extend(code, LATER)
    history = desk.paper(desk.do(ask_sheet, code, Sheet.HISTORY))
    assert [(line.event, line.source) for line in history.lines] == [
        ("Tiếp nhận hồ sơ", ""), ("Yêu cầu bổ sung", ""), ("Nhận hồ sơ bổ sung", ""),
        ("Cơ quan xin lỗi và gia hạn", "Ghi từ giấy của cơ quan"),
    ]
    assert (history.state, history.due_at) == ("Được tiếp nhận", LATER)
