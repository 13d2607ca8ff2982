"""Từ chối tiếp nhận (form 03): a form that becomes no dossier. It uses no dossier number, it has one of its own.

The same intent that would have made the form a dossier makes it a refusal, so one form is never both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from app.domain.body import from_body, to_body
from app.domain.dossier_code import parse_code
from app.domain.dossier_papers import RefusalReason
from app.domain.identifiers import Randomness, uuid7
from app.domain.intake import Intake, PaperStatus
from app.domain.masking import mask_identifier
from app.domain.operation import Operation, Type
from app.domain.reason_library import finished_reason
from app.domain.text import nfc
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.drafts import discard_draft
from app.services.papers.prints import ask_print
from app.services.rules import Rules
from app.services.scan_tray import leave_pages_out
from app.store import journal as book
from app.store import projection
from app.store.tables import journal


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal as it stands in the journal; `number` is its own running number of this counter and year."""

    op_id: str
    number: int
    jobs: tuple[str, ...]
    is_new: bool


def refuse_intake(
    connection: Connection, counter: Counter, clerk: Clerk, rules: Rules, intake: Intake,
    reasons: Sequence[RefusalReason], *, now: datetime, randomness: Randomness, advice: str = "",
    national_code: str = "", submitted_at: datetime | None = None,
) -> Refused:
    """Refuse what the form asks for and end its draft; the paper says why, on what law, and where else to go.

    `national_code` and `submitted_at` of a dossier that was filed online: the paper bears that code. What is
    kept is what the paper says; identity numbers are kept masked, for an online dossier in full as the form
    asks for it. Pages scanned for the form wait for nothing any more. Raises `refusal_procedure_missing`,
    `refusal_person_missing`, `refusal_reason_missing`, `reason_empty`, `reason_unfinished`, `already_received`
    (code), `dossier_exists` (code) for an online one that was received, a code's own refusals, `intent_reused`.
    """
    known = book.by_intent(connection, intake.intent)
    if known is not None:
        return _again(connection, known, clerk, now)
    if intake.procedure is None:
        raise Refusal("refusal_procedure_missing")
    if intake.applicant is None or not intake.applicant.name.strip():
        raise Refusal("refusal_person_missing")
    if not reasons:
        raise Refusal("refusal_reason_missing")
    told = tuple(
        RefusalReason(finished_reason(reason.text), " ".join(nfc(reason.legal_basis).split()))
        for reason in reasons
    )
    code = _online_code(connection, national_code)
    day = today_at_counter(connection, now)
    number = _next_number(connection, day.year)
    operation = book.append(connection, counter.author(clerk, intake.procedure.agency), book.Event(
        op_id=uuid7(now, randomness),
        type=Type.REFUSAL_MADE,
        intent=intake.intent,
        body={
            "number": number,
            "year": day.year,
            "form_set": rules.form_set_on(day),
            "clerk_name": clerk.name,
            "national_code": code,
            "submitted_at": submitted_at.isoformat() if submitted_at else None,
            "reasons": to_body(told),
            "advice": " ".join(nfc(advice).split()),
            "intake": to_body(_as_kept(intake, is_online=bool(code))),
        },
        now=now,
        business_date=day,
    ))
    projection.apply(connection, operation, is_own=True)
    discard_draft(connection, intake.intent)
    leave_pages_out(connection, intake.intent)
    return _result(connection, operation, clerk, now, is_new=True)


def refused_intake(operation: Operation) -> Intake:
    """What of the form was kept."""
    return from_body(Intake, operation.body["intake"])


def _again(connection: Connection, known: Operation, clerk: Clerk, now: datetime) -> Refused:
    if known.header.type == Type.DOSSIER_RECEIVED:
        raise Refusal("already_received", code=str(known.header.number))
    if known.header.type != Type.REFUSAL_MADE:
        raise Refusal("intent_reused", code="")
    return _result(connection, known, clerk, now, is_new=False)


def _result(
    connection: Connection, operation: Operation, clerk: Clerk, now: datetime, *, is_new: bool
) -> Refused:
    op_id, body = operation.header.op_id, operation.body
    job = ask_print(
        connection, paper="refusal", op_id=op_id, code=body["national_code"] or refusal_name(body),
        clerk_name=clerk.name, now=now,
    )
    return Refused(op_id, int(body["number"]), (job,), is_new)


def refusal_name(body: Any) -> str:
    """How this counter calls a refusal, in lists and as a file: TC-2026-004."""
    return f"TC-{body['year']}-{int(body['number']):03d}"


def _next_number(connection: Connection, year: int) -> int:
    made = connection.execute(
        select(func.count()).select_from(journal).where(
            journal.c.type == Type.REFUSAL_MADE, journal.c.business_date.startswith(f"{year}-")
        )
    ).scalar_one()
    return int(made) + 1


def _online_code(connection: Connection, national_code: str) -> str:
    if not national_code.strip():
        return ""
    code = parse_code(national_code)
    if projection.find_dossier(connection, code.text) is not None:
        raise Refusal("dossier_exists", code=code.text)
    return code.text


def _as_kept(intake: Intake, *, is_online: bool) -> Intake:
    """The form without what the paper does not print: no other person's numbers, no birth date, no amounts."""
    applicant = intake.applicant
    assert applicant is not None
    person, organisation = applicant.person, applicant.organisation
    if person is not None:
        number = person.personal_id if is_online else mask_identifier(person.personal_id)
        kept = replace(applicant, person=_bare(person, number))
    else:
        assert organisation is not None    # an applicant is one of the two; a tax code is public
        kept = applicant
    submitter = intake.submitter
    if submitter is not None:
        number = mask_identifier(submitter.person.personal_id)
        submitter = replace(submitter, person=_bare(submitter.person, number))
    papers = tuple(paper for paper in intake.papers if paper.status is not PaperStatus.NOT_APPLICABLE)
    return replace(intake, applicant=kept, submitter=submitter, papers=papers, fees=(), note="")


def _bare(person: Any, number: str) -> Any:
    return replace(person, personal_id=number, old_id="", birth_date=None, id_issue_date=None, card_text="")
