"""The checklist's rows: what lies under each requirement, what is filed of it, what still hinders filing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum

from app.domain.arrangement import Arrangement
from app.domain.digitised import DigitisedStatus, PaperAbout, QualityCheck
from app.domain.scanned_page import ScannedPage
from app.services.digitise import RequirementPapers
from app.services.tray_notes import PaperNote
from ui.models.paper_items import PaperItem
from ui.pages.digitise.words import status_words
from ui.theme import Tone
from ui.translations import tr

Notes = Mapping[str, PaperNote]
"""What the clerk said of papers that are not filed yet, by requirement."""


class Readiness(Enum):
    """Whether what lies under a requirement can be filed now."""

    EMPTY = "empty"                # nothing lies here
    SAME = "same"                  # exactly what is filed already
    WAITING = "waiting"            # a page is still on the light table
    FAILED = "failed"              # a page could not be opened: leave it out or scan it again
    READY = "ready"


def readiness(
    arrangement: Arrangement, pages: Mapping[str, ScannedPage], paper: RequirementPapers, noted: Notes
) -> Readiness:
    stacks = arrangement.for_pdf(paper.requirement)
    if not stacks:
        return Readiness.EMPTY
    lying = [pages.get(page.page_id) for stack in stacks for page in stack]
    if any(page is not None and page.failure for page in lying):
        return Readiness.FAILED
    if any(page is None or page.prepared is None for page in lying):
        return Readiness.WAITING
    if about_of(paper, noted) != paper.about:
        return Readiness.READY     # what the paper says of itself goes with a new version
    here = tuple(tuple((pages[page.page_id].original.sha256, page.turn) for page in stack) for stack in stacks)
    there = tuple(
        tuple(zip(document.originals, document.turns or (0,) * len(document.originals), strict=True))
        for document in paper.documents
    )
    return Readiness.SAME if here == there else Readiness.READY


def checks_of(paper: RequirementPapers, noted: Notes) -> QualityCheck:
    """What holds now: said on this page, else stored with the paper."""
    note = noted.get(paper.requirement)
    return note.checks if note is not None and note.checks is not None else paper.checks


def about_of(paper: RequirementPapers, noted: Notes) -> PaperAbout:
    note = noted.get(paper.requirement)
    return note.about if note is not None and note.about is not None else paper.about


def with_quality(checks: QualityCheck, is_good: bool) -> QualityCheck:
    """All three questions of the desk check answered with one key."""
    return replace(checks, is_complete=is_good, is_readable=is_good, is_right_person=is_good)


def paper_items(
    arrangement: Arrangement, pages: Mapping[str, ScannedPage], papers: tuple[RequirementPapers, ...], noted: Notes
) -> tuple[PaperItem, ...]:
    return tuple(_item(arrangement, pages, paper, number, noted) for number, paper in enumerate(papers, 1))


def over_budget(arrangement: Arrangement, pages: Mapping[str, ScannedPage], requirement: str) -> int:
    """How many pages under a requirement are larger than their budget, however hard they were pressed."""
    return sum(
        finding is not None and finding.is_over_budget
        for stack in arrangement.for_pdf(requirement) for page in stack
        for finding in [pages[page.page_id].finding if page.page_id in pages else None]
    )


def _item(
    arrangement: Arrangement, pages: Mapping[str, ScannedPage], paper: RequirementPapers, number: int, noted: Notes
) -> PaperItem:
    state = readiness(arrangement, pages, paper, noted)
    count = sum(len(stack) for stack in arrangement.for_pdf(paper.requirement))
    words, tone = _state(state, paper, count)
    checks = checks_of(paper, noted)
    too_large = over_budget(arrangement, pages, paper.requirement)
    quiet, quiet_tone = _quiet(state, paper, too_large)
    said = ", ".join(part for part in (
        f"{number}. {paper.name}", words, quiet,
        tr("đã đối chiếu bản chính") if checks.is_compared else tr("chưa đối chiếu"),
        tr("đã kiểm tra") if checks.is_good else tr("chưa kiểm tra"),
    ) if part)
    return PaperItem(
        paper.requirement, number, paper.name, words, tone, quiet, quiet_tone, is_compared=checks.is_compared,
        is_checked=checks.is_good, is_ready=state is Readiness.READY, words=said,
    )


def _state(state: Readiness, paper: RequirementPapers, count: int) -> tuple[str, Tone]:
    if state is Readiness.FAILED:
        return tr("Có trang hỏng"), "bad"
    if state is Readiness.WAITING:
        return tr("Đang làm sạch"), "info"
    if state is Readiness.READY:
        return tr("{n} trang chờ lưu", n=count), "info"
    filed = sum(document.pages for document in paper.documents)
    words, tone = status_words(paper.status)
    if paper.status is DigitisedStatus.DIGITISED:
        return tr("Đã lưu {n} trang", n=filed), tone
    return words, tone


def _quiet(state: Readiness, paper: RequirementPapers, too_large: int) -> tuple[str, str]:
    """The small line: what needs a person first, then where the file is."""
    if too_large:
        return tr("{n} trang vượt dung lượng", n=too_large), "warn"
    if paper.is_gone:
        return tr("không còn trong hồ sơ"), "warn"
    if state is Readiness.READY and paper.version:
        return tr("đã có bản {version}, có thay đổi", version=paper.version), ""
    if paper.reused_from is not None:
        return tr("từ {code}", code=paper.reused_from.code), ""
    if paper.documents:
        return tr("tỉnh đã nhận") if paper.is_uploaded else tr("chờ gửi"), ""
    return ("", "") if paper.is_required else (tr("nếu có"), "")
