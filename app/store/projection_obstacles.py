"""The log of obstacles (vướng mắc): noted about a dossier or a procedure, answered once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, or_, update
from sqlalchemy.dialects.sqlite import insert

from app.domain.operation import Operation
from app.domain.route_papers import ObstacleCause
from app.store.tables import obstacles

TABLES = (obstacles,)
"""Emptied before they are replayed."""


def note(connection: Connection, operation: Operation, is_own: bool) -> None:
    """One that is here already changes nothing. Raises ValueError for a cause that this program does not know."""
    body, header = operation.body, operation.header
    connection.execute(insert(obstacles).on_conflict_do_nothing(), {
        "id": header.op_id, "at": datetime.fromisoformat(header.wall_time), "month": header.business_date[:7],
        "code": body["code"], "procedure_code": body["procedure_code"], "procedure_name": body["procedure_name"],
        "agency": body["agency"], "agency_name": body["agency_name"],
        "cause": str(ObstacleCause(body["cause"])), "text": body["text"], "clerk_name": body["clerk_name"],
        "is_closed": False, "answer": "", "closed_at": None, "closed_by": "", "closing": "",
    })


def close(connection: Connection, operation: Operation, is_own: bool) -> None:
    """The answer. Of two counters that answered apart, the earlier operation holds, on every counter alike."""
    body, header = operation.body, operation.header
    is_first = or_(obstacles.c.closing == "", obstacles.c.closing > header.op_id)
    connection.execute(
        update(obstacles).where(obstacles.c.id == body["obstacle"], is_first).values(
            is_closed=True, answer=body["answer"], closed_at=datetime.fromisoformat(header.wall_time),
            closed_by=body["clerk_name"], closing=header.op_id,
        )
    )
