"""What a counter does beside the single dossier: post, pick-ups, groups, refusals, obstacles, shifts."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table

from app.store.tables.metadata import UtcDateTime, metadata

item_ranges = Table(
    "item_ranges",
    metadata,
    Column("id", String, primary_key=True),        # the operation that brought it
    Column("device", String, nullable=False),      # the counter that may use it
    Column("first", String, nullable=False),       # S10 codes, inclusive
    Column("last", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

item_codes = Table(
    "item_codes",
    metadata,
    Column("code", String, primary_key=True),
    Column("state", String, nullable=False),       # "used" | "void"
    Column("about", String, nullable=False),       # dossier code, manifest number, or why it is void
    Column("op_id", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

postings = Table(
    "postings",
    metadata,
    Column("op_id", String, primary_key=True),
    Column("item_code", String, nullable=False),
    Column("dossier", Integer, ForeignKey("dossiers.id"), nullable=False),
    Column("code", String, nullable=False),
    Column("receiver", String, nullable=False),
    Column("posted_at", UtcDateTime, nullable=False),
    Column("device", String, nullable=False),      # the counter whose code it bears
    Column("list_id", String, nullable=False),     # the daily list it went out with, "" while it is here
    Column("standing", String, nullable=False),    # see app.domain.posting
    Column("word", String, nullable=False),        # the post's last word, "" when none came
    Column("as_of", UtcDateTime),
    Column("note", String, nullable=False),        # why it came back, or who took it
)

post_lists = Table(
    "post_lists",
    metadata,
    Column("id", String, primary_key=True),
    Column("number", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("clerk_name", String, nullable=False),
    Column("device", String, nullable=False),
    Column("post_office", String, nullable=False),
    Column("items", Integer, nullable=False),
)

pickups = Table(
    "pickups",
    metadata,
    Column("id", String, primary_key=True),
    Column("number", String, nullable=False),      # temporary number on the slip
    Column("device", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("clerk_name", String, nullable=False),
    Column("name", String, nullable=False),
    Column("phone", String, nullable=False),
    Column("address", String, nullable=False),
    Column("procedure_code", String, nullable=False),
    Column("procedure_name", String, nullable=False),
    Column("visit", String, nullable=False),       # when somebody is to come, in words
    Column("collector", String, nullable=False),   # who goes there
    Column("state", String, nullable=False),       # see app.domain.pickup
    Column("moved", String, nullable=False),       # the operation that made it so
    Column("moved_at", UtcDateTime, nullable=False),
    Column("note", String, nullable=False),
    Column("code", String, nullable=False),        # of the dossier it became
    Column("other_code", String, nullable=False),  # of a second one, when two counters received it apart
)

dossier_groups = Table(
    "dossier_groups",
    metadata,
    Column("group_id", String, primary_key=True),
    Column("dossier", Integer, ForeignKey("dossiers.id"), primary_key=True),
)

online_claims = Table(
    "online_claims",
    metadata,
    Column("national_key", String, primary_key=True),          # more than one dossier of a key: found at merge
    Column("dossier", Integer, ForeignKey("dossiers.id"), primary_key=True),
    Column("national_code", String, nullable=False),
)

refusals = Table(
    "refusals",
    metadata,
    Column("id", String, primary_key=True),
    Column("number", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("name", String, nullable=False),
    Column("procedure_code", String, nullable=False),
    Column("procedure_name", String, nullable=False),
    Column("agency", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("national_code", String, nullable=False),
    Column("clerk_name", String, nullable=False),
)

assisted_filings = Table(
    "assisted_filings",
    metadata,
    Column("national_key", String, primary_key=True),
    Column("national_code", String, nullable=False),
    Column("op_id", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("name", String, nullable=False),
    Column("procedure_code", String, nullable=False),
    Column("procedure_name", String, nullable=False),
    Column("clerk_name", String, nullable=False),
)

obstacles = Table(
    "obstacles",
    metadata,
    Column("id", String, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("month", String, nullable=False),       # yyyy-mm of the counter's day, for the meeting
    Column("code", String, nullable=False),        # dossier, "" when it is about the procedure
    Column("procedure_code", String, nullable=False),
    Column("procedure_name", String, nullable=False),
    Column("agency", String, nullable=False),
    Column("agency_name", String, nullable=False),
    Column("cause", String, nullable=False),       # see app.domain.route_papers.ObstacleCause
    Column("text", String, nullable=False),
    Column("clerk_name", String, nullable=False),
    Column("is_closed", Boolean, nullable=False),
    Column("answer", String, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("closed_by", String, nullable=False),
    Column("closing", String, nullable=False),     # the operation that closed it, "" while it is open
)

procedure_uses = Table(
    "procedure_uses",
    metadata,
    Column("clerk", String, primary_key=True),
    Column("procedure_code", String, primary_key=True),
    Column("used_at", UtcDateTime, nullable=False),
    Column("catalogue_version", String, nullable=False),
    Column("seen", String, nullable=False),        # JSON: the procedure as it stood then
)

shifts = Table(
    "shifts",
    metadata,
    Column("id", String, primary_key=True),
    Column("number", String, nullable=False),      # of the minutes
    Column("device", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("from_name", String, nullable=False),
    Column("to_name", String, nullable=False),
)
