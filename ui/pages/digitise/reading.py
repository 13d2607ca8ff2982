"""Everything the page shows of one dossier's papers, in one consistent view of the book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.intake import PaperStatus
from app.services.days import today_at_counter
from app.services.digitise import Completeness, RequirementPapers, completeness, papers_of
from app.services.reuse import Reusable, reusable
from app.services.scan_tray import declared_counts
from app.services.stored_dossier import StoredDossier, read_dossier
from ui.background.page_values import Destination, Wanted
from ui.operations.desk import Desk


@dataclass(frozen=True, slots=True)
class Shown:
    """`papers` are the requirements that pages can lie under; `declared` counts by batch."""

    dossier: StoredDossier
    papers: tuple[RequirementPapers, ...]
    completeness: Completeness
    declared: Mapping[str, int]

    @property
    def code(self) -> str:
        return self.dossier.body.code

    def paper(self, requirement: str) -> RequirementPapers | None:
        return next((paper for paper in self.papers if paper.requirement == requirement), None)


def read_shown(desk: Desk, code: str) -> Shown:
    """Raises `dossier_unknown` or what the code itself is refused for."""
    with desk.office.database.reading() as connection:
        dossier = read_dossier(connection, code)
        own = dossier.body.code
        papers = tuple(
            paper for paper in papers_of(connection, own)
            if paper.given in (PaperStatus.PRESENT, None) or paper.status
        )
        declared = declared_counts(connection, dossier.body.intake.intent)
        return Shown(dossier, papers, completeness(connection, own), declared)


def read_reusable(desk: Desk, code: str, requirement: str) -> Reusable | None:
    """The newest paper of the same person that could stand for this one, still valid today."""
    with desk.office.database.reading() as connection:
        today = today_at_counter(connection, desk.clock())
        found = reusable(connection, code, requirement, today)
    return next((each for each in found if not each.is_expired), None)


def destination_of(desk: Desk, shown: Shown) -> Destination:
    """Where the dossier's pages go; the form of each paper, if it has one, is the catalogue's."""
    intake = shown.dossier.body.intake
    forms: dict[str, str] = {}
    for procedure in desk.office.catalogue.procedures:
        if intake.procedure is not None and procedure.code == intake.procedure.code:
            forms = {need.code: need.form for case in procedure.cases for need in case.requirements}
    return Destination(
        intake.intent, shown.code,
        tuple(Wanted(paper.requirement, paper.name, forms.get(paper.requirement, "")) for paper in shown.papers),
    )
