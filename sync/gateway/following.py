"""A batch that was sent while the one before it is still on its way waits for it here, and becomes no gap.

Several batches at once fill a line on which one connection would stop at each lost packet; they may come in
another order than they were sent. Whose place is not free yet waits outside the doors of work, without a
connection to the database, and is taken as it is when it has waited long enough: then it answers `gap`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from sqlalchemy import Connection, select

from sync.gateway.sessions import Session
from sync.gateway.tables import epochs

PATIENCE = 15.0
"""Seconds; a counter waits 60 for an answer."""

_FIRST_LOOK, _LONGEST_PAUSE, _SLOWER = 0.03, 0.5, 1.5


def place_of(text: str) -> tuple[int, int] | None:
    """Epoch and seq of "3.1712", the operation that it follows; None where it says none."""
    epoch, dot, seq = text.partition(".")
    is_place = dot and len(text) <= 32 and all(part.isascii() and part.isdigit() for part in (epoch, seq))
    return (int(epoch), int(seq)) if is_place else None


async def until_held(place: tuple[int, int], reached: Callable[[int], Awaitable[int]]) -> None:
    """Returns when `reached` says of the epoch that the seq is there, or after `PATIENCE`."""
    epoch, seq = place
    now = asyncio.get_running_loop().time
    until, pause = now() + PATIENCE, _FIRST_LOOK
    while await reached(epoch) < seq and now() < until:
        await asyncio.sleep(pause)
        pause = min(_LONGEST_PAUSE, pause * _SLOWER)


def reached(connection: Connection, session: Session, epoch: int) -> int:
    """Up to which seq the chain of that epoch of the asking device is in custody."""
    found = connection.execute(
        select(epochs.c.head_seq).where(epochs.c.device == session.device, epochs.c.epoch == epoch)
    ).scalar()
    return int(found or 0)
