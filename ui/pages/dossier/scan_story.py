"""What was digitised of a dossier, when and by whom: one timeline entry for what was filed in one go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.vietnam_time import local
from app.services.stored_papers import PaperVersion, RequirementPapers
from ui.translations import tr
from ui.widgets.timeline import Lane, TimelineEntry

MOST_NAMES = 3
"""Papers that one entry names; the others are counted."""


@dataclass(frozen=True, slots=True)
class _Act:
    kind: str                      # "scan", "again", "reuse", "check", "compare"
    name: str
    at: datetime
    clerk: str
    pages: int = 0
    source: str = ""               # of a reused paper: the dossier it comes from


def scan_story(
    papers: Sequence[RequirementPapers], older: Iterable[tuple[str, PaperVersion]], *, is_own: bool
) -> list[tuple[datetime, TimelineEntry]]:
    """Entries with their moments: scanned, scanned again, taken over from another dossier, checked."""
    acts = [
        _filed(paper.name, paper.version, paper.at, paper.clerk_name, paper) for paper in papers if paper.at
    ]
    acts += [_filed(name, version.version, version.at, version.clerk_name, version) for name, version in older]
    acts += [
        _Act("compare" if paper.checks.is_compared else "check", paper.name, paper.checked_at, paper.checked_by)
        for paper in papers if paper.checked_at
    ]
    acts.sort(key=lambda act: act.at)
    lane: Lane = "here" if is_own else "outside"
    together: dict[tuple[str, str, str, str], list[_Act]] = {}
    for act in acts:
        minute = f"{local(act.at):%Y%m%d %H%M}"
        together.setdefault((minute, act.clerk, act.kind, act.source), []).append(act)
    return [(group[0].at, _entry(group, lane)) for group in together.values()]


def _filed(
    name: str, version: int, at: datetime, clerk: str, of: RequirementPapers | PaperVersion
) -> _Act:
    pages = sum(document.pages for document in of.documents)
    if of.reused_from is not None:
        return _Act("reuse", name, at, clerk, pages, of.reused_from.code)
    return _Act("scan" if version == 1 else "again", name, at, clerk, pages)


def _entry(group: Sequence[_Act], lane: Lane) -> TimelineEntry:
    first = group[0]
    names = ", ".join(act.name for act in group[:MOST_NAMES])
    if len(group) > MOST_NAMES:
        names = tr("{names} và {n} giấy khác", names=names, n=len(group) - MOST_NAMES)
    pages = sum(act.pages for act in group)
    title = {
        "scan": tr("Số hóa {names}", names=names), "again": tr("Số hóa lại {names}", names=names),
        "reuse": tr("Dùng lại {names} của hồ sơ {code}", names=names, code=first.source),
        "check": tr("Kiểm tra bản số hóa {names}", names=names),
        "compare": tr("Đối chiếu bản chính {names}", names=names),
    }[first.kind]
    parts = [f"{local(first.at):%d/%m %H:%M}", tr("{n} trang", n=pages) if pages else "", first.clerk]
    return TimelineEntry(title, " · ".join(part for part in parts if part), lane)
