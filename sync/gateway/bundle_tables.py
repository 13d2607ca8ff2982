"""Which bundles came by hand: a row each time one is taken."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, MetaData, PrimaryKeyConstraint, String, Table

metadata = MetaData()

taken_bundles = Table(
    "taken_bundles", metadata,
    Column("device", String(64), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("number", Integer, nullable=False),                         # the counter's own count
    Column("sha256", String(64), nullable=False),
    Column("made_at", String(64), nullable=False),                     # by the counter's clock
    Column("taken_at", String(32), nullable=False),
    Column("taken", Integer, nullable=False),                          # operations that were new
    Column("already", Integer, nullable=False),
    Column("left_out", Integer, nullable=False),                       # neither: the answer says why
    Column("files", Integer, nullable=False),                          # whole now
    Column("files_left", Integer, nullable=False),
    Column("file_bytes", BigInteger, nullable=False),
    PrimaryKeyConstraint("sha256", "taken_at"),
)

APPEND_ONLY = (taken_bundles,)
