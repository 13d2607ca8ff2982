"""The whole book as one file under its own key: copied from one consistent moment, and read without a trace.

SQLite's own backup copies page by page through both ciphers, inside a read transaction: nobody is kept from
writing, and a page that does not bear its seal ends the copy. The copy has no log beside it. It is read as a file
that nobody writes, so that a look at it leaves nothing on the medium.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2 as sqlcipher

from app.errors import EnvironmentFault
from app.store.durable import fsync_file

PAGES = 512
"""Copied between two looks at whether it is still wanted: 2 MB."""

Step = Callable[[int, int], object]
"""(pages done, pages altogether); what it raises ends the copy."""


def size_of_book(connection: Connection) -> int:
    """Bytes that a copy of it will have."""
    return int(_one(connection, "page_count")) * int(_one(connection, "page_size"))


def copy_whole(connection: Connection, key: bytes, target: Path, on_step: Step) -> None:
    """The book as `connection`, which has begun to read, sees it. On the disk when this returns, under that name.

    Raises EnvironmentFault `backup_no_room`, `backup_failed` {reason}, `database_damaged` for a page of the book
    that cannot be read; what was written until then lies at `target`.
    """
    driver: Any = connection.connection.driver_connection
    try:
        with _unsafe(target, key) as copy:
            driver.backup(copy, pages=PAGES, progress=lambda _, left, pages: on_step(pages - left, pages))
        fsync_file(target)
    except sqlcipher.DatabaseError as error:
        raise _copy_fault(str(error)) from error
    except OSError as error:
        raise EnvironmentFault("backup_failed", reason=error.strerror or "") from error


@contextmanager
def reading_copy(file: Path, key: bytes) -> Iterator[Connection]:
    """One consistent view of a copy that nobody writes. Nothing is written beside it.

    Raises EnvironmentFault `backup_missing`, and `backup_damaged` for a file that does not open with `key`.
    """
    if not file.is_file():
        raise EnvironmentFault("backup_missing")
    _forget_cached(file)

    def connect() -> Any:
        connection = sqlcipher.connect(
            f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False,
            isolation_level=None,
        )
        for pragma in ("cipher_log_level = NONE", f"key = \"x'{key.hex()}'\"", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = create_engine(
        "sqlite://", module=sqlcipher, creator=connect, poolclass=NullPool, hide_parameters=True
    )
    try:
        with engine.connect() as connection:
            yield connection
    except sqlcipher.DatabaseError as error:
        raise EnvironmentFault("backup_damaged") from error
    except OSError as error:
        raise EnvironmentFault("backup_failed", reason=error.strerror or "") from error
    except Exception as error:
        if isinstance(getattr(error, "orig", None), sqlcipher.DatabaseError):
            raise EnvironmentFault("backup_damaged") from error
        raise
    finally:
        engine.dispose()


def page_findings(connection: Connection, *, is_thorough: bool = True) -> tuple[str, ...]:
    """What is wrong with the file: every page against its seal, then every tree of it; empty when it is whole.

    Without `is_thorough` the indexes are not held against their tables, which is two thirds of the time.
    """
    seals = tuple(str(row[0]) for row in connection.execute(text("PRAGMA cipher_integrity_check")))
    return seals[:20] or tree_findings(connection, is_thorough=is_thorough)


def tree_findings(connection: Connection, *, is_thorough: bool = True) -> tuple[str, ...]:
    """What SQLite finds wrong with tables and indexes, also inside a transaction that is not committed."""
    check = "integrity_check" if is_thorough else "quick_check"
    found = tuple(str(row[0]) for row in connection.execute(text(f"PRAGMA {check}(20)")))
    return tuple(line for line in found if line != "ok")


@contextmanager
def _unsafe(target: Path, key: bytes) -> Iterator[Any]:
    """A new file that is worth nothing until the caller has synced, read and named it."""
    connection = sqlcipher.connect(str(target), isolation_level=None)
    try:
        for pragma in (f"key = \"x'{key.hex()}'\"", "journal_mode = OFF", "synchronous = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        yield connection
    finally:
        connection.close()


def _copy_fault(said: str) -> EnvironmentFault:
    words = said.lower()
    if "full" in words:
        return EnvironmentFault("backup_no_room")
    if "malformed" in words or "not a database" in words:
        return EnvironmentFault("database_damaged")
    return EnvironmentFault("backup_failed", reason=said)


def _forget_cached(file: Path) -> None:
    """What is read next comes from the disk, where the system can be told so."""
    if sys.platform == "linux":
        with file.open("rb", buffering=0) as handle:
            os.posix_fadvise(handle.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _one(connection: Connection, pragma: str) -> Any:
    return connection.execute(text(f"PRAGMA {pragma}")).scalar_one()
