"""Money as the screens ask for it: sessions, entries, balances by day, receipts, transfers, remittances."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, String, Table

from app.store.tables.metadata import UtcDateTime, metadata

cash_sessions = Table(
    "cash_sessions",
    metadata,
    Column("id", String, primary_key=True),        # the operation that opened it
    Column("device", String, nullable=False),
    Column("clerk", String, nullable=False),
    Column("clerk_name", String, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("business_date", String, nullable=False),
    Column("float", Integer, nullable=False),      # đồng, as counted
    Column("previous", String, nullable=False),    # the session it took over from, "" for none
    Column("closed_at", UtcDateTime),
    Column("closing", String, nullable=False),     # the operation that closed it, "" while it is open
    Column("number", String, nullable=False),      # of the minutes
    Column("counted", Integer),
    Column("expected", Integer),
    Column("carried", Integer),                     # kept back for the next session
    Column("taker", String, nullable=False),       # clerk it was handed to, "" for none
)

money_entries = Table(
    "money_entries",
    metadata,
    Column("op_id", String, primary_key=True),
    Column("kind", String, nullable=False),        # see app.domain.till.entries
    Column("device", String, nullable=False),
    Column("session", String, nullable=False),     # "" while none was open; then the one that took it in
    Column("at", UtcDateTime, nullable=False),
    Column("business_date", String, nullable=False),
    Column("code", String, nullable=False),        # dossier, "" for none
    Column("code_key", String, nullable=False),
    Column("payer", String, nullable=False),
    Column("means", String, nullable=False),
    Column("amount", Integer, nullable=False),     # đồng; what went back is negative
    Column("undoes", String, nullable=False),      # the entry it takes back, "" for none
    Column("undone", Integer, nullable=False),     # of a collection: đồng taken back so far
    Column("is_void", Boolean, nullable=False),
    Column("reason", String, nullable=False),
    Column("second_name", String, nullable=False),
    Column("clerk_name", String, nullable=False),
)

money_lines = Table(
    "money_lines",
    metadata,
    Column("op_id", String, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("stream", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("owner_name", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("name", String, nullable=False),
    Column("amount", Integer, nullable=False),     # as in money_entries
    Column("remittance", String, nullable=False),  # the operation by which it was handed on, "" before
)

rollup_ledger = Table(
    "rollup_ledger",
    metadata,
    Column("account", String, primary_key=True),   # see app.domain.till.accounts
    Column("business_date", String, primary_key=True),
    Column("device", String, primary_key=True),
    Column("amount", Integer, nullable=False),
)

receipt_ranges = Table(
    "receipt_ranges",
    metadata,
    Column("id", String, primary_key=True),        # the operation that brought it
    Column("device", String, nullable=False),      # the counter that may use it
    Column("form", String, nullable=False),        # "01BLP2-001"
    Column("symbol", String, nullable=False),      # "28AA-17T"
    Column("kind", String, nullable=False),        # fee, charge, or "" for both
    Column("owner", String, nullable=False),       # agency whose receipts they are, "" for all
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

money_receipts = Table(
    "money_receipts",
    metadata,
    Column("op_id", String, primary_key=True),     # the collection, or what spoiled it
    Column("name", String, primary_key=True),      # "symbol number" or the slip's number
    Column("form", String, nullable=False),
    Column("symbol", String, nullable=False),
    Column("number", Integer),                     # None: a temporary slip
    Column("device", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("business_date", String, nullable=False),
    Column("state", String, nullable=False),       # "used" | "void" (its collection was) | "spoiled" (never used)
    Column("owner", String, nullable=False),
    Column("owner_name", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("payer", String, nullable=False),
    Column("code", String, nullable=False),
    Column("electronic", String, nullable=False),  # see app.domain.till.electronic, "" before one is bound
)

transfers = Table(
    "transfers",
    metadata,
    Column("op_id", String, primary_key=True),     # the collection
    Column("account", String, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("token", String, nullable=False),
    Column("called", String, nullable=False),      # the dossier's code, or the first receipt's name
    Column("payer", String, nullable=False),
    Column("device", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("business_date", String, nullable=False),
    Column("state", String, nullable=False),       # "claimed" | "confirmed" | "void"
    Column("confirming", String, nullable=False),  # the operation that confirmed it, "" before
)

statement_lines = Table(
    "statement_lines",
    metadata,
    Column("statement", String, primary_key=True),  # the operation that read it
    Column("n", Integer, primary_key=True),
    Column("account", String, nullable=False),
    Column("day", String, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("text", String, nullable=False),
    Column("reference", String, nullable=False),
    Column("transfer", String, nullable=False),    # the collection it confirmed, "" for none
)

remittances = Table(
    "remittances",
    metadata,
    Column("op_id", String, primary_key=True),
    Column("number", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("business_date", String, nullable=False),
    Column("device", String, nullable=False),
    Column("stream", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("owner_name", String, nullable=False),
    Column("cash", Integer, nullable=False),
    Column("transferred", Integer, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("clerk_name", String, nullable=False),
    Column("acknowledged_at", UtcDateTime),
    Column("acknowledged_by", String, nullable=False),
    Column("reference", String, nullable=False),
)
