"""Personal codes: what a clerk begins with, kept as its verifier alone. Rows never change; the newest counts."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, PrimaryKeyConstraint, String, Table

metadata = MetaData()

personal_codes = Table(
    "personal_codes", metadata,
    Column("office", String(64), nullable=False),
    Column("clerk", String(64), nullable=False),
    Column("serial", Integer, nullable=False),                         # 1, 2, 3 … for each clerk of an office
    Column("verifier", String(200), nullable=False),                   # argon2id, with its parameters and salt
    Column("made_at", String(32), nullable=False),
    PrimaryKeyConstraint("office", "clerk", "serial"),
)

APPEND_ONLY = (personal_codes,)
