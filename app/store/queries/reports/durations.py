"""How long settled dossiers took and how long was promised, by procedure, as counts of whole days."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import Column, ColumnElement, Connection, Integer, cast, func, select

from app.domain.reports.ii06a import Figure
from app.domain.reports.periods import Period
from app.domain.reports.policy import ReportPolicy
from app.store.queries.reports.breakdown import By, newest_name
from app.store.queries.reports.conditions import condition
from app.store.tables import dossiers


@dataclass(slots=True)
class Durations:
    """Days from reception to the end, and to the promised day, each with how many dossiers took them."""

    procedure: str
    name: str
    real: Counter[int] = field(default_factory=Counter)
    promised: Counter[int] = field(default_factory=Counter)


def durations(connection: Connection, period: Period, policy: ReportPolicy) -> tuple[Durations, ...]:
    """Of all that was settled in the period, by procedure, the most frequent first."""
    real, promised = _days(dossiers.c.ended_date), _days(dossiers.c.due_date)
    rows = connection.execute(
        select(dossiers.c.procedure_code, real, promised, func.count())
        .where(condition(Figure.SETTLED, period, policy)).group_by(dossiers.c.procedure_code, real, promised)
    )
    found: dict[str, Durations] = {}
    for procedure, took, said, amount in rows:
        if procedure not in found:
            found[procedure] = Durations(procedure, newest_name(connection, By.PROCEDURE, procedure))
        each = found[procedure]
        each.real[took] += amount
        if said is not None:
            each.promised[said] += amount
    return tuple(sorted(found.values(), key=lambda each: (-each.real.total(), each.procedure)))


def _days(until: Column[str]) -> ColumnElement[int]:
    return cast(func.julianday(until) - func.julianday(dossiers.c.business_date), Integer)
