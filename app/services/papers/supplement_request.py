"""Mẫu 02 from the request as it was journalled."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from app.domain.dossier_papers import SupplementRequestPaper
from app.domain.gaps import is_paper
from app.domain.life.facts import SupplementAsked
from app.domain.operation import Operation
from app.domain.papers import PaperLine
from app.domain.vietnam_time import VIETNAM
from app.services.counter import Counter
from app.services.life.past import facts_in, past_of
from app.services.papers.subject import signed_paper, subject_of


def supplement_request(
    connection: Connection, counter: Counter, operation: Operation, code: str
) -> SupplementRequestPaper:
    past = past_of(connection, operation, code)
    asked = facts_in(operation, code, SupplementAsked)
    subject = subject_of(past.body)
    bring_by = str((operation.body.get("about") or {}).get("bring_by", ""))
    return SupplementRequestPaper(
        form_set=past.body.form_set,
        head=counter.paper_head,
        subject=subject,
        number=None,
        asked_at=datetime.fromisoformat(operation.header.wall_time).astimezone(VIETNAM),
        papers=tuple(
            PaperLine(gap.name, gap.originals, gap.certified, gap.copies, gap.note)
            for gap in asked.gaps if is_paper(gap)
        ),
        demands=tuple(f"{gap.name}: {gap.note}" for gap in asked.gaps if not is_paper(gap)),
        reason=asked.reason,
        legal_basis=(asked.basis,) if asked.basis else (),
        times=asked.request,
        bring_by=date.fromisoformat(bring_by) if bring_by else None,
        due_at=past.life.due_at.astimezone(VIETNAM) if past.life.due_at else None,
        is_clock_stopped=True,
        asked_by=signed_paper(asked.paper, subject.agency_name) if asked.paper is not None else None,
        clerk_name=str(operation.body["clerk_name"]),
    )
