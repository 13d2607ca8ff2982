"""Bring a book to this program's version: backup first, one transaction, a newer book is refused."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

from sqlalchemy import inspect, text

from app.errors import EnvironmentFault
from app.store.database import Database

HEAD = "0001"
"""The revision this program writes; a test compares it with the newest file under `migrations/versions`."""


def migrate(database: Database, backups: Path, now: datetime) -> bool:
    """True when steps were run. The old file lies in `backups` before the first of them.

    Raises `database_newer` for a book written by a later version, and whatever the disk says; the book is
    then as it was.
    """
    current = current_revision(database)
    if current == HEAD:
        return False
    # Alembic takes longer to import than everything else here; an up-to-date book does not pay for it.
    from app.store.migration_steps import is_known, upgrade

    if current is not None:
        if not is_known(current):
            raise EnvironmentFault("database_newer", revision=current)
        back_up(database, backups / f"before-{HEAD}-{now:%Y%m%d-%H%M%S}.db")
    with database.writing() as connection:
        upgrade(connection)
    return True


def current_revision(database: Database) -> str | None:
    """The revision of the book, None for an empty file."""
    with database.reading() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
        return None if found is None else str(found)


def back_up(database: Database, target: Path) -> None:
    """A whole copy of the book, still encrypted with its key, on the disk when this returns."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    database.checkpoint()
    with database.writing():                 # nobody writes while the file and its log are copied
        shutil.copyfile(database.path, part)
        log = database.path.with_name(database.path.name + "-wal")
        if log.exists():
            shutil.copyfile(log, target.with_name(target.name + "-wal"))
    with part.open("rb+") as handle:
        os.fsync(handle.fileno())
    part.replace(target)
