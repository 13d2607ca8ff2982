"""Which files an operation names: noted when it is taken into custody, and once for all that came before.

Operations that travelled sealed are not read: reading them is what broke the gateway. Their files stay unnamed, so
they are not taken yet; counters keep them, show them, and ask again, until a later step here can read them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select, tuple_

from sync.contract.files import attachments_of
from sync.contract.number_text import read_number
from sync.gateway.database import insert_many
from sync.gateway.file_tables import attachments
from sync.gateway.judge import short_text
from sync.gateway.reading import Pushed
from sync.gateway.tables import operations

COLUMNS = ("office", "sha256", "device", "epoch", "seq", "size", "number_key")
_PAGE = 500

Row = tuple[Any, ...]


def note_attachments(connection: Connection, office: str, device: str, items: Iterable[Pushed]) -> None:
    """Those of newly taken operations."""
    readable = [item for item in items if item.place is not None]
    rows = [row for item in readable if item.place is not None
            for row in _rows(office, device, item.epoch, item.seq, item.place.fields)]
    if any(item.branch for item in readable):
        rows = _unknown(connection, office, device, rows)
    insert_many(connection, attachments, COLUMNS, rows)


def _unknown(connection: Connection, office: str, device: str, rows: Iterable[Row]) -> list[Row]:
    """Both sides of a fork may name the same file at the same seq: it is noted once."""
    held = {
        tuple(row) for row in connection.execute(
            select(attachments.c.sha256, attachments.c.epoch, attachments.c.seq)
            .where(attachments.c.office == office, attachments.c.device == device)
        )
    }
    fresh = {}
    for row in rows:
        _, sha256, _, epoch, seq, *_ = row
        if (sha256, epoch, seq) not in held:
            fresh[(sha256, epoch, seq)] = row
    return list(fresh.values())


def note_earlier_attachments(connection: Connection) -> int:
    """Those of every operation in custody, for a database that is older than this table; how many there were."""
    place = (operations.c.device, operations.c.epoch, operations.c.seq)
    wanted = select(*place, operations.c.office, operations.c.payload).where(~operations.c.sealed)
    after: tuple[Any, ...] | None = None
    found = 0
    while True:
        page = wanted if after is None else wanted.where(tuple_(*place) > after)
        held = connection.execute(page.order_by(*place).limit(_PAGE)).all()
        if not held:
            return found
        rows = [
            row for each in held if b'"attachments"' in bytes(each.payload)
            for row in _rows(each.office, each.device, each.epoch, each.seq, json.loads(bytes(each.payload)))
        ]
        insert_many(connection, attachments, COLUMNS, rows)
        found += len(rows)
        after = (held[-1].device, held[-1].epoch, held[-1].seq)


def _rows(office: str, device: str, epoch: int, seq: int, fields: Mapping[str, Any]) -> list[Row]:
    key = _number_key(fields)
    return [(office, each.sha256, device, epoch, seq, each.size, key) for each in attachments_of(fields)]


def _number_key(fields: Mapping[str, Any]) -> str | None:
    """The dossier: the number that the operation issues, or the code that its body speaks of."""
    body = fields.get("body")
    text = short_text(fields.get("number") or (body.get("code") if isinstance(body, Mapping) else None))
    parts = read_number(text)
    return parts.key if parts else text
