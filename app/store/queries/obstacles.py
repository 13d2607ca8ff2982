"""The log of obstacles as rows: a month's for the meeting, those still open, those of one dossier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, literal_column, select, tuple_

from app.domain.route_papers import ObstacleCause
from app.store.tables import obstacles

PAGE = 200
_IS_OPEN: ColumnElement[bool] = literal_column("NOT obstacles.is_closed")
"""As the partial index `obstacles_open` says it."""


@dataclass(frozen=True, slots=True)
class ObstacleRow:
    """One line of the log; `code` is "" where it is about a procedure, `closed_at` None while it is open."""

    id: str
    at: datetime
    month: str
    code: str
    procedure_code: str
    procedure_name: str
    agency_name: str
    cause: ObstacleCause
    text: str
    clerk_name: str
    answer: str
    closed_at: datetime | None
    closed_by: str

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


def obstacles_of_month(
    connection: Connection, month: str, *, after: str = "", limit: int = PAGE
) -> tuple[ObstacleRow, ...]:
    """Those noted in the month yyyy-mm, oldest first, behind the id `after`."""
    return _read(connection, select(obstacles).where(obstacles.c.month == month, obstacles.c.id > after)
                 .order_by(obstacles.c.id).limit(limit))


def obstacles_left_open(
    connection: Connection, before: str, *, after: ObstacleRow | None = None, limit: int = PAGE
) -> tuple[ObstacleRow, ...]:
    """Those noted before the month `before` that nobody has answered, oldest first, behind the row `after`."""
    query = select(obstacles).where(_IS_OPEN, obstacles.c.month < before)
    if after is not None:
        query = query.where(tuple_(obstacles.c.month, obstacles.c.id) > tuple_(after.month, after.id))
    return _read(connection, query.order_by(obstacles.c.month, obstacles.c.id).limit(limit))


def obstacles_of_dossier(connection: Connection, code: str) -> tuple[ObstacleRow, ...]:
    """Those about the dossier with this printed number, oldest first."""
    return _read(connection, select(obstacles).where(obstacles.c.code == code).order_by(obstacles.c.id))


def find_obstacle(connection: Connection, name: str) -> ObstacleRow | None:
    found = _read(connection, select(obstacles).where(obstacles.c.id == name))
    return found[0] if found else None


def open_obstacles(connection: Connection) -> int:
    """How many wait for an answer."""
    return int(connection.execute(select(func.count()).select_from(obstacles).where(_IS_OPEN)).scalar_one())


def _read(connection: Connection, query: Any) -> tuple[ObstacleRow, ...]:
    return tuple(
        ObstacleRow(
            row.id, row.at, row.month, row.code, row.procedure_code, row.procedure_name, row.agency_name,
            ObstacleCause(row.cause), row.text, row.clerk_name, row.answer, row.closed_at, row.closed_by,
        )
        for row in connection.execute(query)
    )
