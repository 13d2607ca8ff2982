"""Tables of signed requests: who signs, which nonces were taken. Rows of `nonces` go when their time is over."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, PrimaryKeyConstraint, String, Table

metadata = MetaData()

signers = Table(
    "signers", metadata,
    Column("device", String(64), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("since", String(32), nullable=False),                       # first signed request; from now on always
    PrimaryKeyConstraint("device", "epoch"),
)

signing_began = Table(
    "signing_began", metadata,
    Column("after", String(32), primary_key=True),                     # one row: epochs that began later must sign
)

nonces = Table(
    "nonces", metadata,
    Column("device", String(64), nullable=False),                      # nobody can use up another's nonces
    Column("nonce", String(64), nullable=False),
    Column("created", BigInteger, nullable=False),                     # Unix seconds, as signed
    PrimaryKeyConstraint("device", "nonce"),
)
Index("nonces_created", nonces.c.created)

APPEND_ONLY = (signers, signing_began)
