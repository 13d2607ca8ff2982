"""At every start: is this book the newest of its counter, as the small witness beside the keys knows it?

The book remembers which witness watches it. A witness that knows more, or one that should be there and is not (the
folder stands on another machine, or was put back without it), stops the numbers before the first is given out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from app.domain.identifiers import Randomness
from app.services.counter import Counter
from app.services.epochs import own_hash
from app.services.standing import Reason, stop_numbers
from app.store import journal as book
from app.store.database import Database, log_size
from app.store.migrate import copy_book
from app.store.settings import read_sync, write_sync
from app.store.witness import LocalWitness, Witnessed

WATCHED_BY = "witness"


def watch(
    database: Database, counter: Counter, witness: LocalWitness, backups: Path, *, now: datetime,
    randomness: Randomness,
) -> None:
    """Compare, stop the numbers if need be, and from now on tell the witness of every commit.

    A book that lacks what it once had may have it in a log that is damaged in the middle: SQLite reads such a log
    up to there and writes over the rest. So book and log are copied to `backups` before anything is written.
    Nothing is raised when no witness can be kept (a folder that cannot be written): the book then has none.
    Raises `disk_full` and `backup_failed` when that copy cannot be made; book and log are as they were.
    """
    with database.reading() as connection:
        found = findings(connection, counter, witness)
        is_new = read_sync(connection, WATCHED_BY) is None
    if found is not None or is_new:
        with database.writing() as connection:
            _keep_log(database, connection, counter, witness, backups)
            _set_right(connection, counter, witness, now, randomness)
    else:
        _catch_up(database, counter, witness)
    database.on_written = lambda device, epoch, seq, own: witness.note(Witnessed(epoch, seq, own))


def _catch_up(database: Database, counter: Counter, witness: LocalWitness) -> None:
    """A witness that a kill or a power cut left behind knows from now on what the book knows."""
    with database.reading() as connection:
        head = book.head(connection, counter.device, counter.epoch)
    known = witness.read()
    now = Witnessed(counter.epoch, head.seq, head.hash)
    if known is not None and head.seq and known[1] < now:
        witness.note(now)


def findings(connection: Connection, counter: Counter, witness: LocalWitness) -> Mapping[str, Any] | None:
    """Why this book may not be the newest: values for `stop_numbers`; None when nothing speaks against it."""
    expected = read_sync(connection, WATCHED_BY)
    known = witness.read()
    if known is None:
        return None if expected is None else {"why": "witness_missing"}
    name, newest = known
    head = book.head(connection, counter.device, counter.epoch)
    if newest.epoch > counter.epoch or (newest.epoch == counter.epoch and newest.seq > head.seq):
        return {"why": "behind", "ours": head.seq, "theirs": newest.seq, "epoch": newest.epoch}
    ours = own_hash(connection, counter, newest.epoch, newest.seq)
    if newest.epoch == counter.epoch and newest.seq and ours != newest.hash:
        return {"why": "other_bytes", "seq": newest.seq}
    is_same_place = (newest.epoch, newest.seq) == (counter.epoch, head.seq)
    if expected is not None and expected != name and not is_same_place:
        return {"why": "witness_missing"}
    return None


def _keep_log(
    database: Database, connection: Connection, counter: Counter, witness: LocalWitness, backups: Path
) -> None:
    """Once for each state of a book that is behind; a log that is empty has nothing to give back."""
    found = findings(connection, counter, witness)
    if found is None or found["why"] != "behind" or not log_size(database.path):
        return
    copy = backups / f"behind-{found['epoch']}-{found['ours']}-{found['theirs']}.db"
    if not copy.exists():
        copy_book(database.path, copy)


def _set_right(
    connection: Connection, counter: Counter, witness: LocalWitness, now: datetime, randomness: Randomness
) -> None:
    """In the write lock, so that of two programs that start at once one finds it done."""
    found = findings(connection, counter, witness)
    if found is not None:
        reason = Reason.FORK if found["why"] == "other_bytes" else Reason.OLDER_THAN_WITNESS
        stop_numbers(connection, reason, found, now)
    known = witness.read()
    if known is None:
        head = book.head(connection, counter.device, counter.epoch)
        try:
            name = witness.begin(randomness(8), Witnessed(counter.epoch, head.seq, head.hash))
        except OSError:
            write_sync(connection, WATCHED_BY, None)
            return
    else:
        name = known[0]
    if read_sync(connection, WATCHED_BY) != name:
        write_sync(connection, WATCHED_BY, name)
