"""Is the book what was once written: every page as SQLite and its keys know it, every line in its chain.

    found = check_and_note(database, counter, now)          beside the window; what was found is kept for it

A page that nobody reads can be damaged for months; so all of them are read, and each operation is checked against
its hash, its signature and the one before. Nothing is mended and nothing is removed: a person is told, and the
second copy or the province gives back what is lost. Rows that were changed beside this program no longer fit the
seal: their table is named; `app.book_verifier` tells more, with code of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, func, select

from app.domain.operation import GENESIS, digest, parse
from app.errors import EnvironmentFault
from app.services.counter import Counter
from app.services.epochs import lived_through
from app.store.database import Database
from app.store.settings import read_sync, write_sync
from app.store.tables import dossier_versions, journal

_RESULT = "book_check"
NAMED = 20
"""Places that a result keeps; beyond them it counts."""


@dataclass(frozen=True, slots=True)
class BookFindings:
    """`pages`: what SQLite says of the file. `lines`: (epoch, seq) of operations that are not as they were signed
    or do not follow the one before. `versions_lacking`: receptions and corrections without a stored version.
    `tables`: those whose rows are not as they were sealed."""

    at: datetime
    operations: int
    pages: tuple[str, ...] = ()
    lines: tuple[tuple[int, int], ...] = ()
    versions_lacking: int = 0
    tables: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        return not (self.pages or self.lines or self.versions_lacking or self.tables)


def check_book(
    database: Database, counter: Counter, now: datetime, on_line: Callable[[], object] = lambda: None
) -> BookFindings:
    """Read all of it once; takes about a quarter of a millisecond for each operation. Changes nothing.

    `on_line` is called for each operation and now and then after; what it raises ends the reading.
    """
    try:
        pages = database.integrity_findings()
        with database.reading() as connection:
            operations, lines = _broken_lines(connection, counter, on_line)
            lacking = _versions_lacking(connection)
            tables = database.seals.broken(connection, on_line) if database.seals is not None else ()
    except EnvironmentFault as fault:
        return BookFindings(now, 0, (fault.code,))
    return BookFindings(now, operations, pages[:NAMED], lines[:NAMED], lacking, tables)


def check_and_note(
    database: Database, counter: Counter, now: datetime, on_line: Callable[[], object] = lambda: None
) -> BookFindings:
    """`check_book`, remembered where the book can still be written."""
    found = check_book(database, counter, now, on_line)
    with suppress(EnvironmentFault), database.writing() as connection:
        note_book_check(connection, found)
    return found


def note_book_check(connection: Connection, found: BookFindings) -> None:
    """Remember when it was looked at and how many places were wrong; which ones, the next look tells."""
    write_sync(connection, _RESULT, {
        "at": found.at.isoformat(), "pages": len(found.pages), "lines": len(found.lines),
        "versions_lacking": found.versions_lacking, "tables": len(found.tables),
    })


def last_book_check(connection: Connection) -> tuple[datetime, bool] | None:
    """When the book was last read through, and whether it was whole; None when it never was."""
    held = read_sync(connection, _RESULT)
    if held is None:
        return None
    is_whole = not (held["pages"] or held["lines"] or held["versions_lacking"] or held.get("tables"))
    return datetime.fromisoformat(held["at"]), is_whole


def is_edited(connection: Connection) -> bool:
    """Whether the last look found rows that were changed beside this program, and nothing else wrong."""
    held = read_sync(connection, _RESULT) or {}
    return bool(held.get("tables")) and not (held["pages"] or held["lines"] or held["versions_lacking"])


def _broken_lines(
    connection: Connection, counter: Counter, on_line: Callable[[], object]
) -> tuple[int, tuple[tuple[int, int], ...]]:
    keys = {
        epoch: Ed25519PublicKey.from_public_bytes(public) for epoch, public in lived_through(connection, counter)
    }
    broken: list[tuple[int, int]] = []
    total, before = 0, (0, 0, GENESIS)
    rows = connection.execution_options(yield_per=500).execute(
        select(journal.c.epoch, journal.c.seq, journal.c.payload, journal.c.hash, journal.c.signature)
        .where(journal.c.device == counter.device).order_by(journal.c.epoch, journal.c.seq)
    )
    for row in rows:
        on_line()
        total += 1
        if row.epoch != before[0]:
            before = (row.epoch, 0, GENESIS)
        is_sound = _follows(row.payload, row.signature, row.hash, before)
        # Each epoch was signed with its own key; of one without a key here, the chain alone speaks.
        if not is_sound or (row.epoch in keys and not _is_signed(keys[row.epoch], row.payload, row.signature)):
            broken.append((row.epoch, row.seq))
        before = (row.epoch, row.seq, row.hash)
    return total, tuple(broken)


def _follows(payload: str, signature: bytes, stated: str, before: tuple[int, int, str]) -> bool:
    try:
        header = parse(payload, signature).header
    except ValueError:
        return False
    epoch, seq, prev = before
    return (header.epoch, header.seq, header.prev, digest(payload)) == (epoch, seq + 1, prev, stated)


def _is_signed(key: Ed25519PublicKey, payload: str, signature: bytes) -> bool:
    try:
        key.verify(signature, payload.encode())
    except InvalidSignature:
        return False
    return True


def _versions_lacking(connection: Connection) -> int:
    """Operations that make a version of a dossier, less the versions that stand there."""
    made = connection.execute(
        select(func.count()).where(journal.c.type.in_(("dossier.received", "dossier.corrected")))
    ).scalar_one()
    stored = connection.execute(select(func.count()).select_from(dossier_versions)).scalar_one()
    return max(0, int(made) - int(stored))
