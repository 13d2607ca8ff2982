"""What happens to dossiers after reception: their events, the work lists, originals, manifests and results."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table

from app.store.tables.metadata import UtcDateTime, metadata

life_events = Table(
    "life_events",
    metadata,
    Column("dossier", Integer, ForeignKey("dossiers.id"), primary_key=True),
    Column("id", String, primary_key=True),        # operation id, or "feed:<incarnation>:<position>"
    Column("base", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("source", String, nullable=False),
    Column("staff", String, nullable=False),
    Column("name", String, nullable=False),
    Column("device", String, nullable=False),
    Column("facts", String, nullable=False),       # JSON: what the line of this dossier says
)

worklist = Table(
    "worklist",
    metadata,
    Column("kind", Integer, primary_key=True),
    Column("dossier", Integer, ForeignKey("dossiers.id"), primary_key=True),
)

rollup_work = Table(
    "rollup_work",
    metadata,
    Column("kind", Integer, primary_key=True),
    Column("amount", Integer, nullable=False),
)

originals = Table(
    "originals",
    metadata,
    Column("dossier", Integer, ForeignKey("dossiers.id"), primary_key=True),
    Column("id", String, primary_key=True),        # "<requirement>#<n>"
    Column("name", String, nullable=False),
    Column("holder", Integer, nullable=False),
    Column("since", UtcDateTime, nullable=False),
)

manifests = Table(
    "manifests",
    metadata,
    Column("id", String, primary_key=True),        # the operation that made it
    Column("number", String, nullable=False),
    Column("agency", String, nullable=False),
    Column("agency_name", String, nullable=False),
    Column("route", String, nullable=False),       # "hand" | "post"
    Column("item_code", String, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("expected_at", UtcDateTime),            # by when it is to be acknowledged
    Column("clerk_name", String, nullable=False),
    Column("device", String, nullable=False),
    Column("is_undone", Boolean, nullable=False),
    Column("lines", Integer, nullable=False),
    Column("open_lines", Integer, nullable=False),     # without a verdict
    Column("bad_lines", Integer, nullable=False),      # refused or missing
    Column("reminded_at", UtcDateTime),
)

manifest_lines = Table(
    "manifest_lines",
    metadata,
    Column("manifest", String, ForeignKey("manifests.id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("code", String, nullable=False),
    Column("dossier", Integer, ForeignKey("dossiers.id")),     # None: not known on this counter
    Column("verdict", String, nullable=False),     # "" until somebody has said something
    Column("reason", String, nullable=False),
)

result_lists = Table(
    "result_lists",
    metadata,
    Column("id", String, primary_key=True),
    Column("number", String, nullable=False),
    Column("agency", String, nullable=False),
    Column("agency_name", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("clerk_name", String, nullable=False),
    Column("lines", Integer, nullable=False),
)

paper_prints = Table(
    "paper_prints",
    metadata,
    Column("job", String, primary_key=True),
    Column("paper", String, nullable=False),       # name of the paper, see app.services.papers
    Column("op_id", String, nullable=False),       # the operation that the paper is printed from
    Column("code", String, nullable=False),        # dossier code or number of the paper, for people
    Column("copy_number", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("clerk_name", String, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)
