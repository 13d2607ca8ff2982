"""A form that is refused becomes no dossier, uses no dossier number, and its draft and pages wait for nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.domain.applicant import Person, Submitter
from app.domain.dossier_papers import RefusalReason
from app.domain.intake import Intake
from app.errors import Refusal
from app.services.drafts import list_drafts, save_draft
from app.services.life.refusal import Refused, refuse_intake
from app.services.rebuild import rebuild
from app.services.scan_tray import waiting_pages
from app.store.tables import dossiers, journal, refusals
from tests.app.services.life.counter import Counters, Desk
from tests.app.services.scans import page_bytes, scan
from tests.app.store.older_books import columns_of, rows_of
from tests.office import sample_intake

WHY = (RefusalReason("Thủ tục không tiếp nhận tại điểm này.", "Nghị định mẫu"),)


def refuse(desk: Desk, intake: Intake, reasons: tuple[RefusalReason, ...] = WHY, **values: object) -> Refused:
    office = desk.office.application
    with office.database.writing() as connection:
        return refuse_intake(
            connection, office.enrolled, desk.office.clerk, office.rules, intake, reasons,
            now=desk.office.clock.now(), randomness=desk.office.noise.randbytes, **values,  # type: ignore[arg-type]
        )


def test_a_refusal_has_its_own_number_and_leaves_the_dossier_numbers_alone(desk: Desk) -> None:
    first, second = refuse(desk, sample_intake("a")), refuse(desk, sample_intake("b"))
    assert (first.number, second.number) == (1, 2)
    assert desk.receive(sample_intake("c")).endswith("-0001")
    with desk.reading() as connection:
        assert connection.execute(select(dossiers.c.code)).scalars().all() == ["H47.15-261123-0001"]
        rows = connection.execute(select(refusals).order_by(refusals.c.number)).all()
    assert [(row.number, row.name, row.reason) for row in rows] == [
        (number, "Nguyễn Thị Mẫu Ánh", WHY[0].text) for number in ("1", "2")]


def test_the_paper_names_reasons_law_and_papers_and_no_code(desk: Desk) -> None:
    done = refuse(desk, sample_intake("a"), advice="Nộp tại Công an xã")
    paper = desk.paper(done.jobs[0])
    assert (paper.subject.code, paper.number, paper.reasons, paper.advice) == ("", 1, WHY, "Nộp tại Công an xã")
    assert paper.papers_back[0].name == "Tờ khai yêu cầu (Mẫu thử)"
    assert paper.form_set == "03/2025" and paper.submitted_at is None


def test_what_is_kept_of_a_refused_person_is_masked(desk: Desk) -> None:
    friend = Submitter(Person("Lê Ví Dụ", "049190000999", card_text="thẻ|thử"), is_delegate=True)
    refuse(desk, replace(sample_intake("a"), submitter=friend))
    with desk.reading() as connection:
        payload = connection.execute(select(journal.c.payload)).scalars().one()
    assert "049190004217" not in payload and "049190000999" not in payload and "thẻ|thử" not in payload
    assert "049*******17" in payload and "1990-03-07" not in payload


def test_an_online_dossier_is_refused_with_its_code_and_the_number_the_form_asks_for(desk: Desk) -> None:
    submitted = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    done = refuse(desk, sample_intake("a"), national_code="h47.15-261120-9001", submitted_at=submitted)
    paper = desk.paper(done.jobs[0])
    assert (paper.subject.code, paper.subject.identifier) == ("H47.15-261120-9001", "049190004217")
    assert paper.submitted_at == submitted
    code = desk.receive(sample_intake("b"))
    with pytest.raises(Refusal, match="dossier_exists"):
        refuse(desk, sample_intake("c"), national_code=code)


def test_a_form_is_a_dossier_or_a_refusal_and_never_both(desk: Desk) -> None:
    desk.receive(sample_intake("a"))
    with pytest.raises(Refusal, match="already_received"):
        refuse(desk, sample_intake("a"))
    done = refuse(desk, sample_intake("b"))
    with pytest.raises(Refusal, match="already_refused"):
        desk.receive(sample_intake("b"))
    again = refuse(desk, sample_intake("b"))
    assert (again.op_id, again.number, again.is_new) == (done.op_id, 1, False)


@pytest.mark.parametrize(("values", "reasons", "refusal"), [
    ({"procedure": None}, WHY, "refusal_procedure_missing"),
    ({"applicant": None}, WHY, "refusal_person_missing"),
    ({}, (), "refusal_reason_missing"),
    ({}, (RefusalReason(" "),), "reason_empty"),
    ({}, (RefusalReason("Thiếu: …"),), "reason_unfinished"),
])
def test_a_refusal_names_what_whom_and_why(
    desk: Desk, values: dict[str, object], reasons: tuple[RefusalReason, ...], refusal: str
) -> None:
    intake = replace(sample_intake("a"), **values)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match=refusal):
        refuse(desk, intake, reasons)


def test_the_draft_ends_and_its_scanned_pages_wait_no_more(desk: Desk) -> None:
    office = desk.office
    with office.application.database.writing() as connection:
        save_draft(connection, intent="a", label="Ánh", clerk="nv-1", form={"x": 1}, now=office.clock.now())
    for ordinal in (1, 2):
        scan(office, "a", page_bytes(ordinal), ordinal=ordinal)
    with desk.reading() as connection:
        assert [(tray.intent, tray.count) for tray in waiting_pages(connection)] == [("a", 2)]
    refuse(desk, sample_intake("a"))
    with office.application.database.writing() as connection:
        # The keeper's last save comes after the refusal: the form stays ended.
        save_draft(connection, intent="a", label="Ánh", clerk="nv-1", form={"x": 1}, now=office.clock.now())
        assert list_drafts(connection) == () and waiting_pages(connection) == ()


def test_a_refusal_is_seen_at_the_next_counter_and_rebuilt_alike(counters: Counters) -> None:
    here, there, _ = counters.desks
    refuse(here, sample_intake("a"))
    counters.meet()
    refuse(there, sample_intake("a2"))
    counters.meet()
    told = []
    for desk in (here, there):
        with desk.office.application.database.writing() as connection:
            columns = columns_of(connection)
            before = rows_of(connection, columns)
            told.append(connection.execute(select(refusals.c.id, refusals.c.name).order_by(refusals.c.id)).all())
            rebuild(connection)
            assert rows_of(connection, columns) == before
    assert told[0] == told[1] and len(told[0]) == 2
