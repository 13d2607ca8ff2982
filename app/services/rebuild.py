"""The tables are a projection: forget them and work them out again from the journal and the feed."""

from __future__ import annotations

from sqlalchemy import Connection

from app.services.feed import apply_entry, entries_in_order
from app.store import journal as book
from app.store import projection
from app.store.sealing.seals import emptying, settle
from app.store.settings import read_setting

_AT_ONCE = 1_000
"""Operations after which the seal takes in what they changed: a book of years changes millions of rows."""


def rebuild(connection: Connection) -> int:
    """Replay everything in the order it was applied; returns how many operations and entries that were."""
    with emptying(connection, {table.name for table in projection.TABLES}):
        projection.clear(connection)
    device = read_setting(connection, "device", {}).get("id", "")
    replayed = 0
    entries = iter(entries_in_order(connection))
    waiting = next(entries, None)
    for position, operation in book.operations(connection):
        while waiting is not None and waiting.after_position < position:
            apply_entry(connection, waiting, device)
            replayed += 1
            waiting = next(entries, None)
        projection.apply(connection, operation, is_own=True)
        replayed += 1
        if replayed % _AT_ONCE == 0:
            settle(connection)
    while waiting is not None:
        apply_entry(connection, waiting, device)
        replayed += 1
        waiting = next(entries, None)
    return replayed
