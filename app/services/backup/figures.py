"""What a book holds, in numbers; any book that a version of this program has written."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

COUNTED = (
    "journal", "feed_entries", "dossiers", "dossier_versions", "drafts", "files", "leases", "number_fates",
    "print_jobs", "life_events", "cash_sessions", "money_entries", "money_receipts",
)
"""Tables whose rows no upgrade may add to or take from."""


@dataclass(frozen=True, slots=True)
class BookFigures:
    """`heads`: newest (seq, hash) of each (device, epoch). `rows`: of each table of `COUNTED` that is there."""

    revision: str
    heads: Mapping[tuple[str, int], tuple[int, str]]
    rows: Mapping[str, int]
    money: int                                     # đồng, the sum of all entries
    newest_draft: str                              # when a form was last kept, as it is stored

    @property
    def operations(self) -> int:
        return self.rows.get("journal", 0)

    @property
    def dossiers(self) -> int:
        return self.rows.get("dossiers", 0)

    def differing(self, other: BookFigures) -> tuple[str, ...]:
        """What is not the same in both, but for the revision and for tables that only one of them knows."""
        shared = self.rows.keys() & other.rows.keys()
        found = [name for name in COUNTED if name in shared and self.rows[name] != other.rows[name]]
        for name in ("heads", "newest_draft", "money"):
            is_known = name != "money" or "money_entries" in shared
            if is_known and getattr(self, name) != getattr(other, name):
                found.append(name)
        return tuple(found)


def book_figures(connection: Connection) -> BookFigures:
    """Of the book as `connection` sees it. Some milliseconds: nothing is read but counts and ends."""
    names = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars())
    rows = {name: int(_one(connection, f"SELECT count(*) FROM {name}")) for name in COUNTED if name in names}
    return BookFigures(
        revision=str(_one(connection, "SELECT version_num FROM alembic_version")) if "alembic_version" in names
        else "",
        heads=_heads(connection) if "journal" in names else {},
        rows=rows,
        money=int(_one(connection, "SELECT coalesce(sum(amount), 0) FROM money_entries"))
        if "money_entries" in names else 0,
        newest_draft=str(_one(connection, "SELECT coalesce(max(saved_at), '') FROM drafts"))
        if "drafts" in names else "",
    )


def journal_digest(connection: Connection) -> str:
    """SHA-256 over every line of the journal as it is stored; reads all of it."""
    own = hashlib.sha256()
    rows = connection.execution_options(yield_per=500).execute(
        text("SELECT position, payload, hash, signature FROM journal ORDER BY position")
    )
    for position, payload, stated, signature in rows:
        own.update(f"{position} {len(payload)} {stated} ".encode() + payload.encode() + signature)
    return own.hexdigest()


def _heads(connection: Connection) -> dict[tuple[str, int], tuple[int, str]]:
    # Of a group that is asked for its greatest seq, SQLite gives the other columns of that very row.
    rows = connection.execute(
        text("SELECT device, epoch, max(seq) AS seq, hash FROM journal GROUP BY device, epoch")
    )
    return {(row.device, row.epoch): (row.seq, row.hash) for row in rows}


def _one(connection: Connection, question: str) -> Any:
    return connection.execute(text(question)).scalar_one()
