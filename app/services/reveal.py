"""Lists are masked; looking at a full number is an act with an author (Luật 91/2025/QH15)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from app.domain.applicant import Applicant
from app.domain.identifiers import Randomness, uuid7
from app.domain.operation import Type
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.stored_dossier import read_dossier
from app.store import journal as book
from app.store import projection


def reveal_person(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, what: str,
    *, intent: str, now: datetime, randomness: Randomness,
) -> Applicant:
    """The applicant in full, with a journal line saying who looked at what (`what`: identifier, phone …).

    The same intent twice is one look. Raises `intent_reused` for another dossier: no look without a line.
    """
    body = read_dossier(connection, code).body
    assert body.intake.applicant is not None and body.intake.procedure is not None
    known = book.by_intent(connection, intent)
    if known is not None and (known.header.type, known.body.get("code")) != (Type.PERSON_REVEALED, body.code):
        raise Refusal("intent_reused", code=body.code)
    if known is None:
        event = book.Event(
            op_id=uuid7(now, randomness),
            type=Type.PERSON_REVEALED,
            intent=intent,
            body={"code": body.code, "what": what, "clerk_name": clerk.name},
            now=now,
            business_date=today_at_counter(connection, now),
        )
        operation = book.append(connection, counter.author(clerk, body.intake.procedure.agency), event)
        projection.apply(connection, operation, is_own=True)
    return body.intake.applicant
