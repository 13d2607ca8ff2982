"""What comes from outside: applied through the same functions as our own work, never under our clerk's name.

A page is stored and applied in one transaction together with the cursor, so a page seen twice changes
nothing and a page cut off was never there. A hole in the positions is refused, not stepped over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from app.domain.dossier import State
from app.domain.operation import Operation, parse
from app.errors import KnownError, Refusal
from app.store import projection
from app.store.settings import read_sync, write_sync
from app.store.tables import feed_entries, journal, notices, verdicts

NEEDS_PERSON = frozenset({"needs_fix", "refused", "held"})


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One entry as the province wrote it. `payload` holds the operation's exact text when kind is "operation"."""

    incarnation: str
    position: int
    kind: str
    actor: str                                     # "province", "device:…", "agency:…"
    at: str
    body: Mapping[str, Any]
    payload: str = ""
    signature: bytes = b""
    after_position: int = 0


@dataclass(frozen=True, slots=True)
class Cursor:
    incarnation: str
    position: int


@dataclass(frozen=True, slots=True)
class Notice:
    """A line of the lane "came from outside" (Từ bên ngoài)."""

    incarnation: str
    position: int
    origin: str
    kind: str
    code: str
    values: Mapping[str, Any]
    at: datetime


def read_cursor(connection: Connection) -> Cursor | None:
    held = read_sync(connection, "cursor")
    return Cursor(held["incarnation"], held["position"]) if held else None


def start_feed(connection: Connection, cursor: Cursor) -> None:
    """Where this counter's feed begins, as enrolment says; what came before is not ours to read."""
    write_sync(connection, "cursor", {"incarnation": cursor.incarnation, "position": cursor.position})


def take_page(
    connection: Connection, lines: Sequence[FeedLine], cursor: Cursor, now: datetime, *, device: str
) -> int:
    """Store and apply a page that ends at `cursor`; returns how many entries were new.

    Raises `feed_hole` when the page does not follow what is here.
    """
    held = read_cursor(connection)
    reached = held.position if held and held.incarnation == cursor.incarnation else None
    last = connection.execute(select(func.coalesce(func.max(journal.c.position), 0))).scalar_one()
    fresh = 0
    for sent in lines:
        line = replace(sent, after_position=last)
        if reached is not None and line.position <= reached:
            continue
        if reached is not None and line.position != reached + 1:
            raise Refusal("feed_hole", expected=reached + 1, got=line.position)
        reached = line.position
        _keep(connection, line, now)
        apply_entry(connection, line, device)
        _notify(connection, line, now)
        fresh += 1
    write_sync(connection, "cursor", {"incarnation": cursor.incarnation, "position": cursor.position})
    return fresh


def apply_entry(connection: Connection, line: FeedLine, device: str) -> None:
    """Bring the projection up to date with one entry. What cannot be read is kept and left alone.

    Our own operations come back without their text and change nothing; they only keep the positions whole.
    """
    try:
        if line.kind == "operation" and line.payload:
            _apply_operation(connection, parse(line.payload, line.signature), line, device)
        elif line.kind == "status":
            projection.apply_state(connection, str(line.body["number"]), State(int(line.body["status"])))
        elif line.kind == "alias":
            projection.apply_alias(connection, str(line.body["number"]), str(line.body["alias"]))
    except (KnownError, ValueError, KeyError, TypeError):
        # The entry itself stays stored; it is shown as a notice and a later version may understand it.
        return


def entries_in_order(connection: Connection) -> Iterator[FeedLine]:
    """Stored entries in the order they were applied, for a rebuild."""
    rows = connection.execute(
        select(feed_entries).order_by(
            feed_entries.c.after_position, feed_entries.c.received_at, feed_entries.c.position
        )
    )
    for row in rows:
        kept = json.loads(row.payload)
        yield FeedLine(
            row.incarnation, row.position, row.kind, kept["actor"], kept["at"], kept["body"],
            kept.get("payload", ""), b"", row.after_position,
        )


def new_notices(connection: Connection, limit: int = 50) -> tuple[Notice, ...]:
    """What came from outside and no clerk has acknowledged, newest first."""
    rows = connection.execute(
        select(notices).where(notices.c.is_seen == 0).order_by(notices.c.at.desc()).limit(limit)
    )
    return tuple(
        Notice(row.incarnation, row.position, row.origin, row.kind, row.code, json.loads(row.values), row.at)
        for row in rows
    )


def acknowledge_notice(connection: Connection, incarnation: str, position: int) -> None:
    connection.execute(
        update(notices)
        .where(notices.c.incarnation == incarnation, notices.c.position == position)
        .values(is_seen=1)
    )


def _keep(connection: Connection, line: FeedLine, now: datetime) -> None:
    kept: dict[str, Any] = {"actor": line.actor, "at": line.at, "body": dict(line.body)}
    op_id = None
    if line.payload:
        kept["payload"] = line.payload
        op_id = _op_id(line.payload)
    connection.execute(
        insert(feed_entries)
        .values(
            incarnation=line.incarnation, position=line.position, after_position=line.after_position,
            kind=line.kind, op_id=op_id, payload=json.dumps(kept, ensure_ascii=False), received_at=now,
        )
        .on_conflict_do_nothing()
    )


def _op_id(payload: str) -> str | None:
    try:
        return parse(payload, b"").header.op_id
    except ValueError:
        return None


def _apply_operation(connection: Connection, operation: Operation, line: FeedLine, device: str) -> None:
    """Apply it unless it is here already: in our journal, or in an earlier incarnation of the feed."""
    header = operation.header
    in_journal = connection.execute(select(journal.c.position).where(journal.c.op_id == header.op_id)).first()
    in_feed = connection.execute(
        select(feed_entries.c.position).where(
            feed_entries.c.op_id == header.op_id,
            or_(feed_entries.c.incarnation != line.incarnation, feed_entries.c.position < line.position),
            feed_entries.c.after_position <= line.after_position,
        )
    ).first()
    if in_journal is None and in_feed is None:
        projection.apply(connection, operation, is_own=header.device == device)


def _notify(connection: Connection, line: FeedLine, now: datetime) -> None:
    if line.kind == "verdict":
        _take_verdict(connection, line, now)
        if line.body.get("verdict") not in NEEDS_PERSON:
            return
    if line.kind == "operation":
        return                                     # a colleague's dossier is seen in the lists, not announced
    shown = {key: value for key, value in line.body.items() if isinstance(value, str | int)}
    connection.execute(
        insert(notices)
        .values(
            incarnation=line.incarnation, position=line.position, origin=line.actor, kind=line.kind,
            code=str(line.body.get("number") or ""), values=json.dumps(shown, ensure_ascii=False), at=now,
            is_seen=0,
        )
        .on_conflict_do_nothing()
    )


def _take_verdict(connection: Connection, line: FeedLine, now: datetime) -> None:
    """One row per operation that a person must look at; "accepted" takes an earlier refusal back."""
    body = line.body
    rows = connection.execute(
        select(journal.c.op_id).where(
            journal.c.device == body["device"], journal.c.epoch == int(body["epoch"]),
            journal.c.seq >= int(body["seq_from"]), journal.c.seq <= int(body["seq_to"]),
        )
    ).scalars()
    verdict = str(body["verdict"])
    if verdict not in NEEDS_PERSON:
        connection.execute(update(verdicts).where(verdicts.c.op_id.in_(list(rows))).values(is_closed=1))
        return
    for op_id in rows:
        statement = insert(verdicts).values(
            op_id=op_id, verdict=verdict, field=str(body.get("field") or ""),
            reason=str(body.get("reason") or ""), at=now, is_closed=0,
        )
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=["op_id"],
                set_={
                    "verdict": statement.excluded.verdict, "field": statement.excluded.field,
                    "reason": statement.excluded.reason, "at": statement.excluded.at, "is_closed": 0,
                },
            )
        )
