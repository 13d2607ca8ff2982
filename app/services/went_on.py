"""That this counter went on under a new epoch, and what came back before it: told to a person once.

A disk that was put back from an older copy mends itself at a contact nobody may be watching. What happened is
remembered until somebody has said "seen": other numbers begin, and papers of the days between were printed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from app.store.settings import read_sync, write_sync

WENT_ON = "went_on"
BROUGHT_BACK = "brought_back"


@dataclass(frozen=True, slots=True)
class WentOn:
    """`reason`: why a new epoch was asked for; `brought`: own operations that came back before it began."""

    reason: str
    epoch: int
    brought: int
    at: datetime


def note_brought_back(connection: Connection, new: int) -> None:
    """So many of our own operations are in the book again."""
    if new:
        write_sync(connection, BROUGHT_BACK, int(read_sync(connection, BROUGHT_BACK) or 0) + new)


def note_went_on(connection: Connection, reason: str, epoch: int, now: datetime) -> None:
    """The new epoch has begun. What was not seen yet of the one before is told with it."""
    before = went_on(connection)
    brought = int(read_sync(connection, BROUGHT_BACK) or 0) + (before.brought if before else 0)
    write_sync(connection, WENT_ON, {"reason": reason, "epoch": epoch, "brought": brought, "at": now.isoformat()})
    write_sync(connection, BROUGHT_BACK, None)


def went_on(connection: Connection) -> WentOn | None:
    """What nobody has seen yet; None when there is nothing to tell."""
    held = read_sync(connection, WENT_ON)
    if held is None:
        return None
    return WentOn(held["reason"], held["epoch"], held["brought"], datetime.fromisoformat(held["at"]))


def acknowledge_went_on(connection: Connection) -> None:
    """A person has read it."""
    write_sync(connection, WENT_ON, None)
