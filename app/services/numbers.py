"""Dossier numbers out of leases: each number once, each leased number with a fate (sync.md, "Numbers").

`take_number` runs inside the transaction that stores the dossier, so a number that was taken and not used
cannot exist: either both are on the disk or neither is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from app.domain.identifiers import Randomness, uuid7
from app.domain.lease import Lease
from app.domain.operation import Operation, Type, parse
from app.errors import Refusal
from app.services.counter import Counter
from app.services.province_word import is_signed
from app.services.standing import numbers_stopped, refuse_when_stopped
from app.store import journal as book
from app.store import projection
from app.store.prepared import Prepared
from app.store.tables import journal, leases, number_counters, number_fates

REGISTER = "register"
"""Lease id under which the running number of the register book (sổ theo dõi) is counted, per year."""
FIRST_EPOCH = 1


@dataclass(frozen=True, slots=True)
class Taken:
    lease_id: str
    number: int


@dataclass(frozen=True, slots=True)
class LeaseLeft:
    """How far the numbers of one agency reach: today's remainder and the last day that is covered."""

    agency: str
    left_today: int
    size_today: int
    covered_to: date


def store_lease(connection: Connection, counter: Counter, payload: str, signature: bytes) -> bool:
    """Keep a lease the province signed for this counter and epoch; True when it is new.

    Raises `lease_signature_wrong` or `lease_not_ours`; a lease once stored is never changed.
    """
    if not is_signed(counter.province_key, payload, signature):
        raise Refusal("lease_signature_wrong")
    try:
        lease = Lease.from_payload(payload)
    except ValueError as error:
        raise Refusal("lease_signature_wrong") from error
    if (lease.device, lease.epoch) != (counter.device, counter.epoch):
        raise Refusal("lease_not_ours")
    stored = connection.execute(
        insert(leases)
        .values(
            lease_id=lease.lease_id,
            agency=lease.agency,
            epoch=lease.epoch,
            date_from=lease.date_from.isoformat(),
            date_to=lease.date_to.isoformat(),
            lo=lease.lo,
            hi=lease.hi,
            payload=payload,
            signature=signature,
        )
        .on_conflict_do_nothing()
    )
    return stored.rowcount > 0


def take_number(connection: Connection, counter: Counter, agency: str, day: date) -> Taken:
    """The next number of this agency's leases on `day`; never one that was taken before.

    Raises `numbers_stopped` (this book is not the newest of its counter), `agency_not_served` (this counter is
    given numbers, but never of this agency), `lease_missing` (no lease covers the day) or `lease_exhausted` (all
    its numbers are used).
    """
    refuse_when_stopped(connection)
    covering = _covering(connection, counter.epoch, agency, day)
    if not covering:
        if not is_served(connection, agency):
            raise Refusal("agency_not_served", agency=agency)
        raise Refusal("lease_missing", agency=agency, day=day.isoformat())
    for lease_id, lo, hi in covering:
        number = max(_next(connection, agency, day, lease_id), lo)
        if number <= hi:
            _set_next(connection, agency, day.isoformat(), lease_id, number + 1)
            return Taken(lease_id, number)
    raise Refusal("lease_exhausted", agency=agency, day=day.isoformat())


def peek_number(connection: Connection, counter: Counter, agency: str, day: date) -> int | None:
    """The number that `take_number` would give now, to be shown before the save; None when it would refuse."""
    if numbers_stopped(connection) is not None:
        return None
    for lease_id, lo, hi in _covering(connection, counter.epoch, agency, day):
        number = max(_next(connection, agency, day, lease_id), lo)
        if number <= hi:
            return number
    return None


def is_served(connection: Connection, agency: str) -> bool:
    """False where the province gives this counter numbers, but has never given any of this agency: its office file
    does not name it, or by another id than the catalogue."""
    given = set(connection.execute(select(leases.c.agency).distinct()).scalars())
    return not given or agency in given


def next_in_register(connection: Connection, counter: Counter, year: int) -> tuple[str, int]:
    """Book (quyển số) and running number (số thứ tự) of the register: per counter and year, without gaps.

    A new epoch begins a new book ("Quầy 3/2026-2"): how far the old one was written, a replaced machine or a
    restored disk cannot know.
    """
    place = _register(counter.epoch)
    number = max(_next(connection, REGISTER, date(year, 1, 1), place), 1)
    _set_next(connection, REGISTER, date(year, 1, 1).isoformat(), place, number + 1)
    part = f"{year}-{counter.epoch}" if counter.epoch > FIRST_EPOCH else str(year)
    return f"{counter.name}/{part}" if counter.name else part, number


def count_brought_back(connection: Connection, operation: Operation) -> None:
    """A reception that came back from a witness has used its number and its line of the register for good."""
    if operation.header.type != Type.DOSSIER_RECEIVED:
        return
    body, day = operation.body, date.fromisoformat(operation.header.business_date)
    agency = str(body["dossier"]["intake"]["procedure"]["agency"])
    lease_id, number = str(body["lease_id"]), int(body["lease_number"])
    if _next(connection, agency, day, lease_id) <= number:
        _set_next(connection, agency, day.isoformat(), lease_id, number + 1)
    year, line = date(day.year, 1, 1), int(body["dossier"]["book_number"])
    place = _register(operation.header.epoch)
    if _next(connection, REGISTER, year, place) <= line:
        _set_next(connection, REGISTER, year.isoformat(), place, line + 1)


def _register(epoch: int) -> str:
    return f"{REGISTER}/{epoch}" if epoch > FIRST_EPOCH else REGISTER


def leases_left(connection: Connection, counter: Counter, day: date) -> tuple[LeaseLeft, ...]:
    """For each agency with a lease: numbers left on `day`, of how many, and the last covered day."""
    found: dict[str, LeaseLeft] = {}
    rows = connection.execute(
        select(leases.c.agency, leases.c.date_to).where(leases.c.epoch == counter.epoch).order_by(leases.c.agency)
    )
    for agency, date_to in rows:
        before = found.get(agency)
        last = date.fromisoformat(date_to)
        if before is not None:
            found[agency] = LeaseLeft(agency, before.left_today, before.size_today, max(last, before.covered_to))
            continue
        left = size = 0
        for lease_id, lo, hi in _covering(connection, counter.epoch, agency, day):
            size += hi - lo + 1
            left += hi + 1 - max(_next(connection, agency, day, lease_id), lo)
        found[agency] = LeaseLeft(agency, left, size, last)
    return tuple(found.values())


def close_days(
    connection: Connection, counter: Counter, today: date, now: datetime, randomness: Randomness
) -> tuple[date, ...]:
    """State the fate of every leased number of the days before `today` that have none yet.

    A day is closed once, in one operation made by "system": what was issued, what is void (handed out by the
    counter and in no dossier: cannot happen while both share a transaction, so it is said if it ever does),
    and what stays unused for ever. Numbers of a closed day are not given out again, whatever the clock says.
    Leases of a former epoch end with it, but their numbers have a fate like any other: the new epoch states it.
    """
    closed = []
    for day in _days_to_close(connection, today):
        issued = _issued_by_lease(connection, day)
        fates = [
            _fate(connection, day, row, issued.get(row.lease_id, set()))
            for row in _covering_all(connection, day)
        ]
        # `take_number` must find nothing left of a closed day.
        for fate in fates:
            _set_next(connection, fate["agency"], day.isoformat(), fate["lease_id"], fate["hi"] + 1)
        event = book.Event(
            op_id=uuid7(now, randomness),
            type=Type.NUMBERS_CLOSED,
            intent=f"close:{counter.device}:{counter.epoch}:{day.isoformat()}",
            body={"day": day.isoformat(), "fates": fates},
            now=now,
            business_date=today,
        )
        operation = book.append(connection, counter.author(None), event)
        projection.apply(connection, operation, is_own=True)
        closed.append(day)
    return tuple(closed)


# Reception waits for these.
_LEASES = Prepared(
    select(leases.c.lease_id, leases.c.lo, leases.c.hi)
    .where(
        leases.c.agency == bindparam("agency"),
        leases.c.epoch == bindparam("epoch"),
        leases.c.date_from <= bindparam("day"),
        leases.c.date_to >= bindparam("day"),
    )
    .order_by(leases.c.lo, leases.c.date_from)
)
_NEXT = Prepared(
    select(number_counters.c.next).where(
        number_counters.c.agency == bindparam("agency"),
        number_counters.c.business_date == bindparam("day"),
        number_counters.c.lease_id == bindparam("lease_id"),
    )
)
_ADD_COUNT = insert(number_counters)
_SET_NEXT = Prepared(
    _ADD_COUNT.on_conflict_do_update(
        index_elements=["agency", "business_date", "lease_id"], set_={"next": _ADD_COUNT.excluded.next}
    )
)


def _covering(connection: Connection, epoch: int, agency: str, day: date) -> list[tuple[str, int, int]]:
    """Each range of numbers once, under the lease that gave it first: a province that came back from a backup
    leases days of a range anew that it had leased already, and the numbers of both are the same."""
    rows = _LEASES.run(connection, {"agency": agency, "epoch": epoch, "day": day.isoformat()})
    found: list[tuple[str, int, int]] = []
    for lease_id, lo, hi in rows.fetchall():
        if not found or lo > found[-1][2]:
            found.append((lease_id, lo, hi))
    return found


def _covering_all(connection: Connection, day: date) -> list[Any]:
    """The leases of that day of every epoch; within one epoch each range once, as `_covering` has it."""
    text = day.isoformat()
    rows = connection.execute(
        select(leases.c.agency, leases.c.epoch, leases.c.lease_id, leases.c.lo, leases.c.hi)
        .where(leases.c.date_from <= text, leases.c.date_to >= text)
        .order_by(leases.c.agency, leases.c.epoch, leases.c.lo, leases.c.date_from)
    )
    found: list[Any] = []
    for row in rows:
        before = found[-1] if found else None
        if before is None or (before.agency, before.epoch) != (row.agency, row.epoch) or row.lo > before.hi:
            found.append(row)
    return found


def _next(connection: Connection, agency: str, day: date, lease_id: str) -> int:
    row = _NEXT.first(connection, {"agency": agency, "day": day.isoformat(), "lease_id": lease_id})
    return row[0] if row else 0


def _set_next(connection: Connection, agency: str, day: str, lease_id: str, value: int) -> None:
    _SET_NEXT.run(connection, {"agency": agency, "business_date": day, "lease_id": lease_id, "next": value})


def _days_to_close(connection: Connection, today: date) -> list[date]:
    """Days with a lease of any epoch, before `today`, not closed; oldest first."""
    rows = connection.execute(select(leases.c.date_from, leases.c.date_to).distinct())
    closed = set(connection.execute(select(number_fates.c.business_date).distinct()).scalars())
    days = {
        date.fromordinal(ordinal)
        for row in rows
        for ordinal in range(
            date.fromisoformat(row.date_from).toordinal(),
            min(date.fromisoformat(row.date_to), today - date.resolution).toordinal() + 1,
        )
    }
    return sorted(day for day in days if day.isoformat() not in closed)


def _fate(connection: Connection, day: date, row: Any, issued: set[int]) -> dict[str, Any]:
    counted = max(_next(connection, row.agency, day, row.lease_id), row.lo) - 1
    return {
        "agency": row.agency,
        "lease_id": row.lease_id,
        "lo": row.lo,
        "hi": row.hi,
        "issued": _ranges(issued),
        "void": sorted(set(range(row.lo, counted + 1)) - issued),
        "unused": [[counted + 1, row.hi]] if counted < row.hi else [],
    }


def _issued_by_lease(connection: Connection, day: date) -> dict[str, set[int]]:
    """The numbers that stand in dossiers of the journal on that day, read from the truth itself."""
    payloads = connection.execute(
        select(journal.c.payload).where(
            journal.c.business_date == day.isoformat(), journal.c.type == Type.DOSSIER_RECEIVED
        )
    ).scalars()
    found: dict[str, set[int]] = {}
    for payload in payloads:
        body = parse(payload, b"").body
        found.setdefault(body["lease_id"], set()).add(body["lease_number"])
    return found


def _ranges(numbers: Iterable[int]) -> list[list[int]]:
    """Sorted numbers as inclusive ranges."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found
