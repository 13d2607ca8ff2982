"""A batch that was sent while the one before it is still on its way waits for it here, and becomes no gap.

Several batches at once fill a line on which one connection would stop at each lost packet; they may come in
another order than they were sent. Whose place is not free yet waits outside the doors of work, without a
connection to the database, and is taken as it is when it has waited long enough: then it answers `gap`. So it is
at once where the one before it has left the chain.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from sqlalchemy import Connection, and_, select

from sync.gateway.sessions import Session
from sync.gateway.tables import branches, epochs

PATIENCE = 15.0
"""Seconds; a counter waits 60 for an answer."""

_FIRST_LOOK, _LONGEST_PAUSE, _SLOWER = 0.03, 0.5, 1.5


def place_of(text: str) -> tuple[int, int] | None:
    """Epoch and seq of "3.1712", the operation that it follows; None where it says none."""
    epoch, dot, seq = text.partition(".")
    is_place = dot and len(text) <= 32 and all(part.isascii() and part.isdigit() for part in (epoch, seq))
    return (int(epoch), int(seq)) if is_place else None


async def until_held(place: tuple[int, int], reached: Callable[[int], Awaitable[int | None]]) -> None:
    """Returns when `reached` says of the epoch that the seq is there or never will be, or after `PATIENCE`."""
    epoch, seq = place
    now = asyncio.get_running_loop().time
    until, pause = now() + PATIENCE, _FIRST_LOOK
    while (head := await reached(epoch)) is not None and head < seq and now() < until:
        await asyncio.sleep(pause)
        pause = min(_LONGEST_PAUSE, pause * _SLOWER)


def reached(connection: Connection, session: Session, epoch: int) -> int | None:
    """Up to which seq the chain of that epoch of the asking device is in custody; None: nothing to wait for.

    There is no such epoch then, or what came for the next place is a fork's.

    A fork of before counts until the chain has passed it: the machine that stayed then sends a batch once more.
    """
    row = connection.execute(
        select(epochs.c.head_seq, branches.c.seq.label("left"))
        .outerjoin(branches, and_(
            branches.c.device == epochs.c.device, branches.c.epoch == epochs.c.epoch,
            branches.c.seq == epochs.c.head_seq + 1))
        .where(epochs.c.device == session.device, epochs.c.epoch == epoch)
    ).first()
    return None if row is None or row.left is not None else int(row.head_seq)
