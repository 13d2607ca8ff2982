"""What comes from outside: applied through the same functions as our own work, never under our clerk's name.

A page is stored and applied in one transaction together with the cursor, so a page seen twice changes
nothing and a page cut off was never there. A hole in the positions is refused, not stepped over. An entry
that cannot be applied (unreadable, or at odds with what is here) changes no table and stops no other: it is
kept, and said in the lane "from outside".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, bindparam, func, literal_column, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InterfaceError, ProgrammingError, StatementError

from app.domain.operation import Header, Operation, Type, digest, parse
from app.domain.till.electronic import ElectronicReceipt
from app.errors import KnownError, Refusal
from app.services.forks import branches, note_adopted
from app.services.online import doubles_of
from app.store import projection
from app.store.held import note_held
from app.store.held_apart import note_apart
from app.store.prepared import added_row, first_of, run_text
from app.store.settings import read_sync, write_sync
from app.store.tables import feed_entries, journal, notices, verdicts

NEEDS_PERSON = frozenset({"needs_fix", "refused", "held"})

BRANCH = "branch"
"""Of an operation's entry: ≥ 1 where an operator adopted it beside the chain of its epoch."""
BESIDE_THE_TEXT = (BRANCH, "author_key")
"""What an operation's own text cannot say, and its entry is kept with."""
RECEIPT = "receipt"
"""Kind of the word that names the electronic receipt of a temporary slip."""
ONLINE_DOUBLE = "online_double"
"""Kind of the notice that two counters received one online dossier; no kind of the feed itself."""
_FILED_ONLINE = re.compile('"national_code":"[^"]')

arrival: ColumnElement[int] = literal_column("feed_entries.rowid", Integer)
"""Order of arrival. Rows are only ever added, so a later entry has a higher one; no clock has a say in it."""
_PAGE = 500

UNFIT = (
    KnownError, ValueError, KeyError, TypeError, AttributeError, AssertionError, OverflowError, RecursionError,
    IntegrityError, InterfaceError, ProgrammingError, DataError,
)
"""What an entry's own content can raise. A full or broken disk is not among them and stops the page."""


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
    row: int = 0                                   # place in the order of arrival, once it is stored


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

    A page that is older than what is here (another process was quicker) changes nothing. Raises `feed_hole`
    when it does not follow what is here.
    """
    held = read_cursor(connection)
    reached = held.position if held and held.incarnation == cursor.incarnation else 0
    last = connection.execute(select(func.coalesce(func.max(journal.c.position), 0))).scalar_one()
    is_forked = bool(branches(connection))
    fresh = 0
    for sent in lines:
        line = replace(sent, after_position=last, body=_storable(sent.body))
        if line.position <= reached:
            continue
        if line.position != reached + 1:
            raise Refusal("feed_hole", expected=reached + 1, got=line.position)
        reached = line.position
        header = _header(line)
        line = replace(line, row=_keep(connection, line, header, now))
        if header is not None:
            _hold(connection, line, header)
        if line.kind == "operation" and is_forked:
            note_adopted(connection, *_own_place(line, header, device), now)
        is_applied = apply_entry(connection, line, device)
        _notify(connection, line, now, is_applied=is_applied)
        fresh += 1
    write_sync(connection, "cursor", {"incarnation": cursor.incarnation, "position": reached})
    return fresh


def apply_entry(connection: Connection, line: FeedLine, device: str) -> bool:
    """Bring the projection up to date with one entry; False when it cannot be applied and changed nothing.

    Our own operations come back without their text and change nothing; they only keep the positions whole.
    """
    if line.kind == "operation" and not line.payload:
        return True
    try:
        with _whole(connection):                   # half an entry is none
            if line.kind == "operation" and line.payload:
                _apply_operation(connection, parse(line.payload, line.signature), line, device)
            elif line.kind == "status":
                _apply_word(connection, line)
            elif line.kind == "alias":
                projection.apply_alias(connection, str(line.body["number"]), str(line.body["alias"]))
            elif line.kind == RECEIPT:
                _apply_receipt(connection, line.body)
    except UNFIT:
        return False
    except StatementError as error:
        if type(error) is not StatementError:      # the database's own errors are subclasses
            raise
        return False                               # a value that no column takes
    return True


def apply_if_fit(connection: Connection, operation: Operation) -> bool:
    """One of our own operations that came back; False when this program cannot read what it says.

    A newer program wrote it: it stays in the journal, whole, and a later one applies it in a rebuild.
    """
    try:
        with _whole(connection):
            projection.apply(connection, operation, is_own=True)
    except UNFIT:
        return False
    except StatementError as error:
        if type(error) is not StatementError:
            raise
        return False
    return True


@contextmanager
def _whole(connection: Connection) -> Iterator[None]:
    """A savepoint in the driver's own words: SQLAlchemy's costs a quarter of what an entry takes."""
    run_text(connection, "SAVEPOINT entry")
    try:
        yield
    except BaseException:
        with suppress(DBAPIError):                 # a full disk has rolled everything back by itself
            run_text(connection, "ROLLBACK TO entry")
            run_text(connection, "RELEASE entry")
        raise
    run_text(connection, "RELEASE entry")


def _apply_word(connection: Connection, line: FeedLine) -> None:
    """The agency's word; what it gives beside the state (reason, paper, new date) is kept with it."""
    body = line.body
    said = {"state": int(body["status"])}
    said |= {name: body[name] for name in ("reason", "paper", "due") if body.get(name)}
    projection.apply_word(
        connection, str(body["number"]), said, event=f"feed:{line.incarnation}:{line.position:012}",
        at=datetime.fromisoformat(line.at), name=line.actor,
    )


def _apply_receipt(connection: Connection, body: Mapping[str, Any]) -> None:
    receipt = ElectronicReceipt(str(body.get("form", "")), str(body["symbol"]), str(body["receipt"]),
                                str(body.get("lookup", "")))
    projection.apply_receipt(connection, str(body["slip"]), str(body.get("collection", "")), receipt)


def entries_in_order(connection: Connection) -> Iterator[FeedLine]:
    """Stored entries in the order they were applied, for a rebuild.

    Page by page: a reading that goes on while its reader writes would end with the first of his savepoints that is
    rolled back (SQLite's "abort due to ROLLBACK", once the transaction has changed a trigger).
    """
    last = -1
    page = select(feed_entries, arrival.label("row")).order_by(arrival).limit(_PAGE)
    while rows := connection.execute(page.where(arrival > last)).all():
        for row in rows:
            kept = json.loads(row.payload)
            yield FeedLine(
                row.incarnation, row.position, row.kind, kept["actor"], kept["at"], kept["body"],
                kept.get("payload", ""), bytes.fromhex(kept.get("signature", "")), row.after_position, row.row,
            )
        last = rows[-1].row


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


def _storable(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same without halves of surrogate pairs, which JSON can spell and no database takes."""
    text = json.dumps(body, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        mended: dict[str, Any] = json.loads(text.encode(errors="replace"))
        return mended
    return body


# Built once: a page has hundreds of entries.
_KEEP = added_row(feed_entries)
_IN_JOURNAL = first_of(select(journal.c.position).where(journal.c.op_id == bindparam("op_id")))
_IN_FEED_BEFORE = first_of(
    select(feed_entries.c.position).where(
        feed_entries.c.op_id == bindparam("op_id"), arrival < bindparam("row", type_=Integer)
    )
)


def _keep(connection: Connection, line: FeedLine, header: Header | None, now: datetime) -> int:
    """Store the entry and return its place in the order of arrival."""
    kept: dict[str, Any] = {"actor": line.actor, "at": line.at, "body": dict(line.body)}
    if line.payload:
        kept["payload"] = line.payload
        kept["signature"] = line.signature.hex()
    stored = _KEEP.run(connection, {
        "incarnation": line.incarnation, "position": line.position, "after_position": line.after_position,
        "kind": line.kind, "op_id": header.op_id if header is not None else None,
        "payload": json.dumps(kept, ensure_ascii=False), "received_at": now,
    })
    return int(stored.lastrowid)


def _hold(connection: Connection, line: FeedLine, header: Header) -> None:
    """So that it can be given back. A branch is no continuation of the chain, and lies beside it here too."""
    if line.body.get(BRANCH) or not note_held(connection, header, line.incarnation, line.position):
        note_apart(connection, header.device, header.epoch)


def _header(line: FeedLine) -> Header | None:
    """Of an operation whose text came with the entry and can be read."""
    if not line.payload:
        return None
    try:
        return parse(line.payload, b"").header
    except ValueError:
        return None


def _own_place(line: FeedLine, header: Header | None, device: str) -> tuple[int, int, str]:
    """Epoch, seq and hash of an operation of this counter; zeros for another's."""
    if header is not None:
        is_own = header.device == device
        return (header.epoch, header.seq, digest(line.payload)) if is_own else (0, 0, "")
    body = line.body
    if body.get("device") != device:
        return 0, 0, ""
    with suppress(*UNFIT):
        return int(body["epoch"]), int(body["seq"]), str(body["hash"])
    return 0, 0, ""


def _apply_operation(connection: Connection, operation: Operation, line: FeedLine, device: str) -> None:
    """Apply it unless it is here already: in our journal, or from the feed (again, after a restored province)."""
    header = operation.header
    known = _IN_JOURNAL.first(connection, {"op_id": header.op_id}) or _IN_FEED_BEFORE.first(
        connection, {"op_id": header.op_id, "row": line.row}
    )
    if known is None:
        projection.apply(connection, operation, is_own=header.device == device)


def _notify(connection: Connection, line: FeedLine, now: datetime, *, is_applied: bool) -> None:
    if line.kind == "verdict" and _take_verdict(connection, line, now):
        return
    if line.kind == "operation" and is_applied:
        _notify_double(connection, line, now)
        return                                     # a colleague's dossier is seen in the lists, not announced
    is_routine = line.kind == RECEIPT and is_applied       # hundreds a day: told with the dossier, not announced
    shown = {key: value for key, value in line.body.items() if isinstance(value, str | int)}
    connection.execute(
        insert(notices)
        .values(
            incarnation=line.incarnation, position=line.position, origin=line.actor, kind=line.kind,
            code=str(line.body.get("number") or ""), values=json.dumps(shown, ensure_ascii=False), at=now,
            is_seen=int(is_routine),
        )
        .on_conflict_do_nothing()
    )


def _notify_double(connection: Connection, line: FeedLine, now: datetime) -> None:
    """Another counter received a dossier whose national code is here already: a person decides between the two."""
    if _FILED_ONLINE.search(line.payload) is None:
        return
    operation = parse(line.payload, b"")
    if operation.header.type not in (Type.DOSSIER_RECEIVED, Type.DOSSIER_CORRECTED):
        return
    code = str(operation.body["dossier"]["code"])
    others = doubles_of(connection, code)
    if not others:
        return
    said = {"kind": ONLINE_DOUBLE, "code": others[0], "values": json.dumps({"other": code}, ensure_ascii=False)}
    known = connection.execute(select(notices.c.at).where(
        notices.c.kind == said["kind"], notices.c.code == said["code"], notices.c["values"] == said["values"],
    )).first()
    if known is None:                              # a restored province brings its entries a second time
        connection.execute(insert(notices).values(
            **said, incarnation=line.incarnation, position=line.position, origin=line.actor, at=now, is_seen=0,
        ).on_conflict_do_nothing())


def _take_verdict(connection: Connection, line: FeedLine, now: datetime) -> bool:
    """One row per operation that a person must look at; "accepted" takes an earlier refusal back.

    True when nothing of it has to be announced.
    """
    body = line.body
    try:
        ours = connection.execute(
            select(journal.c.op_id).where(
                journal.c.device == str(body["device"]), journal.c.epoch == int(body["epoch"]),
                journal.c.seq >= int(body["seq_from"]), journal.c.seq <= int(body["seq_to"]),
            )
        ).scalars().all()
    except UNFIT:
        return False                               # a newer province's verdict: announced as it is
    verdict = str(body.get("verdict"))
    if verdict == "accepted" and ours:
        connection.execute(
            update(verdicts).where(verdicts.c.op_id == bindparam("ours")).values(is_closed=1),
            [{"ours": op_id} for op_id in ours],
        )
    if verdict not in NEEDS_PERSON:
        return verdict == "accepted"
    for op_id in ours:
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
    return False
