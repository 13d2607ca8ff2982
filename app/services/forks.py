"""Where our own chain and the province's copy of it part: remembered, kept beside, adopted by a person there.

The operations of a forked branch stay in the count of what waits until they come back in the feed: only then has
the province given each a place of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert

from app.store.tables import confirmations, forks, journal


@dataclass(frozen=True, slots=True)
class Branch:
    """Our operations of `epoch` from `seq` on; those up to `kept` lie at the province beside its own chain."""

    epoch: int
    seq: int
    kept: int
    since: datetime


def branches(connection: Connection) -> dict[int, Branch]:
    """By epoch."""
    rows = connection.execute(select(forks).order_by(forks.c.epoch))
    return {row.epoch: Branch(row.epoch, row.seq, row.kept, row.since) for row in rows}


def note_fork(connection: Connection, epoch: int, seq: int, now: datetime) -> None:
    """From `seq` on the province holds other bytes. An earlier place replaces a later one."""
    statement = insert(forks).values(epoch=epoch, seq=seq, kept=seq - 1, since=now)
    connection.execute(statement.on_conflict_do_update(
        index_elements=["epoch"], set_={"seq": seq, "kept": seq - 1}, where=forks.c.seq > seq,
    ))


def note_kept(connection: Connection, epoch: int, upto: int) -> None:
    """The province keeps our branch up to that seq."""
    connection.execute(update(forks).where(forks.c.epoch == epoch, forks.c.kept < upto).values(kept=upto))


def keep_again(connection: Connection) -> None:
    """The province is another than before: what it kept beside its chains may be gone."""
    connection.execute(update(forks).values(kept=forks.c.seq - 1))


def note_adopted(connection: Connection, epoch: int, seq: int, hash_: str, now: datetime) -> None:
    """An operation of ours came back in the feed; of a forked branch it counts as confirmed from now on."""
    if not seq:
        return
    first = connection.execute(select(forks.c.seq).where(forks.c.epoch == epoch)).scalar()
    if first is None or seq < first:
        return
    ours = connection.execute(
        select(journal.c.device).where(journal.c.epoch == epoch, journal.c.seq == seq, journal.c.hash == hash_)
    ).scalar()
    if ours is not None:
        connection.execute(
            insert(confirmations).values(device=ours, epoch=epoch, upto=seq, at=now).on_conflict_do_nothing()
        )
