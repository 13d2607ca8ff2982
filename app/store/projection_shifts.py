"""The shift changes of the office's counters: who handed over to whom, and the number of the minutes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert

from app.domain.operation import Operation
from app.store.tables import shifts

TABLES = (shifts,)
"""Emptied before they are replayed."""


def hand_over(connection: Connection, operation: Operation, is_own: bool) -> None:
    """One that is here already changes nothing."""
    body, header = operation.body, operation.header
    connection.execute(insert(shifts).on_conflict_do_nothing(), {
        "id": header.op_id, "number": body["about"]["number"], "device": header.device,
        "at": datetime.fromisoformat(header.wall_time), "from_name": body["from_name"],
        "to_name": body["to_name"],
    })
