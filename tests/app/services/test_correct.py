from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.domain.applicant import Applicant, Person, Submitter
from app.domain.intake import ChargedFee, FeeTiming, Intake, PaperStatus, ReturnMethod
from app.domain.procedure import ProcessingTime, TimeUnit
from app.domain.vietnam_time import VIETNAM
from app.errors import Refusal
from app.services import receipts
from app.services.correct import Corrected, correct_dossier
from app.services.reveal import reveal_person
from app.services.stored_dossier import read_dossier, read_version
from app.store.queries.dossiers import Reach, by_identifier, by_phone_end, search_names
from app.store.tables import journal
from tests.app.services.neighbour import Feed, neighbours_work
from tests.office import Office, office_in, sample_intake

ANYWHERE = Reach("2026-11-23", "quay-1", 1, 0)
Change = Callable[[Intake], Intake]


def correct(
    office: Office, code: str, change: Change, *, base: int = 1, intent: str = "sửa-1", reason: str = "gõ nhầm",
) -> Corrected:
    """What the window does: take the dossier as it stands, change the form, store it."""
    with office.application.database.writing() as connection:
        intake = read_dossier(connection, code).body.intake
        return correct_dossier(
            connection, office.application.enrolled, office.clerk, office.application.rules, code, change(intake),
            reason, base_version=base, intent=intent, now=office.clock.now(), randomness=office.noise.randbytes,
        )


def person(**values: Any) -> Change:
    def change(intake: Intake) -> Intake:
        assert intake.applicant is not None and intake.applicant.person is not None
        return replace(intake, applicant=Applicant(replace(intake.applicant.person, **values)))

    return change


def form(**values: Any) -> Change:
    return lambda intake: replace(intake, **values)


def paper(number: int, **values: Any) -> Change:
    def change(intake: Intake) -> Intake:
        papers = list(intake.papers)
        papers[number] = replace(papers[number], **values)
        return replace(intake, papers=tuple(papers))

    return change


def procedure(**values: Any) -> Change:
    def change(intake: Intake) -> Intake:
        assert intake.procedure is not None
        return replace(intake, procedure=replace(intake.procedure, **values))

    return change


FIELDS: tuple[tuple[str, Change, set[str]], ...] = (
    ("name", person(full_name="Nguyễn Thị Sửa"), {"applicant.person.full_name"}),
    ("number", person(personal_id="049190009999"), {"applicant.person.personal_id"}),
    ("birth date", person(birth_date=date(1991, 3, 7)), {"applicant.person.birth_date"}),
    ("phone", person(phone="0905999888"), {"applicant.person.phone"}),
    ("address", person(address="Xã Mẫu mới"), {"applicant.person.address"}),
    ("submitter", form(submitter=Submitter(Person("Lê Văn Nộp Hộ"), is_delegate=True)), {"submitter"}),
    ("a paper's count", paper(0, originals=2), {"papers[0].originals"}),
    ("a missing paper", paper(1, status=PaperStatus.MISSING, missing_reason="bổ sung sau"),
     {"papers[1].status", "papers[1].missing_reason"}),
    ("sets", form(sets=2), {"sets"}),
    ("fees", form(fees=(ChargedFee("Phí cấp phiếu", "fee", 100_000),)), {"fees[0].amount", "fees[0].basis"}),
    ("exemption", form(fee_timing=FeeTiming.EXEMPT, exemption_reason="hộ nghèo",
                       exemption_proof="giấy số 1 (mẫu)"),
     {"fee_timing", "exemption_reason", "exemption_proof"}),
    ("return by post", form(return_method=ReturnMethod.POST, return_address="Xã Thử"),
     {"return_method", "return_address"}),
    ("note", form(note="khách hẹn chiều"), {"note"}),
    ("case", procedure(case="2", case_name="Khác"), {"procedure.case", "procedure.case_name"}),
)


@pytest.mark.parametrize(("change", "paths"), [row[1:] for row in FIELDS], ids=[row[0] for row in FIELDS])
def test_any_field_can_be_corrected_and_the_change_is_said(
    tmp_path: Path, change: Change, paths: set[str],
) -> None:
    with office_in(tmp_path) as office:
        before = office.receive(sample_intake("a")).dossier
        office.clock.advance(timedelta(minutes=3))
        done = correct(office, before.code, change)
        with office.application.database.reading() as connection:
            stored = read_dossier(connection, before.code)
            first = read_version(connection, before.code, 1)
    assert {path for path, _, _ in done.changes} == paths
    after = stored.body
    assert (after.version, after.code, after.received_at, after.book_number, after.secret) == (
        2, before.code, before.received_at, before.book_number, before.secret,
    )
    assert first == before, "version 1 stays what it was"
    assert [(line.version, line.reason) for line in stored.versions] == [(1, ""), (2, "gõ nhầm")]


def test_a_correction_asks_for_the_receipt_of_version_two_which_says_why(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        code = office.receive(sample_intake("a")).dossier.code
        done = correct(office, code, person(full_name="Nguyễn Thị Sửa"))
        with office.application.database.reading() as connection:
            job = receipts.print_job(connection, office.application.enrolled, done.print_job)
            waiting = [(each.version, each.copy_number) for each in receipts.open_prints(connection)]
    assert (job.paper.version, job.paper.correction, job.paper.applicant_name) == (2, "gõ nhầm", "Nguyễn Thị Sửa")
    assert job.mark is None
    assert waiting == [(1, 0), (2, 0)]


def test_search_finds_the_new_values_and_not_the_old(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        code = office.receive(sample_intake("a")).dossier.code
        correct(office, code, person(full_name="Đinh Văn Ước", personal_id="001090000001", phone="0912777666"))
        with office.application.database.reading() as connection:
            found = {
                "old name": search_names(connection, "nguyen thi mau", ANYWHERE),
                "old number": by_identifier(connection, "049190004217", ANYWHERE),
                "old phone": by_phone_end(connection, "0123", ANYWHERE),
                "new name": search_names(connection, "dinh van uoc", ANYWHERE),
                "new number": by_identifier(connection, "001090000001", ANYWHERE),
                "new phone": by_phone_end(connection, "7666", ANYWHERE),
            }
    assert {name for name, rows in found.items() if rows} == {"new name", "new number", "new phone"}


def test_the_promised_date_moves_only_when_the_time_of_the_case_changed(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        before = office.receive(sample_intake("a")).dossier
        office.clock.advance(timedelta(days=3))
        renamed = correct(office, before.code, person(full_name="Nguyễn Thị Sửa"))
        shorter = ProcessingTime(3, TimeUnit.DAY)
        timed = correct(office, before.code, procedure(time=shorter), base=2, intent="sửa-2")
    assert renamed.dossier.due == before.due
    assert timed.dossier.due.at == datetime(2026, 11, 26, 9, 0, tzinfo=VIETNAM), "counted from the reception"


REFUSED: tuple[tuple[str, Change, dict[str, Any]], ...] = (
    ("reason_missing", person(full_name="X"), {"reason": "  "}),
    ("nothing_changed", person(), {}),
    ("base_version_old", person(full_name="X"), {"base": 2}),
    ("agency_cannot_change", procedure(agency="so-xay-dung"), {}),
    ("intake_incomplete", person(full_name=" "), {}),
    ("intake_incomplete", form(procedure=None), {}),
)


@pytest.mark.parametrize(("code", "change", "more"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_correction_that_must_not_be_is_refused_and_leaves_nothing(
    tmp_path: Path, code: str, change: Change, more: dict[str, Any],
) -> None:
    with office_in(tmp_path) as office:
        number = office.receive(sample_intake("a")).dossier.code
        with pytest.raises(Refusal) as refused:
            correct(office, number, change, **more)
        assert refused.value.code == code
        with office.application.database.reading() as connection:
            assert read_dossier(connection, number).body.version == 1
            assert connection.execute(select(func.count()).select_from(journal)).scalar_one() == 1


def test_of_two_corrections_of_one_version_the_second_is_told(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        code = office.receive(sample_intake("a")).dossier.code
        correct(office, code, person(full_name="Nguyễn Một"))
        with pytest.raises(Refusal, match="base_version_old") as refused:
            correct(office, code, person(full_name="Nguyễn Hai"), intent="sửa-2")
    assert refused.value.values["current"] == 2


def test_a_correction_sent_twice_is_one(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        code = office.receive(sample_intake("a")).dossier.code
        change = person(full_name="Nguyễn Một")
        first = correct(office, code, change)
        again = [correct(office, code, change) for _ in range(5)]
        with office.application.database.reading() as connection:
            assert len(read_dossier(connection, code).versions) == 2
    assert first.is_new
    assert [(each.is_new, each.dossier, each.print_job) for each in again] == [
        (False, first.dossier, first.print_job)
    ] * 5


def test_an_intent_belongs_to_one_act_on_one_dossier(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        one = office.receive(sample_intake("a")).dossier.code
        other = office.receive(sample_intake("b")).dossier.code
        correct(office, one, person(full_name="Nguyễn Một"))
        for code, intent in ((other, "sửa-1"), (one, "a")):
            with pytest.raises(Refusal, match="intent_reused"):
                correct(office, code, person(full_name="Nguyễn Hai"), intent=intent)
        with pytest.raises(Refusal, match="intent_reused"):
            office.receive(sample_intake("sửa-1"))


def test_another_counters_dossier_is_not_ours_to_correct(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        feed = Feed(office)
        feed.add_operation(neighbours_work()[0])
        feed.give()
        with pytest.raises(Refusal, match="dossier_not_ours"):
            correct(office, neighbours_work()[0].code, person(full_name="Nguyễn Một"))


def test_a_full_number_is_shown_with_one_line_a_look(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        one = office.receive(sample_intake("a")).dossier.code
        other = office.receive(sample_intake("b")).dossier.code

        def look(code: str, intent: str) -> Applicant:
            with office.application.database.writing() as connection:
                return reveal_person(
                    connection, office.application.enrolled, office.clerk, code, "identifier", intent=intent,
                    now=office.clock.now(), randomness=office.noise.randbytes,
                )

        assert [look(one, "xem-1").identifier for _ in range(3)] == ["049190004217"] * 3
        look(one, "xem-2")
        for intent in ("xem-1", "a"):
            with pytest.raises(Refusal, match="intent_reused"):
                look(other, intent)
        with office.application.database.reading() as connection:
            kinds = connection.execute(select(journal.c.type).order_by(journal.c.seq)).scalars().all()
    assert kinds == ["dossier.received"] * 2 + ["person.revealed"] * 2
