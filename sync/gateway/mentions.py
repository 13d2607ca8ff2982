"""Which operations are about which dossier, noted when they are taken, for the daily comparison.

Operations that travelled sealed are not read and stand in no list (`attachments.py` says why).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Index, MetaData, PrimaryKeyConstraint, String, Table, select

from sync.contract.dossier_text import dossiers_named
from sync.gateway.database import insert_many
from sync.gateway.judge import day_text, short_text
from sync.gateway.tables import operations

metadata = MetaData()

mentions = Table(
    "mentions", metadata,
    Column("office", String(64), nullable=False),
    Column("number_key", String(64), nullable=False),                  # the dossier
    Column("position", BigInteger, nullable=False),                    # of the operation in the office's feed
    Column("type", String(64)),
    Column("business_date", String(10)),
    PrimaryKeyConstraint("office", "number_key", "position"),
)
Index("mentions_day", mentions.c.office, mentions.c.business_date, mentions.c.type)

APPEND_ONLY = (mentions,)

COLUMNS = ("office", "number_key", "position", "type", "business_date")
_PAGE = 500

Row = tuple[Any, ...]


def note_mentions(connection: Connection, office: str, taken: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Those of newly taken operations, each with its position."""
    insert_many(connection, mentions, COLUMNS, [
        row for position, fields in taken for row in _rows(office, position, fields)])


def note_earlier_mentions(connection: Connection) -> int:
    """Those of every operation in custody, for a database that is older than this table; how many there were."""
    found = 0
    for office in connection.execute(select(operations.c.office).distinct()).scalars().all():
        after = 0
        while held := connection.execute(
            select(operations.c.position, operations.c.payload)
            .where(operations.c.office == office, operations.c.position > after, ~operations.c.sealed)
            .order_by(operations.c.position).limit(_PAGE)
        ).all():
            rows = [row for each in held for row in _rows(office, each.position, json.loads(bytes(each.payload)))]
            insert_many(connection, mentions, COLUMNS, rows)
            found += len(rows)
            after = held[-1].position
    return found


def _rows(office: str, position: int, fields: Mapping[str, Any]) -> list[Row]:
    kind, day = short_text(fields.get("type")), day_text(fields.get("business_date"))
    return [(office, each.key, position, kind, day) for each in dossiers_named(fields)]
