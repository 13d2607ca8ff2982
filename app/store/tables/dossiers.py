"""The projection: what the screens ask for, rebuilt at any time from the journal and the feed."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table

from app.store.tables.metadata import UtcDateTime, metadata

dossiers = Table(
    "dossiers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String, nullable=False, unique=True),
    Column("code_key", String, nullable=False, index=True),   # one key for both written forms of a code
    Column("agency", String, nullable=False),
    Column("agency_name", String, nullable=False),
    Column("procedure_code", String, nullable=False),
    Column("procedure_name", String, nullable=False),
    Column("field", String, nullable=False),
    Column("applicant_name", String, nullable=False),
    Column("submitter_name", String, nullable=False),
    Column("identifier", String, nullable=False),
    Column("phone", String, nullable=False),
    Column("phone_reversed", String, nullable=False, index=True),  # people remember the last digits
    Column("received_at", UtcDateTime, nullable=False),
    Column("business_date", String, nullable=False),
    Column("due_at", UtcDateTime),
    Column("due_date", String),
    Column("state", Integer, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("is_own", Boolean, nullable=False),                     # received on this counter
    Column("device", String, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("clerk_name", String, nullable=False),
    Column("book", String, nullable=False),
    Column("book_number", Integer, nullable=False),
    Column("op_id", String, nullable=False),                       # its body stands in that operation, only there
    # made by folding the dossier's events, see app.domain.life
    Column("custody", Integer, nullable=False),
    Column("delivery", Integer, nullable=False),
    Column("money", Integer, nullable=False),
    Column("requests", Integer, nullable=False),                   # supplement requests
    Column("moved_at", UtcDateTime),                               # since when the latest of its states holds
    Column("shelf", String, nullable=False),
    Column("tail", String, nullable=False),                        # id of the last event
    Column("ended_date", String),          # the counter's day on which the agency had done, none before reception
    Column("channel", Integer, nullable=False),                    # KenhThucHien: 1 counter, 2 online, 3 by post
    Column("paused_date", String),                                 # since when it waits for the citizen
)

dossier_versions = Table(
    "dossier_versions",
    metadata,
    Column("dossier", Integer, ForeignKey("dossiers.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("op_id", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("clerk_name", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("changes", String, nullable=False),                     # JSON [[path, before, after], …]
)

aliases = Table(
    "aliases",
    metadata,
    Column("code_key", String, primary_key=True),
    Column("code", String, nullable=False),
    Column("dossier", Integer, ForeignKey("dossiers.id"), nullable=False),
)

number_fates = Table(
    "number_fates",
    metadata,
    Column("agency", String, primary_key=True),
    Column("business_date", String, primary_key=True),
    Column("lease_id", String, primary_key=True),
    Column("lo", Integer, nullable=False),
    Column("hi", Integer, nullable=False),
    Column("issued", String, nullable=False),                      # JSON list of [from, to]
    Column("void", String, nullable=False),                        # JSON list of numbers
    Column("unused", String, nullable=False),                      # JSON list of [from, to]
    Column("op_id", String, nullable=False),
)

rollup_due = Table(
    "rollup_due",
    metadata,
    Column("state", Integer, primary_key=True),
    Column("span", Integer, primary_key=True),                     # 10: the period is a day, 7: a month
    Column("period", String, primary_key=True),                    # "" where nothing was promised
    Column("amount", Integer, nullable=False),
)

rollup_late = Table(
    "rollup_late",
    metadata,
    Column("dimension", Integer, primary_key=True),                # see app.store.queries.late.LateBy
    Column("span", Integer, primary_key=True),                     # 10: the period is a day, 7: a month
    Column("period", String, primary_key=True),
    Column("name", String, primary_key=True),                      # custody, agency id or clerk's name
    Column("amount", Integer, nullable=False),
)

rollup_received = Table(
    "rollup_received",
    metadata,
    Column("span", Integer, primary_key=True),                     # 10: the period is a day, 7: a month
    Column("period", String, primary_key=True),
    Column("field", String, primary_key=True),
    Column("is_own", Boolean, primary_key=True),
    Column("amount", Integer, nullable=False),
)
