"""Papers digitised, digitised again, reused and checked: each once in the journal, nothing ever overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from app.domain.blob import blob_of
from app.domain.digitised import (
    PDF,
    RESULT,
    DigitisedStatus,
    DigitisingRule,
    PaperAbout,
    QualityCheck,
    ReusedFrom,
)
from app.domain.intake import PaperGiven, PaperStatus
from app.errors import EnvironmentFault, Refusal
from app.services.digitise import Completeness, FiledStack, RequirementPapers, completeness, papers_of, versions_of
from app.services.reuse import Reusable, reusable, same_content
from app.services.scan_tray import filed_pages, waiting_pages
from app.store.queries.papers import (
    confirm_file,
    files_to_send,
    files_waiting,
    note_sent,
)
from app.store.tables import dossiers, journal
from tests.app.services.scans import (
    GOOD,
    check,
    correct_papers,
    file_stacks,
    page_bytes,
    reuse,
    rule,
    scan,
    scan_and_file,
    stack_of,
)
from tests.office import Office, sample_intake

TODAY = date(2026, 11, 23)


@pytest.fixture
def code(office: Office) -> str:
    return office.receive(sample_intake("một")).dossier.code


def papers(office: Office, code: str) -> dict[str, RequirementPapers]:
    with office.application.database.reading() as connection:
        return {paper.requirement: paper for paper in papers_of(connection, code)}


def complete(office: Office, code: str) -> Completeness:
    with office.application.database.reading() as connection:
        return completeness(connection, code)


def offers(office: Office, code: str, requirement: str) -> tuple[Reusable, ...]:
    with office.application.database.reading() as connection:
        return reusable(connection, code, requirement, TODAY)


def journal_types(office: Office) -> list[str]:
    with office.application.database.reading() as connection:
        return list(connection.execute(select(journal.c.type).order_by(journal.c.position)).scalars())


def test_a_dossier_begins_with_nothing_digitised(office: Office, code: str) -> None:
    found = papers(office, code)
    assert [(paper.name, paper.status, paper.is_wanted) for paper in found.values()] == [
        ("Tờ khai yêu cầu (Mẫu thử)", DigitisedStatus.NONE, True),
        ("Bản sao căn cước hoặc hộ chiếu", DigitisedStatus.NONE, True),
        ("Ảnh 4×6", DigitisedStatus.NONE, True),
    ]
    assert complete(office, code) == Completeness(3, 0, 0, 0)


def test_a_filed_paper_stands_in_the_journal_with_its_originals_and_waits_for_the_province(
    office: Office, code: str,
) -> None:
    one, two = (scan(office, "một", page_bytes(turn), ordinal=turn) for turn in (1, 2))
    about = PaperAbout(number="12/GXN", issued_on=date(2025, 3, 1), issuer="UBND xã Mẫu", signer="Lê Thử",
                       excerpt="Xác nhận", digitised_by="một người khác",
                       digitised_at=datetime(2020, 1, 1, tzinfo=UTC))
    stack = stack_of(office, one, two)
    filed = file_stacks(office, code, "1", stack, intent="f", about=about)
    assert (filed.version, filed.status, filed.is_new) == (1, DigitisedStatus.DIGITISED, True)
    (document,) = filed.documents
    assert (document.sha256, document.pages) == (stack.document.sha256, 2)
    assert document.originals == (one.original.sha256, two.original.sha256)
    paper = papers(office, code)["1"]
    assert paper.documents == filed.documents and paper.checks == GOOD and not paper.is_uploaded
    assert paper.about == replace(
        about, digitised_by="Trần Thị Thử", digitised_at=office.clock.now(), unit="Điểm tiếp nhận Mẫu 02"
    ), "who digitised it is what happened, not what the form says"
    with office.application.database.reading() as connection:
        (waiting,) = files_waiting(connection)
        last = select(journal.c.payload).order_by(journal.c.position.desc())
        payload = connection.execute(last).scalars().first()
        assert filed_pages(connection, "một") == {one.id, two.id}
        assert waiting_pages(connection) == ()
    assert (waiting.sha256, waiting.size, waiting.mime) == (document.sha256, document.size, PDF)
    assert f'"attachments":[{{"mime":"{PDF}","sha256":"{document.sha256}"' in str(payload)


def test_the_same_intent_twice_is_one_digitisation(office: Office, code: str) -> None:
    page = scan(office, "một", page_bytes(1))
    first = file_stacks(office, code, "1", stack_of(office, page), intent="f")
    again = file_stacks(office, code, "1", stack_of(office, page, pdf=b"%PDF made again"), intent="f")
    assert again == replace(first, is_new=False)
    assert journal_types(office).count("paper.digitised") == 1
    other = scan(office, "một", page_bytes(2), ordinal=2)
    for stacks, requirement in (((stack_of(office, other),), "1"), ((stack_of(office, page),), "2")):
        with pytest.raises(Refusal, match="paper_intent_reused"):
            file_stacks(office, code, requirement, *stacks, intent="f")
    with pytest.raises(Refusal, match="paper_intent_reused"):
        check(office, code, "1", 1, intent="f")
    with pytest.raises(Refusal, match="paper_intent_reused"):
        file_stacks(office, code, "1", stack_of(office, page), intent="một")


def test_a_rescan_is_the_next_version_and_the_old_one_stays(office: Office, code: str) -> None:
    first = scan_and_file(office, sample_intake("một"), code, "1", seed=1)
    check(office, code, "1", 1, intent="c")
    assert papers(office, code)["1"].checks.is_compared
    office.clock.advance(timedelta(minutes=5))
    second = scan_and_file(office, sample_intake("một"), code, "1", seed=2)
    assert (first.version, second.version) == (1, 2)
    paper = papers(office, code)["1"]
    assert (paper.version, paper.documents, paper.checks.is_compared) == (2, second.documents, False)
    with office.application.database.reading() as connection:
        kept = versions_of(connection, code, "1")
    assert [(line.version, line.documents) for line in kept] == [(2, second.documents), (1, first.documents)]
    for document in (*first.documents, *second.documents):
        assert office.application.blobs.read(document.sha256)
        for original in document.originals:
            assert office.application.blobs.read(original)


def test_a_check_says_who_and_when_and_only_of_the_version_that_was_looked_at(office: Office, code: str) -> None:
    with pytest.raises(Refusal, match="paper_not_digitised"):
        check(office, code, "1", 1, intent="c0")
    page = scan(office, "một", page_bytes(1))
    file_stacks(office, code, "1", stack_of(office, page), intent="f", checks=QualityCheck())
    office.clock.advance(timedelta(minutes=1))
    check(office, code, "1", 1, intent="c")
    check(office, code, "1", 1, intent="c")
    assert journal_types(office).count("paper.checked") == 1
    paper = papers(office, code)["1"]
    assert paper.checks == replace(GOOD, is_compared=True)
    assert (paper.checked_by, paper.checked_at) == ("Trần Thị Thử", office.clock.now())
    file_stacks(office, code, "1", stack_of(office, page), intent="f2", checks=QualityCheck())
    assert papers(office, code)["1"].checked_at is None
    with pytest.raises(Refusal, match="paper_version_old") as refused:
        check(office, code, "1", 1, intent="c2")
    assert refused.value.values["current"] == 2


def test_what_cannot_be_filed_is_refused_and_leaves_nothing(office: Office, code: str) -> None:
    page = scan(office, "một", page_bytes(1))
    stranger = scan(office, "khác", page_bytes(2))
    good = stack_of(office, page)
    picture = FiledStack((page.id,), office.application.blobs.put(b"no pdf", "image/png"))
    lost = FiledStack((page.id,), blob_of(b"%PDF never kept", PDF))
    before = journal_types(office)
    for stacks, requirement, error in (
        ((), "1", "paper_without_pages"),
        ((good, replace(good, pages=())), "1", "paper_without_pages"),
        ((stack_of(office, stranger),), "1", "page_unknown"),
        ((good, good), "1", "page_filed_twice"),
        ((picture,), "1", "document_not_pdf"),
        ((lost,), "1", "blob_missing"),
        ((good,), "99", "requirement_unknown"),
    ):
        with pytest.raises((Refusal, EnvironmentFault), match=error):
            file_stacks(office, code, requirement, *stacks, intent=f"x {error}")
    assert journal_types(office) == before
    assert papers(office, code)["1"].status is DigitisedStatus.NONE
    with office.application.database.reading() as connection:
        assert files_waiting(connection) == () and filed_pages(connection, "một") == frozenset()


def test_a_file_beyond_the_provinces_limits_is_refused_with_the_sizes(office: Office, code: str) -> None:
    rule(office, DigitisingRule(file_limit=2_000, dossier_limit=3_000))
    one, two = (scan(office, "một", page_bytes(turn), ordinal=turn) for turn in (1, 2))
    with pytest.raises(Refusal, match="document_too_large") as refused:
        file_stacks(office, code, "1", stack_of(office, one, pdf=bytes(2_001)), intent="a")
    assert refused.value.values == {"size": 2_001, "limit": 2_000, "size_mb": 1, "limit_mb": 0}
    file_stacks(office, code, "1", stack_of(office, one, pdf=bytes(2_000)), intent="b")
    with pytest.raises(Refusal, match="dossier_files_too_large") as refused:
        file_stacks(office, code, "2", stack_of(office, two, pdf=bytes(1_001)), intent="c")
    assert refused.value.values == {"size": 3_001, "limit": 3_000, "size_mb": 1, "limit_mb": 0}
    file_stacks(office, code, "1", stack_of(office, one, pdf=bytes(1_999)), intent="d")     # in its place
    file_stacks(office, code, "2", stack_of(office, two, pdf=bytes(1_001)), intent="e")


def test_another_counters_dossier_is_not_digitised_here(office: Office, code: str) -> None:
    page = scan(office, "một", page_bytes(1))
    with office.application.database.writing() as connection:
        connection.execute(update(dossiers).values(is_own=False))
    with pytest.raises(Refusal, match="dossier_not_ours"):
        file_stacks(office, code, "1", stack_of(office, page), intent="f")


def test_the_dossiers_own_result_can_be_digitised_too(office: Office, code: str) -> None:
    filed = file_stacks(office, code, RESULT, stack_of(office, scan(office, "một", page_bytes(1))), intent="f",
                        about=PaperAbout(name="Phiếu lý lịch tư pháp số 1"))
    paper = papers(office, code)[RESULT]
    assert (paper.name, paper.documents, paper.is_gone) == ("Phiếu lý lịch tư pháp số 1", filed.documents, False)
    assert complete(office, code).required == 3, "it is no component"


def test_completeness_goes_from_nothing_to_all_confirmed(office: Office, code: str) -> None:
    for turn, requirement in enumerate("123", start=1):
        scan_and_file(office, sample_intake("một"), code, requirement, seed=turn)
        assert complete(office, code) == Completeness(3, turn, turn, 0)
    with office.application.database.writing() as connection:
        waiting = files_waiting(connection)
        assert files_to_send(connection).count == 3
        note_sent(connection, waiting[0].sha256, 10)
        assert files_waiting(connection)[0].sent_bytes == 10
        for each in waiting:
            confirm_file(connection, each.sha256, office.clock.now())
        assert files_waiting(connection) == () and files_to_send(connection).size == 0
    assert complete(office, code) == Completeness(3, 3, 3, 3)
    assert complete(office, code).is_complete and papers(office, code)["1"].is_uploaded


def test_files_wait_in_the_order_they_were_filed_and_are_confirmed_once(office: Office, code: str) -> None:
    for turn, requirement in enumerate("123", start=1):
        office.clock.advance(timedelta(minutes=1))
        scan_and_file(office, sample_intake("một"), code, requirement, seed=turn)
    with office.application.database.writing() as connection:
        all_of_them = files_waiting(connection)
        assert [each.since for each in all_of_them] == sorted(each.since for each in all_of_them)
        assert files_waiting(connection, limit=2) == all_of_them[:2]
        confirm_file(connection, all_of_them[0].sha256, office.clock.now())
        confirm_file(connection, all_of_them[0].sha256, office.clock.now() + timedelta(days=1))
        assert files_waiting(connection) == all_of_them[1:]


def test_the_same_document_in_two_dossiers_is_one_file_and_goes_out_once(office: Office, code: str) -> None:
    other = office.receive(sample_intake("hai", personal_id="049190009999")).dossier.code
    pdf = b"%PDF the very same"
    for intent, target in (("một", code), ("hai", other)):
        page = scan(office, intent, page_bytes(7))
        file_stacks(office, target, "1", stack_of(office, page, pdf=pdf), intent=f"f-{intent}")
    blob = blob_of(pdf, PDF)
    with office.application.database.reading() as connection:
        assert [each.sha256 for each in files_waiting(connection)] == [blob.sha256]
        assert [(each.code, each.requirement) for each in same_content(connection, blob.sha256)] == [
            (code, "1"), (other, "1"),
        ]
        page_there = same_content(connection, blob_of(page_bytes(7), "image/png").sha256)
    assert {(each.code, each.intent) for each in page_there} == {(code, "một"), (other, "hai")}


def test_a_page_of_an_intake_without_number_is_noticed_as_the_same_file(office: Office) -> None:
    page = scan(office, "chưa có số", page_bytes(3))
    with office.application.database.reading() as connection:
        (found,) = same_content(connection, page.original.sha256)
        assert (found.code, found.intent) == (None, "chưa có số")
        assert same_content(connection, "0" * 64) == ()


def test_the_same_persons_paper_is_offered_and_reused_without_a_new_file(office: Office, code: str) -> None:
    about = PaperAbout(number="049190004217", valid_to=date(2040, 3, 7))
    source = scan_and_file(office, sample_intake("một"), code, "2", seed=1, about=about)
    scan_and_file(office, sample_intake("một"), code, "1", seed=2)
    later = office.receive(sample_intake("hai")).dossier.code
    (found,) = offers(office, later, "2")
    assert found.source == ReusedFrom(code, "2", 1)
    assert (found.status, found.is_expired, found.is_checked) == (DigitisedStatus.REUSED_PAPER, False, True)
    reused = reuse(office, later, "2", found, intent="r")
    assert reused.documents == source.documents
    assert reuse(office, later, "2", found, intent="r") == replace(reused, is_new=False)
    paper = papers(office, later)["2"]
    assert (paper.status, paper.reused_from) == (DigitisedStatus.REUSED_PAPER, found.source)
    assert paper.about.number == about.number and paper.about.digitised_by == "Trần Thị Thử"
    with office.application.database.reading() as connection:
        assert len(files_waiting(connection)) == 2, "reusing adds no file"
    assert complete(office, later).digitised == 1
    third = office.receive(sample_intake("ba")).dossier.code
    assert [each.source.code for each in offers(office, third, "2")] == [code], "offered where it was digitised"


def test_a_result_of_an_earlier_dossier_is_reused_as_a_result(office: Office, code: str) -> None:
    page = scan(office, "một", page_bytes(1))
    file_stacks(office, code, RESULT, stack_of(office, page), intent="f",
                about=PaperAbout(name="ẢNH 4×6", valid_to=date(2020, 1, 1)))
    later = office.receive(sample_intake("hai")).dossier.code
    (found,) = offers(office, later, "3")
    assert (found.status, found.is_expired) == (DigitisedStatus.REUSED_RESULT, True)
    assert reuse(office, later, "3", found, intent="r").status is DigitisedStatus.REUSED_RESULT


@pytest.mark.parametrize("who", ["another person", "nobody known"])
def test_nobody_elses_paper_is_ever_offered(office: Office, code: str, who: str) -> None:
    scan_and_file(office, sample_intake("một"), code, "2", seed=1)
    number = "049190008888" if who == "another person" else "049190004217"
    later = office.receive(sample_intake("hai", personal_id=number)).dossier.code
    if who == "nobody known":
        with office.application.database.writing() as connection:
            connection.execute(update(dossiers).values(identifier=""))
    assert offers(office, later, "2") == ()
    stolen = Reusable(ReusedFrom(code, "2", 1), "x", DigitisedStatus.REUSED_PAPER, (), PaperAbout(),
                      office.clock.now(), False, True)
    with pytest.raises(Refusal, match="reuse_not_possible"):
        reuse(office, later, "2", stolen, intent="r")


def test_a_correction_that_takes_a_requirement_out_still_shows_its_documents(office: Office, code: str) -> None:
    scan_and_file(office, sample_intake("một"), code, "1", seed=1)
    scan_and_file(office, sample_intake("một"), code, "3", seed=3)
    stored = correct_papers(office, code, lambda lines: (*lines[:2], PaperGiven(
        "9", "Giấy khác", PaperStatus.PRESENT, True, originals=1)))
    found = papers(office, stored)
    assert list(found) == ["1", "2", "9", "3"]
    assert (found["3"].is_gone, found["3"].status, found["3"].version) == (True, DigitisedStatus.DIGITISED, 1)
    assert found["9"].is_wanted and not found["3"].is_wanted
    assert complete(office, code) == Completeness(3, 1, 2, 0)
    with pytest.raises(Refusal, match="requirement_unknown"):
        file_stacks(office, code, "3", stack_of(office, scan(office, "một", page_bytes(99))), intent="x")
