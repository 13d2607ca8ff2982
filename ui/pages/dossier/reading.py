"""Everything the page shows of one dossier, in one consistent view of the book."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.dossier import Due
from app.domain.intake import Intake
from app.domain.remaining import Remaining
from app.services.feed import Notice
from app.services.groups import group_size
from app.services.life.checklist import papers_now
from app.services.life.conflicts import OpenConflict, conflicts_of
from app.services.life.promises import due_now, time_left, uncounted_pause
from app.services.life.reading import KnownLife, read_life
from app.services.online import doubles_of
from app.services.outside_view import judged_of, outside_of
from app.services.receipts import OpenPrint, open_prints
from app.services.rules import Rules
from app.services.stored_dossier import StoredDossier, read_dossier
from app.services.stored_papers import (
    Completeness,
    PaperVersion,
    RequirementPapers,
    completeness,
    papers_of,
    versions_of,
)
from app.services.till.binding import DossierReceipt, receipts_of_dossier
from app.store.queries.outbox import NeedsPerson
from ui.operations.desk import Desk


@dataclass(frozen=True, slots=True)
class Shown:
    dossier: StoredDossier
    held: KnownLife
    outside: tuple[Notice, ...]
    judged: tuple[NeedsPerson, ...]
    open_prints: tuple[OpenPrint, ...]
    papers: tuple[RequirementPapers, ...]
    completeness: Completeness
    older_scans: tuple[tuple[str, PaperVersion], ...]      # (name of the paper, digitisation that was replaced)
    group_size: int = 0            # dossiers handed in in one go with this one, itself among them
    receipts: tuple[DossierReceipt, ...] = ()
    doubles: tuple[str, ...] = ()  # other dossiers of the same code on the national portal

    @property
    def code(self) -> str:
        return self.dossier.body.code

    @property
    def due(self) -> Due:
        """The promise in force, with the steps of its last change."""
        return due_now(self.held.body, self.held.life, self.held.events)

    @property
    def intake(self) -> Intake:
        """The form with the checklist as it stands after every supplement."""
        body = self.dossier.body
        return replace(body.intake, papers=papers_now(body, self.held.events))

    @property
    def conflicts(self) -> tuple[OpenConflict, ...]:
        return conflicts_of(self.held)

    @property
    def is_pause_uncounted(self) -> bool:
        return uncounted_pause(self.held.life, self.held.events) is not None

    def left(self, rules: Rules, now: datetime) -> Remaining:
        """What is left of the time; while the clock stands, what was left then."""
        return time_left(self.held.body, self.held.life, rules, now)


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
            dossier, read_life(connection, own), outside_of(connection, own), judged_of(connection, own),
            tuple(job for job in open_prints(connection) if job.code == own),
            papers, completeness(connection, own), older, group_size(connection, own),
            receipts_of_dossier(connection, own), doubles_of(connection, own),
        )
