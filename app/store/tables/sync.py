"""What the courier must remember: what the province has confirmed, said and refused."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from app.store.tables.metadata import UtcDateTime, metadata

confirmations = Table(
    "confirmations",
    metadata,
    Column("device", String, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("upto", Integer, primary_key=True),                     # seq 1..upto are in the province's custody
    Column("at", UtcDateTime, nullable=False),
)

sync_state = Table(
    "sync_state",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),                       # JSON
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("op_id", String, primary_key=True),
    Column("verdict", String, nullable=False),                     # accepted | needs_fix | refused
    Column("field", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("is_closed", Integer, nullable=False),                  # only a person closes a refusal
)

parked_operations = Table(
    "parked_operations",
    metadata,
    Column("op_id", String, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("reason", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("since", UtcDateTime, nullable=False),
)

notices = Table(
    "notices",
    metadata,
    Column("incarnation", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("origin", String, nullable=False),                      # who did it: province, another counter
    Column("kind", String, nullable=False),
    Column("code", String, nullable=False),                        # dossier it is about, "" when none
    Column("values", String, nullable=False),                      # JSON for the sentence
    Column("at", UtcDateTime, nullable=False),
    Column("is_seen", Integer, nullable=False),
)
