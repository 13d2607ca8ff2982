"""Put a backup in the place of a book that is damaged or gone; what lay there is kept aside, never discarded.

    1  the backup is read whole, and copied beside the book as `counter.restoring`, read back and synced
    2  `restoring.json` says what is to happen; from here on it happens, whatever is killed
    3  book and log go to `aside/<when>/`
    4  the copy gets the book's name, and `restoring.json` goes

`finish_restore` goes on with 3 and 4 at the next start. What was done after the backup is not in it: the witness
beside the keys notices, numbers stop, and the second copy and the province give it back.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.errors import EnvironmentFault, Refusal
from app.paths import DataFolder
from app.services.backup.figures import BookFigures, book_figures
from app.services.backup.names import Backup, book_id
from app.services.disk_room import MEGABYTE, Free, free_bytes
from app.store import migrate
from app.store.database import open_database
from app.store.disk import FULL
from app.store.durable import fsync_file, fsync_folder, make_folder
from app.store.hold import BookHold
from app.store.keys import KeyStore, find_key, give_name
from app.store.whole_copy import page_findings, reading_copy

SPARE = 64 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Examined:
    """A backup that was read. `problem`: why it cannot be put back, "" when it can."""

    backup: Backup
    figures: BookFigures | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Restored:
    """`aside`: where the former book lies now; None when there was none."""

    backup: Backup
    figures: BookFigures
    aside: Path | None


def examine(backup: Backup, key: bytes, book: str = "") -> BookFigures:
    """Read all of it. `book`: the id of the book it must be of.

    Raises EnvironmentFault `backup_of_other_book`, `backup_missing`, `backup_damaged`, `backup_newer` {revision}.
    """
    if book and backup.book != book:
        raise EnvironmentFault("backup_of_other_book")
    with reading_copy(backup.file, key) as copy:
        if page_findings(copy):
            raise EnvironmentFault("backup_damaged")
        figures = book_figures(copy)
    if not figures.revision:
        raise EnvironmentFault("backup_damaged")
    if figures.revision != migrate.HEAD:
        from app.store.migration_steps import is_known  # Alembic: only where its answer is needed

        if not is_known(figures.revision):
            raise EnvironmentFault("backup_newer", revision=figures.revision)
    return figures


def examined(backup: Backup, key: bytes, book: str) -> Examined:
    """`examine` for a list: what is wrong with one is told beside it."""
    try:
        return Examined(backup, examine(backup, key, book))
    except EnvironmentFault as fault:
        return Examined(backup, problem=fault.code)


def key_for(folder: DataFolder, backup: Backup, store: KeyStore | None, key_folder: Path | None) -> bytes:
    """The key that opens `backup` and the book in `folder`. Changes nothing but to name a folder without a book.

    Raises EnvironmentFault `backup_of_other_book`, `database_key_lost`.
    """
    try:
        own = book_id(folder.database)
    except EnvironmentFault:
        own = ""
    if own and own != backup.book:
        if _has_book(folder):
            raise EnvironmentFault("backup_of_other_book")
        folder.database.with_suffix(".id").unlink(missing_ok=True)     # of a start on an empty folder
        own = ""
    if not own:
        make_folder(folder.root)
        give_name(folder.database, backup.book)
    return find_key(folder.database, store, key_folder).key


def restore_backup(
    folder: DataFolder, backup: Backup, key: bytes, now: datetime, *, free: Free = free_bytes
) -> Restored:
    """The book of `backup` stands in `folder` when this returns. Nobody has the book open meanwhile.

    Raises Refusal `restore_not_needed`, EnvironmentFault `book_in_use`, those of `examine`, `backup_no_room`
    {needed_mb, free_mb}, and `restore_failed` {reason}: the former book then lies where it lay, or the next
    start ends what was begun.
    """
    hold = BookHold(folder.database)
    try:
        hold.take_alone()
        _finish(folder)
        refuse_whole_book(folder, key)
        figures = examine(backup, key, book_id(folder.database))
        size = backup.file.stat().st_size
        left = free(folder.root)
        if left < size + SPARE:
            raise EnvironmentFault(
                "backup_no_room", needed_mb=(size + SPARE) // MEGABYTE, free_mb=left // MEGABYTE
            )
        fresh = _fresh(folder)
        _copy(backup.file, fresh)
        if examine(Backup(fresh, backup.book, backup.at, backup.why), key) != figures:
            raise EnvironmentFault("backup_damaged")
        aside = folder.root / "aside" / f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        _write(_intent(folder), {"aside": aside.name})
        _finish(folder)
        withdraw_restore(folder)
        return Restored(backup, figures, aside if any(aside.iterdir()) else None)
    except OSError as error:
        code = "backup_no_room" if error.errno in FULL else "restore_failed"
        raise EnvironmentFault(code, reason=error.strerror or "") from error
    finally:
        if not _intent(folder).exists():
            _fresh(folder).unlink(missing_ok=True)
        hold.close()


def finish_restore(folder: DataFolder) -> bool:
    """End a restore that was cut off; True when there was one. Before the book is opened, at every start.

    Raises EnvironmentFault `book_in_use`, `restore_failed` {reason}.
    """
    if not _intent(folder).exists():
        return False
    hold = BookHold(folder.database)
    try:
        hold.take_alone()
        return _finish(folder)
    except OSError as error:
        raise EnvironmentFault("restore_failed", reason=error.strerror or "") from error
    finally:
        hold.close()


def sweep_restore(folder: DataFolder) -> None:
    """What a restore has left that was killed before it was to happen. The caller shares the book."""
    if not _intent(folder).exists():
        _fresh(folder).unlink(missing_ok=True)


def ask_restore(folder: DataFolder) -> None:
    """A person wants the next start to offer the backups, though the book opens: it was found to be damaged.

    Raises EnvironmentFault `restore_failed` {reason}.
    """
    try:
        _write(_asked(folder), {})
    except OSError as error:
        raise EnvironmentFault("restore_failed", reason=error.strerror or "") from error


def is_restore_asked(folder: DataFolder) -> bool:
    return _asked(folder).exists()


def withdraw_restore(folder: DataFolder) -> None:
    """Open the book as it is."""
    _asked(folder).unlink(missing_ok=True)


def refuse_whole_book(folder: DataFolder, key: bytes) -> None:
    """A book that opens is never replaced unless a person asked for it: what was done since would go with it.

    Raises Refusal `restore_not_needed`.
    """
    if is_restore_asked(folder) or not _has_book(folder):
        return
    try:
        open_database(folder.database, key).close()
    except EnvironmentFault:
        return
    raise Refusal("restore_not_needed")


def asides_in(folder: DataFolder) -> tuple[Path, ...]:
    """Books that were put aside, newest first."""
    aside = folder.root / "aside"
    if not aside.is_dir():
        return ()
    return tuple(sorted((each / folder.database.name for each in aside.iterdir()
                         if (each / folder.database.name).is_file()), reverse=True))


def _finish(folder: DataFolder) -> bool:
    """Steps 3 and 4, from wherever they stand. Raises OSError."""
    intent = _intent(folder)
    if not intent.exists():
        return False
    fresh = _fresh(folder)
    if fresh.exists():                             # otherwise it has its name, and only the intent is left
        said: dict[str, Any] = json.loads(intent.read_text(encoding="utf-8"))
        aside = folder.root / "aside" / Path(said["aside"]).name
        book = folder.database
        make_folder(aside, mode=0o700)
        # The log goes first: beside the new book it would be taken for its own.
        for name in (f"{book.name}-wal", book.name):
            if (lying := book.with_name(name)).exists():
                lying.replace(aside / name)
        book.with_name(f"{book.name}-shm").unlink(missing_ok=True)
        fsync_folder(aside)
        fsync_folder(book.parent)
        fresh.replace(book)
        fsync_folder(book.parent)
    intent.unlink()
    fsync_folder(intent.parent)
    return True


def _copy(source: Path, target: Path) -> None:
    """Raises OSError."""
    target.unlink(missing_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with source.open("rb") as reading, os.fdopen(descriptor, "wb") as writing:
        while block := reading.read(MEGABYTE):
            writing.write(block)
    fsync_file(target)
    fsync_folder(target.parent)


def _write(file: Path, content: dict[str, Any]) -> None:
    part = file.with_suffix(".part")
    part.write_text(json.dumps(content), encoding="utf-8")
    fsync_file(part)
    part.replace(file)
    fsync_folder(file.parent)


def _fresh(folder: DataFolder) -> Path:
    return folder.database.with_suffix(".restoring")


def _asked(folder: DataFolder) -> Path:
    return folder.root / "restore-asked.json"


def _intent(folder: DataFolder) -> Path:
    return folder.root / "restoring.json"


def _has_book(folder: DataFolder) -> bool:
    return folder.database.exists() and folder.database.stat().st_size > 0
