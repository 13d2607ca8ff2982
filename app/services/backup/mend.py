"""What can still be read in a book that was put aside: operations that the restored one lacks come back from it.

A damaged page costs what stands on it and nothing else; one of an index costs nothing. Two kinds cost all: those
that say which tables there are (the schema, some seventeen pages however long the book is), for without them it
does not open, and the few that say where the journal's own pages are. Each line is checked as one from the second
copy is: signed by this counter, following the one before. Where the chain cannot be read on, it ends; the rest
comes from the second copy or the province. The book aside is opened as a copy that is written nowhere.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select

from app.errors import EnvironmentFault, Refusal
from app.services.counter import Counter
from app.services.epochs import OwnOperation, import_own
from app.services.standing import MAY_BEGIN_ANEW, ask_new_epoch, numbers_stopped
from app.store import journal as book
from app.store.database import Database, open_database
from app.store.epochs import epochs_of
from app.store.tables import journal

PAGE = 100
PREFIX = "mending-"


def bring_back(database: Database, key: bytes, counter: Counter, aside: Path, root: Path) -> int:
    """Own operations that stand in the book `aside` and not in `database`; how many came, 0 for one that is lost.

    `root`: the data folder. Raises EnvironmentFault for what this machine's own disk says while they are stored.
    """
    brought = 0
    with lying_open(aside, key, root) as torn:
        if torn is None:
            return 0
        with database.reading() as connection:
            epochs = epochs_of(connection, counter.epoch)
        for epoch in epochs:
            while found := _readable(torn, database, counter, epoch):
                try:
                    with database.writing() as connection:
                        brought += import_own(connection, counter, epoch, found)
                except Refusal:                    # not signed by us, or not what follows: believe no more of it
                    break
    with database.writing() as connection:
        stopped = numbers_stopped(connection)
        if brought and stopped is not None and stopped.reason in MAY_BEGIN_ANEW:
            ask_new_epoch(connection)
    return brought


def _readable(torn: Database, database: Database, counter: Counter, epoch: int) -> list[OwnOperation]:
    """The next lines behind what we have: many at once, one alone beside a damaged page, none where it ends."""
    with database.reading() as connection:
        head = book.head(connection, counter.device, epoch).seq
    for read in (book.after, _after_by_rows):
        for many in (PAGE, 1):
            try:
                with torn.reading() as connection:
                    rows = read(connection, counter.device, epoch, head, many)
            except EnvironmentFault:
                continue
            return [OwnOperation(row.payload, row.signature) for row in rows]
    return []


def _after_by_rows(connection: Connection, device: str, epoch: int, seq: int, limit: int) -> list[Row[Any]]:
    """As `book.after`, from the table alone: what is worked out before it is compared is sought in no index."""
    return list(connection.execute(
        select(journal.c.payload, journal.c.signature)
        .where(journal.c.device.concat("") == device, journal.c.epoch + 0 == epoch, journal.c.seq + 0 > seq)
        .order_by(journal.c.position).limit(limit)))


@contextmanager
def lying_open(aside: Path, key: bytes, root: Path) -> Iterator[Database | None]:
    """A copy of it, open; None for one that does not open at all."""
    sweep_mending(root)
    place = root / f"{PREFIX}{secrets.token_hex(8)}"
    place.mkdir(mode=0o700)
    try:
        for name in (aside.name, f"{aside.name}-wal"):
            if aside.with_name(name).exists():
                shutil.copyfile(aside.with_name(name), place / name)
        try:
            torn = open_database(place / aside.name, key)
        except EnvironmentFault:
            yield None
            return
        try:
            yield torn
        finally:
            torn.close()
    finally:
        shutil.rmtree(place, ignore_errors=True)


def sweep_mending(root: Path) -> None:
    """What one that was killed has left."""
    for each in root.glob(f"{PREFIX}*"):
        shutil.rmtree(each, ignore_errors=True)
