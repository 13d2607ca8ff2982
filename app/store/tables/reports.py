"""What reports count, by the day and the month on which it happened; kept by triggers on the dossiers."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from app.store.tables.metadata import metadata

rollup_reports = Table(
    "rollup_reports",
    metadata,
    Column("span", Integer, primary_key=True),     # 10: the period is a day, 7: a month
    Column("period", String, primary_key=True),
    Column("mark", Integer, primary_key=True),     # see app.store.queries.reports.marks.Mark
    Column("state", Integer, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("agency", String, primary_key=True),
    Column("field", String, primary_key=True),
    Column("amount", Integer, nullable=False),
)
