"""Bring own operations back from the medium into a book that was put back from an older copy.

The book opens its own records (its key outlived the data folder), checks every signature and the chain, and takes
what it lacks into the journal and the tables. Numbers stay stopped: they go on under a new epoch, which the next
contact asks for. Receptions may not wait for that contact on a line that is down, so the clerk is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.errors import Refusal
from app.services.counter import Counter, load_counter
from app.services.epochs import OwnOperation, import_own
from app.services.standing import MAY_BEGIN_ANEW, ask_new_epoch, numbers_stopped
from app.store import journal as book
from app.store.database import Database
from app.store.epochs import note_past, past_epochs
from sync.contract.sealed import SealedRecord
from sync.contract.sealing import BrokenSeal, NotForUs
from sync.second_copy.disk import MediumDisk, medium_fault
from sync.second_copy.keeper import own_seal_key
from sync.second_copy.medium import Medium, find_medium, segments_of
from sync.second_copy.public_keys import key_file, read_key
from sync.second_copy.survey import records_of

PAGE = 500


@dataclass(frozen=True, slots=True)
class Restored:
    """`brought`: operations that are in the book again. `unopened`: records that no key of this machine opens, or
    that are damaged, or that stand behind a gap; they stay on the medium."""

    brought: int
    unopened: int


def restore_from_medium(
    database: Database, book_key: bytes, place: Path, *, disk: MediumDisk | None = None
) -> Restored:
    """Everything of this counter that lies at `place` and is not in the book. May be called again at any time.

    Raises EnvironmentFault second_copy_… for a medium that cannot be read, `own_does_not_follow` or
    `own_not_signed` for one that parts from the book; nothing of that epoch is kept then.
    """
    disk = disk or MediumDisk()
    with database.reading() as connection:
        counter = load_counter(connection)
    if counter is None:
        raise Refusal("not_enrolled")
    try:
        medium = find_medium(place, counter.device, "", disk)
        brought = unopened = 0
        own = own_seal_key(book_key)
        for epoch in sorted({segment.epoch for segment in segments_of(medium, disk)}):
            if not _knows_key(database, counter, medium, epoch, book_key, disk):
                unopened += len({record.seq for _, record in _own_records(medium, disk, epoch)})
                continue
            new, left = _bring(database, counter, own, medium, epoch, disk)
            brought += new
            unopened += left
    except OSError as error:
        raise medium_fault(error) from error
    with database.writing() as connection:
        stopped = numbers_stopped(connection)
        if stopped is not None and stopped.reason in MAY_BEGIN_ANEW:
            ask_new_epoch(connection)
    return Restored(brought, unopened)


def _bring(
    database: Database, counter: Counter, own: X25519PrivateKey, medium: Medium, epoch: int, disk: MediumDisk
) -> tuple[int, int]:
    with database.reading() as connection:
        head = book.head(connection, counter.device, epoch).seq
    found: dict[int, OwnOperation] = {}
    left = set[int]()
    for _, record in _own_records(medium, disk, epoch):
        if record.seq <= head or record.seq in found:
            continue
        try:
            opened = record.open(own)
            found[record.seq] = OwnOperation(opened.payload.decode(), opened.signature)
            left.discard(record.seq)
        except (NotForUs, BrokenSeal, UnicodeDecodeError):
            left.add(record.seq)
    last = head
    while last + 1 in found:
        last += 1
    brought = 0
    for first in range(head + 1, last + 1, PAGE):
        with database.writing() as connection:
            brought += import_own(
                connection, counter, epoch, [found[seq] for seq in range(first, min(first + PAGE, last + 1))]
            )
    return brought, len(left) + sum(seq > last for seq in found)


def _own_records(medium: Medium, disk: MediumDisk, epoch: int | None = None) -> Iterator[tuple[int, SealedRecord]]:
    """(epoch, record) of every whole record, in the order of writing."""
    for segment in segments_of(medium, disk):
        if epoch is None or segment.epoch == epoch:
            for _, each in records_of(medium, segment, disk):
                if isinstance(each, SealedRecord):
                    yield segment.epoch, each


def _knows_key(
    database: Database, counter: Counter, medium: Medium, epoch: int, book_key: bytes, disk: MediumDisk
) -> bool:
    """Whether it is known under which key that epoch was signed; of one that this book has not lived through, as
    we said ourselves on the medium. What another machine says there is not believed: the province reads it."""
    name = key_file(epoch)
    with database.reading() as connection:
        is_known = epoch == counter.epoch or epoch in dict(past_epochs(connection))
    if is_known or name not in disk.names(medium.folder):
        return is_known
    public = read_key(disk.read(medium.folder / name), epoch, book_key)
    if public is None:
        return False
    with database.writing() as connection:
        note_past(connection, epoch, public)
    return True
