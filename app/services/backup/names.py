"""How a backup is called: of which book, from when and why; and those that lie in a folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.errors import EnvironmentFault

PART = ".part"
"""What is being written, or what was when the power went."""
_NAME = re.compile(r"qmc-([0-9a-f]{16})-(\d{8}T\d{6}Z)-([a-z]+)(?:-([0-9A-Za-z]+))?\.db")


class Why:
    """Why a backup was taken."""

    CLOSE = "close"
    ASKED = "asked"
    BEFORE_UPGRADE = "before"                      # `step`: the revision that was come to


@dataclass(frozen=True, slots=True)
class Backup:
    """One that lies in a folder; what is in it, only reading it tells."""

    file: Path
    book: str                                      # id of the book, which names its key too
    at: datetime                                   # UTC, to the second
    why: str
    step: str = ""
    size: int = 0                                  # bytes


def backup_name(book: str, at: datetime, why: str, step: str = "") -> str:
    """The file name of a backup."""
    name = f"qmc-{book}-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{why}{'-' + step if step else ''}.db"
    if _NAME.fullmatch(name) is None:
        raise ValueError("no name for a backup")
    return name


def read_name(file: Path) -> Backup | None:
    """What its name says; None for what is no backup."""
    found = _NAME.fullmatch(file.name)
    if found is None:
        return None
    try:
        at = datetime.strptime(found[2], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return Backup(file, found[1], at, found[3], found[4] or "")


def backups_in(folder: Path, book: str = "") -> tuple[Backup, ...]:
    """Newest first; of every book unless `book` is named. Empty for a folder that is not there.

    Raises EnvironmentFault `backup_failed` {reason} for one that cannot be read.
    """
    try:
        files = list(folder.iterdir()) if folder.is_dir() else []
        found = [
            Backup(each.file, each.book, each.at, each.why, each.step, each.file.stat().st_size)
            for each in map(read_name, files) if each is not None and each.book.startswith(book)
        ]
    except OSError as error:
        raise EnvironmentFault("backup_failed", reason=error.strerror or "") from error
    return tuple(sorted(found, key=lambda each: (each.at, each.file.name), reverse=True))


def book_id(database: Path) -> str:
    """The id of the book at `database`, as it stands beside it. Raises EnvironmentFault `database_key_lost`."""
    try:
        return database.with_suffix(".id").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentFault("database_key_lost") from error
