"""Which version of the program wrote a book, and the steps to this one; `app.services.upgrade` takes them."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from app.errors import EnvironmentFault
from app.store.database import Database
from app.store.durable import fsync_file, fsync_folder, make_folder

HEAD = "0009"
"""The revision this program writes; a test compares it with the newest file under `migrations/versions`."""


def needs_steps(database: Database) -> bool:
    """Whether the book is older than this program. Raises EnvironmentFault `database_newer` {revision}."""
    current = current_revision(database)
    if current == HEAD:
        return False
    # Alembic takes longer to import than everything else here; an up-to-date book does not pay for it.
    from app.store.migration_steps import is_known

    if current is not None and not is_known(current):
        raise EnvironmentFault("database_newer", revision=current)
    return True


def run_steps(connection: Connection) -> None:
    """Every step to this program's version, inside the caller's transaction."""
    from app.store.migration_steps import upgrade  # as above

    upgrade(connection)


def current_revision(database: Database) -> str | None:
    """The revision of the book, None for an empty file."""
    with database.reading() as connection:
        return _revision(connection)


def copy_book(book: Path, target: Path) -> None:
    """The file, then its log, while the caller holds the write lock; the name is there only with all of it.

    In this order a checkpoint that runs meanwhile does no harm: the log keeps every change until the next writer.
    """
    try:
        make_folder(target.parent)
        part = target.with_suffix(".part")
        shutil.copyfile(book, part)
        log = book.with_name(book.name + "-wal")
        if log.exists():
            copy = target.with_name(target.name + "-wal")
            shutil.copyfile(log, copy)
            fsync_file(copy)
        fsync_file(part)
        part.replace(target)
        fsync_folder(target.parent)
    except OSError as error:
        code = "disk_full" if error.errno == errno.ENOSPC else "backup_failed"
        raise EnvironmentFault(code, reason=error.strerror or "") from error


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return None if found is None else str(found)
