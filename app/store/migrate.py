"""Bring a book to this program's version: backup first, one transaction, a newer book is refused."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from alembic.util import CommandError
from sqlalchemy import Connection

from app.errors import EnvironmentFault
from app.store.database import Database


def migrate(database: Database, backups: Path, now: datetime) -> bool:
    """True when steps were run. The old file lies in `backups` before the first of them.

    Raises `database_newer` for a book written by a later version, and whatever the disk says; the book is
    then as it was.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    with database.reading() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current == scripts.get_current_head():
        return False
    if current is not None:
        _refuse_unknown(scripts, current)
        back_up(database, backups / f"before-{scripts.get_current_head()}-{now:%Y%m%d-%H%M%S}.db")
    with database.writing() as connection:
        _upgrade(config, connection)
    return True


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


def _upgrade(config: Config, connection: Connection) -> None:
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _refuse_unknown(scripts: ScriptDirectory, current: str) -> None:
    try:
        scripts.get_revision(current)
    except (RevisionError, CommandError) as error:
        raise EnvironmentFault("database_newer", revision=current) from error
