"""What is overdue, and with whom it lies: by who holds the papers, by agency, by the clerk who received it.

An overdue dossier is open, does not wait for the citizen, and was promised for a day before today. Counts come
from `rollup_late`, which triggers keep; a part's list has the same condition and its own partial index.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from sqlalchemy import ColumnElement, Connection, bindparam, literal_column, select, text

from app.domain.life.states import Custody
from app.store.prepared import Prepared, first_of
from app.store.tables import dossiers

MONTH = len("yyyy-mm")


class LateBy(IntEnum):
    """How overdue dossiers are broken down; `rollup_late.dimension`."""

    HOLDER = 1                     # the cause: who has the papers now
    AGENCY = 2
    CLERK = 3


@dataclass(frozen=True, slots=True)
class LatePart:
    """Those overdue dossiers of which `name` is true: a `Custody` as text, an agency's id, a clerk's name."""

    by: LateBy
    name: str

    @property
    def holder(self) -> Custody:
        """Of a part by HOLDER."""
        return Custody(int(self.name))


@dataclass(frozen=True, slots=True)
class LateCount:
    """How many of them; `label` is a person's or agency's own name, "" where the holder needs words."""

    part: LatePart
    amount: int
    label: str


def late_counts(
    connection: Connection, by: LateBy, today: str, most: int | None = None
) -> tuple[LateCount, ...]:
    """Every part that has overdue dossiers, the largest first; their amounts add up to the overdue count.

    With `most` only so many, as a glance needs them: each agency's name is looked up.
    """
    rows = _COUNTS.run(connection, {"by": int(by), "today": today, "month": today[:MONTH]}).fetchall()
    found = sorted(((int(amount), name) for name, amount in rows if amount), key=lambda each: (-each[0], each[1]))
    return tuple(
        LateCount(LatePart(by, name), amount, _label(connection, by, name)) for amount, name in found[:most]
    )


def late_count(connection: Connection, part: LatePart, today: str) -> int:
    """How long the list of the part is."""
    row = _COUNT.first(connection, {
        "by": int(part.by), "name": part.name, "today": today, "month": today[:MONTH],
    })
    assert row is not None                 # a sum always answers
    return int(row[0])


def is_part(part: LatePart) -> ColumnElement[bool]:
    """The condition on the dossier's row beside that of all overdue ones."""
    match part.by:
        case LateBy.HOLDER:
            return dossiers.c.custody == int(part.name)
        case LateBy.AGENCY:
            return dossiers.c.agency == part.name
        case LateBy.CLERK:
            return dossiers.c.clerk_name == part.name


def _label(connection: Connection, by: LateBy, name: str) -> str:
    if by is LateBy.CLERK:
        return name
    if by is LateBy.AGENCY:
        row = _AGENCY_NAME.first(connection, {"agency": name})
        return str(row[0]) if row is not None else name
    return ""


# The start screen asks for these at each refresh. Whole months before this one (span 7), and the days of this
# month before today (span 10): "2026-11" sorts before each of its days.
_PAST = """
    SELECT name, amount FROM rollup_late WHERE dimension = :by AND span = 7 AND period < :month {more}
    UNION ALL
    SELECT name, amount FROM rollup_late
    WHERE dimension = :by AND span = 10 AND period > :month AND period < :today {more}
"""
_COUNTS = Prepared(text(f"SELECT name, sum(amount) FROM ({_PAST.format(more='')}) GROUP BY name"))
_COUNT = Prepared(text(f"SELECT coalesce(sum(amount), 0) FROM ({_PAST.format(more='AND name = :name')})"))
_AGENCY_NAME = first_of(
    select(dossiers.c.agency_name)
    .where(dossiers.c.agency == bindparam("agency"), literal_column("dossiers.is_open"))
    .order_by(dossiers.c.due_date.desc())
)
