"""Biên bản giao nhận hồ sơ, of the group that a reception was the last of when the annex was asked for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from app.domain.body import from_body
from app.domain.derivation_words import describe_time
from app.domain.dossier import DossierBody
from app.domain.intake import FeeTiming
from app.domain.money import format_money
from app.domain.operation import Operation
from app.domain.route_papers import GroupAnnexPaper, GroupLine
from app.domain.vietnam_time import VIETNAM
from app.services.counter import Counter
from app.services.groups import bodies_of, fee_of

LATER, EXEMPT, SELF = "thu sau", "miễn", "tự nộp"


def group_annex(connection: Connection, counter: Counter, operation: Operation, code: str) -> GroupAnnexPaper:
    """`code` is the annex's number; `operation` received the last dossier that is on it."""
    last = from_body(DossierBody, operation.body["dossier"])
    bodies = [
        body for body in bodies_of(connection, last.intake.group)
        if (body.received_at, body.book_number) <= (last.received_at, last.book_number)
    ]
    name, identifier, phone, address = _handed_in_by(bodies[0])
    later = sum(fee_of(body.intake) or 0 for body in bodies if body.intake.fee_timing is FeeTiming.AFTER)
    delegates = {body.intake.submitter.is_delegate for body in bodies if body.intake.submitter}
    return GroupAnnexPaper(
        head=counter.paper_head,
        number=code,
        submitter_name=name,
        submitter_identifier=identifier,
        submitter_phone=phone,
        submitter_address=address,
        received_at=bodies[-1].received_at.astimezone(VIETNAM),
        lines=tuple(_line(body, name) for body in bodies),
        clerk_name=str(operation.body["clerk_name"]),
        fee_note=f"trong đó {LATER} {format_money(later)}" if later else "",
        delegate_paper="giấy ủy quyền" if delegates == {True} else "",
    )


def _handed_in_by(body: DossierBody) -> tuple[str, str, str, str]:
    """Name, number, telephone and address of who stood at the counter."""
    applicant, submitter = body.intake.applicant, body.intake.submitter
    assert applicant is not None
    if submitter is None:
        return applicant.name, applicant.identifier, applicant.phone, applicant.address
    person = submitter.person
    return person.full_name, person.personal_id, person.phone or applicant.phone, person.address


def _line(body: DossierBody, submitter_name: str) -> GroupLine:
    intake = body.intake
    assert intake.procedure is not None and intake.applicant is not None
    handed_in_by = _handed_in_by(body)[0]
    said = SELF if handed_in_by == intake.applicant.name else f"người nộp: {handed_in_by}"
    notes = (
        said if handed_in_by != submitter_name else "",
        f"phí: {LATER}" if intake.fee_timing is FeeTiming.AFTER and fee_of(intake) != 0 else "",
        f"phí: {EXEMPT}" if intake.fee_timing is FeeTiming.EXEMPT else "",
    )
    return GroupLine(
        code=body.code,
        procedure_name=intake.procedure.name,
        agency_name=intake.procedure.agency_name,
        applicant_name=intake.applicant.name,
        received_at=body.received_at.astimezone(VIETNAM),
        due_at=_at_counter(body.due.at),
        processing_time=describe_time(intake.procedure.time),
        sets=intake.sets,
        fee=fee_of(intake),
        note="; ".join(note for note in notes if note),
    )


def _at_counter(moment: datetime | None) -> datetime | None:
    return moment.astimezone(VIETNAM) if moment else None
