"""How batches began and what was said of papers before they were filed: there after a restart, gone once filed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.domain.digitised import PaperAbout
from app.domain.scanning import Feed
from app.errors import Refusal
from app.services.digitise import papers_of
from app.services.scan_tray import declare_count, declared_counts
from app.services.tray_notes import BatchStart, PaperNote, batch_starts, note_paper, open_batch, paper_notes
from tests.app.services.scans import COMPARED, GOOD, file_stacks, page_bytes, scan, stack_of
from tests.office import Office, reopen, sample_intake

ABOUT = PaperAbout(number="15/GCN", issued_on=date(2025, 11, 3))


def said(office: Office, intent: str, requirement: str, note: PaperNote) -> None:
    with office.application.database.writing() as connection:
        note_paper(connection, intent, requirement, note)


def notes(office: Office, intent: str) -> dict[str, PaperNote]:
    with office.application.database.reading() as connection:
        return paper_notes(connection, intent)


def test_what_was_said_is_there_after_a_restart_and_can_be_taken_back(office: Office, tmp_path: Path) -> None:
    said(office, "i", "1", PaperNote(GOOD))
    said(office, "i", "1", PaperNote(COMPARED, ABOUT))
    said(office, "i", "2", PaperNote(None, ABOUT))
    said(office, "k", "1", PaperNote(GOOD))
    office.application.close()
    again = reopen(tmp_path, office.province, office.clock)
    assert notes(again, "i") == {"1": PaperNote(COMPARED, ABOUT), "2": PaperNote(None, ABOUT)}
    said(again, "i", "2", PaperNote())
    assert set(notes(again, "i")) == {"1"} and set(notes(again, "k")) == {"1"}
    again.application.close()


def test_filing_a_paper_forgets_its_note_and_no_other_and_a_refused_filing_forgets_none(office: Office) -> None:
    page = scan(office, "i", page_bytes(1))
    code = office.receive(sample_intake("i")).dossier.code
    for requirement in ("1", "2"):
        said(office, "i", requirement, PaperNote(GOOD, ABOUT))
    with pytest.raises(Refusal, match="document_not_pdf"):
        odd = replace(stack_of(office, page).document, mime="image/png")
        file_stacks(office, code, "1", replace(stack_of(office, page), document=odd), intent="f")
    assert set(notes(office, "i")) == {"1", "2"}
    file_stacks(office, code, "1", stack_of(office, page), intent="g")
    assert set(notes(office, "i")) == {"2"}


def test_a_batch_knows_its_feed_and_target_whether_it_was_counted_before_or_after(office: Office) -> None:
    with office.application.database.writing() as connection:
        declare_count(connection, "i", "b1", 12)
        open_batch(connection, "i", "b1", BatchStart("2", Feed.DUPLEX))
        open_batch(connection, "i", "b2", BatchStart())
        declare_count(connection, "i", "b3", 4)
        assert batch_starts(connection, "i") == {
            "b1": BatchStart("2", Feed.DUPLEX), "b2": BatchStart(), "b3": BatchStart(),
        }
        assert declared_counts(connection, "i") == {"b1": 12, "b3": 4}
        assert batch_starts(connection, "k") == {}
    assert BatchStart("", Feed.DUPLEX).is_duplex and not BatchStart("", Feed.FEEDER).is_duplex


def test_a_filed_document_says_which_of_its_pages_were_turned(office: Office) -> None:
    first, second = (scan(office, "i", page_bytes(seed), ordinal=seed) for seed in (1, 2))
    code = office.receive(sample_intake("i")).dossier.code
    file_stacks(office, code, "1", replace(stack_of(office, first, second), turns=(0, 90)), intent="f")
    file_stacks(office, code, "2", replace(stack_of(office, first), turns=(0,)), intent="g")
    with office.application.database.reading() as connection:
        found = {paper.requirement: paper.documents for paper in papers_of(connection, code)}
    assert [each.turns for each in found["1"]] == [(0, 90)] and [each.turns for each in found["2"]] == [()]
