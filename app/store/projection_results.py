"""Lists of results that came: one row each, with the number of its paper and the agency that sent it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert

from app.domain.operation import Operation
from app.store.tables import result_lists

TABLES = (result_lists,)
"""Emptied before they are replayed."""


def take_in(connection: Connection, operation: Operation, is_own: bool) -> None:
    """Raises TypeError or ValueError for a body of another shape: the feed sets the entry aside."""
    header, about = operation.header, operation.body.get("about", {})
    if not about.get("number"):        # results that came without a list
        return
    connection.execute(insert(result_lists), {
        "id": header.op_id, "number": str(about["number"]), "agency": str(about["agency"]),
        "agency_name": str(about["agency_name"]), "at": datetime.fromisoformat(header.wall_time),
        "clerk_name": str(operation.body["clerk_name"]), "lines": len(operation.body["lines"]),
    })
