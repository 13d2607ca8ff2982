"""Everything the page shows of one dossier, in one consistent view of the book."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.feed import Notice
from app.services.outside_view import judged_of, outside_of
from app.services.receipts import OpenPrint, open_prints
from app.services.stored_dossier import StoredDossier, read_dossier
from app.services.stored_papers import (
    Completeness,
    PaperVersion,
    RequirementPapers,
    completeness,
    papers_of,
    versions_of,
)
from app.store.queries.outbox import NeedsPerson
from ui.operations.desk import Desk


@dataclass(frozen=True, slots=True)
class Shown:
    dossier: StoredDossier
    outside: tuple[Notice, ...]
    judged: tuple[NeedsPerson, ...]
    open_prints: tuple[OpenPrint, ...]
    papers: tuple[RequirementPapers, ...]
    completeness: Completeness
    older_scans: tuple[tuple[str, PaperVersion], ...]      # (name of the paper, digitisation that was replaced)

    @property
    def code(self) -> str:
        return self.dossier.body.code


def read_shown(desk: Desk, code: str) -> Shown:
    """Raises `dossier_unknown` or what the code itself is refused for."""
    with desk.office.database.reading() as connection:
        dossier = read_dossier(connection, code)
        own = dossier.body.code
        papers = papers_of(connection, own)
        older = tuple(
            (paper.name, version) for paper in papers if paper.version > 1
            for version in versions_of(connection, own, paper.requirement) if version.version < paper.version
        )
        return Shown(
            dossier, outside_of(connection, own), judged_of(connection, own),
            tuple(job for job in open_prints(connection) if job.code == own),
            papers, completeness(connection, own), older,
        )
