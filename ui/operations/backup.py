"""Backups at the counter: how they stand, taken and tried in a process of their own, the drill journalled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.bootstrap import Application
from app.errors import EnvironmentFault
from app.services.backup.figures import book_figures
from app.services.backup.known import (
    LastRehearsal,
    OnMedium,
    Trouble,
    last_rehearsal,
    on_medium,
    troubles,
)
from app.services.backup.names import Backup, backups_in, book_id, read_name
from app.services.backup.rehearse import Rehearsed, note_tried
from app.services.backup.restore import ask_restore
from app.services.book_check import last_book_check
from app.services.second_copy import chosen
from app.store.whole_copy import reading_copy
from ui.background.one_job import OneJob
from ui.changes import Change
from ui.operations.desk import Desk, clerk_at, new_intent

DRILL_EVERY = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class BackupView:
    """`here`: newest first. `place`: where the second medium is, None where none was chosen. `is_whole`: what the
    last reading of the whole book said, None before the first."""

    here: Sequence[Backup]
    place: Path | None
    on_medium: OnMedium | None
    troubles: tuple[Trouble, ...]
    rehearsed: LastRehearsal | None
    is_whole: bool | None


def read_backup_view(desk: Desk) -> BackupView:
    """As the book and the data folder know it; no medium is asked."""
    office = desk.office
    here: Sequence[Backup] = ()
    try:
        here = backups_in(office.folder.backups, book_id(office.database.path))
    except EnvironmentFault:
        here = ()                                  # the next backup says why
    with office.database.reading() as connection:
        place, check = chosen(connection), last_book_check(connection)
        return BackupView(
            here, place.place if place is not None else None, on_medium(connection), troubles(connection),
            last_rehearsal(connection), check[1] if check is not None else None,
        )


def is_backup_due(office: Application) -> bool:
    """Whether the book holds anything that its newest backup here does not; a look of some milliseconds."""
    here = backups_in(office.folder.backups, book_id(office.database.path))
    if not here:
        return True
    with office.database.reading() as connection:
        now, medium, place = book_figures(connection), on_medium(connection), chosen(connection)
    if place is not None and (medium is None or medium.at < here[0].at):
        return True
    try:
        with reading_copy(here[0].file, office.book_key) as copy:
            return bool(now.differing(book_figures(copy)))
    except EnvironmentFault:
        return True


def backup_job(office: Application, *, is_at_close: bool = False) -> OneJob:
    """A backup here and on the medium; not started."""
    at_close = ["--at-close"] if is_at_close else []
    return OneJob(["backup", "--steps", *at_close, "--data", str(office.folder.root)])


def rehearsal_job(office: Application) -> OneJob:
    """The restore drill; not started. Its answer goes to `journal_drill`."""
    return OneJob(["rehearse", "--steps", "--data", str(office.folder.root)])


def journal_drill(desk: Desk, answer: Mapping[str, Any]) -> tuple[tuple[str, Rehearsed], ...]:
    """(where, what was found) of each backup that was tried, now lines of the journal under the clerk's name."""
    office, clerk = desk.office, clerk_at(desk)
    found: list[tuple[str, Rehearsed]] = []
    for each in answer.get("tried", ()):
        backup = read_name(Path(each["file"]))
        if backup is None:
            continue
        done = Rehearsed(backup, each["operations"], each["dossiers"], each["newer"], each["problem"])
        with office.database.writing() as connection:
            note_tried(
                connection, office.enrolled, clerk, done, each["where"], intent=new_intent(desk), now=desk.clock(),
                randomness=office.randomness,
            )
        found.append((each["where"], done))
    desk.changes.publish(Change(has_sync=True))
    return tuple(found)


def is_drill_due(view: BackupView, now: datetime) -> bool:
    """Once a month somebody should see that a backup opens."""
    return view.rehearsed is None or not timedelta(0) <= now - view.rehearsed.at < DRILL_EVERY


def want_restore(desk: Desk) -> None:
    """The next start offers the backups. Raises EnvironmentFault `restore_failed`."""
    ask_restore(desk.office.folder)
