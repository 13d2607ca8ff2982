"""Bundles that come by hand into custody, and what is said back: as if the counter had called.

Everything counts as over the line: the hello is answered, operations are taken by signature and place in their
chain, documents chunk by chunk, and a bundle that comes twice or late changes nothing. Only the incarnation is not
asked for: a counter without a line cannot know that the province came from a backup, and hears it by the answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from sync.contract.bundle import BundleFault, BundleHead, BundleKind, BundleReader, Part
from sync.contract.bundle_content import FileLeft, Left, Outgoing, PartKind
from sync.contract.codec import loads
from sync.contract.files import is_sha256
from sync.contract.messages import EpochAnswer, HelloAnswer
from sync.contract.problems import Code
from sync.contract.push import Outcome
from sync.gateway.bundle_tables import taken_bundles
from sync.gateway.custody import take_push
from sync.gateway.database import Database
from sync.gateway.enrolment import take_new_epoch
from sync.gateway.file_store import FileStore
from sync.gateway.files import Chunk, begin_file, take_chunk
from sync.gateway.greeting import greet
from sync.gateway.problem import ProblemRaised
from sync.gateway.province import Seal, incarnation_of
from sync.gateway.reading import read_push, unzip
from sync.gateway.sessions import Session
from sync.gateway.tables import devices, epochs
from sync.gateway.times import stamp


@dataclass
class TakenBundle:
    """What became of a bundle; `answer` is made of it (`bundle_answer`)."""

    head: BundleHead
    session: Session                               # of the new epoch when one was asked for
    custody: Session                               # never stale: what was signed counts, whoever stands there now
    out: Outgoing
    hello: HelloAnswer | None = None               # None: another machine stands in this counter's place
    epoch: EpochAnswer | None = None
    taken: int = 0
    already: int = 0
    left: list[Left] = field(default_factory=list)
    kept: dict[int, int] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    files_left: dict[str, str] = field(default_factory=dict)
    file_bytes: int = 0

    @property
    def files_left_out(self) -> tuple[FileLeft, ...]:
        return tuple(FileLeft(sha256, code) for sha256, code in self.files_left.items())


@dataclass(frozen=True, slots=True)
class Desk:
    """What taking a bundle needs of the gateway."""

    database: Database
    seal: Seal
    files: FileStore
    now: datetime


def take_bundle(desk: Desk, path: Path) -> TakenBundle:
    """Take the bundle at `path`. Each step is a transaction of its own: broken off, the same file is taken again.

    Raises ProblemRaised `bundle_not_one`, `bundle_torn`, `bundle_damaged`, `bundle_of_other` (sealed for another
    province), `bundle_is_answer`, `unknown_device`, `unknown_epoch`, `device_revoked`, `malformed`; OSError.
    """
    with _saying_faults(), path.open("rb") as file, ThreadPoolExecutor(thread_name_prefix="verify") as workers:
        reader = BundleReader(file)
        head = reader.head
        if head.kind != BundleKind.OUTGOING:
            raise ProblemRaised("bundle_is_answer", 400)
        with desk.database.reading() as connection:
            session, key = _author(connection, head)
        reader.check(key)
        parts = reader.parts(desk.seal.opening_key)
        first = next(parts, None)
        if first is None or first.kind != PartKind.OUT:
            raise BundleFault(BundleFault.DAMAGED)
        # A stick may be all that is left of a machine that was replaced while it was on its way. Its numbers are
        # of its own leases, so they are chained, as they are from a second copy.
        custody = replace(session, epoch=session.current_epoch)
        found = TakenBundle(head, session, custody, loads(Outgoing, first.body))
        _greet(desk, found)
        for part in parts:
            if part.kind == PartKind.PUSH:
                _push(desk, found, part.body, workers)
            elif part.kind == PartKind.FILE:
                _file(desk, found, part)
        _begin_epoch(desk, found)
        _note(desk, found)
    return found


def _author(connection: Connection, head: BundleHead) -> tuple[Session, bytes]:
    """Whose it says to be, and the key by which that is proven."""
    row = connection.execute(
        select(devices.c.office, devices.c.counter, devices.c.current_epoch, devices.c.revoked_upto)
        .where(devices.c.id == head.device)
    ).one_or_none()
    if row is None:
        raise ProblemRaised(Code.UNKNOWN_DEVICE, 404, device=head.device)
    key = connection.execute(
        select(epochs.c.public_key).where(epochs.c.device == head.device, epochs.c.epoch == head.epoch)
    ).scalar()
    if key is None:
        raise ProblemRaised(Code.UNKNOWN_EPOCH, 404, device=head.device, epoch=head.epoch)
    if head.epoch <= row.revoked_upto:
        raise ProblemRaised(Code.DEVICE_REVOKED, 403, device=head.device)
    return Session(head.device, head.epoch, row.office, row.counter, row.current_epoch), bytes(key)


def _greet(desk: Desk, found: TakenBundle) -> None:
    """Leases first: what a number belongs to is known before the number comes."""
    session = found.session
    if session.is_stale:
        return
    # Its clock spoke days ago, so it says nothing of how wrong it is.
    hello = replace(found.out.hello, t_wall="", epoch=session.epoch)
    with desk.database.writing() as connection:
        found.hello, _ = greet(connection, desk.seal, session, hello, desk.now)


def _push(desk: Desk, found: TakenBundle, body: bytes, workers: Executor) -> None:
    head, items = read_push(unzip(body, "gzip"))
    with desk.database.reading() as connection:
        incarnation = incarnation_of(connection)
    if head.device != found.session.device:
        raise BundleFault(BundleFault.DAMAGED)
    head = replace(head, incarnation=incarnation)
    answer = take_push(desk.database, found.custody, head, items, desk.now, workers)
    for said in answer.items:
        epoch, seq = said.epoch or 0, said.seq or 0
        if said.outcome == Outcome.TAKEN:
            found.taken += 1
        elif said.outcome == Outcome.ALREADY:
            found.already += 1
        else:
            found.left.append(Left(epoch, seq, said.outcome, said.reason or ""))
        if said.outcome == Outcome.FORK:
            found.kept[epoch] = max(seq, found.kept.get(epoch, 0))


def _file(desk: Desk, found: TakenBundle, part: Part) -> None:
    """One chunk of a document; a document of which a chunk was refused is left for the next bundle or the line."""
    sha256, size, offset = (part.about.get(name) for name in ("sha256", "size", "offset"))
    if not (is_sha256(sha256) and isinstance(sha256, str) and isinstance(size, int) and isinstance(offset, int)):
        raise BundleFault(BundleFault.DAMAGED)
    if sha256 in found.files_left or sha256 in found.files:
        return
    try:
        is_whole = _chunk(desk, found, sha256, size, Chunk(offset, part.body))
    except ProblemRaised as problem:
        found.files_left[sha256] = problem.problem.code
        return
    if is_whole:
        found.files.append(sha256)


def _chunk(desk: Desk, found: TakenBundle, sha256: str, size: int, chunk: Chunk) -> bool:
    at = stamp(desk.now)
    with desk.database.writing() as connection:
        standing = begin_file(connection, desk.files, found.custody, sha256, size, at)
    fresh = chunk.content[max(0, standing.offset - chunk.offset):]
    if standing.is_complete or not fresh or standing.offset < chunk.offset:
        return standing.is_complete
    with desk.database.writing() as connection:
        taken = take_chunk(
            connection, desk.files, found.custody, sha256, Chunk(standing.offset, fresh), at)
    if isinstance(taken, ProblemRaised):
        raise taken
    found.file_bytes += len(fresh)
    return taken.is_complete


def _begin_epoch(desk: Desk, found: TakenBundle) -> None:
    """Last of all: what was written in the old epoch is in custody. Every answer to the request bears the same
    token, whichever of them reaches the counter."""
    asked = found.out.new_epoch
    if asked is None:
        return
    old = found.session
    try:
        with desk.database.writing() as connection:
            found.epoch = take_new_epoch(connection, desk.seal, old, asked, desk.now)
    except ProblemRaised as problem:
        if problem.problem.code != Code.STALE_EPOCH:
            raise
        return                                     # another machine stands here: a person gives a code
    epoch = found.epoch.epoch
    found.session = replace(old, epoch=epoch, current_epoch=epoch)
    found.out = replace(found.out, hello=replace(found.out.hello, head=None, lease_usage=(), held_leases=()))
    _greet(desk, found)


def _note(desk: Desk, found: TakenBundle) -> None:
    head = found.head
    with desk.database.writing() as connection:
        connection.execute(insert(taken_bundles).values(
            device=head.device, epoch=head.epoch, number=head.number, sha256=head.sha256, made_at=head.made_at,
            taken_at=stamp(desk.now), taken=found.taken, already=found.already, left_out=len(found.left),
            files=len(found.files), files_left=len(found.files_left), file_bytes=found.file_bytes,
        ))


def bundles_taken(connection: Connection, most: int = 100) -> list[Any]:
    """Rows of `taken_bundles`, newest first."""
    return list(connection.execute(
        select(taken_bundles, devices.c.counter, devices.c.office)
        .join(devices, devices.c.id == taken_bundles.c.device)
        .order_by(taken_bundles.c.taken_at.desc()).limit(most)))


@contextmanager
def _saying_faults() -> Iterator[None]:
    try:
        yield
    except BundleFault as fault:
        raise ProblemRaised(f"bundle_{'of_other' if fault.what == BundleFault.OTHER_READER else fault.what}",
                            400) from fault
