"""Reading what is digitised of a dossier back from the operations that hold it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from app.domain.body import from_body
from app.domain.digitised import (
    RESULT,
    DigitisedStatus,
    Document,
    PaperAbout,
    QualityCheck,
    ReusedFrom,
)
from app.domain.intake import PaperGiven, PaperStatus
from app.domain.life.states import Delivery
from app.domain.operation import Operation
from app.services.stored_dossier import StoredDossier, read_dossier
from app.services.stored_operation import read_operation
from app.store.tables import (
    dossier_scans,
    dossiers,
    files,
    paper_documents,
    paper_states,
)

RESULT_NAME = "Kết quả giải quyết thủ tục"
"""What the result is called among the papers, until it is digitised under a name of its own."""


@dataclass(frozen=True, slots=True)
class RequirementPapers:
    """What is digitised of one requirement. Without any: status NONE, version 0, no documents.

    `is_gone`: a correction took the requirement out of the dossier; its documents stay and are shown.
    `is_wanted`: it counts for completeness. `is_uploaded`: the province holds every document that this counter
    has to bring. `checks` are those of the last check, else of the filing.
    """

    requirement: str
    name: str
    is_required: bool
    given: PaperStatus | None      # None: not in the checklist (any more), or the result
    is_wanted: bool
    is_gone: bool
    status: DigitisedStatus
    version: int
    documents: tuple[Document, ...]
    about: PaperAbout
    checks: QualityCheck
    is_uploaded: bool
    op_id: str
    clerk_name: str                # who digitised this version
    at: datetime | None
    checked_by: str
    checked_at: datetime | None
    reused_from: ReusedFrom | None


@dataclass(frozen=True, slots=True)
class PaperVersion:
    """One digitisation of a requirement; older versions are never changed."""

    version: int
    status: DigitisedStatus
    documents: tuple[Document, ...]
    about: PaperAbout
    checks: QualityCheck           # as filed
    clerk_name: str
    at: datetime
    reused_from: ReusedFrom | None
    op_id: str


@dataclass(frozen=True, slots=True)
class Completeness:
    """How far a dossier is: `digitised` of the `required` papers, `files_confirmed` of the `files` to bring."""

    required: int
    digitised: int
    files: int
    files_confirmed: int

    @property
    def is_digitised(self) -> bool:
        return self.digitised >= self.required

    @property
    def is_complete(self) -> bool:
        """Every wanted paper is digitised and the province holds every file."""
        return self.is_digitised and self.files_confirmed == self.files


def papers_of(connection: Connection, code: str) -> tuple[RequirementPapers, ...]:
    """Each requirement of the dossier in the order of its checklist, then what is digitised beside it.

    Raises `dossier_unknown`.
    """
    return papers_of_dossier(connection, read_dossier(connection, code))


def papers_of_dossier(connection: Connection, stored: StoredDossier) -> tuple[RequirementPapers, ...]:
    """The same for a dossier that was read already."""
    states = {
        row.requirement: row
        for row in connection.execute(
            select(paper_states).where(paper_states.c.dossier == stored.id).order_by(paper_states.c.requirement)
        )
    }
    lines = {name: _version(read_operation(connection, row.op_id), row.version) for name, row in states.items()}
    checked = {
        name: read_operation(connection, row.checked_op)
        for name, row in states.items() if row.checked_op is not None
    }
    to_bring = _to_bring(connection, (each.sha256 for line in lines.values() for each in line.documents))
    wanted = frozenset(wanted_papers(connection, stored.id))
    given = {paper.requirement: paper for paper in stored.body.intake.papers}
    beside = [requirement for requirement in states if requirement not in given]
    if RESULT not in states and _is_result_here(connection, stored.id):
        beside.append(RESULT)
    return tuple(
        _papers(
            requirement, given.get(requirement), lines.get(requirement), checked.get(requirement), to_bring,
            is_wanted=requirement in wanted,
        )
        for requirement in (*given, *beside)
    )


def versions_of(connection: Connection, code: str, requirement: str) -> tuple[PaperVersion, ...]:
    """Every digitisation of a requirement, the newest first."""
    stored = read_dossier(connection, code)
    rows = connection.execute(
        select(paper_documents.c.version, paper_documents.c.op_id)
        .where(paper_documents.c.dossier == stored.id, paper_documents.c.requirement == requirement)
        .distinct()
        .order_by(paper_documents.c.version.desc())
    ).all()
    return tuple(_version(read_operation(connection, row.op_id), row.version) for row in rows)


def completeness(connection: Connection, code: str) -> Completeness:
    """How many of the dossier's papers are digitised and how many of their files the province holds."""
    papers = papers_of(connection, code)
    wanted = [paper for paper in papers if paper.is_wanted]
    to_bring = _to_bring(connection, (each.sha256 for paper in papers for each in paper.documents))
    return Completeness(
        len(wanted), sum(1 for paper in wanted if paper.status), len(to_bring), sum(to_bring.values())
    )


def wanted_papers(connection: Connection, dossier: int) -> tuple[str, ...]:
    """Codes of the requirements that are to be digitised; none for another counter's dossier."""
    held = connection.execute(
        select(dossier_scans.c.wanted).where(dossier_scans.c.dossier == dossier)
    ).scalar_one_or_none()
    return tuple(json.loads(held)) if held is not None else ()


def documents_in(operation: Operation) -> tuple[Document, ...]:
    """The documents that a paper.digitised operation states."""
    return tuple(from_body(Document, each) for each in operation.body["documents"])


def _papers(
    requirement: str, given: PaperGiven | None, line: PaperVersion | None, checked: Operation | None,
    to_bring: Mapping[str, bool], *, is_wanted: bool,
) -> RequirementPapers:
    documents = line.documents if line else ()
    checks = line.checks if line else QualityCheck()
    return RequirementPapers(
        requirement=requirement,
        name=given.name if given else (line.about.name if line else RESULT_NAME if requirement == RESULT else ""),
        is_required=given is not None and given.is_required,
        given=given.status if given else None,
        is_wanted=is_wanted,
        is_gone=given is None and requirement != RESULT,
        status=line.status if line else DigitisedStatus.NONE,
        version=line.version if line else 0,
        documents=documents,
        about=line.about if line else PaperAbout(),
        checks=from_body(QualityCheck, checked.body["checks"]) if checked else checks,
        is_uploaded=bool(documents) and all(to_bring.get(each.sha256, True) for each in documents),
        op_id=line.op_id if line else "",
        clerk_name=line.clerk_name if line else "",
        at=line.at if line else None,
        checked_by=str(checked.body["clerk_name"]) if checked else "",
        checked_at=datetime.fromisoformat(checked.header.wall_time) if checked else None,
        reused_from=line.reused_from if line else None,
    )


def _version(operation: Operation, version: int) -> PaperVersion:
    body = operation.body
    return PaperVersion(
        version=version,
        status=DigitisedStatus(body["status"]),
        documents=documents_in(operation),
        about=from_body(PaperAbout, body["about"]),
        checks=from_body(QualityCheck, body["checks"]),
        clerk_name=str(body.get("clerk_name") or ""),
        at=datetime.fromisoformat(operation.header.wall_time),
        reused_from=from_body(ReusedFrom, body["reused"]) if body.get("reused") is not None else None,
        op_id=operation.header.op_id,
    )


def _is_result_here(connection: Connection, dossier: int) -> bool:
    """While it lies at the counter the result can be digitised like a paper."""
    delivery = connection.execute(select(dossiers.c.delivery).where(dossiers.c.id == dossier)).scalar_one()
    return delivery in (Delivery.SHELF, Delivery.UNDELIVERED)


def _to_bring(connection: Connection, contents: Iterable[str]) -> dict[str, bool]:
    """Which of these files this counter has to bring to the province, and whether it has."""
    rows = connection.execute(
        select(files.c.sha256, files.c.confirmed_at)
        .where(files.c.sha256.in_(set(contents)), files.c.send_since.is_not(None))
    )
    return {row.sha256: row.confirmed_at is not None for row in rows}
