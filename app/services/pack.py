"""A clerk's day as something she can hand to anybody: signed lines, readable lists, and who else was there.

Whoever is asked "where is the money of that day" answers with this. Nothing in it can be changed afterwards by one
byte without a name: each file is listed line by line in `pack.json`, which the counter's key signs, and the lines
of the journal are signed one by one (`app.verifier` checks both without this program).

    journal.jsonl          the day's lines of this counter, and those before back to where its sessions began
    acts.jsonl             what was done that day, a line each: when, what, who, on which dossier
    receipts.jsonl, entries.jsonl, sessions.jsonl      receipts, cash book and cash sessions of that day
    others.jsonl           what others did to the dossiers she touched
    clock.jsonl            the clock: how far off, jumps, steps back
    about.jsonl            office, counter, version of the program
    known-problems.md      what that version is known not to do
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections import Counter as Counted
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select

from app.domain.dossier_code import parse_code
from app.domain.operation import Operation, Type, parse
from app.domain.till.entries import EntryKind, ReceiptState
from app.domain.vietnam_time import VIETNAM
from app.errors import KnownError, Refusal
from app.practice import WATERMARK, is_practice
from app.services.counter import Counter
from app.services.till.reading import sessions_on
from app.store import journal as book
from app.store.tables import cash_sessions, feed_entries, journal, money_entries, money_receipts
from app.whole_file import put_whole

FORMAT, MANIFEST, JOURNAL = "quay-mot-cua-pack-1", "pack.json", "journal.jsonl"
KNOWN_PROBLEMS = "known-problems.md"

Files = Mapping[str, bytes]
"""Contents by name, in the order in which they are written."""
Lines = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Program:
    """What wrote the pack: its version, and the text of what it is known not to do."""

    version: str
    known_problems: str


def pack_day(
    connection: Connection, counter: Counter, day: date, *, made_by: str, program: Program, now: datetime,
    clerk: str = "",
) -> Files:
    """The files of a pack of `day`; with `clerk` (id) the readable lists are of her acts alone.

    The journal's lines are the counter's, whoever wrote them: a chain with lines left out proves nothing. Raises
    `pack_empty` (day), `clerk_unknown`.
    """
    name = counter.clerk(clerk).name if clerk else ""
    extract = _extract(connection, counter, day)
    acts = [each for each in _operations(connection, counter, day) if clerk in ("", each.header.staff)]
    done = frozenset(each.header.op_id for each in acts)
    public = counter.key.public_key().public_bytes_raw()
    told = {
        "day": day.isoformat(), "device": counter.device, "public_key": public.hex(), "made_by": made_by,
        "made_at": now.astimezone(UTC).isoformat(timespec="seconds"),
    }
    files = {
        JOURNAL: _text(book.export_lines(connection, counter.device, public, now, extract=extract)),
        "acts.jsonl": _lines(_act(each) for each in acts),
        "receipts.jsonl": _lines(_receipts(connection, counter, day, done, extract.last)),
        "entries.jsonl": _lines(_entries(connection, counter, day, done, extract.last)),
        "sessions.jsonl": _lines(_sessions(connection, counter, day, clerk, extract.last)),
        "others.jsonl": _lines(_others(connection, counter, day, {key for each in acts for key in _keys(each)})),
        "clock.jsonl": _lines(_clock(acts)),
        "about.jsonl": _lines([{
            **told, "office": counter.office_name, "counter": counter.name, "clerk": clerk, "clerk_name": name,
            "epoch": counter.epoch, "app_version": program.version, "clerks": [
                {"id": each.id, "name": each.name} for each in counter.clerks
            ],
            **({"practice": WATERMARK} if is_practice() else {}),
        }]),
        KNOWN_PROBLEMS: program.known_problems.encode(),
    }
    listed = {
        "format": FORMAT, **told, "clerk": clerk, "app_version": program.version,
        "files": {name: [_hash(line) for line in content.split(b"\n")] for name, content in files.items()},
    }
    payload = json.dumps(listed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    signature = counter.key.sign(payload.encode()).hex()
    return {MANIFEST: _lines([{"payload": payload, "signature": signature}]), **files}


def write_pack(files: Files, target: Path) -> None:
    """`target` as a zip when it is called so, else as a new folder. Refusal `file_unwritable` (file)."""
    try:
        if target.suffix.lower() == ".zip":
            put_whole(target, zipped(files))
            return
        target.mkdir(parents=True)                 # an older pack in it would be mixed with this one
        for name, content in files.items():
            put_whole(target / name, content)
    except OSError as error:
        raise Refusal("file_unwritable", file=target.name) from error


def zipped(files: Files) -> bytes:
    """Equal files give equal bytes: stored as they are, without times or owners."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.create_system, entry.external_attr = 3, 0o600 << 16     # alike on every system
            archive.writestr(entry, content)
    return whole.getvalue()


# the journal's part

def _extract(connection: Connection, counter: Counter, day: date) -> book.Extract:
    """The day's lines, and those before them back to the opening of each session that was closed in them."""
    of_day = (journal.c.device == counter.device, journal.c.business_date == day.isoformat())
    first, last = connection.execute(
        select(func.min(journal.c.position), func.max(journal.c.position)).where(*of_day)
    ).one()
    if first is None:
        raise Refusal("pack_empty", day=day.isoformat())
    closed = select(journal.c.op_id).where(
        journal.c.device == counter.device, journal.c.position.between(first, last),
        journal.c.type == Type.CASH_CLOSED)
    opened = connection.execute(
        select(func.min(journal.c.position)).where(journal.c.op_id.in_(
            select(cash_sessions.c.id).where(cash_sessions.c.closing.in_(closed))))
    ).scalar()
    return book.Extract(day, min(first, opened or first), last)


def _operations(connection: Connection, counter: Counter, day: date) -> Iterator[Operation]:
    for row in connection.execute(
        select(journal.c.payload, journal.c.signature)
        .where(journal.c.device == counter.device, journal.c.business_date == day.isoformat())
        .order_by(journal.c.position)
    ):
        yield parse(row.payload, row.signature)


# the readable part

def _act(operation: Operation) -> dict[str, Any]:
    header = operation.header
    return {
        "at": header.wall_time, "epoch": header.epoch, "seq": header.seq, "type": header.type,
        "staff": header.staff, "op_id": header.op_id, "hash": operation.hash,
        "codes": sorted(_codes({"number": header.number, "body": operation.body})),
    }


def _receipts(
    connection: Connection, counter: Counter, day: date, done: frozenset[str], last: int
) -> Iterator[dict[str, Any]]:
    """As the journal's lines tell them; `electronic` is the province's word, which may have come later."""
    rows = [row for row in connection.execute(select(money_receipts).where(
        money_receipts.c.business_date == day.isoformat(), money_receipts.c.device == counter.device,
    ).order_by(money_receipts.c.at, money_receipts.c.name)) if row.op_id in done]
    void = {of for of, kind, _ in _undone(connection, {row.op_id for row in rows}, last)
            if kind == EntryKind.VOIDED}
    for row in rows:
        is_spoiled = row.state == ReceiptState.SPOILED
        state = ReceiptState.VOID if row.op_id in void else ReceiptState.USED
        yield _plain(row) | {"state": str(ReceiptState.SPOILED if is_spoiled else state)}


def _entries(
    connection: Connection, counter: Counter, day: date, done: frozenset[str], last: int
) -> Iterator[dict[str, Any]]:
    """With what the journal's lines say of each by their end: a void of a later day stands in that day's pack."""
    rows = [row for row in connection.execute(select(money_entries).where(
        money_entries.c.business_date == day.isoformat(), money_entries.c.device == counter.device,
    ).order_by(money_entries.c.at, money_entries.c.op_id)) if row.op_id in done]
    back: Counted[str] = Counted()
    void = set()
    for of, kind, amount in _undone(connection, {row.op_id for row in rows}, last):
        back[of] -= amount
        void |= {of} if kind == EntryKind.VOIDED else set()
    opened = _written_by(connection, {row.session for row in rows}, last)
    for row in rows:
        yield _plain(row) | {"undone": back[row.op_id], "is_void": row.op_id in void,
                             "session": row.session if row.session in opened else ""}


def _undone(connection: Connection, of: Collection[str], last: int) -> list[tuple[str, str, int]]:
    """What took back entries of `of`, up to line `last` of this counter's own journal."""
    one = money_entries.c
    rows = connection.execute(
        select(one.undoes, one.kind, one.amount).join(journal, journal.c.op_id == one.op_id)
        .where(one.undoes.in_(of), one.undoes != "", journal.c.position <= last))
    return [(str(undoes), str(kind), int(amount)) for undoes, kind, amount in rows]


def _written_by(connection: Connection, op_ids: Collection[str], last: int) -> frozenset[str]:
    return frozenset(connection.execute(
        select(journal.c.op_id).where(journal.c.op_id.in_(op_ids), journal.c.position <= last)).scalars())


def _sessions(
    connection: Connection, counter: Counter, day: date, clerk: str, last: int
) -> Iterator[dict[str, Any]]:
    held = [each for each in sessions_on(connection, day, counter.device) if clerk in ("", each.clerk)]
    closing = {row.id: row.closing for row in connection.execute(
        select(cash_sessions.c.id, cash_sessions.c.closing)
        .where(cash_sessions.c.id.in_([each.id for each in held])))}
    closed = _written_by(connection, set(closing.values()), last)
    for each in held:
        told: dict[str, Any] = {
            "id": each.id, "clerk": each.clerk, "clerk_name": each.clerk_name,
            "opened_at": each.opened_at.isoformat(), "float": each.float, "number": "", "closed_at": None,
            "counted": None, "expected": None, "difference": None, "carried": None, "taker": "",
        }
        if closing[each.id] in closed and each.closed_at is not None:      # not by a line of a later day
            told |= {
                "number": each.number, "closed_at": each.closed_at.isoformat(), "counted": each.counted,
                "expected": each.expected, "difference": each.difference, "carried": each.carried,
                "taker": each.taker,
            }
        yield told


def _others(connection: Connection, counter: Counter, day: date, keys: set[str]) -> Iterator[dict[str, Any]]:
    """What came from outside on these dossiers: that day, or later but done that day."""
    begin = datetime.combine(day, time(), VIETNAM)
    on_day = f'%\\"business_date\\":\\"{day.isoformat()}\\"%'
    for row in connection.execute(
        select(feed_entries).where(feed_entries.c.received_at >= begin, or_(
            feed_entries.c.received_at < begin + timedelta(days=1), feed_entries.c.payload.like(on_day),
        )).order_by(feed_entries.c.received_at, feed_entries.c.incarnation, feed_entries.c.position)
    ):
        kept = json.loads(row.payload)
        fields = _fields(kept.get("payload", ""))
        codes = _codes(fields) | _codes({"body": kept["body"], "number": kept["body"].get("number")})
        if fields.get("device") == counter.device or keys.isdisjoint(_key(code) for code in codes):
            continue
        yield {
            "received_at": row.received_at.isoformat(), "at": kept["at"], "actor": kept["actor"], "kind": row.kind,
            "incarnation": row.incarnation, "position": row.position, "codes": sorted(codes),
            **{name: fields.get(name) for name in ("type", "device", "staff", "op_id", "wall_time")},
        }


def _clock(acts: Sequence[Operation]) -> Iterator[dict[str, Any]]:
    offset: object = ()
    before = ""
    for each in acts:
        header = each.header
        if header.clock_offset_ms != offset:
            offset = header.clock_offset_ms
            yield {"what": "offset", "at": header.wall_time, "seq": header.seq, "ms": offset}
        if header.wall_time < before:
            yield {"what": "stepped_back", "at": header.wall_time, "seq": header.seq, "before": before}
        if header.type == Type.CLOCK_JUMPED:
            yield {"what": "jumped", "at": header.wall_time, "seq": header.seq, **each.body}
        before = header.wall_time


def _plain(row: Row[Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row._mapping.items() if name != "code_key"
    }


def _keys(operation: Operation) -> set[str]:
    return {_key(code) for code in _codes({"number": operation.header.number, "body": operation.body})}


def _codes(fields: Mapping[str, Any]) -> set[str]:
    """Dossiers that an operation, or an entry of the feed, is about: its number, its code, its lines' codes."""
    body = fields.get("body") or {}
    held: list[Any] = [fields.get("number"), body.get("code"), body.get("number")]
    held.append((body.get("collection") or {}).get("code"))
    lines = body.get("lines")
    held += [line.get("code") for line in lines if isinstance(line, Mapping)] if isinstance(lines, list) else []
    return {str(code) for code in held if isinstance(code, str) and _key(code)}


def _key(code: str) -> str:
    try:
        return parse_code(code).key
    except KnownError:
        return ""


def _fields(payload: str) -> dict[str, Any]:
    try:
        found = json.loads(payload)
    except ValueError:                             # from outside: what nobody can read names no dossier
        return {}
    return found if isinstance(found, dict) else {}


def _lines(values: Iterable[Mapping[str, Any]]) -> bytes:
    return _text(json.dumps(value, ensure_ascii=False) for value in values)


def _text(lines: Iterable[str]) -> bytes:
    return "".join(line + "\n" for line in lines).encode()


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
