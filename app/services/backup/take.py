"""Take a backup: copy, sync, read back from the disk, and only then give it its name; the oldest go afterwards.

    taken = take_backup(source, Place(folder.backups), Why.CLOSE, now)

What is not named is no backup: a copy that was cut off anywhere lies there as a `.part`, is never looked at and is
swept by the next. The one before stays until the new one is proved.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.domain.vietnam_time import local
from app.errors import EnvironmentFault
from app.services.backup.figures import BookFigures, book_figures
from app.services.backup.names import PART, Backup, Why, backup_name, backups_in, book_id, read_name
from app.services.disk_room import LOW, MEGABYTE, Free, free_bytes
from app.store.database import Database
from app.store.disk import Disk
from app.store.durable import fsync_folder, make_folder
from app.store.sealing.seals import seal_mark
from app.store.whole_copy import Step, copy_whole, page_findings, reading_copy, size_of_book, tree_findings

NEWEST = 3
DAYS = 7
"""Kept: the three newest, the last of each of the seven newest days, the newest from before an upgrade."""

Still = Callable[[], object]
"""Called when a place may have changed under us; raises when it has."""


@dataclass(frozen=True, slots=True)
class Source:
    """The book that is copied, and its key."""

    database: Database
    key: bytes


@dataclass(frozen=True, slots=True)
class Place:
    """A folder for backups. `spare`: bytes that must stay free. `is_still`: raises when it is another folder."""

    folder: Path
    spare: int = LOW
    is_still: Still = lambda: None
    free: Free = free_bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """`seal`: what tells this state of the book from every other. `gone`: names of older ones that gave way."""

    backup: Backup
    figures: BookFigures
    seal: str
    gone: frozenset[str]


def take_backup(
    source: Source, place: Place, why: str, now: datetime, on_step: Step = lambda done, of: None, step: str = "",
) -> Taken:
    """One more backup in `place`, whole and on the disk with its name when this returns.

    `on_step` is told how far it is (pages copied, then 0 of 0 while it is read back); what it raises ends the
    work, and nothing is named. Raises EnvironmentFault `backup_no_room` {needed_mb, free_mb}, `backup_failed`
    {reason}, `backup_not_whole` for a disk that gives back something else, `database_damaged` for a book that
    cannot be read. Backups that were there before stay, whatever happens.
    """
    book = book_id(source.database.path)
    try:
        make_folder(place.folder, mode=0o700)
        _sweep(place.folder)
        with source.database.reading() as connection:
            figures = book_figures(connection)         # the moment of the backup begins with this look
            seal = seal_mark(connection)
            gone = _make_room(place, book, size_of_book(connection))
            part = place.folder / f"{secrets.token_hex(8)}{PART}"
            try:
                copy_whole(connection, source.key, part, on_step)
                on_step(0, 0)
                # Whoever closes the window waits; the indexes are then left to the nightly look and the drill.
                if not _is_whole(part, source.key, figures, is_thorough=why != Why.CLOSE):
                    # A page that does not bear its seal is copied as it can be read: then it is the book itself.
                    is_damaged = bool(tree_findings(connection, is_thorough=False))
                    raise EnvironmentFault("database_damaged" if is_damaged else "backup_not_whole")
                place.is_still()
                target = place.folder / backup_name(book, now, why, step)
                part.replace(target)
                fsync_folder(place.folder)
            except BaseException:
                _drop(part)
                raise
        place.is_still()
        gone |= _let_oldest_go(place.folder, book)
        size = target.stat().st_size
    except OSError as error:
        raise EnvironmentFault("backup_failed", reason=error.strerror or "") from error
    named = read_name(target)
    assert named is not None
    return Taken(Backup(target, book, named.at, why, step, size), figures, seal, gone)


def kept_of(backups: Sequence[Backup]) -> frozenset[Path]:
    """Which of these, newest first, are kept: see `DAYS`."""
    days: dict[object, Backup] = {}
    for each in backups:
        days.setdefault(local(each.at).date(), each)
    upgrades = [each for each in backups if each.why == Why.BEFORE_UPGRADE]
    kept = (*backups[:NEWEST], *list(days.values())[:DAYS], *upgrades[:1])
    return frozenset(each.file for each in kept)


def is_due(backups: Sequence[Backup], now: datetime, every: timedelta) -> bool:
    """Whether the newest is so old, or none is there; one from the future was named by a clock that was wrong."""
    return not backups or not timedelta(0) <= now - backups[0].at < every


def _is_whole(part: Path, key: bytes, figures: BookFigures, *, is_thorough: bool) -> bool:
    """Whether what lies on the disk is what was copied."""
    try:
        with reading_copy(part, key) as copy:
            return not page_findings(copy, is_thorough=is_thorough) and book_figures(copy) == figures
    except EnvironmentFault:
        return False


def _make_room(place: Place, book: str, size: int) -> frozenset[str]:
    """Room for one more; the oldest give way to it, but never the newest that is there. Returns their names."""
    needed, gone = size + place.spare, set[str]()
    for oldest in reversed(backups_in(place.folder, book)[1:]):
        if place.free(place.folder) >= needed:
            return frozenset(gone)
        _drop(oldest.file)
        gone.add(oldest.file.name)
    free = place.free(place.folder)
    if free < needed:
        raise EnvironmentFault("backup_no_room", needed_mb=-(-needed // MEGABYTE), free_mb=free // MEGABYTE)
    return frozenset(gone)


def _let_oldest_go(folder: Path, book: str) -> frozenset[str]:
    """Names of those that went."""
    there = backups_in(folder, book)
    kept = kept_of(there)
    gone = [each for each in there if each.file not in kept]
    for each in gone:
        _drop(each.file)
    return frozenset(each.file.name for each in gone)


def _sweep(folder: Path) -> None:
    """What a cut-off backup has left. One program at a time takes backups (`one_backup_at_a_time`)."""
    for each in folder.glob(f"*{PART}"):
        _drop(each)


def _drop(file: Path) -> None:
    """On a medium that is gone there is nothing to remove."""
    try:
        Disk().remove(file)
    except OSError:
        return
