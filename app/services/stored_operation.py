"""Reading one operation back, whoever made it: our own from the journal, another counter's from the feed."""

from __future__ import annotations

import json

from sqlalchemy import Connection, select

from app.domain.operation import Operation, parse
from app.errors import Refusal
from app.store.tables import feed_entries, journal


def read_operation(connection: Connection, op_id: str) -> Operation:
    """The operation, ours or another counter's; the feed keeps no signature. Raises `operation_unknown`."""
    return parse(*_stored(connection, op_id))


def read_payload(connection: Connection, op_id: str) -> str:
    """Its exact text. Raises `operation_unknown`."""
    return _stored(connection, op_id)[0]


def _stored(connection: Connection, op_id: str) -> tuple[str, bytes]:
    own = connection.execute(
        select(journal.c.payload, journal.c.signature).where(journal.c.op_id == op_id)
    ).one_or_none()
    if own is not None:
        return own.payload, own.signature
    fed = connection.execute(
        select(feed_entries.c.payload).where(feed_entries.c.op_id == op_id)
    ).scalars().first()
    if fed is None:
        raise Refusal("operation_unknown")
    return str(json.loads(fed)["payload"]), b""
