"""What the book knows of its second copy: where it is kept, how far it reaches, what stands in its way.

The medium itself is `sync.second_copy`'s business. Counted as kept is only what was read back from the medium;
counted as at risk is what neither the province has confirmed nor the medium holds in a form that the province can
open: with this machine its own key is lost too. The medium holds operations, no scans: those are at risk until the
province has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from app.practice import refuse_outside
from app.services.counter import Counter
from app.services.courier import confirmed_seq
from app.store import journal as book
from app.store.epochs import epochs_of
from app.store.queries.dossiers import Reach, own_today
from app.store.queries.papers import files_to_send
from app.store.settings import forget_setting, read_setting, read_sync, write_setting, write_sync
from app.store.tables import journal

CHOSEN = "second_copy"
KEPT = "second_copy_kept"
PROBLEM = "second_copy_problem"
PROVINCE_KEY = "province_seal_key"
CITIZEN_SECONDS = 3.0
"""Longer than this no paper waits for a medium."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The place a person chose and the id of the medium that was there."""

    place: Path
    medium: str


@dataclass(frozen=True, slots=True)
class KeptSoFar:
    """What was last read back from the medium. `reached`: 1..seq of each epoch lie there, whole."""

    medium: str
    reached: Mapping[int, int]
    size: int                                      # bytes of all segments, to know the medium unchanged
    readers: tuple[str, ...]                       # marks of the keys that open every record, hex
    is_for_province: bool
    at: datetime
    checked_at: datetime                           # when all of it was last read
    damaged: int = 0                               # places that could not be read then, written anew since


@dataclass(frozen=True, slots=True)
class Problem:
    code: str
    values: Mapping[str, Any]
    since: datetime


@dataclass(frozen=True, slots=True)
class Risk:
    """Operations, and the receptions among them: lost if this machine died now, or not on the medium yet."""

    operations: int
    dossiers: int


@dataclass(frozen=True, slots=True)
class SecondCopyState:
    """For the screens. `unkept`: what is not on the medium yet."""

    chosen: Chosen | None
    kept: KeptSoFar | None
    problem: Problem | None
    unkept: Risk
    kept_today: int                                # of today's dossiers
    risk: Risk
    files: int = 0                                 # scans that only this machine has: the medium holds none


def chosen(connection: Connection) -> Chosen | None:
    held = read_setting(connection, CHOSEN)
    return None if held is None else Chosen(Path(held["place"]), held["medium"])


def choose(connection: Connection, place: Path, medium: str) -> None:
    """From now on the second copy is kept there. Another medium than before begins from nothing.

    Refusal `practice_stays_here`: what is practised goes onto no stick.
    """
    refuse_outside()
    kept = kept_so_far(connection)
    write_setting(connection, CHOSEN, {"place": str(place), "medium": medium})
    write_sync(connection, PROBLEM, None)
    if kept is not None and kept.medium != medium:
        write_sync(connection, KEPT, None)


def give_up(connection: Connection) -> None:
    """No second copy any more; what lies on the medium stays there."""
    forget_setting(connection, CHOSEN)
    write_sync(connection, KEPT, None)
    write_sync(connection, PROBLEM, None)


def province_seal_key(connection: Connection) -> bytes | None:
    """The raw X25519 key that the province signed; None before a contact brought it."""
    held = read_setting(connection, PROVINCE_KEY)
    return bytes.fromhex(held) if held else None


def kept_so_far(connection: Connection) -> KeptSoFar | None:
    held = read_sync(connection, KEPT)
    if held is None:
        return None
    return KeptSoFar(
        held["medium"], {int(epoch): seq for epoch, seq in held["reached"].items()}, held["size"],
        tuple(held["readers"]), held["is_for_province"], datetime.fromisoformat(held["at"]),
        datetime.fromisoformat(held["checked_at"]), held["damaged"],
    )


def note_kept(connection: Connection, kept: KeptSoFar) -> None:
    """The medium was read back so far."""
    write_sync(connection, KEPT, {
        "medium": kept.medium, "reached": {str(epoch): seq for epoch, seq in kept.reached.items()},
        "size": kept.size, "readers": list(kept.readers), "is_for_province": kept.is_for_province,
        "at": kept.at.isoformat(), "checked_at": kept.checked_at.isoformat(), "damaged": kept.damaged,
    })


def problem(connection: Connection) -> Problem | None:
    held = read_sync(connection, PROBLEM)
    if held is None:
        return None
    return Problem(held["code"], held["values"], datetime.fromisoformat(held["since"]))


def note_problem(connection: Connection, code: str, values: Mapping[str, Any], now: datetime) -> None:
    """Why the medium is behind the book. The same reason again keeps its moment; "" for none."""
    before = problem(connection)
    if not code:
        if before is not None:
            write_sync(connection, PROBLEM, None)
        return
    if before is not None and before.code == code:
        return
    plain = {name: value for name, value in values.items() if isinstance(value, str | int)}
    write_sync(connection, PROBLEM, {"code": code, "values": plain, "since": now.isoformat()})


def own_heads(connection: Connection, counter: Counter) -> dict[int, int]:
    """The newest seq of every epoch of this counter that has one, oldest first."""
    lived = sorted(epochs_of(connection, counter.epoch))
    heads = {epoch: book.head(connection, counter.device, epoch).seq for epoch in lived}
    return {epoch: seq for epoch, seq in heads.items() if seq}


def at_risk(connection: Connection, counter: Counter) -> Risk:
    """What neither the province has confirmed nor the medium holds for it."""
    kept = kept_so_far(connection)
    reached = kept.reached if kept is not None and kept.is_for_province else {}
    return _behind(connection, counter, {
        epoch: max(confirmed_seq(connection, counter.device, epoch), reached.get(epoch, 0))
        for epoch in own_heads(connection, counter)
    })


def _behind(connection: Connection, counter: Counter, upto: Mapping[int, int]) -> Risk:
    """What was written behind these places."""
    operations = receptions = 0
    for epoch, head in own_heads(connection, counter).items():
        first = upto.get(epoch, 0) + 1
        if first <= head:
            operations += head - first + 1
            own = (journal.c.device == counter.device) & (journal.c.epoch == epoch) & (journal.c.seq >= first)
            receptions += connection.execute(
                select(func.count()).where(own, journal.c.number.is_not(None))
            ).scalar_one()
    return Risk(operations, receptions)


def second_copy_state(connection: Connection, counter: Counter, today: str) -> SecondCopyState:
    """`today`: the business day whose dossiers are counted, yyyy-mm-dd."""
    kept = kept_so_far(connection)
    reached = kept.reached if kept is not None else {}
    heads = own_heads(connection, counter)
    earlier = tuple((epoch, reached.get(epoch, 0)) for epoch in heads if epoch != counter.epoch)
    known = Reach(today, counter.device, counter.epoch, reached.get(counter.epoch, 0), earlier)
    return SecondCopyState(
        chosen(connection), kept, problem(connection),
        _behind(connection, counter, reached), own_today(connection, known)[1], at_risk(connection, counter),
        files_to_send(connection).count,
    )
