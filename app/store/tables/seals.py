"""How the rows of the book stood after the last commit, under a secret that is not in it."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table

from app.store.tables.metadata import metadata

book_seal = Table(
    "book_seal",
    metadata,
    Column("id", Integer, primary_key=True),                       # 1: there is one row
    Column("generation", Integer, nullable=False),                 # one more with each commit that changed a row
    Column("names", String, nullable=False),                       # tables under the seal, separated by commas
    Column("sums", LargeBinary, nullable=False),                   # 24 bytes for each: rows, sum of their marks
    Column("shape", String, nullable=False),                       # SHA-256 of the schema
    Column("story", String, nullable=False),                       # JSON: when and why it was begun anew
    Column("tag", LargeBinary, nullable=False),                    # over all of this
)
