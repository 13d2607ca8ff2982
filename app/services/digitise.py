"""Digitise a dossier's papers: file them, reuse them, check them; each one journalled operation.

A requirement digitised again is a new version; originals and older documents never change. The same intent twice
is one digitisation. A clerk digitises the dossiers that this counter received.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from app.domain.blob import Blob
from app.domain.body import to_body
from app.domain.digitised import (
    MEGABYTE,
    PDF,
    RESULT,
    DigitisedStatus,
    DigitisingRule,
    Document,
    PaperAbout,
    QualityCheck,
    rule_body,
)
from app.domain.dossier_code import parse_code
from app.domain.identifiers import Randomness, uuid7
from app.domain.operation import Operation, Type
from app.errors import EnvironmentFault, Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.reuse import Reusable, reusable
from app.services.scan_tray import mark_filed, note_file, pages
from app.services.stored_dossier import StoredDossier, read_dossier
from app.services.stored_operation import read_operation
from app.services.stored_papers import (
    Completeness,
    PaperVersion,
    RequirementPapers,
    completeness,
    documents_in,
    papers_of,
    papers_of_dossier,
    versions_of,
)
from app.services.tray_notes import forget_note
from app.store import journal as book
from app.store import projection, projection_papers
from app.store.blobs import BlobStore
from app.store.settings import write_setting
from app.store.tables import dossier_scans, dossiers

__all__ = [
    "Completeness", "DigitisedPaper", "FiledStack", "PaperVersion", "RequirementPapers", "check_paper",
    "completeness", "file_paper", "papers_of", "reuse_paper", "use_rule", "versions_of",
]


@dataclass(frozen=True, slots=True)
class FiledStack:
    """One document of a paper: the pages it was made from, in order, and the PDF that is already in the store.

    `turns`: degrees clockwise by which the clerk turned each page; empty: none.
    """

    pages: tuple[str, ...]
    document: Blob
    turns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DigitisedPaper:
    """A paper as filed. `is_new` is False when this intent had been filed before: nothing was added."""

    code: str
    requirement: str
    version: int
    status: DigitisedStatus
    documents: tuple[Document, ...]
    is_new: bool


def file_paper(
    connection: Connection,
    blobs: BlobStore,
    counter: Counter,
    clerk: Clerk,
    code: str,
    *,
    requirement: str,
    stacks: Sequence[FiledStack],
    about: PaperAbout,
    checks: QualityCheck,
    intent: str,
    now: datetime,
    randomness: Randomness,
) -> DigitisedPaper:
    """File these documents under a requirement as its next version. Their PDFs are in `blobs` already.

    `requirement` is one of the dossier's, or RESULT. Raises `dossier_unknown`, `dossier_not_ours`,
    `requirement_unknown`, `paper_without_pages`, `page_unknown` (or of another intake), `page_filed_twice`,
    `document_not_pdf`, `document_too_large`, `dossier_files_too_large` (sizes and limit in bytes),
    `blob_missing`, `paper_intent_reused`.
    """
    stored = _own(connection, code)
    documents = _documents(connection, stored, stacks)
    known = book.by_intent(connection, intent)
    if known is not None:
        # Prepared again the PDFs differ in their bytes; the pages are what was filed.
        is_same = _is_about(known, Type.PAPER_DIGITISED, code, requirement) and (
            [each.originals for each in documents_in(known)] == [each.originals for each in documents]
        )
        return _again(known, stored, is_same)
    _refuse_unknown_requirement(stored, requirement)
    for each in documents:
        if not blobs.has(each.sha256):
            raise EnvironmentFault("blob_missing", sha256=each.sha256)
    held = papers_of_dossier(connection, stored)
    _refuse_too_large(projection_papers.read_rule(connection), held, requirement, documents)
    for stack in stacks:
        note_file(connection, stack.document, now)
    body = {
        "status": int(DigitisedStatus.DIGITISED),
        "about": to_body(_signed(about, counter, clerk, now)),
        "checks": to_body(checks),
        "attachments": [{"sha256": each.sha256, "size": each.size, "mime": each.mime} for each in documents],
    }
    filed = _journal(
        connection, counter, clerk, stored, requirement, held, documents, body, intent, now, randomness
    )
    mark_filed(connection, [page for stack in stacks for page in stack.pages])
    forget_note(connection, stored.body.intake.intent, requirement)
    return filed


def reuse_paper(
    connection: Connection,
    counter: Counter,
    clerk: Clerk,
    code: str,
    requirement: str,
    found: Reusable,
    *,
    checks: QualityCheck,
    intent: str,
    now: datetime,
    randomness: Randomness,
) -> DigitisedPaper:
    """Take over a paper of the same person that is digitised already: no new file, a line that says from where.

    Raises `reuse_not_possible` when `found` is not among what `reusable` offers now, and what `file_paper`
    raises about dossier, requirement and intent.
    """
    stored = _own(connection, code)
    known = book.by_intent(connection, intent)
    if known is not None:
        is_same = _is_about(known, Type.PAPER_DIGITISED, code, requirement) and (
            known.body.get("reused") == to_body(found.source)
        )
        return _again(known, stored, is_same)
    _refuse_unknown_requirement(stored, requirement)
    today = today_at_counter(connection, now)
    offered = {each.source: each for each in reusable(connection, code, requirement, today)}
    if found.source not in offered:
        raise Refusal("reuse_not_possible", code=found.source.code)
    current = offered[found.source]
    body = {
        "status": int(current.status),
        "about": to_body(current.about),
        "checks": to_body(checks),
        "reused": to_body(current.source),
        "attachments": [],                 # the file goes with the operation that brought it here
    }
    forget_note(connection, stored.body.intake.intent, requirement)
    return _journal(
        connection, counter, clerk, stored, requirement, papers_of_dossier(connection, stored),
        current.documents, body, intent, now, randomness,
    )


def check_paper(
    connection: Connection,
    counter: Counter,
    clerk: Clerk,
    code: str,
    requirement: str,
    checks: QualityCheck,
    *,
    version: int,
    intent: str,
    now: datetime,
    randomness: Randomness,
) -> None:
    """A person looked at the digitised paper: all pages, readable, right person, compared with the original.

    Holds for this version only. Raises `paper_not_digitised`, `paper_version_old` (it was digitised again
    meanwhile), `dossier_unknown`, `dossier_not_ours`, `paper_intent_reused`.
    """
    stored = _own(connection, code)
    known = book.by_intent(connection, intent)
    if known is not None:
        if not _is_about(known, Type.PAPER_CHECKED, code, requirement):
            raise Refusal("paper_intent_reused", code=stored.body.code)
        return
    current = _current(papers_of_dossier(connection, stored), requirement)
    if current == 0:
        raise Refusal("paper_not_digitised", code=stored.body.code)
    if current != version:
        raise Refusal("paper_version_old", code=stored.body.code, current=current)
    _append(connection, counter, clerk, stored, Type.PAPER_CHECKED, {
        "code": stored.body.code, "requirement": requirement, "version": version, "checks": to_body(checks),
        "clerk_name": clerk.name,
    }, intent, now, randomness)


def use_rule(connection: Connection, rule: DigitisingRule) -> None:
    """What this office digitises from now on; every dossier of this counter is counted anew."""
    write_setting(connection, projection_papers.RULE, rule_body(rule))
    rows = connection.execute(
        select(dossiers.c.id, dossiers.c.op_id).join(dossier_scans, dossier_scans.c.dossier == dossiers.c.id)
    ).all()
    for row in rows:
        body = read_operation(connection, row.op_id).body["dossier"]
        projection_papers.want_again(connection, row.id, body, rule)


def _own(connection: Connection, code: str) -> StoredDossier:
    stored = read_dossier(connection, code)
    if not stored.is_own:
        raise Refusal("dossier_not_ours", code=stored.body.code)
    return stored


def _refuse_unknown_requirement(stored: StoredDossier, requirement: str) -> None:
    given = {paper.requirement for paper in stored.body.intake.papers}
    if requirement not in given and requirement != RESULT:
        raise Refusal("requirement_unknown", requirement=requirement[:40])


def _documents(
    connection: Connection, stored: StoredDossier, stacks: Sequence[FiledStack]
) -> tuple[Document, ...]:
    here = {page.id: page for page in pages(connection, stored.body.intake.intent)}
    used: set[str] = set()
    if not stacks or not all(stack.pages for stack in stacks):
        raise Refusal("paper_without_pages")
    for stack in stacks:
        if stack.document.mime != PDF:
            raise Refusal("document_not_pdf")
        for page_id in stack.pages:
            if page_id not in here:
                raise Refusal("page_unknown")
            if page_id in used:
                raise Refusal("page_filed_twice")
            used.add(page_id)
    return tuple(
        Document(
            stack.document.sha256, stack.document.size, stack.document.mime, len(stack.pages),
            tuple(here[page_id].original.sha256 for page_id in stack.pages),
            stack.turns if any(stack.turns) else (),
        )
        for stack in stacks
    )


def _refuse_too_large(
    rule: DigitisingRule, held: Sequence[RequirementPapers], requirement: str, documents: Sequence[Document]
) -> None:
    largest = max(each.size for each in documents)
    if largest > rule.file_limit:
        raise Refusal("document_too_large", **_sizes(largest, rule.file_limit))
    others = [each for paper in held if paper.requirement != requirement for each in paper.documents]
    total = sum(each.size for each in (*others, *documents))
    if total > rule.dossier_limit:
        raise Refusal("dossier_files_too_large", **_sizes(total, rule.dossier_limit))


def _sizes(size: int, limit: int) -> dict[str, int]:
    """For the sentence: what is too large is never rounded down to what would be allowed."""
    return {"size": size, "limit": limit, "size_mb": -(-size // MEGABYTE), "limit_mb": limit // MEGABYTE}


def _signed(about: PaperAbout, counter: Counter, clerk: Clerk, now: datetime) -> PaperAbout:
    """Who digitised it is what happened, never what a form says."""
    return replace(
        about, digitised_by=clerk.name, digitised_at=now, unit=about.unit or counter.office_name
    )


def _journal(
    connection: Connection, counter: Counter, clerk: Clerk, stored: StoredDossier, requirement: str,
    held: Sequence[RequirementPapers], documents: tuple[Document, ...], body: Mapping[str, Any], intent: str,
    now: datetime, randomness: Randomness,
) -> DigitisedPaper:
    version = _current(held, requirement) + 1
    operation = _append(connection, counter, clerk, stored, Type.PAPER_DIGITISED, {
        "code": stored.body.code, "requirement": requirement, "version": version, "clerk_name": clerk.name,
        "documents": to_body(documents), **body,
    }, intent, now, randomness)
    status = DigitisedStatus(operation.body["status"])
    return DigitisedPaper(stored.body.code, requirement, version, status, documents, is_new=True)


def _append(
    connection: Connection, counter: Counter, clerk: Clerk, stored: StoredDossier, kind: str,
    body: Mapping[str, Any], intent: str, now: datetime, randomness: Randomness,
) -> Operation:
    assert stored.body.intake.procedure is not None
    event = book.Event(
        op_id=uuid7(now, randomness), type=kind, intent=intent, body=body, now=now,
        business_date=today_at_counter(connection, now),
    )
    operation = book.append(connection, counter.author(clerk, stored.body.intake.procedure.agency), event)
    projection.apply(connection, operation, is_own=True)
    return operation


def _is_about(known: Operation, kind: str, code: str, requirement: str) -> bool:
    return (
        known.header.type == kind and known.body["requirement"] == requirement
        and parse_code(known.body["code"]).key == parse_code(code).key
    )


def _again(known: Operation, stored: StoredDossier, is_same: bool) -> DigitisedPaper:
    if not is_same:
        raise Refusal("paper_intent_reused", code=stored.body.code)
    body = known.body
    return DigitisedPaper(
        stored.body.code, body["requirement"], body["version"], DigitisedStatus(body["status"]),
        documents_in(known), is_new=False,
    )


def _current(held: Sequence[RequirementPapers], requirement: str) -> int:
    return next((paper.version for paper in held if paper.requirement == requirement), 0)
