"""The restore drill: a backup is opened as if it were needed, in a private place that is gone afterwards.

The copy is read page by page, brought to this version where it is older, its chain and signatures are checked,
its tables are worked out anew from the journal, and its ends are looked for in the book of now. Nothing in the
book and nothing in the backup is changed; the result goes into the journal.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from app.domain.identifiers import Randomness, uuid7
from app.domain.operation import Operation, Type
from app.errors import EnvironmentFault, Refusal
from app.services.backup.figures import BookFigures, book_figures
from app.services.backup.known import LastRehearsal, note_rehearsal
from app.services.backup.names import Backup
from app.services.backup.restore import examine
from app.services.book_check import check_book
from app.services.counter import Clerk, Counter, load_counter
from app.services.days import today_at_counter
from app.services.disk_room import LOW, MEGABYTE, Free, free_bytes
from app.services.rebuild import rebuild
from app.store import journal as book
from app.store.database import Database, open_database
from app.store.migrate import needs_steps, run_steps

PREFIX = "rehearsal-"


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """`problem`: code of what is wrong with this backup, "" when it would do. `newer`: operations done since."""

    backup: Backup
    operations: int
    dossiers: int
    newer: int
    problem: str = ""

    @property
    def is_good(self) -> bool:
        return not self.problem


def rehearse(
    backup: Backup, key: bytes, present: Database, root: Path, now: datetime,
    on_step: Callable[[], object] = lambda: None, *, free: Free = free_bytes,
) -> Rehearsed:
    """Try `backup` against the book of now. `root`: the data folder. What `on_step` raises ends it.

    A backup that is not good is a result, not an error. Raises EnvironmentFault `backup_no_room`, `disk_full` and
    what else this machine's own disk says.
    """
    sweep_rehearsals(root)
    try:
        figures = examine(backup, key)
    except EnvironmentFault as fault:
        return Rehearsed(backup, 0, 0, 0, fault.code)
    on_step()
    with present.reading() as connection:
        here = book_figures(connection)
    newer = here.operations - figures.operations
    problem = _ends(present, figures) or _worked_out(backup, key, figures, root, now, on_step, free)
    return Rehearsed(backup, figures.operations, figures.dossiers, max(0, newer), problem)


def sweep_rehearsals(root: Path) -> None:
    """What a drill that was killed has left."""
    for each in root.glob(f"{PREFIX}*"):
        shutil.rmtree(each, ignore_errors=True)


def note_tried(
    connection: Connection, counter: Counter, clerk: Clerk, done: Rehearsed, where: str, *, intent: str,
    now: datetime, randomness: Randomness,
) -> Operation | None:
    """The line `backup.tried`, and when it was for the screens. None where this book may write no line."""
    note_rehearsal(connection, LastRehearsal(now, done.backup.at, done.is_good))
    known = book.by_intent(connection, intent)
    if known is not None:
        return known
    try:
        return book.append(connection, counter.author(clerk), book.Event(
            op_id=uuid7(now, randomness), type=Type.BACKUP_TRIED, intent=intent,
            body={
                "where": where, "taken_at": done.backup.at.isoformat(), "operations": done.operations,
                "dossiers": done.dossiers, "newer": done.newer, "problem": done.problem,
            },
            now=now, business_date=today_at_counter(connection, now),
        ))
    except Refusal as refusal:
        if refusal.code != "numbers_stopped":      # a book that lacks operations writes none
            raise
        return None


def _ends(present: Database, figures: BookFigures) -> str:
    """Each chain of the backup is the beginning of that chain in the book of now; which is not, is another's."""
    with present.reading() as connection:
        for (device, epoch), (seq, own) in figures.heads.items():
            line = book.after(connection, device, epoch, seq - 1, 1)
            if line and (line[0].seq, line[0].hash) != (seq, own):
                return "backup_parted"
            if not line:                           # the book of now is behind: it has been put back itself
                return "backup_ahead"
    return ""


def _worked_out(
    backup: Backup, key: bytes, figures: BookFigures, root: Path, now: datetime, on_step: Callable[[], object],
    free: Free,
) -> str:
    needed, left = 2 * backup.size + LOW, free(root)
    if left < needed:
        raise EnvironmentFault("backup_no_room", needed_mb=needed // MEGABYTE, free_mb=left // MEGABYTE)
    place = root / f"{PREFIX}{secrets.token_hex(8)}"
    place.mkdir(mode=0o700)
    try:
        copy = place / "counter.db"
        shutil.copyfile(backup.file, copy)
        on_step()
        tried = open_database(copy, key)
        try:
            return _tried(tried, figures, now, on_step)
        finally:
            tried.close()
    except OSError as error:
        raise EnvironmentFault("backup_failed", reason=error.strerror or "") from error
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _tried(tried: Database, figures: BookFigures, now: datetime, on_step: Callable[[], object]) -> str:
    if needs_steps(tried):
        with tried.writing() as connection:
            run_steps(connection)
    with tried.reading() as connection:
        counter = load_counter(connection)
    if counter is not None and not check_book(tried, counter, now, on_step).is_whole:
        return "backup_damaged"
    with tried.writing() as connection:
        before = book_figures(connection)
        rebuild(connection)
        on_step()
        differing = book_figures(connection).differing(before)
    return "backup_damaged" if differing or before.differing(figures) else ""
