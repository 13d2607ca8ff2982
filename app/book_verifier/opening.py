"""The book opened to be read: every page under its seal, every tree whole, every reference answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from app.book_verifier.findings import Findings

UNREADABLE = (sqlcipher.Error, UnicodeError, ValueError, TypeError, OverflowError)
"""What a book can raise that was changed by hand: no text where text belongs, no JSON, no number."""
NAMED = 5


@contextmanager
def reading(book: Path, key: bytes) -> Iterator[Any]:
    """One consistent view of the file and its log. Nothing is written into either.

    A book without a log is read as a file that nobody changes, unless shared memory lies beside it: whoever has it
    open may fold his log into it meanwhile.

    Raises what is in `UNREADABLE`, and OSError.
    """
    log, shared = (book.with_name(book.name + suffix) for suffix in ("-wal", "-shm"))
    is_alone = not log.exists() or not (log.stat().st_size or shared.exists())
    connection = sqlcipher.connect(
        f"{book.absolute().as_uri()}?{'immutable=1' if is_alone else 'mode=ro'}", uri=True, isolation_level=None
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield connection
    finally:
        connection.close()


def check_pages(connection: Any, book: Path, found: Findings) -> None:
    """Of that file; one that is longer than its pages has something behind them."""
    name = book.name
    (amount,), (size,) = (connection.execute(f"PRAGMA {what}").fetchone() for what in ("page_count", "page_size"))
    if book.stat().st_size > int(amount) * int(size):
        found.add(name, "file_changed")
    pages = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
    for said in pages[:NAMED]:
        found.add(name, "page_changed", said=said)
    trees = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
    for said in trees[:NAMED]:
        found.add(name, "tree_broken", said=said)
    for row in connection.execute("PRAGMA foreign_key_check").fetchmany(NAMED):
        found.add(str(row[0]), "reference_lost", row=row[1], other=str(row[2]))
