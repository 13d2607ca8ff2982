"""The form's figures and the office's own, by agency, field, procedure or clerk: one reading of the rows.

The conditions are those of the lists; the sums balance as the form does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Column, ColumnElement, Connection, bindparam, case, func, select

from app.domain.reports.ii06a import Figure, Figures
from app.domain.reports.periods import Period
from app.domain.reports.policy import ReportPolicy
from app.store.prepared import Prepared, first_of
from app.store.queries.reports.conditions import EVERYTHING, Extra, Part, What, condition, is_concerned, is_of
from app.store.tables import dossiers


class By(StrEnum):
    AGENCY = "agency"
    FIELD = "field"
    PROCEDURE = "procedure"
    CLERK = "clerk"                # who received the dossier


@dataclass(frozen=True, slots=True)
class Group:
    """`key` names it for good, `name` is for people."""

    key: str
    name: str
    figures: Figures
    extras: Mapping[Extra, int]


_KEYS: Mapping[By, tuple[Column[str], Column[str]]] = {
    By.AGENCY: (dossiers.c.agency, dossiers.c.agency_name), By.FIELD: (dossiers.c.field, dossiers.c.field),
    By.PROCEDURE: (dossiers.c.procedure_code, dossiers.c.procedure_name),
    By.CLERK: (dossiers.c.clerk_name, dossiers.c.clerk_name),
}

# Names are read apart: the counting itself then never leaves an index.
_NAMES: Mapping[By, Prepared] = {
    by: first_of(
        select(name).where(key == bindparam("key")).order_by(dossiers.c.business_date.desc(), dossiers.c.id.desc())
    )
    for by, (key, name) in _KEYS.items() if name is not key
}


def newest_name(connection: Connection, by: By, key: str) -> str:
    """How people call it since the latest dossier."""
    if by not in _NAMES:
        return key
    row = _NAMES[by].first(connection, {"key": key})
    return key if row is None else str(row[0])


def breakdown(
    connection: Connection, by: By, period: Period, policy: ReportPolicy, part: Part = EVERYTHING
) -> tuple[Group, ...]:
    """Every group that the period concerns, the largest first."""
    wanted: tuple[What, ...] = (*Figure, *Extra)
    conditions = [condition(what, period, policy) for what in wanted]
    found = [
        Group(key, name, Figures(*counts[:len(Figure)]), dict(zip(Extra, counts[len(Figure):], strict=True)))
        for key, name, counts in counts_by(connection, by, period, conditions, part)
    ]
    return tuple(sorted(found, key=lambda group: (-group.figures.total, group.name)))


def counts_by(
    connection: Connection, by: By, period: Period, conditions: Sequence[ColumnElement[bool]],
    part: Part = EVERYTHING,
) -> tuple[tuple[str, str, tuple[int, ...]], ...]:
    """(key, name, how many dossiers each condition is true of) for every group that has any, in one reading."""
    key, _ = _KEYS[by]
    counts = [func.sum(case((each, 1), else_=0)) for each in conditions]
    rows = connection.execute(
        select(key, *counts).where(is_concerned(period), is_of(part)).group_by(key)
    ).all()
    return tuple((row[0], newest_name(connection, by, row[0]), tuple(row[1:])) for row in rows if any(row[1:]))


def part_of(by: By, key: str) -> Part:
    """The dossiers of one group."""
    match by:
        case By.AGENCY:
            return Part(agencies=(key,))
        case By.FIELD:
            return Part(field=key)
        case By.PROCEDURE:
            return Part(procedure=key)
        case By.CLERK:
            return Part(clerk=key)
