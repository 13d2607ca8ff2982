"""Make a bundle: everything that the province has not confirmed, and what a hello would say.

Told as made only when it was read back whole from the stick. Nothing counts as sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from app.clock import Clock
from app.domain.identifiers import Randomness
from app.errors import EnvironmentFault, Refusal
from app.practice import refuse_outside
from app.services import bundles
from app.services.counter import Counter
from app.services.packages import packages
from app.services.second_copy import province_seal_key
from app.store.blobs import BlobStore
from app.store.database import Database
from app.store.queries.papers import WaitingFile, files_to_send, files_waiting
from sync.book import Book
from sync.bundle.place import bundle_name, forget_part, give_name, new_part, read_back, saying_faults
from sync.contract.bundle import BundleFault, BundleHead, BundleKind, BundleReader, BundleWriter
from sync.contract.bundle_content import FILE_BYTES, FILE_CHUNK, Outgoing, PartKind
from sync.contract.codec import dumps
from sync.contract.limits import MB
from sync.contract.messages import b64
from sync.contract.push import PushHead, pack
from sync.contract.sealing import derived_key
from sync.core.asks import EpochStanding, PrepareEpoch, ReadStanding, ReadWaiting, Standing, Waiting
from sync.core.sending import fit
from sync.line import hello_of, item_of, wall_text
from sync.report import Done

ANSWER = b"bundle answer"
"""For what the key is derived from the device's own by which acknowledgements are opened."""
BATCH, BATCH_BYTES = 1_000, 4 * MB


@dataclass(frozen=True, slots=True)
class Made:
    """A bundle that lies whole at `file`; `files_left`: documents that did not fit or cannot be read here."""

    file: Path
    number: int
    operations: int
    files: int
    files_left: int
    size: int


@dataclass(slots=True)
class _Carried:
    operations: int
    reached: dict[int, int]
    files: list[str]


def make_bundle(
    database: Database, blobs: BlobStore, clock: Clock, randomness: Randomness, place: Path, *,
    file_bytes: int = FILE_BYTES,
) -> Made:
    """Write the next bundle into the folder `place`, with at most `file_bytes` of documents, oldest first.

    Raises Refusal `not_enrolled`, `bundle_no_province_key` (no contact has brought it yet), `practice_stays_here`;
    EnvironmentFault bundle_place_missing, _read_only, _full, _broken: nothing there is then taken for a bundle.
    """
    refuse_outside()
    book = Book(database, clock, randomness, Done())
    counter = book.counter
    now = clock.now()
    with database.writing() as connection:
        key = province_seal_key(connection)
        if key is None:
            raise Refusal("bundle_no_province_key")
        number = bundles.begin_bundle(connection, now)
    name = bundle_name(counter.device, number, randomness(4))
    answer_key = derived_key(counter.key.private_bytes_raw(), ANSWER).public_key().public_bytes_raw()
    head = BundleHead(
        BundleKind.OUTGOING, counter.device, counter.epoch, number, wall_text(now), answer_key=b64(answer_key),
    )
    try:
        with saying_faults():
            with new_part(place, name) as file:
                writer = BundleWriter(file, head, key)
                carried = _fill(writer, book, blobs, now, file_bytes)
                head = writer.finish(counter.key.sign)
            with read_back(place, name) as file:
                _check(file, head)
            made = give_name(place, name)
    except BaseException:
        forget_part(place, name)
        raise
    with database.writing() as connection:
        bundles.note_made(
            connection, number, head.sha256, operations=carried.operations, reached=carried.reached,
            carried=tuple(carried.files), size=head.size, place=str(place),
        )
        waiting = files_to_send(connection)
    return Made(
        made, number, carried.operations, len(carried.files), max(0, waiting.count - len(carried.files)),
        head.size,
    )


def _check(file: BinaryIO, head: BundleHead) -> None:
    """What lies there now is what was written: the SHA-256 in `head` was taken on the way."""
    try:
        written = BundleReader(file)
        written.check_whole()
    except BundleFault as fault:
        raise EnvironmentFault("bundle_place_broken") from fault
    if written.head != head:
        raise EnvironmentFault("bundle_place_broken")


def _fill(writer: BundleWriter, book: Book, blobs: BlobStore, now: datetime, file_bytes: int) -> _Carried:
    standing: Standing = book.answer(ReadStanding())
    counter, database = book.counter, book.database
    with database.reading() as connection:
        known = tuple(line.sha256 for line in packages(connection) if line.is_active)
        unreadable = bundles.unreadable_operations(connection)
    reason = standing.requested_epoch or standing.asked_epoch
    out = Outgoing(
        hello_of(database, counter, now, with_leases=True),
        {each.epoch: each.head for each in standing.epochs}, known,
        book.answer(PrepareEpoch(reason)) if reason else None,
    )
    writer.add(PartKind.OUT, {}, dumps(out))
    carried = _Carried(0, {}, [])
    for ours in standing.epochs:
        for head, batch in _batches(book, standing, ours):
            items = [item_of(each, is_sealed=each.op_id in unreadable) for each in batch]
            writer.add(PartKind.PUSH, {}, pack(head, items), is_packed=True)
            carried.operations += len(batch)
            carried.reached[ours.epoch] = batch[-1].seq
    for each in _scans(database, counter, file_bytes):
        if _add_file(writer, blobs, each):
            carried.files.append(each.sha256)
    return carried


def _batches(
    book: Book, standing: Standing, ours: EpochStanding
) -> Iterator[tuple[PushHead, tuple[Waiting, ...]]]:
    """What the province lacks of an epoch, up to the head that the hello names; a forked branch as a branch."""
    ways = [(ours.confirmed, ours.head.seq, False)]
    if ours.fork:
        ways = [(ours.confirmed, ours.fork - 1, False), (max(ours.kept, ours.fork - 1), ours.head.seq, True)]
    for after, upto, is_branch in ways:
        reached = after
        while reached < upto:
            waiting = book.answer(ReadWaiting(ours.epoch, reached, min(BATCH, upto - reached)))
            batch = tuple(fit(waiting, BATCH_BYTES))
            yield PushHead(standing.device, standing.epoch, len(batch), "", branch=is_branch), batch
            reached = batch[-1].seq


def _scans(database: Database, counter: Counter, most: int) -> list[WaitingFile]:
    """Oldest first, those first that lie in no bundle on its way; as many as fit."""
    with database.reading() as connection:
        on_the_way = bundles.carried_files(connection, counter)
        waiting = files_waiting(connection, files_to_send(connection).count)
    found, size = [], 0
    for each in sorted(waiting, key=lambda one: one.sha256 in on_the_way):
        if size + each.size <= most:
            found.append(each)
            size += each.size
    return found


def _add_file(writer: BundleWriter, blobs: BlobStore, each: WaitingFile) -> bool:
    """False for a document that this disk does not give: it waits on, and the line's own try says why."""
    try:
        content = blobs.read(each.sha256)
    except EnvironmentFault:
        return False
    for offset in range(0, max(1, len(content)), FILE_CHUNK):
        about = {"sha256": each.sha256, "size": len(content), "offset": offset}
        writer.add(PartKind.FILE, about, content[offset : offset + FILE_CHUNK], is_packed=True)
    return True
