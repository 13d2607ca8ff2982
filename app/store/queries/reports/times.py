"""What was received and settled from day to day, and at which hours citizens came."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Integer, cast, func, literal_column, select

from app.domain.reports.periods import Period
from app.domain.reports.policy import ReportPolicy
from app.store.prepared import run_text
from app.store.queries.reports.conditions import EVERYTHING, Part, Received, condition, is_of
from app.store.queries.reports.ii06a import DAY, added_by_day
from app.store.tables import dossiers


@dataclass(frozen=True, slots=True)
class DaySums:
    """Columns (4) and (5) of form II.06a together, and (7), of one day."""

    received: int
    settled: int


def by_day(connection: Connection, period: Period, policy: ReportPolicy) -> dict[date, DaySums]:
    """Days on which anything was received or settled; together they are the form's figures of the period."""
    received, settled = added_by_day(policy)
    rows = run_text(
        connection,
        f"SELECT period, sum({received}), sum({settled}) FROM rollup_reports "
        "WHERE span = ? AND period BETWEEN ? AND ? GROUP BY period",
        (DAY, period.first.isoformat(), period.last.isoformat()),
    ).fetchall()
    return {date.fromisoformat(row[0]): DaySums(row[1], row[2]) for row in rows if row[1] or row[2]}


def by_hour(
    connection: Connection, period: Period, policy: ReportPolicy, part: Part = EVERYTHING
) -> Counter[int]:
    """How many dossiers were received at the counter in each hour (0–23) of the counter's clock."""
    hour = cast(func.strftime("%H", dossiers.c.received_at, literal_column("'+7 hours'")), Integer)
    rows = connection.execute(
        select(hour, func.count())
        .where(condition(Received.AT_COUNTER, period, policy), is_of(part)).group_by(hour)
    )
    return Counter({row[0]: row[1] for row in rows})
