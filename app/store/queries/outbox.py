"""What waits for the province and what the province wants mended, as frozen rows; pages by key.

The lists stand beside the counts of `app.services.courier.outbox` and use the same conditions: what is behind
the confirmed sequence number waits, a verdict that nobody closed needs a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from app.domain.operation import Operation, parse
from app.store.queries.dossiers import Reach
from app.store.tables import forks, journal, parked_operations, verdicts


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One operation that the province has not confirmed. `set_aside`: why it does not go out, "" when it does."""

    position: int                  # in the journal: the order of all epochs
    seq: int
    op_id: str
    type: str
    code: str                      # the dossier it is about, "" when it is about none
    clerk_name: str                # "" for what no clerk did
    at: datetime
    set_aside: str
    attempts: int                  # tries of this operation alone, once it was set aside
    is_kept_beside: bool = False   # of a fork: the province keeps it beside its own chain, to be adopted


@dataclass(frozen=True, slots=True)
class NeedsPerson:
    """An operation of ours the province has judged and no person has closed yet."""

    op_id: str
    verdict: str                   # needs_fix | refused | held
    field: str
    reason: str
    at: datetime
    type: str
    code: str
    clerk_name: str


def waiting_page(
    connection: Connection, known: Reach, *, after: int | None = None, limit: int = 200
) -> tuple[WaitingLine, ...]:
    """Up to `limit` unconfirmed operations of this counter, oldest first, behind the journal's `after`."""
    rows = connection.execute(
        select(journal.c.position, journal.c.seq, journal.c.payload, parked_operations.c.reason,
               parked_operations.c.attempts, forks.c.epoch.label("kept"))
        .outerjoin(parked_operations, parked_operations.c.op_id == journal.c.op_id)
        .outerjoin(forks, (forks.c.epoch == journal.c.epoch) & journal.c.seq.between(forks.c.seq, forks.c.kept))
        .where(
            journal.c.device == known.device, journal.c.position > (after or 0),
            or_(*(
                (journal.c.epoch == epoch) & (journal.c.seq > confirmed)
                for epoch, confirmed in known.open_epochs
            )),
        )
        .order_by(journal.c.position)
        .limit(limit)
    )
    return tuple(_waiting(row) for row in rows)


def needs_person(connection: Connection) -> tuple[NeedsPerson, ...]:
    """All open verdicts, newest first; as many as the count says."""
    rows = connection.execute(
        select(verdicts, journal.c.payload)
        .join(journal, journal.c.op_id == verdicts.c.op_id)
        .where(verdicts.c.is_closed == 0)
        .order_by(verdicts.c.at.desc(), journal.c.position.desc())
    )
    return tuple(_judged(row) for row in rows)


def code_of(operation: Operation) -> str:
    """The dossier an operation is about, "" when it is about none."""
    return operation.header.number or str(operation.body.get("code") or "")


def clerk_of(operation: Operation) -> str:
    """The name of who did it, "" for what no clerk did."""
    return "" if operation.header.staff == "system" else str(operation.body.get("clerk_name") or "")


def _waiting(row: Any) -> WaitingLine:
    operation = parse(row.payload, b"")
    header = operation.header
    return WaitingLine(
        position=row.position, seq=row.seq, op_id=header.op_id, type=header.type, code=code_of(operation),
        clerk_name=clerk_of(operation), at=datetime.fromisoformat(header.wall_time),
        set_aside=row.reason or "", attempts=row.attempts or 0, is_kept_beside=row.kept is not None,
    )


def _judged(row: Any) -> NeedsPerson:
    operation = parse(row.payload, b"")
    return NeedsPerson(
        op_id=row.op_id, verdict=row.verdict, field=row.field, reason=row.reason, at=row.at,
        type=operation.header.type, code=code_of(operation), clerk_name=clerk_of(operation),
    )
