"""What the book remembers of its backups: the last on the medium, what stood in the way, the last rehearsal.

What lies in the data folder itself is read there; a medium is not asked each time a page is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.store.settings import read_sync, write_sync

HERE, MEDIUM = "here", "medium"
_ON_MEDIUM = "backup_on_medium"
_PROBLEM = "backup_problem"
_REHEARSED = "backup_rehearsed"
_LYING = "backups_here"
"""The seal of each backup in the data folder, by its name: the verifier knows an exchanged one by it."""


@dataclass(frozen=True, slots=True)
class OnMedium:
    """The last backup that was taken there; `scans`: files that lie beside it."""

    at: datetime
    scans: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why the last try at that place came to nothing; gone with the next that succeeds."""

    where: str                                     # HERE | MEDIUM
    code: str
    values: Mapping[str, Any]
    since: datetime


@dataclass(frozen=True, slots=True)
class LastRehearsal:
    at: datetime                                   # when it was done
    taken_at: datetime                             # the backup that was tried
    is_good: bool


def note_on_medium(connection: Connection, known: OnMedium) -> None:
    write_sync(connection, _ON_MEDIUM, {"at": known.at.isoformat(), "scans": known.scans})


def on_medium(connection: Connection) -> OnMedium | None:
    held = read_sync(connection, _ON_MEDIUM)
    return None if held is None else OnMedium(datetime.fromisoformat(held["at"]), held["scans"])


def note_lying(connection: Connection, name: str, seal: str, gone: Collection[str]) -> None:
    """One more lies in the data folder, and those of `gone` do no more; the others are where they were."""
    held: dict[str, str] = read_sync(connection, _LYING, {})
    write_sync(connection, _LYING, {**{each: of for each, of in held.items() if each not in gone}, name: seal})


def keep_lying(connection: Connection, there: Collection[str]) -> None:
    """Only these are there any more."""
    held: dict[str, str] = read_sync(connection, _LYING, {})
    write_sync(connection, _LYING, {name: of for name, of in held.items() if name in there})


def note_trouble(connection: Connection, where: str, code: str, values: Mapping[str, Any], now: datetime) -> None:
    """`code` "" ends it; the same again keeps its moment."""
    held: dict[str, Any] = read_sync(connection, _PROBLEM, {})
    if not code:
        if where in held:
            write_sync(connection, _PROBLEM, {name: each for name, each in held.items() if name != where})
        return
    before = held.get(where)
    since = before["since"] if before is not None and before["code"] == code else now.isoformat()
    plain = {name: value for name, value in values.items() if isinstance(value, str | int)}
    write_sync(connection, _PROBLEM, {**held, where: {"code": code, "values": plain, "since": since}})


def troubles(connection: Connection) -> tuple[Trouble, ...]:
    """Of this disk first."""
    held: dict[str, Any] = read_sync(connection, _PROBLEM, {})
    return tuple(
        Trouble(where, held[where]["code"], held[where]["values"], datetime.fromisoformat(held[where]["since"]))
        for where in (HERE, MEDIUM) if where in held
    )


def note_rehearsal(connection: Connection, done: LastRehearsal) -> None:
    write_sync(connection, _REHEARSED, {
        "at": done.at.isoformat(), "taken_at": done.taken_at.isoformat(), "is_good": done.is_good,
    })


def last_rehearsal(connection: Connection) -> LastRehearsal | None:
    held = read_sync(connection, _REHEARSED)
    if held is None:
        return None
    return LastRehearsal(
        datetime.fromisoformat(held["at"]), datetime.fromisoformat(held["taken_at"]), held["is_good"]
    )
