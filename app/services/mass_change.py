"""A pull that would turn the shelf over waits for a person: how much it would change, and what the person said.

What single pulls changed is remembered for a day, so that a landslide in small portions is weighed whole. Who
accepted one stands in the journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, literal_column, select

from app.domain.dossier import OPEN_STATES
from app.domain.identifiers import Randomness, uuid7
from app.domain.operation import Type
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.feed import FeedLine
from app.store import journal as book
from app.store import projection
from app.store.prepared import Prepared, first_of
from app.store.settings import read_sync, write_sync
from app.store.tables import dossiers, rollup_due

HELD = "mass_change"
ACCEPTED = "mass_accepted"
TODAY = "mass_today"
DAY = timedelta(hours=24)
SHOWN = 200
"""Dossiers of a held pull that are kept for the screen."""

_STANDS = first_of(
    select(dossiers.c.code, dossiers.c.state, dossiers.c.is_open).where(dossiers.c.id == bindparam("id"))
)
_OPEN = Prepared(
    select(func.coalesce(func.sum(rollup_due.c.amount), 0)).where(
        rollup_due.c.span == literal_column("7"),
        rollup_due.c.state.in_([literal_column(str(int(state))) for state in sorted(OPEN_STATES)]),
    )
)


@dataclass(frozen=True, slots=True)
class Change:
    """One open dossier and the state that the province would give it."""

    code: str
    state: int
    becomes: int


@dataclass(frozen=True, slots=True)
class DayOfChanges:
    """Distinct dossiers since a person last accepted, or in 24 hours: `changed` with those that a pull would
    change now; `open`: those that were open when it began."""

    changed: int
    open: int


@dataclass(frozen=True, slots=True)
class HeldPull:
    """A window of the feed that waits: entries up to `position` of that incarnation."""

    incarnation: str
    position: int
    changed: int
    open: int
    since: datetime
    some: tuple[Change, ...]                       # the first of them, to be shown
    earlier: int = 0                               # others that earlier pulls of the day have changed


def changes(connection: Connection, lines: Iterable[FeedLine]) -> tuple[Change, ...]:
    """What the statuses among these entries would make of dossiers that are open here, each dossier once.

    Entries that cannot be read change nothing, here as when they are applied.
    """
    found: dict[int, Change] = {}
    for line in lines:
        if line.kind != "status":
            continue
        stands = _stands(connection, line.body)
        if stands is not None:
            row_id, code, state, becomes = stands
            found[row_id] = Change(code, state, becomes)
    return tuple(each for each in found.values() if each.becomes != each.state)


def open_dossiers(connection: Connection) -> int:
    """How many dossiers are open here."""
    row = _OPEN.first(connection, {})
    return int(row[0]) if row else 0


def hold_pull(
    connection: Connection, incarnation: str, position: int, changed: tuple[Change, ...], now: datetime
) -> None:
    """Remember what waits for a person, from when it was first seen."""
    before = held_pull(connection)
    since = before.since if before is not None and before.incarnation == incarnation else now
    earlier = changed_today(connection, now).keys() - {each.code for each in changed}
    write_sync(connection, HELD, {
        "incarnation": incarnation, "position": position, "changed": len(changed),
        "open": open_dossiers(connection), "since": since.isoformat(), "earlier": len(earlier),
        "some": [[each.code, each.state, each.becomes] for each in changed[:SHOWN]],
    })


def held_pull(connection: Connection) -> HeldPull | None:
    """What waits for a person; None when nothing does."""
    held: Mapping[str, Any] | None = read_sync(connection, HELD)
    if held is None:
        return None
    return HeldPull(
        held["incarnation"], held["position"], held["changed"], held["open"],
        datetime.fromisoformat(held["since"]), tuple(Change(*each) for each in held["some"]),
        held.get("earlier", 0),
    )


def accept_mass_change(
    connection: Connection, counter: Counter, clerk: Clerk, seen: HeldPull,
    *, intent: str, now: datetime, randomness: Randomness,
) -> bool:
    """A person has looked at what is held and wants it; the next contact takes it. The journal keeps who and how
    much. False when something else is held than what was `seen`: nothing was done.

    What comes behind it is weighed by itself, and the day's count begins anew: a person has looked.
    """
    if book.by_intent(connection, intent) is not None:
        return True
    held = held_pull(connection)
    if held is None or (held.incarnation, held.position) != (seen.incarnation, seen.position):
        return False
    event = book.Event(
        op_id=uuid7(now, randomness), type=Type.FEED_MASS_CHANGE_ACCEPTED, intent=intent, now=now,
        business_date=today_at_counter(connection, now),
        body={
            "about": {"incarnation": held.incarnation, "position": held.position}, "changed": held.changed,
            "earlier": held.earlier, "open": held.open, "since": held.since.isoformat(), "clerk_name": clerk.name,
        },
    )
    book.append(connection, counter.author(clerk), event)
    write_sync(connection, ACCEPTED, {"incarnation": held.incarnation, "position": held.position})
    write_sync(connection, TODAY, None)
    return True


def weigh_day(connection: Connection, changed: Iterable[Change], now: datetime) -> DayOfChanges:
    """The day so far together with what a pull would change now."""
    before = changed_today(connection, now)
    closed = sum(not _is_open(connection, code) for code in before)
    return DayOfChanges(
        len(before.keys() | {each.code for each in changed}), open_dossiers(connection) + closed
    )


def note_changed(connection: Connection, changed: Iterable[Change], now: datetime) -> None:
    """These are changed by the pull that is being taken, and no person was asked."""
    found = {each.code: now for each in changed}
    if found:
        day = changed_today(connection, now) | found
        write_sync(connection, TODAY, {code: at.isoformat() for code, at in day.items()})


def changed_today(connection: Connection, now: datetime) -> dict[str, datetime]:
    """Codes of dossiers that pulls changed in the last 24 hours, and when; without what was accepted."""
    held: Mapping[str, str] = read_sync(connection, TODAY) or {}
    at = {code: datetime.fromisoformat(said) for code, said in held.items()}
    return {code: moment for code, moment in at.items() if now - moment < DAY}


def accepted_upto(connection: Connection, incarnation: str) -> int:
    """The position up to which a person accepted; 0 when nobody did."""
    held = read_sync(connection, ACCEPTED)
    return int(held["position"]) if held is not None and held["incarnation"] == incarnation else 0


def release_pull(connection: Connection) -> None:
    """Nothing waits any more: it was taken, or the province no longer says it."""
    if read_sync(connection, HELD) is not None:
        write_sync(connection, HELD, None)


def _is_open(connection: Connection, code: str) -> bool:
    row = _STANDS.first(connection, {"id": projection.find_dossier(connection, code)})
    return row is not None and bool(row[2])


def _stands(connection: Connection, body: Mapping[str, Any]) -> tuple[int, str, int, int] | None:
    try:
        row_id = projection.find_dossier(connection, str(body["number"]))
        becomes = int(body["status"])
    except (KeyError, ValueError, TypeError):
        return None
    row = _STANDS.first(connection, {"id": row_id}) if row_id is not None else None
    if row is None or row_id is None or not row[2]:
        return None
    return row_id, str(row[0]), int(row[1]), becomes
