"""The line of the journal that a run writes: no clerk did it, the term of the province did."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from app.domain.identifiers import Randomness, uuid7
from app.domain.operation import JsonBody
from app.services.counter import Counter
from app.services.days import today_at_counter
from app.store import journal as book
from app.store import projection


def tell_run(
    connection: Connection, counter: Counter, kind: str, body: JsonBody, now: datetime, randomness: Randomness
) -> None:
    """`kind`: a `Type`. Kept and applied, in the caller's transaction."""
    op_id = uuid7(now, randomness)
    operation = book.append(connection, counter.author(None), book.Event(
        op_id=op_id, type=kind, intent=op_id, body=body, now=now,
        business_date=today_at_counter(connection, now),
    ))
    projection.apply(connection, operation, is_own=True)
