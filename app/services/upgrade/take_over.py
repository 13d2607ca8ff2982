"""Open the book in a folder with this version of the program, bringing an older one over first."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from app.errors import EnvironmentFault
from app.services.backup.figures import BookFigures, book_figures, journal_digest
from app.services.backup.known import note_lying
from app.services.backup.names import Why
from app.services.backup.take import Place, Source, Taken, take_backup
from app.services.sealing import Sealing
from app.store import migrate
from app.store.database import Database, open_database
from app.store.hold import PATIENCE, STEP, BookHold
from app.store.migrate import needs_steps, run_steps
from app.store.settings import read_sync, write_sync
from app.store.whole_copy import tree_findings

UPGRADES = "upgrades"
"""What sync remembers: [{"at", "from", "to", "program"}], the newest last, ten at most."""

Allowed = Callable[[Connection], object]


class UpgradeAhead(Exception):
    """An older book, and whoever asked does not want to wait for its upgrade now; nothing was begun."""


class NotTakenOver(EnvironmentFault):
    """This version could not, or may not yet, take an older book over; the book is as it was."""


def open_newest(
    path: Path, key: bytes, hold: BookHold, backups: Path, now: datetime, *, program: str = "",
    may_begin: Allowed = lambda connection: None, patience: float = PATIENCE, sealing: Sealing | None = None,
) -> Database:
    """The book at `path` at this program's version, with `hold` shared; a new one where there was none.

    `may_begin` raises what speaks against an upgrade now. Raises NotTakenOver with the code of what went wrong
    (`upgrade_failed` {to, why}, `upgrade_not_proved` {what}, `book_in_use`, those of a backup and of the disk),
    and what `open_database` and `needs_steps` raise for a book that this version cannot open at all.
    """
    end = time.monotonic() + patience
    while True:
        hold.share(patience)
        database = open_database(path, key)
        try:
            if not needs_steps(database):
                return database
            _ask(database, may_begin)              # what speaks against it is said before anybody is waited for
        except BaseException:
            database.close()
            raise
        database.close()
        if hold.may_take_alone():
            break
        # Somebody else has it open: another window that is bringing it over, or one of the version before.
        if time.monotonic() > end:
            raise NotTakenOver("book_in_use")
        time.sleep(STEP)
    database = open_database(path, key)
    try:
        take_over(database, key, backups, now, program=program, may_begin=may_begin, sealing=sealing)
        hold.share(patience)
    except BaseException:
        database.close()
        raise
    return database


def take_over(
    database: Database, key: bytes, backups: Path, now: datetime, *, program: str = "",
    may_begin: Allowed = lambda connection: None, sealing: Sealing | None = None,
) -> None:
    """Backup, steps, proof, commit; nobody else has the book open.

    Raises NotTakenOver; the book is then as it was.
    """
    try:
        if not needs_steps(database):              # another window was quicker
            return
        taken = None
        if _ask(database, may_begin):
            taken = take_backup(
                Source(database, key), Place(backups), Why.BEFORE_UPGRADE, now, step=migrate.HEAD
            )
        with database.writing() as connection:
            _run(connection, now, program, sealing, taken)
    except (NotTakenOver, UpgradeAhead):
        raise
    except EnvironmentFault as fault:
        raise NotTakenOver(fault.code, **fault.values) from fault
    except Exception as error:                     # a step may fail in any way; the book has been rolled back
        raise NotTakenOver("upgrade_failed", to=migrate.HEAD, why=type(error).__name__) from error


def refuse_any(connection: Connection) -> None:
    """For a window that first says what takes so long, and for commands, which take no book over. Raises
    UpgradeAhead."""
    raise UpgradeAhead


def _ask(database: Database, may_begin: Allowed) -> bool:
    """Whether there is a book at all; then `may_begin` has been asked. Raises NotTakenOver, UpgradeAhead."""
    with database.reading() as connection:
        if not book_figures(connection).revision:
            return False
        try:
            may_begin(connection)
        except EnvironmentFault as fault:
            raise NotTakenOver(fault.code, **fault.values) from fault
    return True


def refuse_open_cash(connection: Connection) -> None:
    """While a drawer is open, the version that opened it goes on until it is counted.

    Raises EnvironmentFault `upgrade_waits_cash`.
    """
    if "cash_sessions" not in book_figures(connection).rows:
        return                                     # a book from before there was money in it
    if connection.execute(text("SELECT 1 FROM cash_sessions WHERE closing = '' LIMIT 1")).first() is not None:
        raise EnvironmentFault("upgrade_waits_cash")


def upgrades(connection: Connection) -> tuple[dict[str, Any], ...]:
    """Upgrades that this book has been through, the newest last."""
    return tuple(read_sync(connection, UPGRADES, []))


def _run(
    connection: Connection, now: datetime, program: str, sealing: Sealing | None, taken: Taken | None
) -> None:
    before = book_figures(connection)
    lines = journal_digest(connection) if "journal" in before.rows else ""
    sealed = sealing.before_steps(connection) if sealing is not None and before.revision else None
    run_steps(connection)
    if not before.revision:
        return
    _prove(connection, before, lines)
    done = {"at": now.isoformat(), "from": before.revision, "to": migrate.HEAD, "program": program}
    write_sync(connection, UPGRADES, [*upgrades(connection), done][-10:])
    if taken is not None:
        note_lying(connection, taken.backup.file.name, taken.seal, taken.gone)
    if sealing is not None and sealed is not None:
        sealing.after_steps(connection, sealed, now)


def _prove(connection: Connection, before: BookFigures, lines: str) -> None:
    """Inside the transaction of the steps. Raises NotTakenOver `upgrade_not_proved` {what}."""
    after = book_figures(connection)
    differing = after.differing(before)
    if after.revision != migrate.HEAD:
        differing = (*differing, "revision")
    if before.rows.keys() - after.rows.keys():
        differing = (*differing, "tables")
    if lines and journal_digest(connection) != lines:
        differing = (*differing, "journal")
    if not differing and tree_findings(connection):
        differing = ("pages",)
    if not differing and connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
        differing = ("references",)
    if differing:
        raise NotTakenOver("upgrade_not_proved", what=", ".join(differing))
