"""From the stored row to the paper, and the fate of each print: waiting, sent, printed or failed.

The order is commit, then print. A print job is born in the transaction that stores the dossier, so a power
cut leaves a dossier and an unresolved job, which is asked about at the next start; never a paper without a
dossier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, func, select, update

from app.domain.calendar import CalendarWarning
from app.domain.derivation_words import describe_calendar_warning, describe_time
from app.domain.dossier import DossierBody, Due
from app.domain.fee_words import charged_line
from app.domain.identifiers import Randomness, uuid7
from app.domain.intake import FeeTiming, Intake, PaperStatus, ReturnMethod
from app.domain.operation import Type
from app.domain.papers import CopyMark, CoverLabel, LegLine, PaperLine, ReceiptPaper, StageLine
from app.domain.vietnam_time import VIETNAM
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.stored_dossier import read_dossier, read_version
from app.store import journal as book
from app.store import projection
from app.store.prepared import added_row
from app.store.tables import print_jobs

PrintState = Literal["waiting", "sent", "printed", "failed"]

CHANNEL_WORDS = {1: "Trực tiếp", 2: "Trực tuyến", 3: "Dịch vụ bưu chính công ích"}
TIMING_WORDS = {FeeTiming.BEFORE: "Thu trước", FeeTiming.AFTER: "Thu sau", FeeTiming.EXEMPT: "Miễn"}


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One receipt to be printed: `paper` and `mark` are all that the printing room needs."""

    job: str
    code: str
    version: int
    paper: ReceiptPaper
    mark: CopyMark | None


@dataclass(frozen=True, slots=True)
class OpenPrint:
    """A print whose end nobody has told us: after a restart the clerk is asked whether the paper came out."""

    job: str
    code: str
    version: int
    copy_number: int
    state: PrintState
    reason: str
    asked_at: datetime


def receipt_paper(body: DossierBody, counter: Counter) -> ReceiptPaper:
    """Mẫu 01 as this dossier's version says it; nothing is looked up but the office's own head."""
    intake = body.intake
    procedure, applicant = intake.procedure, intake.applicant
    assert procedure is not None and applicant is not None
    submitter = intake.submitter
    given = [paper for paper in intake.papers if paper.status is not PaperStatus.NOT_APPLICABLE]
    return ReceiptPaper(
        form_set=body.form_set,
        head=counter.paper_head,
        code=body.code,
        book=body.book,
        book_number=body.book_number,
        version=body.version,
        received_at=body.received_at.astimezone(VIETNAM),
        applicant_name=applicant.name,
        submitter_name=submitter.person.full_name if submitter else applicant.name,
        is_delegate=submitter.is_delegate if submitter else False,
        address=applicant.address,
        phone=applicant.phone or (submitter.person.phone if submitter else ""),
        email=applicant.email,
        identifier=applicant.identifier,
        procedure_code=procedure.code,
        procedure_name=procedure.name,
        case_name=procedure.case_name,
        agency_name=procedure.agency_name,
        papers=tuple(
            PaperLine(
                paper.name, paper.originals, paper.certified, paper.copies,
                f"Thiếu: {paper.missing_reason}" if paper.status is PaperStatus.MISSING else "",
            )
            for paper in given
        ),
        originals_kept=tuple(paper.name for paper in given if paper.keeps_original),
        sets=intake.sets,
        processing_time=describe_time(procedure.time),
        due_at=_at_counter(body.due.at),
        due_note=" ".join(
            describe_calendar_warning(CalendarWarning.from_text(doubt)) for doubt in body.due.warnings
        ),
        return_place=_return_place(body, counter),
        fees=tuple(map(charged_line, intake.fees)),
        fee_note=_fee_note(intake),
        clerk_name=body.clerk_name,
        channel=CHANNEL_WORDS.get(intake.channel, ""),
        lookup_secret=body.secret,
        legs=tuple(
            LegLine(leg.name, describe_time(leg.time), _at_counter(leg.at), leg.is_own) for leg in body.due.legs
        ),
        second_stage=_stage_line(body.due),
        national_code=intake.national_code,
    )


def _fee_note(intake: Intake) -> str:
    """When it is paid; for who pays less, why and by which paper."""
    why = f": {intake.exemption_reason}" if intake.exemption_reason else ""
    proof = f"; giấy tờ chứng minh: {intake.exemption_proof}" if intake.exemption_proof else ""
    return TIMING_WORDS[intake.fee_timing] + why + proof


def _stage_line(due: Due) -> StageLine | None:
    stage = due.second_stage
    if stage is None:
        return None
    return StageLine(describe_time(stage.time), _at_counter(stage.received_at), _at_counter(stage.at))


def _at_counter(moment: datetime | None) -> datetime | None:
    return moment.astimezone(VIETNAM) if moment else None


def cover_label(body: DossierBody) -> CoverLabel:
    """Label for the dossier cover: no citizen's name on it."""
    procedure = body.intake.procedure
    assert procedure is not None
    present = [paper for paper in body.intake.papers if paper.status is PaperStatus.PRESENT]
    return CoverLabel(
        code=body.code,
        procedure_name=procedure.name,
        agency_name=procedure.agency_name,
        received_on=body.received_at.astimezone(VIETNAM).date(),
        due_at=_at_counter(body.due.at),
        papers_total=sum(paper.originals + paper.certified + paper.copies for paper in present),
    )


_ADD_JOB = added_row(print_jobs)


def add_print_job(
    connection: Connection, job: str, code: str, version: int, copy_number: int, now: datetime
) -> None:
    """A print that must come to an end; called in the transaction that makes it necessary."""
    _ADD_JOB.run(
        connection,
        {
            "job": job, "code": code, "version": version, "copy_number": copy_number,
            "state": "waiting", "reason": "", "asked_at": now, "changed_at": now,
        },
    )


def print_job(connection: Connection, counter: Counter, job: str) -> PrintJob:
    """The paper of a waiting or failed job, from the stored version."""
    row = connection.execute(select(print_jobs).where(print_jobs.c.job == job)).one()
    body = read_version(connection, row.code, row.version)
    mark = None
    if row.copy_number > 0:
        mark = CopyMark(row.copy_number, row.asked_at.astimezone(VIETNAM), _clerk_of_job(connection, job))
    reason = _reason_of_version(connection, row.code, row.version)
    paper = receipt_paper(body, counter)
    if reason:
        paper = _with_reason(paper, reason)
    return PrintJob(job, row.code, row.version, paper, mark)


def note_print(connection: Connection, job: str, state: PrintState, now: datetime, reason: str = "") -> None:
    """What the printer or the clerk said of a job. `reason` is an error code, "" when there is none."""
    connection.execute(
        update(print_jobs).where(print_jobs.c.job == job).values(state=state, reason=reason, changed_at=now)
    )


def open_prints(connection: Connection) -> tuple[OpenPrint, ...]:
    """Prints that have not ended well, oldest first: the reprint list."""
    rows = connection.execute(
        select(print_jobs).where(print_jobs.c.state != "printed").order_by(print_jobs.c.asked_at)
    )
    return tuple(
        OpenPrint(row.job, row.code, row.version, row.copy_number, row.state, row.reason, row.asked_at)
        for row in rows
    )


def ask_reprint(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, now: datetime, randomness: Randomness,
    *, intent: str,
) -> str:
    """Journal one more print of the current version and return its job: BẢN SAO, how many, when, who.

    The same intent twice is one reprint.
    """
    known = connection.execute(select(print_jobs.c.job).where(print_jobs.c.job == intent)).first()
    if known is not None:
        return intent
    dossier = read_dossier(connection, code)
    body = dossier.body
    printed = connection.execute(
        select(func.max(print_jobs.c.copy_number)).where(
            print_jobs.c.code == body.code, print_jobs.c.version == body.version
        )
    ).scalar_one()
    number = (printed if printed is not None else 0) + 1
    assert body.intake.procedure is not None
    event = book.Event(
        op_id=uuid7(now, randomness),
        type=Type.RECEIPT_PRINTED,
        intent=intent,
        body={
            "code": body.code, "version": body.version, "copy_number": number, "clerk_name": clerk.name,
        },
        now=now,
        business_date=today_at_counter(connection, now),
    )
    operation = book.append(connection, counter.author(clerk, body.intake.procedure.agency), event)
    projection.apply(connection, operation, is_own=True)
    add_print_job(connection, intent, body.code, body.version, number, now)
    return intent


def _clerk_of_job(connection: Connection, job: str) -> str:
    operation = book.by_intent(connection, job)
    return str(operation.body.get("clerk_name", "")) if operation else ""


def _reason_of_version(connection: Connection, code: str, version: int) -> str:
    if version == 1:
        return ""
    return next(line.reason for line in read_dossier(connection, code).versions if line.version == version)


def _with_reason(paper: ReceiptPaper, reason: str) -> ReceiptPaper:
    return replace(paper, correction=reason)


def _return_place(body: DossierBody, counter: Counter) -> str:
    intake = body.intake
    if intake.return_method is ReturnMethod.POST:
        return f"Qua dịch vụ bưu chính công ích, địa chỉ nhận: {intake.return_address}"
    return counter.paper_head.unit
