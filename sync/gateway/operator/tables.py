"""Tables of the operator's page."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

metadata = MetaData()

operators = Table(
    "operators", metadata,
    Column("name", String(200), primary_key=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("since", String(32), nullable=False),
    Column("ended_at", String(32)),                                    # None: may come in
)

operator_acts = Table(
    "operator_acts", metadata,
    Column("id", String(64), primary_key=True),                        # sorts in the order they were done
    Column("at", String(32), nullable=False),
    Column("operator", String(200), nullable=False),
    Column("act", String(64), nullable=False),                         # `people.Act`
    Column("about", Text, nullable=False),                             # JSON: what it was done to, and why
)

contacts = Table(
    "contacts", metadata,
    Column("device", String(64), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("at", String(32), nullable=False),
    Column("said_seq", BigInteger, nullable=False),                    # newest operation in the counter's book
    Column("position", BigInteger, nullable=False),                    # of the feed, up to which it has read
    Column("clock_offset_ms", BigInteger),                             # its clock less ours; None: not readable
    PrimaryKeyConstraint("device", "epoch"),
)

# Written out in both places: a database uses such an index only for exactly these words.
NOT_ACCEPTED = """kind = 'verdict' AND body NOT LIKE '%"verdict": "accepted"%'"""
INDEX_NOT_ACCEPTED = f"CREATE INDEX feed_entries_not_accepted ON feed_entries (at) WHERE {NOT_ACCEPTED}"

APPEND_ONLY = (operator_acts,)
