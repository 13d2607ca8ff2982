"""The append-only journal of this counter and the feed entries that came from the province.

UPDATE and DELETE on both abort in triggers. `feed_entries.after_position` says which journal entry had
been applied last when the entry came in, so that a rebuild replays both in the order they were applied.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table, UniqueConstraint

from app.store.tables.metadata import UtcDateTime, metadata

journal = Table(
    "journal",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("device", String, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("op_id", String, nullable=False, unique=True),
    Column("intent", String, nullable=False, unique=True),
    Column("type", String, nullable=False),
    Column("number", String, unique=True),
    Column("business_date", String, nullable=False),
    Column("payload", String, nullable=False),
    Column("hash", String, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    UniqueConstraint("device", "epoch", "seq"),
)

feed_entries = Table(
    "feed_entries",
    metadata,
    Column("incarnation", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("after_position", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("op_id", String, index=True),
    Column("payload", String, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
)
