"""The notice of an agency's stop (Mẫu 05 of 03/2025), from the event that recorded it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from app.domain.dossier_papers import StopNotice
from app.domain.intake import PaperStatus
from app.domain.life.facts import AgencySaid
from app.domain.life.states import Custody, Holder
from app.domain.operation import Operation
from app.domain.papers import PaperLine
from app.domain.vietnam_time import VIETNAM
from app.services.counter import Counter
from app.services.life.checklist import papers_now
from app.services.life.past import Past, facts_in, past_of
from app.services.papers.subject import paper_line, signed_paper, subject_of


def stop_notice(connection: Connection, counter: Counter, operation: Operation, code: str) -> StopNotice:
    past = past_of(connection, operation, code)
    said = facts_in(operation, code, AgencySaid)
    subject = subject_of(past.body)
    paper = signed_paper(said.paper, subject.agency_name)
    return StopNotice(
        form_set=past.body.form_set,
        head=counter.paper_head,
        subject=subject,
        paper=paper,
        stopped_on=paper.dated,
        reason=said.reason,
        legal_basis=(),
        papers_back=_papers_here(past),
        advice="",
        printed_at=datetime.fromisoformat(operation.header.wall_time).astimezone(VIETNAM),
        clerk_name=str(operation.body["clerk_name"]),
    )


def _papers_here(past: Past) -> tuple[PaperLine, ...]:
    """What the citizen can fetch at this counter: the whole dossier when it is here, else the originals here."""
    if past.life.custody is Custody.COUNTER:
        return tuple(
            paper_line(paper) for paper in papers_now(past.body, past.events)
            if paper.status is PaperStatus.PRESENT
        )
    here = [one.name for one in past.life.originals if one.holder is Holder.COUNTER]
    return tuple(PaperLine(name, here.count(name), 0, 0) for name in dict.fromkeys(here))
