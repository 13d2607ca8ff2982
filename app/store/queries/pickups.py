"""Frozen rows of home pick-ups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, literal_column, or_, select

from app.domain.dossier import State
from app.domain.pickup import PickupState
from app.store.tables import dossiers, pickups

PAGE = 200


@dataclass(frozen=True, slots=True)
class PickupRow:
    """One home pick-up. `other_code`: a second dossier that another counter made of the same papers."""

    id: str
    number: str
    at: datetime
    name: str
    phone: str
    address: str
    procedure_code: str
    procedure_name: str
    visit: str
    collector: str
    state: PickupState
    moved: str                     # the operation that made it so
    moved_at: datetime
    note: str
    code: str
    other_code: str


_IS_OPEN: ColumnElement[bool] = literal_column("pickups.state IN ('asked', 'collecting', 'collected')")
"""As the partial index `pickups_open` says it."""


_IS_TWICE: ColumnElement[bool] = (pickups.c.other_code != "") & ~exists().where(
    dossiers.c.code.in_([pickups.c.code, pickups.c.other_code]),
    dossiers.c.state.in_([int(State.NOT_RECEIVED), int(State.WITHDRAWN), int(State.STOPPED)]),
)
"""Two dossiers of the same papers, and neither has been taken out yet."""


def open_pickups(connection: Connection, limit: int = PAGE) -> tuple[PickupRow, ...]:
    """Those that are no dossier yet, the oldest call first; and those of which two dossiers were made."""
    query = select(pickups).where(or_(_IS_OPEN, _IS_TWICE)).order_by(pickups.c.at).limit(limit)
    return tuple(_pickup(row) for row in connection.execute(query))


def count_pickups(connection: Connection) -> int:
    """How long `open_pickups` is."""
    return connection.execute(
        select(func.count()).select_from(pickups).where(or_(_IS_OPEN, _IS_TWICE))
    ).scalar_one()


def find_pickup(connection: Connection, name: str) -> PickupRow | None:
    """By its id or by the temporary number on its slip."""
    row = connection.execute(
        select(pickups).where(or_(pickups.c.id == name, pickups.c.number == name.strip().upper()))
        .order_by(pickups.c.id.desc()).limit(1)
    ).first()
    return _pickup(row) if row is not None else None


def _pickup(row: Any) -> PickupRow:
    return PickupRow(
        row.id, row.number, row.at, row.name, row.phone, row.address, row.procedure_code, row.procedure_name,
        row.visit, row.collector, PickupState(row.state), row.moved, row.moved_at, row.note, row.code,
        row.other_code,
    )
