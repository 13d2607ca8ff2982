"""A supplement is asked once for everything; the clock stands until the citizen is back, at whatever counter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.dossier import State
from app.domain.intake import PaperGiven, PaperStatus
from app.domain.life.facts import Acknowledged, AgencyPaper, Gap, HandedOver, LineVerdict
from app.domain.life.states import Custody, Holder, Parcel, Source
from app.errors import Refusal
from app.services.rebuild import rebuild
from app.store.queries.dossiers import DossierList
from app.store.settings import write_setting
from tests.app.services.life.counter import CARD, GAPS, LETTER, Desk, at
from tests.app.store.older_books import columns_of, rows_of
from tests.office import sample_intake, with_kept_original


def test_asking_stops_the_clock_lists_the_dossier_and_prints_every_gap(desk: Desk) -> None:
    code = desk.receive(sample_intake("a"))
    asked = desk.ask(code, basis="Điều 14 Nghị định mẫu", bring_by=date(2026, 12, 4))
    life = desk.life(code)
    assert (life.business, life.requests, life.paused_since) == (State.SUPPLEMENT_ASKED, 1, desk.office.clock.at)
    assert desk.listed(DossierList.SUPPLEMENT) == [code] and desk.listed(DossierList.TO_HAND_OVER) == []
    paper = desk.paper(asked.jobs[0])
    assert [(line.name, line.certified) for line in paper.papers] == [("Bản sao căn cước hoặc hộ chiếu", 1)]
    assert paper.demands == ("Tờ khai: ghi lại mục 7",)
    assert (paper.times, paper.bring_by, paper.asked_by) == (1, date(2026, 12, 4), None)
    assert paper.is_clock_stopped
    assert paper.legal_basis == ("Điều 14 Nghị định mẫu",) and paper.due_at == life.due_at


def test_the_same_request_twice_is_one(desk: Desk) -> None:
    code = desk.receive(sample_intake("a"))
    first, again = desk.ask(code, intent="xin"), desk.ask(code, intent="xin")
    assert (first.op_id, first.request, first.jobs) == (again.op_id, again.request, again.jobs)
    assert (first.is_new, again.is_new, desk.life(code).requests) == (True, False, 1)
    brought, once_more = desk.bring(code, intent="đem"), desk.bring(code, intent="đem")
    assert (brought.due, brought.jobs) == (once_more.due, once_more.jobs) and not once_more.is_new


@pytest.mark.parametrize(("gaps", "values", "refusal"), [
    ((), {}, "supplement_empty"),
    ((Gap("  ", "2", certified=1),), {}, "gap_without_name"),
    ((Gap("Tờ khai", "1"),), {}, "gap_says_nothing"),
    (GAPS, {"reason": " "}, "reason_empty"),
    (GAPS, {"reason": "Thiếu: …."}, "reason_unfinished"),
    (GAPS, {"bring_by": date(2026, 11, 22)}, "bring_by_past"),
    (GAPS, {"paper": AgencyPaper("supplement", "5/YC", None, "Lê Mẫu")}, "agency_paper_incomplete"),
    (GAPS, {"paper": AgencyPaper("supplement", "5/YC", date(2026, 11, 24), "Lê Mẫu")}, "agency_paper_future"),
])
def test_a_request_that_would_not_help_is_refused(
    desk: Desk, gaps: tuple[Gap, ...], values: dict[str, object], refusal: str
) -> None:
    code = desk.receive(sample_intake("a"))
    with pytest.raises(Refusal, match=refusal):
        desk.ask(code, gaps, **values)
    assert desk.life(code).business is State.RECEIVED


def test_a_second_request_warns_and_counts_as_late_once_it_is_meant(desk: Desk) -> None:
    code = desk.receive(sample_intake("a"))
    desk.ask(code)
    with pytest.raises(Refusal, match="supplement_already_asked"):
        desk.ask(code)
    desk.bring(code)
    with pytest.raises(Refusal) as warned:
        desk.ask(code)
    assert (warned.value.code, warned.value.values["times"]) == ("supplement_asked_before", 2)
    again = desk.ask(code, is_again_meant=True)
    assert (again.request, desk.life(code).counts_as_late) == (2, True)
    assert desk.paper(again.jobs[0]).times == 2


def test_a_request_of_the_agency_is_shown_as_its_paper_says(desk: Desk) -> None:
    code = desk.receive(sample_intake("a"))
    asked = desk.ask(code, paper=AgencyPaper("supplement", "5/YC-THU", date(2026, 11, 20), "Lê Mẫu"))
    held = desk.known(code)
    assert [(event.source, event.name) for event in held.events] == [(Source.PAPER, "Trần Thị Thử")]
    said = desk.paper(asked.jobs[0]).asked_by
    assert (said.agency_name, said.number, said.signer_name) == ("Công an tỉnh Mẫu", "5/YC-THU", "Lê Mẫu")
    # Written down late: the clock stands from now, not from the day on the paper.
    assert held.life.paused_since == desk.office.clock.at


def test_what_is_brought_joins_the_originals_and_gives_a_new_date_with_its_sheet(desk: Desk) -> None:
    code = desk.receive(with_kept_original(sample_intake("a")))
    before = desk.life(code).due_at
    assert before is not None
    desk.ask(code)
    desk.office.clock.advance(timedelta(days=7))
    kept = replace(CARD, certified=0, originals=2, keeps_original=True)
    brought = desk.bring(code, (kept, PaperGiven("1", "Tờ khai yêu cầu (Mẫu thử)", PaperStatus.PRESENT, True, 1,
                                                 keeps_original=True)))
    life = desk.life(code)
    assert [(one.id, one.holder) for one in life.originals] == [
        ("1#1", Holder.COUNTER), ("2#1", Holder.COUNTER), ("2#2", Holder.COUNTER), ("1#2", Holder.COUNTER)]
    assert brought.originals == 3 and brought.due is not None
    assert (life.business, life.due_at, life.original_due_at) == (State.RECEIVED, brought.due.at, before)
    sheet = desk.paper(brought.jobs[0])
    assert (sheet.original_due_at, sheet.due_at) == (before, brought.due.at)
    assert [part.title for part in sheet.parts] == ["Khi tiếp nhận", "Công dân đã bổ sung hồ sơ (30/11/2026)"]
    assert all(part.sentences for part in sheet.parts)
    labels = [desk.paper(job) for job in brought.jobs[1:]]
    assert [(label.requirement, label.number, label.count) for label in labels] == [("2", 1, 2), ("2", 2, 2),
                                                                                   ("1", 2, 2)]


def test_a_counter_without_labels_asks_for_none(desk: Desk) -> None:
    with desk.office.application.database.writing() as connection:
        write_setting(connection, "printing", {"original_label": {"copies": 0}})
    code = desk.receive(sample_intake("a"))
    desk.ask(code)
    assert len(desk.bring(code, (replace(CARD, originals=1, keeps_original=True),)).jobs) == 1


@pytest.mark.parametrize(("papers", "values", "refusal"), [
    ((), {}, "supplement_nothing_brought"),
    ((CARD,), {"is_whole": False}, "supplement_note_missing"),
    ((replace(CARD, certified=0),), {}, "supplement_paper_empty"),
    ((replace(CARD, status=PaperStatus.MISSING),), {}, "supplement_paper_empty"),
])
def test_bringing_nothing_that_can_be_named_is_refused(
    desk: Desk, papers: tuple[PaperGiven, ...], values: dict[str, object], refusal: str
) -> None:
    code = desk.receive(sample_intake("a"))
    desk.ask(code)
    with pytest.raises(Refusal, match=refusal):
        desk.bring(code, papers, **values)
    assert desk.life(code).paused_since is not None


def test_nothing_can_be_brought_where_nothing_was_asked(desk: Desk) -> None:
    code = desk.receive(sample_intake("a"))
    with pytest.raises(Refusal, match="no_supplement_open"):
        desk.bring(code)


def test_papers_brought_while_the_rest_is_with_the_agency_are_to_be_handed_over(desk: Desk) -> None:
    code = desk.receive(sample_intake("a"))
    desk.act(code, HandedOver("m1"))
    desk.act(code, Acknowledged("m1", LineVerdict.ACCEPTED, by_name="Lê Mẫu"))
    desk.ask(code, paper=replace(LETTER, kind="supplement"))
    desk.bring(code)
    life = desk.life(code)
    assert (life.business, life.custody, life.parcel) == (State.IN_PROCESS, Custody.COUNTER, Parcel.SUPPLEMENT)
    assert desk.listed(DossierList.TO_HAND_OVER) == [code]


def test_a_procedure_without_a_time_stays_without_a_date(desk: Desk) -> None:
    code = desk.receive(sample_intake("a", procedure="1.000001"))
    desk.ask(code)
    desk.office.clock.advance(timedelta(days=30))
    brought = desk.bring(code)
    assert (brought.due, brought.jobs, desk.life(code).due_changes) == (None, (), ())


def test_a_slip_printed_again_says_what_the_first_one_said(desk: Desk) -> None:
    code = desk.receive(sample_intake("a"))
    asked = desk.ask(code)
    first = desk.paper(asked.jobs[0])
    desk.office.clock.advance(timedelta(days=3))
    brought = desk.bring(code)
    sheet = desk.paper(brought.jobs[0])
    desk.extend(code, at("2026-12-31 17:00"))
    desk.ask(code, is_again_meant=True)
    assert desk.paper(asked.jobs[0]) == first
    assert desk.paper(brought.jobs[0]) == sheet


def test_a_rebuild_gives_the_same_supplements(desk: Desk) -> None:
    code = desk.receive(with_kept_original(sample_intake("a")))
    desk.ask(code)
    desk.office.clock.advance(timedelta(days=1))
    desk.bring(code, (replace(CARD, keeps_original=True, originals=1),))
    with desk.office.application.database.writing() as connection:
        columns = columns_of(connection)
        before = rows_of(connection, columns)
        rebuild(connection)
        assert rows_of(connection, columns) == before
