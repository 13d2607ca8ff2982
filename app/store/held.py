"""What this book holds of other counters: where each signed operation lies, so that it can be given back.

A province restored from a backup may have lost what its counters hold (sync.md, "Retention"). The rows name the
entry of the feed; nothing is stored twice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from app.domain.operation import Header
from app.store.prepared import Prepared
from app.store.tables import feed_entries, held_heads, held_operations


class HeldOperation(NamedTuple):
    """One signed operation of somebody else, in its exact text."""

    seq: int
    op_id: str
    payload: str
    signature: bytes


def _note_place() -> Prepared:
    return Prepared(
        insert(held_operations).on_conflict_do_nothing(), [column.name for column in held_operations.columns]
    )


def _note_head() -> Prepared:
    statement = insert(held_heads)
    return Prepared(
        statement.on_conflict_do_update(
            index_elements=["device", "epoch"], set_={"seq": statement.excluded.seq},
            where=statement.excluded.seq > held_heads.c.seq,
        ),
        [column.name for column in held_heads.columns],
    )


_PLACE, _HEAD = _note_place(), _note_head()
_FOUND_FIRST = Prepared(
    select(feed_entries.c.op_id)
    .join(held_operations, (feed_entries.c.incarnation == held_operations.c.incarnation)
          & (feed_entries.c.position == held_operations.c.position))
    .where(*(held_operations.c[name] == bindparam(name) for name in ("device", "epoch", "seq")))
)
_HEADS = Prepared(
    select(held_heads.c.epoch, held_heads.c.seq).where(held_heads.c.device == bindparam("device"))
    .order_by(held_heads.c.epoch)
)


def note_held(connection: Connection, header: Header, incarnation: str, position: int) -> bool:
    """The feed brought this operation; the first place it was found at is kept. False when it was another one that
    was found there first."""
    place = {"device": header.device, "epoch": header.epoch, "seq": header.seq}
    is_first = bool(_PLACE.run(connection, {**place, "incarnation": incarnation, "position": position}).rowcount)
    _HEAD.run(connection, place)
    return is_first or _FOUND_FIRST.first(connection, place) == (header.op_id,)


def heads_held(connection: Connection, device: str) -> Mapping[int, int]:
    """The newest seq that we hold of each epoch of that counter."""
    return {row[0]: row[1] for row in _HEADS.run(connection, {"device": device}).fetchall()}


def devices_held(connection: Connection) -> tuple[str, ...]:
    """Counters of which we hold anything."""
    found = connection.execute(select(held_heads.c.device).distinct().order_by(held_heads.c.device))
    return tuple(found.scalars())


def author_key(connection: Connection, op_id: str) -> Mapping[str, Any] | None:
    """The province's signed word for the key of an epoch, as it came with this first operation of it; None where
    no province has said it (an older one, or before this program kept it)."""
    rows = connection.execute(select(feed_entries.c.payload).where(feed_entries.c.op_id == op_id)).scalars()
    said = (json.loads(payload)["body"].get("author_key") for payload in rows)
    return next((each for each in said if each is not None), None)


def held_behind(
    connection: Connection, device: str, epoch: int, after: int, limit: int
) -> tuple[HeldOperation, ...]:
    """Up to `limit` operations of that counter behind `after`, without a gap; fewer where one is missing."""
    rows = connection.execute(
        select(held_operations.c.seq, feed_entries.c.op_id, feed_entries.c.payload)
        .join(feed_entries, (feed_entries.c.incarnation == held_operations.c.incarnation)
              & (feed_entries.c.position == held_operations.c.position))
        .where(held_operations.c.device == device, held_operations.c.epoch == epoch,
               held_operations.c.seq > after)
        .order_by(held_operations.c.seq).limit(limit)
    )
    found: list[HeldOperation] = []
    for row in rows:
        kept: dict[str, Any] = json.loads(row.payload)
        signature = bytes.fromhex(kept.get("signature", ""))
        if row.seq != after + len(found) + 1 or not signature:
            break
        found.append(HeldOperation(row.seq, row.op_id or "", kept["payload"], signature))
    return tuple(found)
