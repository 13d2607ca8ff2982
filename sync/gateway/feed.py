"""The office's feed: one row of positions, filled only inside the transaction that writes the content."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, literal, select, union_all, update

from sync.contract.codec import JsonObject
from sync.contract.feed import AUTHOR_KEY, BRANCH, Entry, FeedPage, Kind, OperationsPage
from sync.contract.limits import MAX_FEED_BYTES, MAX_FEED_ENTRIES
from sync.contract.messages import b64
from sync.contract.problems import Code
from sync.gateway.author_keys import said_keys
from sync.gateway.problem import ProblemRaised
from sync.gateway.province import Seal, incarnation_of
from sync.gateway.sessions import Session
from sync.gateway.tables import epochs, feed_entries, offices, operations

_MOST_POSITIONS = 5_000
"""That one page of a reader who takes its own operations in runs goes on: what a counter weighs at once."""

FEED_COLUMNS = ("office", "position", "kind", "actor", "at", "number", "body")


def advance_feed(connection: Connection, office: str, count: int) -> int:
    """Take the next `count` positions and return the first. Holds the office's row until the transaction ends, so
    no reader ever sees a later position before an earlier one."""
    newest: int = connection.execute(
        update(offices).where(offices.c.id == office).values(feed_head=offices.c.feed_head + count)
        .returning(offices.c.feed_head)
    ).scalar_one()
    return newest - count + 1


def post_entry(
    connection: Connection, office: str, kind: str, actor: str, at: str, number: str | None, body: JsonObject,
) -> int:
    """Write one entry of the province or an agency; returns its position."""
    position = advance_feed(connection, office, 1)
    connection.execute(insert(feed_entries).values(
        office=office, position=position, kind=kind, actor=actor, at=at, number=number,
        body=json.dumps(body, ensure_ascii=False, sort_keys=True),
    ))
    return position


def feed_page(
    connection: Connection, seal: Seal, session: Session, incarnation: str, position: int, limit: int, *,
    own_runs: bool = False,
) -> FeedPage:
    """Entries after `position`; with `own_runs` the reader's own in runs, which `limit` does not count.

    Raises ProblemRaised `stale_epoch`, `incarnation_changed`, `unknown_cursor`.
    """
    session.refuse_stale()
    now_incarnation = incarnation_of(connection)
    if incarnation != now_incarnation:
        raise ProblemRaised(Code.INCARNATION_CHANGED, 412, incarnation=now_incarnation)
    head: int = connection.execute(
        select(offices.c.feed_head).where(offices.c.id == session.office)
    ).scalar_one()
    if position > head:
        raise ProblemRaised(Code.UNKNOWN_CURSOR, 412, head=head)
    most = min(limit, MAX_FEED_ENTRIES)
    upto = min(head, position + (_MOST_POSITIONS if own_runs else most))
    last = _last_position(connection, session, position, upto, most)
    own = _own(connection, session, position, last)
    entries = sorted((*(_runs(own) if own_runs else own), *_operations(connection, seal, session, position, last),
                      *_others(connection, session, position, last)), key=lambda entry: entry.position)
    return FeedPage(now_incarnation, last, tuple(entries), last < head)


def own_operations(connection: Connection, session: Session, epoch: int, after: int, limit: int) -> OperationsPage:
    """Operations of one epoch of the asking device after a seq, for a disk that is older than the province.

    A stale session may ask too: it learns nothing that it did not write. Raises ProblemRaised `unknown_epoch`.
    """
    newest = connection.execute(
        select(epochs.c.head_seq).where(epochs.c.device == session.device, epochs.c.epoch == epoch)
    ).scalar()
    if newest is None or epoch > session.epoch:
        raise ProblemRaised(Code.UNKNOWN_EPOCH, 404)
    rows = connection.execute(
        select(operations.c.seq, operations.c.hash, operations.c.sealed, operations.c.payload,
               operations.c.signature)
        .where(operations.c.office == session.office, operations.c.device == session.device,
               operations.c.epoch == epoch, operations.c.seq > after, operations.c.branch == 0)
        .order_by(operations.c.seq).limit(min(limit, MAX_FEED_ENTRIES))
    )
    items: list[JsonObject] = []
    size = 0
    for row in rows:
        size += len(row.payload)
        if items and size > MAX_FEED_BYTES:
            break
        items.append({"seq": row.seq, "hash": row.hash, **_text_of(row)})
    last = items[-1]["seq"] if items else after
    return OperationsPage(epoch, tuple(items), last < newest)


def _last_position(connection: Connection, session: Session, after: int, upto: int, most: int) -> int:
    """Where the page ends so that it stays under the byte limit and holds at most so many entries beside the
    reader's own operations; one entry always fits."""
    of_operations = select(
        operations.c.position, func.length(operations.c.payload).label("size")
    ).where(operations.c.office == session.office, *_between(operations.c.position, after, upto),
            ~_is_own(session))
    of_others = select(feed_entries.c.position, literal(200).label("size")).where(
        feed_entries.c.office == session.office, *_between(feed_entries.c.position, after, upto))
    sizes = union_all(of_operations, of_others).subquery()
    total = 0
    for count, row in enumerate(connection.execute(select(sizes).order_by(sizes.c.position).limit(most + 1))):
        total += row.size
        if (total > MAX_FEED_BYTES and row.position > after + 1) or count == most:
            return int(row.position) - 1
    return upto


_PLAIN = (operations.c.position, operations.c.device, operations.c.epoch, operations.c.seq, operations.c.branch,
          operations.c.hash, operations.c.taken_at)


def _own(connection: Connection, session: Session, after: int, upto: int) -> Iterator[Entry]:
    """The reader's own operations: their places, without the text."""
    scope = (operations.c.office == session.office, *_between(operations.c.position, after, upto))
    own = select(*_PLAIN).where(*scope, _is_own(session)).order_by(operations.c.position)
    for row in connection.execute(own):
        yield Entry(row.position, Kind.OPERATION, f"device:{row.device}", row.taken_at,
                    {**_place(row), "own": True})


def _runs(own: Iterable[Entry]) -> Iterator[Entry]:
    """Those that follow each other in the feed and in the chain, taken at one moment, as one."""
    held: list[Entry] = []
    for each in own:
        if held and not _follows(held[-1], each):
            yield _run(held)
            held = []
        held.append(each)
    if held:
        yield _run(held)


def _follows(before: Entry, each: Entry) -> bool:
    return (BRANCH not in before.body and BRANCH not in each.body
            and (each.position, each.at, each.body["epoch"], each.body["seq"])
            == (before.position + 1, before.at, before.body["epoch"], before.body["seq"] + 1))


def _run(held: list[Entry]) -> Entry:
    first, last = held[0], held[-1]
    if first is last:
        return first
    body = {**first.body, "hash": last.body["hash"], "seq_to": last.body["seq"]}
    return Entry(first.position, first.kind, first.actor, first.at, body)


def _operations(
    connection: Connection, seal: Seal, session: Session, after: int, upto: int,
) -> Iterator[Entry]:
    """The others', whole."""
    scope = (operations.c.office == session.office, *_between(operations.c.position, after, upto))
    whole = (*_PLAIN, operations.c.sealed, operations.c.payload, operations.c.signature)
    others = connection.execute(select(*whole).where(*scope, ~_is_own(session))).all()
    # Whoever holds operations of an epoch holds its first, and with it our word for the key that signed them.
    keys = said_keys(connection, seal, {(row.device, row.epoch) for row in others if _is_first(row)})
    for other in others:
        key = keys.get((other.device, other.epoch)) if _is_first(other) else None
        yield Entry(other.position, Kind.OPERATION, f"device:{other.device}", other.taken_at,
                    {**_place(other), **_text_of(other), **({AUTHOR_KEY: key} if key is not None else {})})


def _others(connection: Connection, session: Session, after: int, upto: int) -> Iterator[Entry]:
    rows = connection.execute(select(feed_entries).where(
        feed_entries.c.office == session.office, *_between(feed_entries.c.position, after, upto)))
    for row in rows:
        yield Entry(row.position, row.kind, row.actor, row.at, json.loads(row.body))


def _is_first(row: Any) -> bool:
    return bool(row.seq == 1 and row.branch == 0)


def _is_own(session: Session) -> ColumnElement[bool]:
    return (operations.c.device == session.device) & (operations.c.epoch == session.epoch)


def _between(position: Any, after: int, upto: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return position > after, position <= upto


def _place(row: Any) -> Mapping[str, object]:
    place = {"device": row.device, "epoch": row.epoch, "seq": row.seq, "hash": row.hash}
    return {**place, BRANCH: row.branch} if row.branch else place


def _text_of(row: Any) -> Mapping[str, str]:
    payload = bytes(row.payload)
    text = {"b": b64(payload)} if row.sealed else {"p": payload.decode()}
    return {**text, "s": b64(bytes(row.signature))}
