"""A batch that was sent while the one before it is still on its way waits for it here, and becomes no gap.

Several batches at once fill a line on which one connection would stop at each lost packet; they may come in
another order than they were sent. Whose place is not free yet waits outside the doors of work, without a
connection to the database, and is taken as it is when it has waited long enough: then it answers `gap`. So it is
at once where the one before it has left the chain.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

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


class Arrivals:
    """Wakes who waits when a batch of the same caller was taken in this process. What another process takes is
    seen at the next look. Lives in one event loop, so it needs no lock."""

    def __init__(self) -> None:
        self._waiting: dict[str, asyncio.Event] = {}

    def taken(self, caller: str) -> None:
        waiting = self._waiting.pop(caller, None)
        if waiting is not None:
            waiting.set()

    async def pause(self, caller: str, seconds: float) -> None:
        """Until the next batch of `caller` was taken, at most so long."""
        waiting = self._waiting.setdefault(caller, asyncio.Event())
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await waiting.wait()
        finally:
            if self._waiting.get(caller) is waiting:
                self.taken(caller)                 # others that wait with it look as often as it does


async def until_held(
    place: tuple[int, int], reached: Callable[[int], Awaitable[int | None]],
    rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Returns when `reached` says of the epoch that the seq is there or never will be, or after `PATIENCE`; looks
    again after each `rest` of at most so many seconds."""
    epoch, seq = place
    now = asyncio.get_running_loop().time
    until, pause = now() + PATIENCE, _FIRST_LOOK
    while (head := await reached(epoch)) is not None and head < seq and now() < until:
        await rest(pause)
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
