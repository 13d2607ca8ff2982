"""One line of the journal about money, and the cash book after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from app.domain.identifiers import Randomness, uuid7
from app.domain.operation import Operation
from app.domain.till.movements import Movement, write_movements
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.store import journal as book
from app.store import projection


def done_before(connection: Connection, intent: str, type_: str, **same: object) -> Operation | None:
    """The operation that this intent made. Refusal `intent_reused` when it was another act or another content."""
    known = book.by_intent(connection, intent)
    if known is None:
        return None
    if known.header.type != type_ or any(known.body.get(name) != value for name, value in same.items()):
        raise Refusal("intent_reused", code="")
    return known


def new_id(now: datetime, randomness: Randomness) -> str:
    return uuid7(now, randomness)


def write_money(
    connection: Connection, counter: Counter, clerk: Clerk, type_: str, body: Mapping[str, Any], *,
    op_id: str, intent: str, now: datetime, movements: Iterable[Movement] | None = None, agency: str = "",
    day: date | None = None,
) -> Operation:
    """Append and apply. `movements` None: no money moves. Raises ValueError when they do not balance."""
    whole: dict[str, Any] = {"clerk_name": clerk.name, **body}
    if movements is not None:
        whole["movements"] = write_movements(movements)
    event = book.Event(op_id=op_id, type=type_, intent=intent, body=whole, now=now,
                       business_date=day or today_at_counter(connection, now))
    operation = book.append(connection, counter.author(clerk, agency), event)
    projection.apply(connection, operation, is_own=True)
    return operation
