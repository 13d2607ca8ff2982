"""How the bridge stands, in counts and dossier codes; no citizen's data. For operator's page and command."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, func, select, update

from sync.gateway.bridge.queue import DOSSIER, State
from sync.gateway.bridge.tables import cursors, dossiers, notes, queue
from sync.gateway.database import insert_new
from sync.gateway.tables import offices

_LISTED = 200


def bridge_figures(connection: Connection) -> dict[str, Any]:
    """Counts by message and state; how much is unread; the last answer and the last trouble; what a person must
    look at, oldest first (at most 200, with the whole count beside): code, what, since, why, their words."""
    counts = {
        f"{row.service}_{row.state}": row.count
        for row in connection.execute(
            select(queue.c.service, queue.c.state, func.count().label("count"))
            .group_by(queue.c.service, queue.c.state).order_by(queue.c.service, queue.c.state))
    }
    heads = connection.execute(
        select(func.coalesce(func.sum(offices.c.feed_head - func.coalesce(cursors.c.position, 0)), 0))
        .select_from(offices).outerjoin(cursors, cursors.c.office == offices.c.id)
    ).scalar_one()
    told = select(func.count()).where(queue.c.service == DOSSIER, queue.c.code.is_not(None))
    noted = {row.name: row for row in connection.execute(select(notes))}
    answer, trouble = noted.get("last_answer"), noted.get("trouble")
    return {
        "counts": counts,
        "unread": int(heads),
        "dossiers": connection.execute(select(func.count()).select_from(dossiers)).scalar_one(),
        "told": connection.execute(told).scalar_one(),
        "waiting_since": connection.execute(
            select(func.min(queue.c.since)).where(queue.c.state == State.WAITING, queue.c.service == DOSSIER)
        ).scalar(),
        "unsure": _count(connection, queue.c.is_unsure),
        "failing": _count(connection, (queue.c.state == State.WAITING) & (queue.c.attempts > 0)),
        "last_answer": {"at": answer.at, "code": answer.value} if answer else None,
        "trouble": {"since": trouble.at, "reason": trouble.value} if trouble and trouble.value else None,
        "needs_person": _listed(connection, queue.c.state.in_((State.REFUSED, State.HELD))),
        "needs_person_count": _count(connection, queue.c.state.in_((State.REFUSED, State.HELD))),
        "cut": _listed(connection, queue.c.cuts.is_not(None)),
    }


def note(connection: Connection, name: str, at: str, value: str) -> None:
    """Keep the newest word about something; a trouble that goes on keeps its beginning."""
    if insert_new(connection, notes, name=name, at=at, value=value):
        return
    change = update(notes).where(notes.c.name == name)
    if name == "trouble":
        change = change.where(notes.c.value != value)
    connection.execute(change.values(at=at, value=value))


def _count(connection: Connection, condition: Any) -> int:
    return connection.execute(select(func.count()).select_from(queue).where(condition)).scalar_one()


def _listed(connection: Connection, condition: Any) -> list[dict[str, Any]]:
    found = connection.execute(
        select(queue, dossiers.c.number, dossiers.c.office)
        .join(dossiers, dossiers.c.number_key == queue.c.number_key)
        .where(condition).order_by(queue.c.since, queue.c.number_key).limit(_LISTED))
    return [
        {"number": row.number, "office": row.office, "service": row.service, "state": row.state,
         "since": row.since, "reason": row.reason, "answer": row.answer, "attempts": row.attempts,
         "cuts": json.loads(row.cuts) if row.cuts else []}
        for row in found
    ]
