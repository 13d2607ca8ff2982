"""The same person's papers that are digitised already, and the same file handed in before: offered, never taken.

A citizen shall not hand in again what the office already holds (Nghị định 118/2025/NĐ-CP; reuse is scored by
TrangThaiSoHoa 2 and 3). The clerk decides; the line in the journal says from where it came.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from app.domain.digitised import RESULT, DigitisedStatus, Document, PaperAbout, ReusedFrom
from app.domain.operation import Type
from app.domain.text import fold
from app.services.stored_dossier import StoredDossier, read_dossier
from app.services.stored_papers import RequirementPapers, papers_of_dossier
from app.store.tables import dossiers, journal, paper_documents, paper_states, scanned_pages

MOST_DOSSIERS = 50
"""Newest dossiers of one person that are looked through."""


@dataclass(frozen=True, slots=True)
class Reusable:
    """A digitised paper of the same person that could stand for the asked one.

    `status`: what reusing it would be, REUSED_PAPER or REUSED_RESULT. `is_expired`: it says itself that it no
    longer holds. `is_checked`: a clerk found it whole, readable and of the right person.
    """

    source: ReusedFrom
    name: str
    status: DigitisedStatus
    documents: tuple[Document, ...]
    about: PaperAbout
    at: datetime
    is_expired: bool
    is_checked: bool


@dataclass(frozen=True, slots=True)
class SameContent:
    """A dossier that has the same file already; `code` is None for an intake without a number yet."""

    code: str | None
    requirement: str               # "" while it is in the tray
    intent: str                    # "" for another counter's


def reusable(connection: Connection, code: str, requirement: str, today: date) -> tuple[Reusable, ...]:
    """Digitised papers of the same identifier with the same type code or the same name, the newest first.

    A paper that was itself reused is offered where it was digitised. Raises `dossier_unknown`.
    """
    stored = read_dossier(connection, code)
    asked = next(
        (paper for paper in papers_of_dossier(connection, stored) if paper.requirement == requirement), None
    )
    if asked is None:
        return ()
    found: list[Reusable] = []
    for other in _of_same_person(connection, stored):
        lines = papers_of_dossier(connection, other)
        results = other.body.intake.procedure.results if other.body.intake.procedure else ()
        found += [
            _offer(other, line, today) for line in lines
            if line.status is DigitisedStatus.DIGITISED and line.at is not None and _is_same(asked, line, results)
        ]
    return tuple(sorted(found, key=lambda each: each.at, reverse=True))


def same_content(connection: Connection, sha256: str) -> tuple[SameContent, ...]:
    """Where this very file is already: in a document, or as a page that was handed in. Kept once, linked there."""
    documents = connection.execute(
        select(dossiers.c.code, paper_documents.c.requirement)
        .join(dossiers, dossiers.c.id == paper_documents.c.dossier)
        .where(paper_documents.c.sha256 == sha256)
        .distinct()
        .order_by(dossiers.c.code, paper_documents.c.requirement)
    )
    found = [SameContent(row.code, row.requirement, "") for row in documents]
    trays = connection.execute(
        select(scanned_pages.c.intent, journal.c.number, journal.c.type)
        .outerjoin(journal, journal.c.intent == scanned_pages.c.intent)
        .where(scanned_pages.c.original == sha256)
        .distinct()
        .order_by(scanned_pages.c.intent)
    )
    found += [
        SameContent(row.number if row.type == Type.DOSSIER_RECEIVED else None, "", row.intent) for row in trays
    ]
    return tuple(found)


def _of_same_person(connection: Connection, stored: StoredDossier) -> list[StoredDossier]:
    """Other dossiers of the identifier with anything digitised; nobody is "the same" without an identifier."""
    identifier = connection.execute(
        select(dossiers.c.identifier).where(dossiers.c.id == stored.id)
    ).scalar_one()
    if not identifier:
        return []
    codes = connection.execute(
        select(dossiers.c.code)
        .where(
            dossiers.c.identifier == identifier, dossiers.c.id != stored.id,
            select(paper_states.c.dossier).where(paper_states.c.dossier == dossiers.c.id).exists(),
        )
        .order_by(dossiers.c.id.desc())
        .limit(MOST_DOSSIERS)
    ).scalars()
    return [read_dossier(connection, code) for code in list(codes)]


def _is_same(asked: RequirementPapers, line: RequirementPapers, results: tuple[str, ...]) -> bool:
    if asked.about.type_code and asked.about.type_code == line.about.type_code:
        return True
    names = {fold(name) for name in (line.name, line.about.name, *(results if line.requirement == RESULT else ()))}
    return bool(names & {fold(asked.name)} - {""})


def _offer(other: StoredDossier, line: RequirementPapers, today: date) -> Reusable:
    is_result = line.requirement == RESULT
    assert line.at is not None
    return Reusable(
        source=ReusedFrom(other.body.code, line.requirement, line.version),
        name=line.name,
        status=DigitisedStatus.REUSED_RESULT if is_result else DigitisedStatus.REUSED_PAPER,
        documents=line.documents,
        about=line.about,
        at=line.at,
        is_expired=line.about.is_expired(today),
        is_checked=line.checks.is_good,
    )
