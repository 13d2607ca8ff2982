"""The acknowledgement of a bundle: what is held now, the feed, and whatever the counter's disk lacks."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, select

from sync.contract.bundle import SUFFIX, BundleHead, BundleKind, BundleReader, BundleWriter
from sync.contract.bundle_content import FEED_PAGES, Acknowledged, PartKind
from sync.contract.codec import dumps
from sync.contract.feed import FeedPage
from sync.contract.limits import MAX_FEED_ENTRIES
from sync.contract.messages import Head, HelloAnswer, PackageNote, unb64
from sync.gateway.bundles import Desk, TakenBundle
from sync.gateway.durable import sync_folder
from sync.gateway.feed import feed_page, own_operations
from sync.gateway.greeting import heads_of, office_heads
from sync.gateway.packages import zipped_package
from sync.gateway.reading import unzip
from sync.gateway.tables import offices, operations
from sync.gateway.times import business_day, stamp


def write_answer(desk: Desk, found: TakenBundle, folder: Path) -> Path:
    """Write the acknowledgement into `folder`, synced and read back. Raises OSError, ProblemRaised."""
    head = BundleHead(
        BundleKind.ACKNOWLEDGEMENT, found.head.device, found.head.epoch, found.head.number, stamp(desk.now),
        answers=found.head.sha256,
    )
    file = folder / f"tra-loi-{head.device}-{head.number:04}-{head.answers[:8]}{SUFFIX}"
    passing = file.with_name(f"{file.name}.part")
    try:
        with passing.open("wb") as handle:
            writer = BundleWriter(handle, head, unb64(found.head.answer_key))
            with desk.database.reading() as connection:
                _fill(writer, connection, desk, found)
            writer.finish(desk.seal.key.sign)
            handle.flush()
            os.fsync(handle.fileno())
        with passing.open("rb") as handle:
            if hasattr(os, "posix_fadvise"):       # from the stick, not from memory
                os.posix_fadvise(handle.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            BundleReader(handle).check(desk.seal.public)
        passing.replace(file)
        sync_folder(folder)
    except BaseException:
        with suppress(OSError):
            passing.unlink(missing_ok=True)
        raise
    return file


def _fill(writer: BundleWriter, connection: Connection, desk: Desk, found: TakenBundle) -> None:
    session, out = found.session, found.out
    have = heads_of(connection, session.device)
    if found.hello is None:
        writer.add(PartKind.ANSWER, {}, dumps(_answer(desk, found, None, more=False)))
        return
    feed_head = connection.execute(select(offices.c.feed_head).where(offices.c.id == session.office)).scalar_one()
    hello = replace(
        found.hello, server_time=stamp(desk.now), have=have, feed_head=feed_head,
        office_heads=office_heads(connection, session.office, but=session.device),
    )
    cursor = out.hello.cursor
    first = cursor.position if cursor is not None and cursor.incarnation == hello.incarnation else 0
    pages: list[FeedPage] = []
    position = first
    while len(pages) < FEED_PAGES and position < feed_head:
        page = feed_page(connection, desk.seal, session, hello.incarnation, position, MAX_FEED_ENTRIES)
        pages.append(page)
        position = page.position
    writer.add(PartKind.ANSWER, {}, dumps(_answer(desk, found, hello, more=position < feed_head)))
    for page in pages:
        about = {"from": page.position - len(page.entries), "to": page.position}
        writer.add(PartKind.FEED, about, dumps(page))
    _own(writer, connection, found, have)
    _packages(writer, connection, desk, found, hello)


def _answer(desk: Desk, found: TakenBundle, hello: HelloAnswer | None, *, more: bool) -> Acknowledged:
    return Acknowledged(
        stamp(desk.now), found.session.current_epoch, hello, found.epoch, found.kept, tuple(found.left),
        tuple(found.files), found.files_left_out, more,
    )


def _own(writer: BundleWriter, connection: Connection, found: TakenBundle, have: dict[int, Head]) -> None:
    """What the counter's disk has lost, and where its chain parts from ours."""
    session = found.session
    for epoch, theirs in sorted(found.out.heads.items()):
        here = have.get(epoch)
        if here is None:
            continue
        after = theirs.seq
        while after < here.seq:
            page = own_operations(connection, session, epoch, after, MAX_FEED_ENTRIES)
            upto = int(page.items[-1]["seq"])
            writer.add(PartKind.OWN, {"epoch": epoch, "from": after, "to": upto}, dumps(page))
            after = upto
        if epoch in found.kept or _has_parted(connection, session.device, epoch, theirs, here):
            writer.add(PartKind.HASHES, {"epoch": epoch}, _hashes(connection, session.device, epoch),
                       is_packed=True)


def _has_parted(connection: Connection, device: str, epoch: int, theirs: Head, here: Head) -> bool:
    if not 0 < theirs.seq <= here.seq:
        return False
    return bool(_chain(connection, device, epoch, theirs.seq) != [theirs.hash])


def _hashes(connection: Connection, device: str, epoch: int) -> bytes:
    return b"".join(map(bytes.fromhex, _chain(connection, device, epoch)))


def _chain(connection: Connection, device: str, epoch: int, seq: int | None = None) -> list[str]:
    """Hashes of the chain in order, or of one place in it."""
    query = select(operations.c.hash).where(
        operations.c.device == device, operations.c.epoch == epoch, operations.c.branch == 0)
    if seq is not None:
        query = query.where(operations.c.seq == seq)
    return list(connection.execute(query.order_by(operations.c.seq)).scalars())


def _packages(
    writer: BundleWriter, connection: Connection, desk: Desk, found: TakenBundle, hello: HelloAnswer
) -> None:
    """Of each kind the newest in force and whatever comes into force later, unless the counter has it."""
    today = business_day(desk.now).isoformat()
    in_force: set[str] = set()
    wanted: list[PackageNote] = []
    for note in hello.packages:                    # newest first
        if note.valid_from <= today and note.kind in in_force:
            continue
        if note.valid_from <= today:
            in_force.add(note.kind)
        if note.sha256 not in found.out.packages:
            wanted.append(note)
    for note in wanted:
        content = unzip(zipped_package(connection, note.kind, note.version), "gzip")
        writer.add(PartKind.PACKAGE, {"of": note.kind, "version": note.version}, content)
