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

forks = Table(
    "forks",
    metadata,
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),                        # where the province holds other bytes
    Column("kept", Integer, nullable=False),                       # our branch lies there, beside, up to here
    Column("since", UtcDateTime, nullable=False),
)

held_operations = Table(
    "held_operations",
    metadata,
    Column("device", String, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("incarnation", String, nullable=False),                 # with position: the entry of the feed
    Column("position", Integer, nullable=False),
)

held_heads = Table(
    "held_heads",
    metadata,
    Column("device", String, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
)

reconciled_days = Table(
    "reconciled_days",
    metadata,
    Column("day", String, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("differences", Integer, nullable=False),
    Column("content", String, nullable=False),                     # JSON, both sides' counts and sums
)

day_differences = Table(
    "day_differences",
    metadata,
    Column("day", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("code", String, primary_key=True),
    Column("owner", String, nullable=False),                       # whose turn it is
    Column("since", UtcDateTime, nullable=False),
    Column("values", String, nullable=False),                      # JSON for the sentence
)

courier_bundles = Table(
    "courier_bundles",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("made_at", UtcDateTime, nullable=False),
    Column("sha256", String, nullable=False),
    Column("content", String, nullable=False),                     # JSON: what is in it, by epoch and seq
    Column("acknowledged_at", UtcDateTime),
)
