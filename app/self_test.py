"""Books as earlier versions made them, for the program's own test of itself: made by the steps that made them."""

from __future__ import annotations

from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from app.paths import DataFolder
from app.store.database import open_database, prepare_folder, refuse_old_sqlite
from app.store.keys import load_or_make_key
from app.store.migration_steps import revisions, upgrade


def sqlite_in_use() -> str:
    """The version of the SQLite that keeps the book. Raises `sqlite_too_old`."""
    refuse_old_sqlite(sqlcipher.sqlite_version_info)
    return str(sqlcipher.sqlite_version)


def old_revisions() -> tuple[str, ...]:
    """Every revision of the book but the newest, the first one first."""
    return revisions()[:-1]


def make_old_book(folder: DataFolder, revision: str, keys: Path) -> None:
    """Begin a book in `folder` and bring it to `revision` only; its key is a file in `keys`."""
    prepare_folder(folder.root)
    found = load_or_make_key(folder.database, None, keys)
    database = open_database(folder.database, found.key)
    try:
        with database.writing() as connection:
            upgrade(connection, revision)
    finally:
        database.close()
