"""The append-only journal: one line per thing that happened, chained, signed, never changed.

`append` must run inside the transaction that changes the projection. Everything else only reads.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, func, select

from app.domain.operation import GENESIS, Header, JsonBody, Operation, canonical, digest, parse
from app.domain.people.rights import Rights
from app.errors import Refusal
from app.store.prepared import Prepared, added_row, first_of
from app.store.tables import journal, sync_state
from app.store.written import note_written

EXPORT_FORMAT = "quay-mot-cua-journal-1"

MAX_PAYLOAD = 4 * 1024 * 1024
"""Bytes of one operation; half of what a gateway takes in one request, whatever the text compresses to."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who signs and for whom: the device's chain and key, the office, the clerk and agency account.

    `rights` of the clerk; None for the system, and where the office has no personal sign-in.
    """

    device: str
    epoch: int
    key: Ed25519PrivateKey
    office: str
    staff: str
    agency_account: str
    clock_offset_ms: int | None
    rights: Rights | None = None


@dataclass(frozen=True, slots=True)
class Head:
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Extract:
    """Lines `first`..`last` by position, told for `day`: without gaps, though it begins inside the chain."""

    day: date
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Event:
    """What is to be journalled: type, body, and the intent that makes it happen once."""

    op_id: str
    type: str
    intent: str
    body: JsonBody
    now: datetime
    business_date: date
    number: str | None = None


_PAGE = 500
_LINES = select(journal.c.position, journal.c.payload, journal.c.hash, journal.c.signature)

# Reception waits for these.
_HEAD = first_of(
    select(journal.c.seq, journal.c.hash)
    .where(journal.c.device == bindparam("device"), journal.c.epoch == bindparam("epoch"))
    .order_by(journal.c.seq.desc())
)
_BY_INTENT = Prepared(
    select(journal.c.payload, journal.c.signature).where(journal.c.intent == bindparam("intent"))
)
_LAST_DAY = first_of(
    select(journal.c.business_date)
    .where(journal.c.number.is_not(None))
    .order_by(journal.c.business_date.desc())
)
_INSERT = added_row(journal)

STOPPED = "numbers_stopped"
"""What the courier remembers of why no numbers are given out (`app.services.standing`)."""
OLDER = ("older_than_witness", "older_than_province")
_STOPPED = first_of(select(sync_state.c.value).where(sync_state.c.name == STOPPED))


def head(connection: Connection, device: str, epoch: int) -> Head:
    """The last line of this device's chain; seq 0 and the genesis hash when there is none."""
    row = _HEAD.first(connection, {"device": device, "epoch": epoch})
    return Head(*row) if row else Head(0, GENESIS)


def append(connection: Connection, author: Author, event: Event) -> Operation:
    """Chain, sign and store one operation; it exists when the caller's transaction commits.

    Raises `operation_too_large`: the chain knows no gap, so what cannot be sent must never enter it; and
    `numbers_stopped` {reason} while this book is known to lack operations that were made: whatever was written
    now would stand in their place. This is the one door of rights too: what `Rights.require_for` raises for a
    clerk who may not write this (`act_not_allowed`, `grant_…`, `second_person_needed`).
    """
    _refuse_when_older(connection)
    if author.rights is not None:
        author.rights.require_for(event.type, event.business_date)
        event = _with_second(event, author.rights)
    last = head(connection, author.device, author.epoch)
    header = Header(
        op_id=event.op_id,
        device=author.device,
        epoch=author.epoch,
        seq=last.seq + 1,
        prev=last.hash,
        type=event.type,
        intent=event.intent,
        office=author.office,
        staff=author.staff,
        agency_account=author.agency_account,
        business_date=event.business_date.isoformat(),
        wall_time=event.now.astimezone(UTC).isoformat(timespec="milliseconds"),
        clock_offset_ms=author.clock_offset_ms,
        number=event.number,
    )
    payload = canonical(header, event.body)
    size = len(payload.encode())
    if size > MAX_PAYLOAD:
        raise Refusal("operation_too_large", size=size, limit=MAX_PAYLOAD)
    operation = Operation(header, event.body, payload, digest(payload), author.key.sign(payload.encode()))
    insert_operation(connection, operation)
    return operation


def _with_second(event: Event, rights: Rights) -> Event:
    """The line says who stood by, also where its type has no place of its own for that."""
    if rights.second is None or "second" in event.body:
        return event
    second = {"second": rights.second.clerk, "second_name": rights.second.name}
    return replace(event, body={**event.body, **second})


def _refuse_when_older(connection: Connection) -> None:
    held = _STOPPED.first(connection, {})
    if held is not None and any(reason in held[0] for reason in OLDER):
        raise Refusal("numbers_stopped", reason=json.loads(held[0])["reason"])


def insert_operation(connection: Connection, operation: Operation) -> None:
    """Store an operation as it is: our own new one, or our own brought back from a witness."""
    header = operation.header
    _INSERT.run(
        connection,
        {
            "device": header.device,
            "epoch": header.epoch,
            "seq": header.seq,
            "op_id": header.op_id,
            "intent": header.intent,
            "type": header.type,
            "number": header.number,
            "business_date": header.business_date,
            "payload": operation.payload,
            "hash": operation.hash,
            "signature": operation.signature,
        },
    )
    note_written(connection, header.device, header.epoch, header.seq, operation.hash)


def by_intent(connection: Connection, intent: str) -> Operation | None:
    """The operation already made from this form, if any."""
    row = _BY_INTENT.first(connection, {"intent": intent})
    return parse(*row) if row else None


def after(connection: Connection, device: str, epoch: int, seq: int, limit: int) -> list[Row[Any]]:
    """Up to `limit` lines (seq, op_id, payload, hash, signature) of the chain behind `seq`, in order."""
    return list(
        connection.execute(
            select(journal.c.seq, journal.c.op_id, journal.c.payload, journal.c.hash, journal.c.signature)
            .where(journal.c.device == device, journal.c.epoch == epoch, journal.c.seq > seq)
            .order_by(journal.c.seq)
            .limit(limit)
        )
    )


def operations(connection: Connection) -> Iterator[tuple[int, Operation]]:
    """Every operation with its position, in the order it was made; page by page, so that its reader may write."""
    last = -1
    page = _LINES.order_by(journal.c.position).limit(_PAGE)
    while rows := connection.execute(page.where(journal.c.position > last)).all():
        for row in rows:
            yield row.position, parse(row.payload, row.signature)
        last = rows[-1].position


def export_lines(
    connection: Connection, device: str, public_key: bytes, made_at: datetime, *, extract: Extract | None = None
) -> Iterator[str]:
    """The journal as JSON lines for the stand-alone verifier: a head line, then one line an operation.

    An extract says in its head behind which line of each epoch it begins.
    """
    told: dict[str, Any] = {
        "format": EXPORT_FORMAT,
        "device": device,
        "public_key": public_key.hex(),
        "made_at": made_at.astimezone(UTC).isoformat(timespec="seconds"),
    }
    wanted = _LINES
    if extract is not None:
        told |= {"day": extract.day.isoformat(), "starts": _starts(connection, device, extract)}
        wanted = wanted.where(_inside(device, extract))
    yield json.dumps(told)
    for row in connection.execute(wanted.order_by(journal.c.position)):
        yield json.dumps(
            {"payload": row.payload, "hash": row.hash, "signature": row.signature.hex()}, ensure_ascii=False
        )


def _inside(device: str, extract: Extract) -> ColumnElement[bool]:
    return and_(journal.c.device == device, journal.c.position.between(extract.first, extract.last))


def _starts(connection: Connection, device: str, extract: Extract) -> list[dict[str, Any]]:
    firsts = connection.execute(
        select(journal.c.epoch, func.min(journal.c.seq).label("seq"))
        .where(_inside(device, extract)).group_by(journal.c.epoch).order_by(journal.c.epoch)
    ).all()
    found = []
    for row in firsts:
        payload = connection.execute(
            select(journal.c.payload)
            .where(journal.c.device == device, journal.c.epoch == row.epoch, journal.c.seq == row.seq)
        ).scalar_one()
        if row.seq > 1:
            found.append({"epoch": row.epoch, "seq": row.seq - 1, "head": parse(payload, b"").header.prev})
    return found


def highest_business_date(connection: Connection) -> date | None:
    """The latest day a number of this book was given out on; a clock set back never goes below it.

    Only numbers count: a look at a dossier on a PC whose clock stood in another year must not carry the
    counter to a day that no lease will ever cover.
    """
    row = _LAST_DAY.first(connection, {})
    return date.fromisoformat(row[0]) if row else None
