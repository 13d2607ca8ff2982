"""What the checklist says of a paper, from what lies under it and what is filed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.arrangement import TRAY, Arrangement, Place, PlacedPage, Stack
from app.domain.blob import blob_of
from app.domain.digitised import PDF, DigitisedStatus, Document, PaperAbout, QualityCheck
from app.domain.intake import PaperStatus
from app.domain.scanned_page import ScannedPage
from app.domain.scanning import Finding
from app.services.digitise import RequirementPapers
from app.services.tray_notes import PaperNote
from ui.pages.digitise.aiming import Aim
from ui.pages.digitise.cells import page_cells, waiting_in_tray
from ui.pages.digitise.items import Readiness, paper_items, readiness

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
FINDING = Finding(1654, 2339, 200)


def page(name: str, finding: Finding | None = FINDING, failure: str = "") -> ScannedPage:
    content = blob_of(name.encode(), "image/jpeg")
    return ScannedPage(name, "ý", "xấp", 1, "file", NOON, content, content if finding else None,
                       content if finding else None, finding, failure)


PAPER = RequirementPapers(
    "1", "Tờ khai", is_required=True, given=PaperStatus.PRESENT, is_wanted=True, is_gone=False,
    status=DigitisedStatus.NONE, version=0, documents=(), about=PaperAbout(), checks=QualityCheck(),
    is_uploaded=False, op_id="", clerk_name="", at=None, checked_by="", checked_at=None, reused_from=None,
)


def under(*pages: PlacedPage) -> Arrangement:
    return Arrangement((Place("1", (Stack("1", pages),) if pages else ()), Place(TRAY)))


def filed(*names: str) -> RequirementPapers:
    originals = tuple(page(name).original.sha256 for name in names)
    return replace(
        PAPER, status=DigitisedStatus.DIGITISED, version=1,
        documents=(Document("0" * 64, 1000, PDF, len(names), originals),),
    )


@pytest.mark.parametrize(("lying", "pages", "paper", "state", "words"), [
    ((), (), PAPER, Readiness.EMPTY, "Chưa số hóa"),
    ((PlacedPage("a"),), (page("a"),), PAPER, Readiness.READY, "1 trang chờ lưu"),
    ((PlacedPage("a"),), (page("a", None),), PAPER, Readiness.WAITING, "Đang làm sạch"),
    ((PlacedPage("a"),), (page("a", None, "picture_broken"),), PAPER, Readiness.FAILED, "Có trang hỏng"),
    ((PlacedPage("a"), PlacedPage("b", is_left_out=True)), (page("a"), page("b", None, "picture_broken")), PAPER,
     Readiness.READY, "1 trang chờ lưu"),
    ((PlacedPage("a"),), (page("a"),), filed("a"), Readiness.SAME, "Đã lưu 1 trang"),
    ((PlacedPage("b"), PlacedPage("a")), (page("a"), page("b")), filed("a", "b"), Readiness.READY,
     "2 trang chờ lưu"),
    ((), (), filed("a"), Readiness.EMPTY, "Đã lưu 1 trang"),
])
def test_a_paper_says_whether_it_can_be_filed(
    lying: tuple[PlacedPage, ...], pages: tuple[ScannedPage, ...], paper: RequirementPapers, state: Readiness,
    words: str,
) -> None:
    known = {each.id: each for each in pages}
    assert readiness(under(*lying), known, paper, {}) is state
    assert paper_items(under(*lying), known, (paper,), {})[0].state == words


def test_a_turn_after_filing_makes_a_new_version_possible_and_turning_back_does_not() -> None:
    known = {"a": page("a"), "b": page("b")}
    plain, turned = (PlacedPage("a"), PlacedPage("b")), (PlacedPage("a"), PlacedPage("b", turn=90))
    as_it_lay, on_its_side = filed("a", "b"), filed("a", "b")
    on_its_side = replace(on_its_side, documents=(replace(on_its_side.documents[0], turns=(0, 90)),))
    for lying, paper, state in (
        (plain, as_it_lay, Readiness.SAME), (turned, as_it_lay, Readiness.READY),
        (turned, on_its_side, Readiness.SAME), (plain, on_its_side, Readiness.READY),
    ):
        assert readiness(under(*lying), known, paper, {}) is state


def test_what_is_said_of_a_filed_paper_and_not_written_down_yet_makes_a_new_version() -> None:
    note = PaperNote(about=PaperAbout(number="7/TK"))
    known = {"a": page("a")}
    assert readiness(under(PlacedPage("a")), known, filed("a"), {"1": note}) is Readiness.READY
    assert readiness(under(PlacedPage("a")), known, filed("a"), {"1": PaperNote()}) is Readiness.SAME


def test_a_page_over_its_budget_is_told_at_the_page_and_at_the_paper() -> None:
    known = {"a": page("a", replace(FINDING, is_over_budget=True))}
    arrangement = under(PlacedPage("a"))
    item = paper_items(arrangement, known, (PAPER,), {})[0]
    assert (item.quiet, item.quiet_tone, item.is_ready) == ("1 trang vượt dung lượng", "warn", True)
    assert page_cells(arrangement, known, "1")[0].doubts == ("Tệp quá lớn",)


def test_what_has_just_arrived_counts_in_the_tray_until_it_lies_somewhere() -> None:
    known = {"a": page("a"), "b": page("b", None)}
    arrangement = under(PlacedPage("a"))
    assert waiting_in_tray(arrangement, known) == 1
    assert [(cell.page, cell.stack_words) for cell in page_cells(arrangement, known, TRAY)] == [("b", "Vừa đến")]


@pytest.mark.parametrize(("typed", "papers", "sent"), [
    ("2", 3, [2]), ("0", 3, [0]), ("1", 9, [1]), ("1", 12, [None]), ("12", 12, [None, 12]), ("10", 12, [None, 10]),
    ("19", 12, [None, 9]), ("3", 12, [3]),
])
def test_a_number_goes_as_soon_as_it_can_mean_one_paper_only(
    typed: str, papers: int, sent: list[int | None]
) -> None:
    aim = Aim()
    aim.begin(("a",))
    assert [aim.type(digit, papers) for digit in typed] == sent
