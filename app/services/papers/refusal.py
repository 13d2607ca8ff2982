"""Mẫu 03 from the refusal as it was journalled."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from app.domain.body import from_body
from app.domain.dossier_papers import RefusalPaper, RefusalReason
from app.domain.intake import PaperStatus
from app.domain.operation import Operation
from app.domain.vietnam_time import VIETNAM
from app.services.counter import Counter
from app.services.life.refusal import refused_intake
from app.services.papers.subject import paper_line, subject_of_intake


def refusal(connection: Connection, counter: Counter, operation: Operation, code: str) -> RefusalPaper:
    body, intake = operation.body, refused_intake(operation)
    national_code = str(body["national_code"])
    submitted = body["submitted_at"]
    assert intake.applicant is not None
    submitter = intake.submitter
    return RefusalPaper(
        form_set=str(body["form_set"]),
        head=counter.paper_head,
        subject=subject_of_intake(intake, code=national_code, has_identifier=bool(national_code)),
        number=int(body["number"]),
        refused_at=datetime.fromisoformat(operation.header.wall_time).astimezone(VIETNAM),
        submitted_at=datetime.fromisoformat(submitted).astimezone(VIETNAM) if submitted else None,
        reasons=tuple(from_body(RefusalReason, reason) for reason in body["reasons"]),
        advice=str(body["advice"]),
        papers_back=tuple(paper_line(paper) for paper in intake.papers if paper.status is PaperStatus.PRESENT),
        submitter_name=submitter.person.full_name if submitter else intake.applicant.name,
        clerk_name=str(body["clerk_name"]),
    )
