"""Sheets about a dossier that a citizen or a colleague asks for: why this date, and what has happened so far.

They bear a person's name, so asking for one leaves a line in the journal, which also says what was known then.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from app.domain.identifiers import Randomness, uuid7
from app.domain.operation import Type
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.life.past import standing
from app.services.life.reading import read_life
from app.services.papers.prints import ask_print
from app.store import journal as book
from app.store import projection
from app.store.settings import read_sync


class Sheet(StrEnum):
    """The names under which `app.services.papers.builders` knows them."""

    DERIVATION = "derivation"
    HISTORY = "history"


def ask_sheet(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, sheet: Sheet,
    *, intent: str, now: datetime, randomness: Randomness,
) -> str:
    """The print job of the sheet as the dossier stands now. The same intent is one print.

    Raises `dossier_unknown`, `intent_reused`.
    """
    held = read_life(connection, code)
    operation = book.by_intent(connection, intent)
    if operation is None:
        body: dict[str, Any] = {
            "about": "", "paper": str(sheet), "code": held.code, "copy_number": 0, "clerk_name": clerk.name,
            "known_until": read_sync(connection, "last_contact_at"), **standing(held),
        }
        operation = book.append(connection, counter.author(clerk), book.Event(
            op_id=uuid7(now, randomness), type=Type.PAPER_PRINTED, intent=intent, body=body, now=now,
            business_date=today_at_counter(connection, now),
        ))
        projection.apply(connection, operation, is_own=True)
    elif operation.header.type != Type.PAPER_PRINTED or operation.body["paper"] != sheet:
        raise Refusal("intent_reused", code=held.code)
    return ask_print(
        connection, paper=str(sheet), op_id=operation.header.op_id, code=held.code, clerk_name=clerk.name, now=now
    )
