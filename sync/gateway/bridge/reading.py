"""What offices did becomes rows to be said: each office's positions in order, none left out.

One page is one transaction with the office's cursor, so a page that was cut off was never read, and two readers
take turns at the cursor's row.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, insert, select, update

from sync.contract.feed import Kind
from sync.contract.number_text import read_number
from sync.contract.problems import Verdict
from sync.gateway.bridge.events import KINDS
from sync.gateway.bridge.queue import DOSSIER, State, release, touch
from sync.gateway.bridge.tables import cursors, dossiers, lines, queue
from sync.gateway.database import Database, insert_new
from sync.gateway.judge import short_text
from sync.gateway.province import incarnation_of
from sync.gateway.tables import feed_entries, offices, operations

PAGE = 500
RECEIVED, REFUSED = "dossier.received", "refusal.made"
_NAMED_BY_CODE = frozenset(("dossier.corrected", "paper.digitised"))


def read_offices(database: Database, at: str) -> int:
    """Read everything that is in custody and was not read yet; how many positions that were."""
    with database.reading() as connection:
        known = connection.execute(select(offices.c.id).order_by(offices.c.id)).scalars().all()
    read = 0
    for office in known:
        while True:
            with database.writing() as connection:
                count = read_page(connection, office, at)
            read += count
            if count < PAGE:
                break
    return read


def read_page(connection: Connection, office: str, at: str) -> int:
    """The next positions of one office; how many."""
    insert_new(connection, cursors, office=office, position=0)
    after: int = connection.execute(
        select(cursors.c.position).where(cursors.c.office == office).with_for_update()
    ).scalar_one()
    head: int = connection.execute(select(offices.c.feed_head).where(offices.c.id == office)).scalar_one()
    upto = min(head, after + PAGE)
    if upto <= after:
        return 0
    incarnation = incarnation_of(connection)
    touched: dict[str, None] = {}

    def note(keys: Iterable[str], position: int) -> None:
        for key in keys:
            touched[key] = None
            insert_new(connection, lines, number_key=key, office=office, position=position,
                       incarnation=incarnation)

    for row in _operations(connection, office, after, upto):
        note(_take_operation(connection, row, at), row.position)
    for row in _entries(connection, office, after, upto):
        note(_take_entry(connection, row, at), row.position)
    touch(connection, list(touched), at)
    connection.execute(update(cursors).where(cursors.c.office == office).values(position=upto))
    return upto - after


def _operations(connection: Connection, office: str, after: int, upto: int) -> Iterable[Any]:
    # A sealed operation is kept because reading it broke something: it waits for the operator, here too.
    return connection.execute(
        select(operations).where(operations.c.office == office, operations.c.position > after,
                                 operations.c.position <= upto, ~operations.c.sealed)
        .order_by(operations.c.position)
    ).all()


def _entries(connection: Connection, office: str, after: int, upto: int) -> Iterable[Any]:
    return connection.execute(
        select(feed_entries).where(feed_entries.c.office == office, feed_entries.c.position > after,
                                   feed_entries.c.position <= upto,
                                   feed_entries.c.kind.in_((Kind.STATUS, Kind.ALIAS, Kind.VERDICT)))
        .order_by(feed_entries.c.position)
    ).all()


def key_of(code: object) -> str | None:
    """One key for both written forms of a code; None where it cannot name a dossier."""
    plain = short_text(code)
    parts = read_number(plain)
    return parts.key if parts else plain


def _take_operation(connection: Connection, row: Any, at: str) -> Iterator[str]:
    fields = json.loads(bytes(row.payload))
    body = fields.get("body")
    if not isinstance(body, Mapping):
        return
    if row.type == RECEIVED and row.number_key is not None:
        # Without the key another dossier has the number: two papers, one of them for the operator to settle.
        _begin(connection, row, row.number_key, row.number, at)
        yield row.number_key
    elif row.type == REFUSED and (key := key_of(body.get("national_code"))):
        _begin(connection, row, key, str(body["national_code"]), at)
        yield key
    elif row.type in _NAMED_BY_CODE and (key := key_of(body.get("code"))):
        yield key
    elif row.type in KINDS:
        listed = body.get("lines")
        for line in listed if isinstance(listed, list) else ():
            if isinstance(line, Mapping) and (key := key_of(line.get("code"))):
                yield key


def _begin(connection: Connection, row: Any, key: str, number: str, at: str) -> None:
    is_new = insert_new(connection, dossiers, number_key=key, office=row.office, number=number, device=row.device,
                        epoch=row.epoch, seq=row.seq, held=None, lacking=0)
    if is_new:
        connection.execute(insert(queue).values(
            number_key=key, service=DOSSIER, state=State.WAITING, changes=0, since=at, next_try=at, attempts=0,
            is_unsure=False,
        ))


def _take_entry(connection: Connection, row: Any, at: str) -> Iterator[str]:
    body = json.loads(row.body)
    if row.kind == Kind.VERDICT:
        _take_verdict(connection, body, at)
    elif key := key_of(row.number):
        yield key


def _take_verdict(connection: Connection, body: Mapping[str, Any], at: str) -> None:
    """A reception that the province does not accept is not told to anybody; accepted later, it is."""
    of = (dossiers.c.device == body["device"], dossiers.c.epoch == body["epoch"],
          dossiers.c.seq >= body["seq_from"], dossiers.c.seq <= body["seq_to"])
    keys = connection.execute(select(dossiers.c.number_key).where(*of)).scalars().all()
    if not keys:
        return
    is_accepted = body["verdict"] == Verdict.ACCEPTED
    reason = None if is_accepted else str(body.get("reason") or body["verdict"])[:64]
    connection.execute(update(dossiers).where(*of).values(held=reason))
    for key in keys:
        release(connection, key, reason, at)
