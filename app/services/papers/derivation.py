"""Vì sao ngày này? Every step of reception and of each change since, from the stored events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.domain.calendar import CalendarWarning
from app.domain.derivation import step_from_json
from app.domain.derivation_words import describe_calendar_warning, describe_step, describe_time
from app.domain.dossier import Due
from app.domain.dossier_code import parse_code
from app.domain.dossier_papers import DerivationPaper, DerivationPart, DueChangeLine
from app.domain.event_words import REASONS, paper_words
from app.domain.life.event import Event
from app.domain.life.fold import step
from app.domain.life.life import DueChange
from app.domain.operation import Operation
from app.domain.vietnam_time import VIETNAM
from app.domain.vietnamese_dates import short_date
from app.services.counter import Counter
from app.services.life.past import Past, past_of
from app.services.life.promises import due_now, new_due_of
from app.services.papers.subject import subject_of
from app.store import projection_life


def derivation(connection: Connection, counter: Counter, operation: Operation, code: str) -> DerivationPaper:
    """As it stands with the operation; one that is no event of the dossier's life changes nothing."""
    past = _with_act(past_of(connection, operation, code), operation, code)
    due = due_now(past.body, past.life, past.events)
    procedure = past.body.intake.procedure
    assert procedure is not None
    return DerivationPaper(
        head=counter.paper_head,
        subject=subject_of(past.body),
        processing_time=describe_time(procedure.time),
        original_due_at=_there(past.life.original_due_at),
        due_at=_there(past.life.due_at),
        parts=tuple(parts_of(past.body.due, past.life.due_changes, past.events)),
        changes=tuple(_change(change) for change in past.life.due_changes),
        warnings=tuple(describe_calendar_warning(CalendarWarning.from_text(text)) for text in due.warnings),
        calendar_version=due.calendar_version,
        policy_version=due.policy_version,
        printed_at=datetime.fromisoformat(operation.header.wall_time).astimezone(VIETNAM),
        clerk_name=str(operation.body["clerk_name"]),
    )


def parts_of(first: Due, changes: Iterable[DueChange], events: Iterable[Event]) -> Iterable[DerivationPart]:
    """One part for reception, one for each single agency, one for each change, in the order they came about."""
    yield DerivationPart("Khi tiếp nhận", sentences_of(first.steps))
    for leg in first.legs:
        yield DerivationPart(leg.name, sentences_of(leg.steps))
    brought = {event.id: new_due_of(event.facts) for event in events}
    for change in changes:
        new = brought.get(change.event)
        day = short_date(change.at.astimezone(VIETNAM).date())
        title = f"{reason_words(change.reason)} ({day})"
        steps = sentences_of(new.steps) if new is not None else ()
        yield DerivationPart(title, steps or (_by_paper(change),))


def sentences_of(steps: Iterable[Any]) -> tuple[str, ...]:
    return tuple(describe_step(step_from_json(each)) for each in steps)


def reason_words(reason: str) -> str:
    return REASONS.get(reason, reason)


def _by_paper(change: DueChange) -> str:
    said = paper_words(change.paper)
    return f"Ngày hẹn theo văn bản của cơ quan giải quyết{f', {said}' if said else ''}."


def _with_act(past: Past, operation: Operation, code: str) -> Past:
    if operation.header.type not in projection_life.KINDS:
        return past
    own = [event for said, event, _ in projection_life.events_of(operation) if _is_same(said, code)]
    life = past.life
    for event in own:
        life = step(life, event)
    return Past(past.body, (*past.events, *own), life, life)


def _is_same(said: str, code: str) -> bool:
    return parse_code(said).key == parse_code(code).key


def _change(change: DueChange) -> DueChangeLine:
    by = paper_words(change.paper) or change.by_name
    return DueChangeLine(
        change.at.astimezone(VIETNAM), _there(change.before), _there(change.after), reason_words(change.reason), by
    )


def _there(moment: datetime | None) -> datetime | None:
    return moment.astimezone(VIETNAM) if moment else None
