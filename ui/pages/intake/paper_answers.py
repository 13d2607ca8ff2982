"""What the keys of the checklist do to its lines. Lines in, lines out; no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Literal

from app.domain.intake import PaperStatus
from app.domain.procedure import RequirementKind
from ui.pages.intake.form import PaperEntry

Papers = tuple[PaperEntry, ...]
Count = Literal["originals", "certified", "copies"]
COUNTS: tuple[Count, ...] = ("originals", "certified", "copies")
MOST = 999


def is_shown_only(paper: PaperEntry) -> bool:
    """The citizen shows it and takes it back: it is compared, never counted."""
    return paper.requirement.kind is RequirementKind.SHOWN


def present(paper: PaperEntry) -> PaperEntry:
    """Handed in as the catalogue counts it; one original where the catalogue names no number."""
    if is_shown_only(paper):
        return replace(paper, status=PaperStatus.PRESENT, is_compared=True, reason="")
    asked = paper.requirement
    counts = (asked.originals, asked.certified, asked.copies)
    originals, certified, copies = counts if any(counts) else (1, 0, 0)
    return replace(
        paper, status=PaperStatus.PRESENT, originals=originals, certified=certified, copies=copies, reason=""
    )


def absent(paper: PaperEntry, status: PaperStatus) -> PaperEntry:
    """Not handed in: no count, nothing compared or kept. A reason already written stays."""
    return PaperEntry(paper.requirement, status, reason=paper.reason)


def toggle(papers: Papers, row: int) -> Papers:
    """Space: có ↔ thiếu."""
    paper = papers[row]
    is_here = paper.status is PaperStatus.PRESENT
    return _put(papers, row, absent(paper, PaperStatus.MISSING) if is_here else present(paper))


def all_as_listed(papers: Papers) -> Papers:
    """A: everything the citizen must hand in is here, counted as the catalogue asks.

    Lines already answered stay as they are, and of a group of alternatives only the first is taken: which one
    the citizen brought, the clerk has to say where it is another.
    """
    taken = {
        paper.requirement.alternatives for paper in papers
        if paper.requirement.alternatives and paper.status is PaperStatus.PRESENT
    }
    answered: list[PaperEntry] = []
    for paper in papers:
        group = paper.requirement.alternatives
        is_open = paper.status is PaperStatus.MISSING and not paper.reason
        if is_open and paper.requirement.is_required and (not group or group not in taken):
            paper = present(paper)
            if group:
                taken.add(group)
        answered.append(paper)
    return tuple(answered)


def set_not_applicable(papers: Papers, row: int) -> Papers:
    """N: không áp dụng, and back to thiếu."""
    is_set = papers[row].status is PaperStatus.NOT_APPLICABLE
    status = PaperStatus.MISSING if is_set else PaperStatus.NOT_APPLICABLE
    return _put(papers, row, absent(papers[row], status))


def set_count(papers: Papers, row: int, count: Count, value: int) -> Papers:
    """A digit: how many of this kind. More than none makes the paper present."""
    paper = papers[row]
    if is_shown_only(paper):
        return papers
    if paper.status is not PaperStatus.PRESENT and value > 0:
        paper = PaperEntry(paper.requirement, PaperStatus.PRESENT)
    elif paper.status is not PaperStatus.PRESENT:
        return papers
    counted: dict[str, Any] = {count: min(value, MOST)}
    paper = replace(paper, **counted)
    return _put(papers, row, replace(paper, keeps_original=paper.keeps_original and paper.originals > 0))


def toggle_compared(papers: Papers, row: int) -> Papers:
    """Đ: đã đối chiếu với bản chính; only what is here can have been compared."""
    return _if_present(papers, row, lambda paper: replace(paper, is_compared=not paper.is_compared))


def toggle_kept(papers: Papers, row: int) -> Papers:
    """G: the original stays in custody until the result is returned; there must be one."""
    if papers[row].originals == 0:
        return papers
    return _if_present(papers, row, lambda paper: replace(paper, keeps_original=not paper.keeps_original))


def set_reason(papers: Papers, row: int, reason: str) -> Papers:
    return _put(papers, row, replace(papers[row], reason=reason))


def first_count(paper: PaperEntry) -> Count:
    """Where digits go at first: the kind of paper the catalogue asks for."""
    asked = paper.requirement
    for count in COUNTS:
        if getattr(asked, count) > 0:
            return count
    return "originals"


def satisfied_groups(papers: Sequence[PaperEntry]) -> frozenset[str]:
    """Groups of alternatives of which one paper is here: the others are not asked for."""
    return frozenset(
        paper.requirement.alternatives for paper in papers
        if paper.requirement.alternatives and paper.status is PaperStatus.PRESENT
    )


def is_asked(paper: PaperEntry, groups: frozenset[str]) -> bool:
    """Whether the line must be here or explained; one of a group is enough."""
    is_here = paper.status is PaperStatus.PRESENT
    return paper.requirement.is_required and (is_here or paper.requirement.alternatives not in groups)


def _if_present(papers: Papers, row: int, change: Callable[[PaperEntry], PaperEntry]) -> Papers:
    paper = papers[row]
    return _put(papers, row, change(paper)) if paper.status is PaperStatus.PRESENT else papers


def _put(papers: Papers, row: int, paper: PaperEntry) -> Papers:
    return (*papers[:row], paper, *papers[row + 1:])


def absent_names(papers: Papers) -> tuple[str, ...]:
    """What the citizen still has to bring: asked for and not here."""
    groups = satisfied_groups(papers)
    return tuple(
        paper.requirement.name for paper in papers
        if paper.status is PaperStatus.MISSING and is_asked(paper, groups)
    )
