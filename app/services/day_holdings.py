"""What this book holds of some days, for comparing it with the province (`sync.reconcile` counts as that does)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, func, select

from app.domain.day_comparison import Difference, Fate, Kind
from app.domain.dossier_code import parse_code
from app.domain.turn import Turn
from app.services.counter import Counter
from app.services.courier import confirmed_seq
from app.services.epochs import own_hash
from app.services.feed import arrival
from app.services.forks import branches
from app.services.reconcile import mark_before
from app.store.epochs import epochs_of
from app.store.held import heads_held
from app.store.queries.papers import files_to_send, files_waiting
from app.store.tables import (
    dossiers,
    feed_entries,
    journal,
    leases,
    life_events,
    number_counters,
    number_fates,
    parked_operations,
    verdicts,
)

_PART = 500


class Text(NamedTuple):
    """One operation in its exact text. `epoch` and `seq` of this counter's own; 0 of another's."""

    payload: str
    hash: str
    epoch: int
    seq: int


class Row(NamedTuple):
    """A dossier of the lists."""

    id: int
    code: str
    key: str
    agency: str
    device: str
    day: str
    epoch: int
    seq: int


def dossiers_between(connection: Connection, first: date, last: date) -> tuple[Row, ...]:
    """The office's dossiers that were received on these days, oldest first."""
    rows = connection.execute(
        select(dossiers.c.id, dossiers.c.code, dossiers.c.code_key, dossiers.c.agency, dossiers.c.device,
               dossiers.c.business_date, dossiers.c.epoch, dossiers.c.seq)
        .where(dossiers.c.business_date.between(first.isoformat(), last.isoformat()))
        .order_by(dossiers.c.business_date, dossiers.c.id)
    )
    return tuple(Row(*row) for row in rows)


def agencies_of(connection: Connection, keys: Sequence[str]) -> Mapping[str, str]:
    """The agency of each dossier by its key; unknown ones are missing."""
    found: dict[str, str] = {}
    for at in range(0, len(keys), _PART):
        rows = connection.execute(
            select(dossiers.c.code_key, dossiers.c.agency).where(dossiers.c.code_key.in_(keys[at:at + _PART])))
        found.update((row.code_key, row.agency) for row in rows)
    return found


def texts_since(connection: Connection, first: date) -> Iterator[Text]:
    """Every operation of `first` and later, and some of before, in the order that the province gave them; then
    what this counter wrote and the feed has not brought back yet."""
    own = {
        (row.epoch, row.seq): Text(row.payload, row.hash, row.epoch, row.seq)
        for row in connection.execute(
            select(journal.c.payload, journal.c.hash, journal.c.epoch, journal.c.seq)
            .where(journal.c.business_date >= first.isoformat()).order_by(journal.c.position)
        )
    }
    seen: set[str] = set()
    for entry in connection.execute(
        select(feed_entries.c.op_id, feed_entries.c.payload, journal.c.epoch, journal.c.seq)
        .outerjoin(journal, journal.c.op_id == feed_entries.c.op_id)
        .where(arrival > mark_before(connection, first), feed_entries.c.kind == "operation").order_by(arrival)
    ):
        kept = json.loads(entry.payload)
        place = (entry.epoch, entry.seq) if entry.op_id else _own_place(kept["body"])
        if entry.op_id and entry.epoch is None:
            if entry.op_id not in seen:            # a restored province brings its entries again
                seen.add(entry.op_id)
                yield Text(kept["payload"], "", 0, 0)
        elif place in own:
            yield own.pop(place)
    yield from own.values()


def _own_place(body: Mapping[str, Any]) -> tuple[Any, Any]:
    return (body.get("epoch"), body.get("seq")) if body.get("own") else (None, None)


def newest_words(connection: Connection, ids: Sequence[int]) -> Mapping[int, str]:
    """The newest status that province or agency said of each dossier, as this book took it."""
    found: dict[int, str] = {}
    for at in range(0, len(ids), _PART):
        rows = connection.execute(
            select(life_events.c.dossier, life_events.c.facts)
            .where(life_events.c.dossier.in_(ids[at:at + _PART]), life_events.c.id.like("feed:%"))
            .order_by(life_events.c.at, func.substr(life_events.c.id, -12)))
        for row in rows:
            state = json.loads(row.facts).get("state")
            if state is not None:
                found[row.dossier] = str(state)
    return found


def files_unsent(connection: Connection) -> frozenset[str]:
    """Documents that this counter has still to send, by SHA-256."""
    return frozenset(each.sha256 for each in files_waiting(connection, files_to_send(connection).count))


class Fates:
    """Where this counter's own operations lie, of one moment."""

    def __init__(self, connection: Connection, counter: Counter) -> None:
        self._device = counter.device
        self._confirmed = {
            epoch: confirmed_seq(connection, counter.device, epoch)
            for epoch in epochs_of(connection, counter.epoch)
        }
        self._beside = {epoch: branch.seq for epoch, branch in branches(connection).items()}
        self._held = {(row.epoch, row.seq) for row in connection.execute(
            select(journal.c.epoch, journal.c.seq).join(verdicts, verdicts.c.op_id == journal.c.op_id))}
        self._parked = set(connection.execute(select(parked_operations.c.seq)).scalars())

    def of(self, device: str, epoch: int, seq: int) -> Fate:
        if device != self._device:
            return Fate.FOREIGN
        if seq <= self._confirmed.get(epoch, 0):
            return Fate.HELD if (epoch, seq) in self._held else Fate.CONFIRMED
        if seq >= self._beside.get(epoch, seq + 1):
            return Fate.BESIDE
        return Fate.PARKED if seq in self._parked else Fate.UNSENT


def chains_that_differ(
    connection: Connection, counter: Counter, there: Mapping[str, Mapping[int, tuple[int, str]]]
) -> frozenset[tuple[str, int]]:
    """The (device, epoch) whose chain at the province, said as its (seq, hash), is not what this book holds.

    What this counter has merely not sent yet is no difference.
    """
    return frozenset(
        (device, epoch)
        for device, heads in there.items() for epoch, (seq, hash_) in heads.items()
        if seq and seq != heads_held(connection, device).get(epoch)
        and (device != counter.device or own_hash(connection, counter, epoch, seq) != hash_)
    )


def numbers_without_fate(
    connection: Connection, counter: Counter, first: date, last: date
) -> Iterator[Difference]:
    """Numbers that this counter gave out on these days and that stand in no dossier.

    Of a closed day: what its closing called void, and what it called issued although no dossier is here. Of a day
    that is still open: everything below the next number.
    """
    known: dict[tuple[str, str], set[int]] = {}
    for each in dossiers_between(connection, first, last):
        if each.device == counter.device:
            known.setdefault((each.day, each.agency), set()).add(parse_code(each.code).sequence)
    given: dict[tuple[str, str], set[int]] = {}
    closed: set[tuple[str, str, str]] = set()
    for fate in connection.execute(select(number_fates).where(_within(number_fates, first, last))):
        closed.add((fate.business_date, fate.agency, fate.lease_id))
        held = given.setdefault((fate.business_date, fate.agency), set())
        held.update(json.loads(fate.void))
        for lowest, highest in json.loads(fate.issued):
            held.update(range(lowest, highest + 1))
    for row in connection.execute(
        select(number_counters, leases.c.lo).join(leases, leases.c.lease_id == number_counters.c.lease_id)
        .where(_within(number_counters, first, last))
    ):
        if (row.business_date, row.agency, row.lease_id) not in closed:
            given.setdefault((row.business_date, row.agency), set()).update(range(row.lo, row.next))
    for (day, agency), numbers in sorted(given.items()):
        for number in sorted(numbers - known.get((day, agency), set())):
            yield Difference(day, Kind.NUMBER, f"{agency} {number}", Turn.MACHINE, "no_fate",
                             {"agency": agency, "number": number})


def _within(table: Table, first: date, last: date) -> ColumnElement[bool]:
    return table.c.business_date.between(first.isoformat(), last.isoformat())


