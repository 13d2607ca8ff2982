"""Backups beside the second copy, on the same medium: `quay-mot-cua-<device>/backups` and `…/scans`.

It is told to be this very medium before, while and after something is written: another stick, or the empty folder
where the stick should be mounted, gets nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from app.errors import EnvironmentFault
from app.services.backup.known import MEDIUM, OnMedium, note_on_medium, note_trouble
from app.services.backup.scans import copy_scans, let_scans_go
from app.services.backup.take import Place, Source, Taken, take_backup
from app.services.counter import load_counter
from app.services.disk_room import MEGABYTE
from app.services.second_copy import Chosen, chosen
from app.store.blobs import BlobStore
from app.store.database import Database
from app.store.projection_retention import purged_files
from sync.second_copy.disk import MediumDisk
from sync.second_copy.medium import find_medium, folder_for

SPARE = 16 * MEGABYTE
FOLDER, SCANS = "backups", "scans"


def backups_at(place: Path, device: str) -> Path:
    """Where the backups of `device` lie in a chosen place; nothing is asked of the medium."""
    return folder_for(place, device) / FOLDER


def scans_beside(backups: Path) -> Path:
    """Where the scans lie that belong to the backups in that folder of a medium."""
    return backups.parent / SCANS


def has_medium(database: Database) -> bool:
    """Whether a second medium was chosen."""
    with database.reading() as connection:
        return chosen(connection) is not None


def take_on_medium(
    source: Source, blobs: BlobStore, why: str, now: datetime, on_step: Callable[[str, int, int], object],
) -> Taken | None:
    """Book, then scans; None where no medium was chosen. `on_step`: "book" or "scans", done, altogether.

    What stands in the way is remembered for the screens and raised: second_copy_missing, second_copy_wrong_medium
    and what `take_backup` and `copy_scans` raise. What lay there before stays.
    """
    database = source.database
    with database.reading() as connection:
        counter, place = load_counter(connection), chosen(connection)
    if counter is None or place is None:
        return None
    is_still = _asked(place, counter.device)
    try:
        is_still()
        folder = backups_at(place.place, counter.device)
        taken = take_backup(
            source, Place(folder, SPARE, is_still), why, now, lambda done, of: on_step("book", done, of)
        )
        with database.reading() as connection:
            purged = purged_files(connection)
        let_scans_go(scans_beside(folder), purged, is_still)
        scans = copy_scans(
            blobs, scans_beside(folder), lambda done, of: on_step("scans", done, of), is_still=is_still
        )
    except EnvironmentFault as fault:
        known = _known(fault, is_still)
        with database.writing() as connection:
            note_trouble(connection, MEDIUM, known.code, known.values, now)
        raise known from fault
    with database.writing() as connection:
        note_on_medium(connection, OnMedium(taken.backup.at, scans.there))
        note_trouble(connection, MEDIUM, "", {}, now)
    return taken


def _known(fault: EnvironmentFault, is_still: Callable[[], object]) -> EnvironmentFault:
    """A medium that is gone says so, whatever the writing saw of it."""
    try:
        is_still()
    except EnvironmentFault as gone:
        return gone
    return fault


def _asked(place: Chosen, device: str) -> Callable[[], object]:
    return lambda: find_medium(place.place, device, place.medium, MediumDisk())
