"""Recovery keys as they came: envelopes. Rows never change; the newest of a counter counts."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, MetaData, PrimaryKeyConstraint, String, Table

metadata = MetaData()

recovery_keys = Table(
    "recovery_keys", metadata,
    Column("device", String(64), nullable=False),
    Column("number", Integer, nullable=False),                         # 1, 2, 3 … of each counter
    Column("epoch", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("at", String(32), nullable=False),
    PrimaryKeyConstraint("device", "number"),
)

APPEND_ONLY = (recovery_keys,)
