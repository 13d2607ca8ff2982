"""What reports count, by the day and the month on which it happened; kept by triggers on the dossiers."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from app.store.tables.metadata import metadata

CLASSES, ENDED, WAITING = (0, 3, 7, 8), (3, 7, 8, 9), (5, 6)
"""States whose dossiers are counted apart, 0 for all others; those as which they end; those in which they wait."""
COUNTS = (
    *(f"received_{kind}_{way}" for kind in CLASSES for way in ("online", "direct")),
    *(f"ended_{state}_{when}" for state in ENDED for when in ("early", "on_time", "late")),
    # Overdue from that day on, less overdue no longer; of waiting ones from the day on which both hold.
    *(f"late_{kind}" for kind in (*CLASSES, *WAITING)),
)

rollup_reports = Table(
    "rollup_reports",
    metadata,
    Column("span", Integer, primary_key=True),     # 10: the period is a day, 7: a month
    Column("period", String, primary_key=True),
    Column("agency", String, primary_key=True),
    Column("field", String, primary_key=True),
    *(Column(name, Integer, nullable=False) for name in COUNTS),
)
