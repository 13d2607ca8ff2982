"""Quá trình xử lý hồ sơ: reception, corrections and every event, with how each is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection

from app.domain.dossier_papers import HistoryLine, HistoryPaper
from app.domain.event_words import SOURCES, STATES, describe_event
from app.domain.life.event import Event
from app.domain.life.states import Source
from app.domain.operation import Operation
from app.domain.vietnam_time import VIETNAM
from app.services.counter import Counter
from app.services.life.past import Past, past_of
from app.services.papers.subject import subject_of
from app.services.stored_dossier import read_dossier

DISPUTED = "chưa khớp với việc ghi trước đó, chờ người xem xét"


def history(connection: Connection, counter: Counter, operation: Operation, code: str) -> HistoryPaper:
    """As this counter knew it when the sheet was asked for."""
    past = past_of(connection, operation, code)
    lines = [*_versions(connection, past), *_events(past, counter)]
    known = operation.body.get("known_until")
    return HistoryPaper(
        head=counter.paper_head,
        subject=subject_of(past.body),
        state=STATES[past.life.business],
        due_at=past.life.due_at.astimezone(VIETNAM) if past.life.due_at else None,
        lines=tuple(sorted(lines, key=lambda line: line.at)),      # stable: what is one minute keeps its order
        known_until=datetime.fromisoformat(known).astimezone(VIETNAM) if known else None,
        printed_at=datetime.fromisoformat(operation.header.wall_time).astimezone(VIETNAM),
        clerk_name=str(operation.body["clerk_name"]),
    )


def _versions(connection: Connection, past: Past) -> Iterator[HistoryLine]:
    for line in read_dossier(connection, past.body.code).versions:
        if line.version <= past.body.version:
            event = "Tiếp nhận hồ sơ" if line.version == 1 else f"Sửa hồ sơ, bản {line.version}"
            note = f"lý do: {line.reason}" if line.reason else ""
            yield HistoryLine(line.at.astimezone(VIETNAM), event, line.clerk_name, "", note)


def _events(past: Past, counter: Counter) -> Iterator[HistoryLine]:
    in_conflict = {conflict.event for conflict in past.life.conflicts}
    agency = past.body.intake.procedure.agency_name if past.body.intake.procedure else ""
    for event in past.events:
        title, note = describe_event(event.facts)
        if event.id in in_conflict:
            note = " · ".join(part for part in (note, DISPUTED) if part)
        yield HistoryLine(
            event.at.astimezone(VIETNAM), title, agency if event.source is Source.AGENCY else event.name,
            _place(event, counter), note, SOURCES[event.source],
        )


def _place(event: Event, counter: Counter) -> str:
    if event.source is Source.AGENCY:
        return ""
    return counter.name if event.device == counter.device else "Quầy khác"
