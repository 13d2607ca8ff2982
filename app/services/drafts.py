"""Forms that are not dossiers yet: saved while they are typed, parked, resumed, never lost by a restart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from app.domain.vietnam_time import local
from app.services.counter import Counter
from app.store import journal as book
from app.store.tables import drafts


@dataclass(frozen=True, slots=True)
class Draft:
    """One unfinished form. `form` is the window's own JSON state; `label` what the strip shows."""

    intent: str
    is_parked: bool
    label: str
    clerk: str
    started_at: datetime
    saved_at: datetime
    form: Mapping[str, Any]


def save_draft(
    connection: Connection,
    *,
    intent: str,
    label: str,
    clerk: str,
    form: Mapping[str, Any],
    now: datetime,
    is_parked: bool = False,
) -> None:
    """Keep the form as it stands; the newest save wins. A form whose dossier exists is not kept again."""
    if book.by_intent(connection, intent) is not None:
        return
    text = json.dumps(form, ensure_ascii=False)
    statement = insert(drafts).values(
        intent=intent, is_parked=int(is_parked), label=label, clerk=clerk,
        started_at=now, saved_at=now, form=text,
    )
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["intent"],
            set_={"is_parked": int(is_parked), "label": label, "saved_at": now, "form": text},
        )
    )


def resume_draft(connection: Connection, intent: str) -> Draft | None:
    """Take a parked form back to the desk; None when it has become a dossier or was discarded."""
    connection.execute(update(drafts).where(drafts.c.intent == intent).values(is_parked=0))
    return next((draft for draft in list_drafts(connection) if draft.intent == intent), None)


def discard_draft(connection: Connection, intent: str) -> None:
    """Throw the form away; the caller keeps the Draft for as long as undo is offered."""
    connection.execute(delete(drafts).where(drafts.c.intent == intent))


def list_drafts(connection: Connection, *, is_parked: bool | None = None) -> tuple[Draft, ...]:
    """Unfinished forms, oldest first: parked ones, or (False) those on the desk when the program ended."""
    query = select(drafts).order_by(drafts.c.started_at)
    if is_parked is not None:
        query = query.where(drafts.c.is_parked == int(is_parked))
    return tuple(
        Draft(row.intent, bool(row.is_parked), row.label, row.clerk, row.started_at, row.saved_at,
              json.loads(row.form))
        for row in connection.execute(query)
    )


def drafts_for(connection: Connection, counter: Counter, clerk: str, now: datetime) -> tuple[Draft, ...]:
    """The unfinished forms that `clerk` may take up at `now`, oldest first: all of the counter's.

    Where each clerk signs in as herself, another's form of today is that clerk's alone; from the next day on, and
    once she has no right here any more, it is whoever's who works.
    """
    found = list_drafts(connection)
    if counter.granted is None:
        return found
    today, known = local(now).date(), counter.granted.good
    return tuple(
        draft for draft in found
        if draft.clerk == clerk or draft.clerk not in known or local(draft.saved_at).date() < today
    )
