"""What we hold of another counter beside the chain that the province goes on with.

A province that came back may be brought other operations in the place of those that it lost, by an older disk
that was quicker than whoever holds them. It keeps both, if both are brought; we hold both, for every entry of
every feed stays. So it is with a branch that an operator adopted beside its chain. Only which chains these are is
remembered, and how much of them the present province was given.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Integer, String, bindparam, func, literal_column, select
from sqlalchemy.sql.elements import ColumnElement

from app.domain.operation import parse
from app.store.held import HeldOperation
from app.store.settings import read_sync, write_sync
from app.store.tables import feed_entries

_APART = "held_apart"
"""Of `sync_state`: device → epoch → {"incarnation": which province was given some, "upto": row of the feed}."""

_other = feed_entries.alias("other")
_row: ColumnElement[int] = literal_column("feed_entries.rowid", Integer)
_other_row: ColumnElement[int] = literal_column("other.rowid", Integer)

_IS_KNOWN = (
    select(_other.c.op_id).where(
        _other.c.op_id == feed_entries.c.op_id,
        (_other.c.incarnation == bindparam("incarnation", type_=String)) | (_other_row < _row),
    ).exists()
)
_ONLY_BEFORE = (
    select(_row.label("row"), feed_entries.c.op_id, feed_entries.c.payload)
    .where(_row > bindparam("upto", type_=Integer),
           feed_entries.c.incarnation != bindparam("incarnation", type_=String),
           feed_entries.c.op_id.is_not(None), ~_IS_KNOWN,
           func.instr(feed_entries.c.payload, bindparam("device")) > 0)
    .order_by(_row)
)
"""What only the feeds of earlier provinces have brought, each once, in order of arrival."""


def note_apart(connection: Connection, device: str, epoch: int) -> None:
    """There are two operations for one place of this chain, of one feed or of two."""
    apart = _read(connection)
    if str(epoch) not in apart.get(device, {}):
        apart.setdefault(device, {})[str(epoch)] = {"incarnation": "", "upto": 0}
        write_sync(connection, _APART, apart)


def chains_apart(connection: Connection) -> frozenset[tuple[str, int]]:
    """(device, epoch) of each chain beside which something lies."""
    return frozenset((device, int(epoch)) for device, each in _read(connection).items() for epoch in each)


def held_apart(
    connection: Connection, device: str, epoch: int, incarnation: str, limit: int
) -> tuple[HeldOperation, ...]:
    """Up to `limit` operations of that chain that the feed of the present province has not brought, and which it
    was not given either; when there is none, that is remembered."""
    found: list[HeldOperation] = []
    said = {"incarnation": incarnation, "device": device, "upto": _given(connection, device, epoch, incarnation)}
    for row in connection.execute(_ONLY_BEFORE, said):
        kept: dict[str, Any] = json.loads(row.payload)
        header = parse(kept["payload"], b"").header
        if (header.device, header.epoch) == (device, epoch):
            found.append(HeldOperation(header.seq, row.op_id, kept["payload"], bytes.fromhex(kept["signature"])))
        if len(found) == limit:
            break
    if not found:
        newest = select(func.max(_row)).select_from(feed_entries)
        _note(connection, device, epoch, incarnation, connection.execute(newest).scalar() or 0)
    return tuple(found)


def note_given(connection: Connection, device: str, epoch: int, incarnation: str, op_id: str) -> None:
    """The province of that incarnation keeps what `held_apart` said, up to this operation."""
    first = select(func.min(_row)).select_from(feed_entries).where(feed_entries.c.op_id == op_id)
    _note(connection, device, epoch, incarnation, connection.execute(first).scalar() or 0)


def _note(connection: Connection, device: str, epoch: int, incarnation: str, row: int) -> None:
    if row <= _given(connection, device, epoch, incarnation):
        return
    apart = _read(connection)
    apart.setdefault(device, {})[str(epoch)] = {"incarnation": incarnation, "upto": row}
    write_sync(connection, _APART, apart)


def _given(connection: Connection, device: str, epoch: int, incarnation: str) -> int:
    said: Mapping[str, Any] = _read(connection).get(device, {}).get(str(epoch), {})
    return int(said["upto"]) if said.get("incarnation") == incarnation else 0


def _read(connection: Connection) -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = read_sync(connection, _APART, {})
    return found
