"""What belongs to this counter alone: settings, leases, drafts, print jobs, catalogue packages."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table

from app.store.tables.metadata import UtcDateTime, metadata

settings = Table(
    "settings",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),                       # JSON
)

leases = Table(
    "leases",
    metadata,
    Column("lease_id", String, primary_key=True),
    Column("agency", String, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("date_from", String, nullable=False),
    Column("date_to", String, nullable=False),
    Column("lo", Integer, nullable=False),
    Column("hi", Integer, nullable=False),
    Column("payload", String, nullable=False),                     # the exact text the province signed
    Column("signature", LargeBinary, nullable=False),
)

number_counters = Table(
    "number_counters",
    metadata,
    Column("agency", String, primary_key=True),
    Column("business_date", String, primary_key=True),
    Column("lease_id", String, primary_key=True),
    Column("next", Integer, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("intent", String, primary_key=True),
    Column("is_parked", Integer, nullable=False),
    Column("label", String, nullable=False),
    Column("clerk", String, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
    Column("form", String, nullable=False),                        # JSON, the window's own form state
)

print_jobs = Table(
    "print_jobs",
    metadata,
    Column("job", String, primary_key=True),                       # intent of the print
    Column("code", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("copy_number", Integer, nullable=False),                # 0 the first print, n the nth BẢN SAO
    Column("state", String, nullable=False),                       # waiting | sent | printed | failed
    Column("reason", String, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)

catalogue_packages = Table(
    "catalogue_packages",
    metadata,
    Column("kind", String, primary_key=True),                      # catalogue | calendar
    Column("version", String, primary_key=True),
    Column("sha256", String, nullable=False),
    Column("valid_from", String, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("is_active", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),                # zlib of the package text
)
