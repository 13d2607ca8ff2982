"""The notice of an agency's extension (Mẫu 04), from the event that recorded it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from app.domain.dossier_papers import ExtensionNotice
from app.domain.life.facts import Extended
from app.domain.operation import Operation
from app.domain.vietnam_time import VIETNAM
from app.services.counter import Counter
from app.services.life.past import facts_in, past_of
from app.services.papers.subject import signed_paper, subject_of


def extension_notice(connection: Connection, counter: Counter, operation: Operation, code: str) -> ExtensionNotice:
    past = past_of(connection, operation, code)
    said = facts_in(operation, code, Extended)
    subject = subject_of(past.body)
    return ExtensionNotice(
        form_set=past.body.form_set,
        head=counter.paper_head,
        subject=subject,
        paper=signed_paper(said.paper, subject.agency_name),
        original_due_at=_there(past.life.original_due_at),
        due_at=_there(past.life.due_at),
        new_due_at=_there(said.due.at),
        times=len(past.life.due_changes) + 1,
        reason=said.reason,
        printed_at=datetime.fromisoformat(operation.header.wall_time).astimezone(VIETNAM),
        clerk_name=str(operation.body["clerk_name"]),
    )


def _there(moment: datetime | None) -> datetime | None:
    return moment.astimezone(VIETNAM) if moment else None
