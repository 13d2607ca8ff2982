"""What the courier may ask of the book: what waits, what was confirmed, what stands in the way.

The outbox is a cursor, not a copy: everything of this device behind the last confirmed sequence number is
unsent, whatever happened to it. Nothing leaves the count but by the province's own confirmation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from app.domain.operation import parse
from app.errors import Refusal
from app.services.counter import Counter
from app.services.days import OFFSET, SERVER_TIME
from app.services.feed import Cursor, read_cursor
from app.services.forks import branches
from app.services.standing import asked_epoch, numbers_stopped
from app.store import journal as book
from app.store.epochs import epochs_of
from app.store.queries.dossiers import own_total
from app.store.queries.papers import files_to_send
from app.store.settings import read_setting, read_sync, write_setting, write_sync
from app.store.tables import confirmations, journal, leases, number_counters, parked_operations, verdicts

MOST_LEASES = 400
"""Of the newest that are said again: they fit in one message, and what is older has run out."""


@dataclass(frozen=True, slots=True)
class Gateway:
    url: str
    token: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """One operation that the province has not confirmed; exact bytes as signed."""

    seq: int
    op_id: str
    payload: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class Outbox:
    """The honest numbers of the bottom line. `unsent` counts operations, `unsent_dossiers` receptions."""

    dossiers: int
    confirmed_dossiers: int
    unsent_dossiers: int
    unsent: int
    oldest_unsent_at: datetime | None
    last_contact_at: datetime | None
    last_problem: Mapping[str, Any] | None         # {"code", "at", "values", "attempts", "next_try_at"}
    needs_person: int                              # refused or to be mended; only a person closes them
    parked: int
    files_waiting: int = 0                         # documents, counted apart from records, and their bytes
    file_bytes_waiting: int = 0
    files_aside: int = 0                           # of these: do not go out for a reason of their own


def gateway_of(connection: Connection) -> Gateway | None:
    held = read_setting(connection, "gateway")
    return Gateway(held["url"], held["token"]) if held else None


def move_gateway(connection: Connection, url: str) -> None:
    """The province is reached at another address from now on; the token stays."""
    held = read_setting(connection, "gateway")
    write_setting(connection, "gateway", {**held, "url": url})


def confirmed_seq(connection: Connection, device: str, epoch: int) -> int:
    """Sequence numbers up to this one are in the province's custody."""
    reached = connection.execute(
        select(func.coalesce(func.max(confirmations.c.upto), 0)).where(
            confirmations.c.device == device, confirmations.c.epoch == epoch
        )
    ).scalar_one()
    return int(reached)


def waiting(
    connection: Connection, counter: Counter, *, epoch: int, after: int, limit: int
) -> tuple[Waiting, ...]:
    """Up to `limit` of our operations of an epoch behind `after`, in order."""
    rows = book.after(connection, counter.device, epoch, after, limit)
    return tuple(Waiting(row.seq, row.op_id, row.payload, row.signature) for row in rows)


def confirm(connection: Connection, counter: Counter, epoch: int, upto: int, now: datetime) -> None:
    """The province holds everything up to `upto`. Raises `confirmed_unknown` for more than was ever written."""
    head = book.head(connection, counter.device, epoch)
    if upto > head.seq:
        raise Refusal("confirmed_unknown", upto=upto, head=head.seq)
    if upto <= confirmed_seq(connection, counter.device, epoch):
        return
    connection.execute(insert(confirmations).values(device=counter.device, epoch=epoch, upto=upto, at=now))
    sent = select(journal.c.op_id).where(
        journal.c.device == counter.device, journal.c.epoch == epoch, journal.c.seq <= upto,
        journal.c.op_id == parked_operations.c.op_id,
    )
    connection.execute(parked_operations.delete().where(sent.exists()))


def set_aside(connection: Connection, seq: int, op_id: str, reason: str, now: datetime) -> None:
    """Remember that the province breaks on this one operation; it is shown until the province has custody."""
    statement = insert(parked_operations).values(op_id=op_id, seq=seq, reason=reason, attempts=1, since=now)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["op_id"],
            set_={"reason": reason, "attempts": parked_operations.c.attempts + 1},
        )
    )


def resend_from(connection: Connection, counter: Counter, epoch: int, upto: int) -> None:
    """The province holds less than it once confirmed (restored from a backup): those count as unsent again."""
    connection.execute(
        confirmations.delete().where(
            confirmations.c.device == counter.device, confirmations.c.epoch == epoch,
            confirmations.c.upto > upto,
        )
    )


@dataclass(frozen=True, slots=True)
class EpochState:
    """One epoch of this counter in this book; `fork` and `kept` as in `app.services.forks`, 0 where none is."""

    epoch: int
    head_seq: int
    head_hash: str
    confirmed: int
    fork: int
    kept: int


@dataclass(frozen=True, slots=True)
class ContactState:
    """Where we stand, as a contact begins; `epochs` oldest first, the current one last."""

    epochs: tuple[EpochState, ...]
    cursor: Cursor | None
    lease_usage: tuple[tuple[str, str, int], ...]
    stopped: str
    stopped_values: Mapping[str, Any]
    asked_epoch: str


def contact_state(connection: Connection, counter: Counter) -> ContactState:
    stopped = numbers_stopped(connection)
    forked = branches(connection)
    found = []
    for epoch in epochs_of(connection, counter.epoch):
        head = book.head(connection, counter.device, epoch)
        fork = forked.get(epoch)
        found.append(EpochState(
            epoch, head.seq, head.hash, confirmed_seq(connection, counter.device, epoch),
            fork.seq if fork else 0, fork.kept if fork else 0,
        ))
    return ContactState(
        tuple(found), read_cursor(connection), lease_usage(connection, counter),
        stopped.reason if stopped else "", stopped.values if stopped else {}, asked_epoch(connection),
    )


def note_contact(connection: Connection, now: datetime, clock_offset_ms: int) -> None:
    """A good answer: remember when, how far our clock is off, and that no problem stands."""
    write_sync(connection, "last_contact_at", now.isoformat())
    write_sync(connection, OFFSET, clock_offset_ms)
    write_sync(connection, SERVER_TIME, (now + timedelta(milliseconds=clock_offset_ms)).isoformat())
    write_sync(connection, "problem", None)


def note_problem(
    connection: Connection, code: str, values: Mapping[str, Any], now: datetime, next_try_at: datetime | None
) -> None:
    """Why nothing goes out, how often it was tried, when it will be tried again."""
    before = read_sync(connection, "problem")
    is_same = before is not None and before["code"] == code
    write_sync(
        connection,
        "problem",
        {
            "code": code,
            "values": dict(values),
            "since": before["since"] if is_same else now.isoformat(),
            "at": now.isoformat(),
            "attempts": (before["attempts"] if is_same else 0) + 1,
            "next_try_at": next_try_at.isoformat() if next_try_at else None,
        },
    )


def read_pace(connection: Connection) -> Mapping[str, Any] | None:
    """What is known of the line, as `sync.core.pace` stores it."""
    held: Mapping[str, Any] | None = read_sync(connection, "pace")
    return held


def note_pace(connection: Connection, pace: Mapping[str, Any]) -> None:
    write_sync(connection, "pace", dict(pace))


def lease_usage(connection: Connection, counter: Counter) -> tuple[tuple[str, str, int], ...]:
    """(agency, day, numbers used) of this epoch's leases, so that the province can add a block in time."""
    used = func.sum(number_counters.c.next - leases.c.lo)
    rows = connection.execute(
        select(number_counters.c.agency, number_counters.c.business_date, used)
        .join(leases, leases.c.lease_id == number_counters.c.lease_id)
        .where(leases.c.epoch == counter.epoch, number_counters.c.next > leases.c.lo)
        .group_by(number_counters.c.agency, number_counters.c.business_date)
        .order_by(number_counters.c.business_date.desc())
        .limit(200)
    )
    return tuple((row[0], row[1], int(row[2])) for row in rows)


def held_leases(connection: Connection, counter: Counter) -> tuple[tuple[str, bytes], ...]:
    """(text, signature) of every lease of this epoch: for a province that may have lost that it gave them."""
    rows = connection.execute(
        select(leases.c.payload, leases.c.signature).where(leases.c.epoch == counter.epoch)
        .order_by(leases.c.date_from.desc(), leases.c.lease_id).limit(MOST_LEASES)
    )
    return tuple((row.payload, bytes(row.signature)) for row in rows)


def outbox(connection: Connection, counter: Counter) -> Outbox:
    """The three honest states, worked out from the journal itself, over every epoch of this book."""
    unsent = unsent_dossiers = 0
    oldest: datetime | None = None
    for epoch in epochs_of(connection, counter.epoch):
        reached = confirmed_seq(connection, counter.device, epoch)
        behind = (journal.c.device == counter.device, journal.c.epoch == epoch, journal.c.seq > reached)
        row = connection.execute(select(func.count(), func.count(journal.c.number)).where(*behind)).one()
        unsent, unsent_dossiers = unsent + row[0], unsent_dossiers + row[1]
        oldest = oldest or _oldest_unsent(connection, counter, epoch, reached)
    total = own_total(connection)
    to_send = files_to_send(connection)
    last_contact = read_sync(connection, "last_contact_at")
    return Outbox(
        dossiers=total,
        confirmed_dossiers=total - unsent_dossiers,
        unsent_dossiers=unsent_dossiers,
        unsent=unsent,
        oldest_unsent_at=oldest,
        last_contact_at=datetime.fromisoformat(last_contact) if last_contact else None,
        last_problem=read_sync(connection, "problem"),
        needs_person=connection.execute(
            select(func.count()).where(verdicts.c.is_closed == 0)
        ).scalar_one(),
        parked=connection.execute(select(func.count()).select_from(parked_operations)).scalar_one(),
        files_waiting=to_send.count,
        file_bytes_waiting=to_send.size,
        files_aside=len(files_aside(connection)),
    )


def has_unsent_records(connection: Connection, counter: Counter) -> bool:
    """Whether operations wait that the province would chain; a forked branch waits for a person there."""
    forked = branches(connection)
    return any(
        book.head(connection, counter.device, epoch).seq > confirmed_seq(connection, counter.device, epoch)
        for epoch in epochs_of(connection, counter.epoch) if epoch not in forked
    )


def files_aside(connection: Connection) -> Mapping[str, Any]:
    """Documents that do not go out, by SHA-256; `file_courier` reads and writes what is said of each."""
    found: Mapping[str, Any] = read_sync(connection, "files_aside", {})
    return found


def write_files_aside(connection: Connection, held: Mapping[str, Any]) -> None:
    write_sync(connection, "files_aside", dict(held))


def _oldest_unsent(connection: Connection, counter: Counter, epoch: int, reached: int) -> datetime | None:
    first = book.after(connection, counter.device, epoch, reached, 1)
    if not first:
        return None
    return datetime.fromisoformat(parse(first[0].payload, b"").header.wall_time)
