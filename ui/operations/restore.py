"""Put a backup back and bring what is newer: first what the damaged book still says, then what the medium holds.

Works on a folder whose book is not open; safe to be called from a worker thread.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.errors import KnownError
from app.paths import DataFolder
from app.services.backup.mend import bring_back
from app.services.backup.names import Backup
from app.services.backup.restore import key_for, restore_backup
from app.services.backup.scans import bring_scans_back
from app.services.second_copy import chosen
from app.services.standing import numbers_stopped
from app.store.database import Database
from ui.command_line.folder import key_places, open_folder


@dataclass(frozen=True, slots=True)
class RestoreDone:
    """`from_book`, `from_medium`: operations newer than the backup that came back. `is_stopped`: numbers wait for
    the province. `aside`: where the damaged book lies."""

    at: str
    dossiers: int
    from_book: int
    from_medium: int
    scans: int
    is_stopped: bool
    aside: Path | None


def restore_all(folder: DataFolder, backup: Backup) -> RestoreDone:
    """Raises what `key_for` and `restore_backup` raise; nothing has changed then."""
    store, keys = key_places()
    key = key_for(folder, backup, store, keys)
    done = restore_backup(folder, backup, key, datetime.now(UTC))
    office = open_folder(folder)
    try:
        from_book = from_medium = scans = 0
        counter = office.counter
        if counter is not None:
            if done.aside is not None and (book := done.aside / folder.database.name).exists():
                from_book = bring_back(office.database, key, counter, book, folder.root)
            from_medium = _from_medium(office.database, key)
        with suppress(KnownError):                 # they are asked for again by the check of the scans
            scans = bring_scans_back(backup.file.parent.parent / "scans", office.blobs, lambda at, of: None)
        with office.database.reading() as connection:
            is_stopped = numbers_stopped(connection) is not None
    finally:
        office.close()
    return RestoreDone(
        backup.at.isoformat(), done.figures.dossiers, from_book, from_medium, scans, is_stopped, done.aside
    )


def _from_medium(database: Database, key: bytes) -> int:
    """What the second copy holds and the book does not. A medium that is away is asked later, by a person."""
    from sync.second_copy.restore import restore_from_medium  # not before it is needed

    with database.reading() as connection:
        place = chosen(connection)
    if place is None:
        return 0
    try:
        return restore_from_medium(database, key, place.place).brought
    except KnownError:
        return 0
