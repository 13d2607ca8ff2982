"""What is missing in a dossier (thành phần còn thiếu), and what its checklist says once it was brought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.domain.intake import Intake, PaperGiven, PaperStatus
from app.domain.life.facts import Gap
from app.domain.procedure import Requirement


def missing_gaps(intake: Intake, requirements: Mapping[str, Requirement]) -> tuple[Gap, ...]:
    """Every paper the checklist says is missing, with as many copies as the catalogue asks for; one where it is
    silent. The reason noted at reception comes along."""
    return tuple(
        _gap(paper, requirements.get(paper.requirement))
        for paper in intake.papers if paper.status is PaperStatus.MISSING
    )


def papers_for(gaps: Iterable[Gap]) -> tuple[PaperGiven, ...]:
    """What a citizen brings who brings everything that was asked for. What is no paper brings none."""
    return tuple(
        PaperGiven(gap.requirement, gap.name, PaperStatus.PRESENT, True, gap.originals, gap.certified, gap.copies)
        for gap in gaps if is_paper(gap)
    )


def is_paper(gap: Gap) -> bool:
    """False for a demand such as "ghi lại mục 7 của tờ khai": nothing is counted, the note says what to do."""
    return gap.originals + gap.certified + gap.copies > 0


def papers_after(given: Iterable[PaperGiven], brought: Iterable[PaperGiven]) -> tuple[PaperGiven, ...]:
    """The checklist after papers were brought later: counts added up, what was missing is there.

    A paper that the checklist does not know comes at its end.
    """
    papers = list(given)
    places = {paper.requirement: place for place, paper in enumerate(papers) if paper.requirement}
    for paper in brought:
        place = places.get(paper.requirement) if paper.requirement else None
        if place is None:
            if paper.requirement:
                places[paper.requirement] = len(papers)
            papers.append(paper)
        else:
            papers[place] = _added(papers[place], paper)
    return tuple(papers)


def _gap(paper: PaperGiven, asked: Requirement | None) -> Gap:
    counts = (asked.originals, asked.certified, asked.copies) if asked is not None else (0, 0, 0)
    if not any(counts):
        counts = (1, 0, 0)
    return Gap(paper.name, paper.requirement, *counts, note=paper.missing_reason)


def _added(before: PaperGiven, brought: PaperGiven) -> PaperGiven:
    had = before if before.status is PaperStatus.PRESENT else replace(before, originals=0, certified=0, copies=0)
    return replace(
        had, status=PaperStatus.PRESENT, missing_reason="",
        originals=had.originals + brought.originals, certified=had.certified + brought.certified,
        copies=had.copies + brought.copies, is_compared=brought.is_compared,
        keeps_original=had.keeps_original or brought.keeps_original,
    )
