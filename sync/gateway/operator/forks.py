"""Forks: two machines wrote the same place of one journal. Both branches are kept, here side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select

from sync.contract.operation_text import read
from sync.gateway.judge import short_text
from sync.gateway.operator.counters import office_names
from sync.gateway.problem import ProblemRaised
from sync.gateway.tables import branches, devices, operations

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Fork:
    """An epoch of a counter of which operations were kept aside; `open` of them have no place yet."""

    office: str
    counter: str
    device: str
    epoch: int
    first_seq: int
    kept: int
    open: int
    since: str


@dataclass(frozen=True, slots=True)
class Side:
    """One operation as far as it may be shown: no content."""

    hash: str
    type: str
    number: str
    wall_time: str
    staff: str
    at: str                                        # here since
    sender: str = ""
    reason: str = ""
    position: int | None = None                    # of the feed; None: kept aside


@dataclass(frozen=True, slots=True)
class Place:
    """What stands at one place of the journal: in the chain (None: nothing) and beside it."""

    seq: int
    chain: Side | None
    kept: tuple[Side, ...]


def forks(connection: Connection) -> tuple[Fork, ...]:
    """Every fork, those with open operations first, newest first."""
    placed = and_(operations.c.office == devices.c.office, operations.c.device == branches.c.device,
                  operations.c.epoch == branches.c.epoch, operations.c.seq == branches.c.seq,
                  operations.c.hash == branches.c.hash)
    rows = connection.execute(
        select(devices.c.office, devices.c.counter, branches.c.device, branches.c.epoch,
               func.min(branches.c.seq).label("first_seq"), func.count().label("kept"),
               func.count(operations.c.hash).label("placed"), func.max(branches.c.kept_at).label("since"))
        .join(devices, devices.c.id == branches.c.device).outerjoin(operations, placed)
        .group_by(devices.c.office, devices.c.counter, branches.c.device, branches.c.epoch))
    names = office_names(connection)
    found = [Fork(names.get(row.office, row.office), row.counter, row.device, row.epoch, row.first_seq, row.kept,
                  row.kept - row.placed, row.since) for row in rows]
    return tuple(sorted(found, key=lambda each: (each.open > 0, each.since), reverse=True))


def fork_places(connection: Connection, device: str, epoch: int) -> tuple[Place, ...]:
    """The first places where something was kept aside, at most SHOWN. Raises ProblemRaised `unknown_fork`."""
    seqs = connection.execute(
        select(branches.c.seq).where(*_of(branches, device, epoch)).distinct().order_by(branches.c.seq)
        .limit(SHOWN)).scalars().all()
    if not seqs:
        raise ProblemRaised("unknown_fork", 404)
    chain: dict[int, Side] = {}
    adopted: dict[str, int] = {}
    for row in connection.execute(
        select(operations).where(*_of(operations, device, epoch),
                                 operations.c.seq.between(seqs[0], seqs[-1]))):
        if row.branch == 0:
            chain[row.seq] = _side(row, row.taken_at, position=row.position)
        else:
            adopted[row.hash] = row.position
    beside: dict[int, list[Side]] = {}
    for row in connection.execute(
        select(branches).where(*_of(branches, device, epoch), branches.c.seq <= seqs[-1])
        .order_by(branches.c.seq, branches.c.kept_at)):
        in_chain = chain.get(row.seq)
        position = adopted.get(row.hash)
        if position is None and in_chain is not None and in_chain.hash == row.hash:
            position = in_chain.position
        beside.setdefault(row.seq, []).append(
            _side(row, row.kept_at, sender=row.sender, reason=row.reason, position=position))
    return tuple(Place(seq, chain.get(seq), tuple(beside[seq])) for seq in seqs)


def content_of(connection: Connection, device: str, epoch: int, seq: int, digest: str) -> str:
    """The exact text of one operation, in the chain or beside it. Raises ProblemRaised `unknown_fork`."""
    for table in (branches, operations):
        payload = connection.execute(
            select(table.c.payload).where(*_of(table, device, epoch), table.c.seq == seq, table.c.hash == digest)
            .limit(1)).scalar()
        if payload is not None:
            return bytes(payload).decode(errors="replace")
    raise ProblemRaised("unknown_fork", 404)


def _of(table: Any, device: str, epoch: int) -> Iterable[ColumnElement[bool]]:
    return table.c.device == device, table.c.epoch == epoch


def _side(row: Any, at: str, **more: Any) -> Side:
    try:
        fields: Mapping[str, Any] = read(bytes(row.payload)).fields
    except ValueError:
        fields = {}

    def said(name: str) -> str:
        return short_text(fields.get(name)) or ""

    body = fields.get("body")
    number = said("number") or (short_text(body.get("code")) if isinstance(body, Mapping) else "") or ""
    return Side(row.hash, said("type"), number, said("wall_time"), said("staff"), at, **more)
