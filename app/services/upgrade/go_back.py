"""The version before is started again and finds a book that the newer one has taken over but never used.

The newer one committed its steps and then could not show its window. The backup from before its steps is the same
book, line for line: it goes back into its place, and the newer book is kept aside. When anything was done since,
nothing is touched: then the newer version has to be made to run.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.errors import EnvironmentFault
from app.paths import DataFolder
from app.services.backup.figures import book_figures
from app.services.backup.names import Backup, Why, backups_in, book_id
from app.services.backup.restore import Restored, ask_restore, examine, restore_backup
from app.store.database import open_database


def may_go_back(folder: DataFolder, key: bytes) -> Backup | None:
    """The backup that holds everything the newer book holds; None when there is none."""
    found = next(
        (each for each in backups_in(folder.backups, book_id(folder.database)) if each.why == Why.BEFORE_UPGRADE),
        None,
    )
    if found is None:
        return None
    try:
        before = examine(found, key, book_id(folder.database))
        newer = open_database(folder.database, key)
        try:
            with newer.reading() as connection:
                now = book_figures(connection)
        finally:
            newer.close()
    except EnvironmentFault:
        return None
    return None if now.differing(before) or not now.rows.keys() >= before.rows.keys() else found


def go_back(folder: DataFolder, key: bytes, now: datetime) -> Restored | None:
    """Do so where it loses nothing. Raises what `restore_backup` raises."""
    found = may_go_back(folder, key)
    if found is None:
        return None
    ask_restore(folder)                            # the newer book opens: it is whole, but not for this version
    done = restore_backup(folder, found, key, now)
    return done if done.aside is None else replace(done, aside=_kept_once(done.aside))


def _kept_once(aside: Path) -> Path:
    """One such book is enough: it holds nothing that the backup does not, and each start may leave another."""
    kept = aside.with_name("newer")
    shutil.rmtree(kept, ignore_errors=True)
    try:
        return aside.rename(kept)
    except OSError:
        return aside
