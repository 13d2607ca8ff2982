"""Scanned pages and files (this counter's own), and the projection of what is digitised of each dossier."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table
from sqlalchemy.types import TypeDecorator

from app.store.tables.metadata import UtcDateTime, metadata


class Sha256(TypeDecorator[str]):
    """Lower-case hex outside, 32 raw bytes in the book: it is the key of millions of rows."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> bytes | None:
        if value is None:
            return None
        raw = bytes.fromhex(value)
        if len(raw) != 32:
            raise ValueError("not a SHA-256")
        return raw

    def process_result_value(self, value: bytes | None, dialect: Any) -> str | None:
        return None if value is None else value.hex()


files = Table(
    "files",
    metadata,
    Column("sha256", Sha256, primary_key=True),                    # of the plaintext, and the file's name
    Column("size", Integer, nullable=False),
    Column("mime", String, nullable=False),
    Column("kept_at", UtcDateTime, nullable=False),
    Column("send_since", UtcDateTime),                             # None: stays on this counter (originals …)
    Column("sent_bytes", Integer, nullable=False),
    Column("confirmed_at", UtcDateTime),                           # the province holds the whole of it
    Column("purged_at", UtcDateTime),                              # since when it is not on this machine any more
)

scanned_pages = Table(
    "scanned_pages",
    metadata,
    Column("id", String, primary_key=True),                        # UUIDv7, in the order of arrival
    Column("intent", String, nullable=False),
    Column("batch", String, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("source", String, nullable=False),
    Column("arrived_at", UtcDateTime, nullable=False),
    Column("original", Sha256, ForeignKey("files.sha256"), nullable=False),
    Column("prepared", Sha256, ForeignKey("files.sha256")),
    Column("thumbnail", Sha256, ForeignKey("files.sha256")),
    Column("finding", String),                                     # JSON of a Finding
    Column("failure", String, nullable=False),
    Column("state", Integer, nullable=False),                      # 0 waits, 1 left out, 2 filed
    Column("text", Sha256, ForeignKey("files.sha256")),            # its words as a layer; None: none to be had
    Column("text_turn", Integer),                                  # degrees it was read at; None: not read yet
)

scan_trays = Table(
    "scan_trays",
    metadata,
    Column("intent", String, primary_key=True),
    Column("arrangement", String, nullable=False),                 # JSON of an Arrangement
    Column("saved_at", UtcDateTime, nullable=False),
)

scan_batches = Table(
    "scan_batches",
    metadata,
    Column("intent", String, primary_key=True),
    Column("batch", String, primary_key=True),
    Column("feed", String, nullable=False),                        # of the scanner; "" for what was no scan
    Column("target", String, nullable=False),                      # requirement its first pages lie under, "" tray
    Column("declared", Integer, nullable=False),                   # sheets as the clerk counted them, 0: not yet
)

scan_notes = Table(
    "scan_notes",
    metadata,
    Column("intent", String, primary_key=True),
    Column("requirement", String, primary_key=True),
    Column("note", String, nullable=False),                        # JSON of what was said before filing
)

paper_states = Table(
    "paper_states",
    metadata,
    Column("dossier", Integer, ForeignKey("dossiers.id"), primary_key=True, autoincrement=False),
    Column("requirement", String, primary_key=True),
    Column("status", Integer, nullable=False),                     # 1 digitised, 2 and 3 reused; no row: 0
    Column("version", Integer, nullable=False),
    Column("op_id", String, nullable=False),                       # metadata and documents stand in it
    Column("checked_op", String),                                  # the last check of this version
)

paper_documents = Table(
    "paper_documents",
    metadata,
    Column("dossier", Integer, ForeignKey("dossiers.id"), primary_key=True, autoincrement=False),
    Column("requirement", String, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("sha256", Sha256, nullable=False),
    Column("size", Integer, nullable=False),
    Column("mime", String, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("op_id", String, nullable=False),
)

dossier_scans = Table(
    "dossier_scans",
    metadata,
    Column("dossier", Integer, ForeignKey("dossiers.id"), primary_key=True, autoincrement=False),
    Column("wanted", String, nullable=False),                      # JSON list of requirements to digitise
    Column("missing", Integer, nullable=False),                    # how many of them have no document yet
    Column("is_open", Boolean, nullable=False),
)

rollup_scans = Table(
    "rollup_scans",
    metadata,
    Column("is_waiting", Boolean, primary_key=True),
    Column("amount", Integer, nullable=False),                     # own open dossiers with something missing
)
