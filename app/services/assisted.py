"""Help with filing online: the citizen filed with their own account, we stood beside. It becomes no dossier.

What is kept is that we helped, with what, and under which code. No password and no one-time code is asked for or
kept: who files is the citizen (domain facts, "Assisted online filing").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from app.domain.applicant import Applicant
from app.domain.dossier_code import parse_code
from app.domain.identifiers import Randomness, uuid7
from app.domain.intake import ChosenProcedure, PaperGiven, PaperStatus
from app.domain.masking import mask_identifier, mask_phone
from app.domain.operation import Operation, Type
from app.domain.text import nfc
from app.domain.vietnam_time import VIETNAM
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.drafts import discard_draft
from app.services.online import look_up_online, refuse_second
from app.services.scan_tray import leave_pages_out
from app.store import journal as book
from app.store import projection
from app.store.tables import assisted_filings


@dataclass(frozen=True, slots=True)
class Assisted:
    """`is_new` False: this intent had been carried out before, and nothing was done again."""

    op_id: str
    national_code: str
    is_new: bool


def assist_filing(
    connection: Connection, counter: Counter, clerk: Clerk, national_code: str, procedure: ChosenProcedure | None,
    applicant: Applicant | None, *, papers: Sequence[PaperGiven] = (), note: str = "", intent: str, now: datetime,
    randomness: Randomness,
) -> Assisted:
    """Write down that this dossier was filed online with our help.

    `papers` are those we helped to bring into it; the person's numbers are kept masked. A form with this intent
    ends: its draft is gone, pages scanned for it wait for nothing any more. Raises a code's own refusals,
    `assisted_procedure_missing`, `assisted_person_missing`, `assisted_before` (national_code, at, clerk),
    `online_already_here` (national_code, code) for one that was received here, `intent_reused`.
    """
    known = book.by_intent(connection, intent)
    if known is not None:
        return _again(known, national_code)
    found = look_up_online(connection, national_code)
    if procedure is None:
        raise Refusal("assisted_procedure_missing")
    if applicant is None or not applicant.name.strip():
        raise Refusal("assisted_person_missing")
    helped = found.helped
    if helped is not None:
        raise Refusal("assisted_before", national_code=found.code, at=helped.at, clerk=helped.clerk_name)
    refuse_second(connection, found.code)
    operation = book.append(connection, counter.author(clerk, procedure.agency), book.Event(
        op_id=uuid7(now, randomness),
        type=Type.ONLINE_ASSISTED,
        intent=intent,
        body={
            "national_code": found.code,
            "clerk_name": clerk.name,
            "procedure": {
                "code": procedure.code, "name": procedure.name, "case_name": procedure.case_name,
                "agency": procedure.agency, "agency_name": procedure.agency_name,
            },
            "person": {
                "name": applicant.name, "identifier": mask_identifier(applicant.identifier),
                "phone": mask_phone(applicant.phone),
            },
            "papers": [paper.name for paper in papers if paper.status is PaperStatus.PRESENT],
            "note": " ".join(nfc(note).split()),
        },
        now=now,
        business_date=today_at_counter(connection, now),
    ))
    projection.apply(connection, operation, is_own=True)
    discard_draft(connection, intent)
    leave_pages_out(connection, intent)
    return Assisted(operation.header.op_id, found.code, is_new=True)


def assisted_on(connection: Connection, now: datetime) -> int:
    """How many filings this office helped with on the day of `now` at the counter."""
    start = now.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)
    return int(connection.execute(
        select(func.count()).select_from(assisted_filings)
        .where(assisted_filings.c.at >= start, assisted_filings.c.at < start + timedelta(days=1))
    ).scalar_one())


def _again(known: Operation, national_code: str) -> Assisted:
    said = known.body.get("national_code")
    if known.header.type != Type.ONLINE_ASSISTED or parse_code(str(said)).key != parse_code(national_code).key:
        raise Refusal("intent_reused", code="")
    return Assisted(known.header.op_id, str(said), is_new=False)
