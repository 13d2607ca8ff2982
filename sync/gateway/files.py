"""Files in custody: begun, grown chunk by chunk, whole only when the whole has the SHA-256 that names it.

One transaction a request; the upload's own row is the lock, so that two counters with the same scan never write
over each other: one is told where the other stands and goes on from there. The disk is synced before the row says
so, and the row is committed before the counter hears of it. Whatever is killed in between, the row is behind the
disk and never before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, select, update

from sync.contract.files import MAX_FILE, MAX_HAVE, FileState, Have, HaveAnswer, State, is_sha256
from sync.contract.problems import Code
from sync.gateway.database import insert_new, is_one_of
from sync.gateway.file_store import FileStore, StoreFull
from sync.gateway.file_tables import attachments, stored_files, uploads
from sync.gateway.problem import ProblemRaised
from sync.gateway.province import incarnation_of
from sync.gateway.sessions import Session

FULL_SECONDS = 120
"""A disk is not made larger in seconds."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How much of a file is on the disk; `is_complete`: all of it, checked."""

    offset: int
    size: int
    is_complete: bool = False


@dataclass(frozen=True, slots=True)
class Chunk:
    """Bytes that arrived undamaged, and where they belong."""

    offset: int
    content: bytes


def what_we_have(connection: Connection, store: FileStore, session: Session, asked: Have) -> HaveAnswer:
    """A state for each file asked for. Raises ProblemRaised `stale_epoch`, `too_large`."""
    session.refuse_stale()
    if len(asked.files) > MAX_HAVE:
        raise ProblemRaised(Code.TOO_LARGE, 413, limit=MAX_HAVE)
    wanted = sorted({each for each in asked.files if is_sha256(each)})
    named = set(connection.execute(
        select(attachments.c.sha256).where(
            attachments.c.office == session.office, is_one_of(connection, attachments.c.sha256, wanted))
    ).scalars())
    whole = store.has_each({
        row.sha256: row.size for row in connection.execute(
            select(stored_files).where(is_one_of(connection, stored_files.c.sha256, sorted(named))))
    })
    begun = {
        row.sha256: max(0, min(row.offset, store.kept(row.draft))) for row in connection.execute(
            select(uploads).where(uploads.c.office == session.office,
                                  is_one_of(connection, uploads.c.sha256, sorted(named - whole))))
    }

    def state(sha256: str) -> FileState:
        if sha256 not in named:
            return FileState(sha256, State.UNNAMED)
        if sha256 in whole:
            return FileState(sha256, State.COMPLETE)
        return FileState(sha256, State.PARTIAL, begun[sha256]) if sha256 in begun else FileState(
            sha256, State.ABSENT)

    return HaveAnswer(incarnation_of(connection), tuple(map(state, asked.files)))


def standing_of(connection: Connection, store: FileStore, session: Session, sha256: str) -> Standing:
    """Where the next chunk belongs. Raises ProblemRaised `stale_epoch`, `file_unnamed`, `file_not_begun`."""
    _named_sizes(connection, session, sha256)
    whole = _stored_size(connection, store, sha256)
    if whole is not None:
        return Standing(whole, whole, True)
    row = connection.execute(select(uploads).where(*_key(session, sha256))).one_or_none()
    if row is None:
        raise ProblemRaised(Code.FILE_NOT_BEGUN, 404)
    return Standing(max(0, min(row.offset, store.kept(row.draft))), row.size)


def begin_file(
    connection: Connection, store: FileStore, session: Session, sha256: str, size: int, at: str
) -> Standing:
    """Make room for a file, or say where it stands if it was begun before.

    Raises ProblemRaised `stale_epoch`, `file_unnamed`, `file_size_differs`, `too_large`, `store_full`.
    """
    sizes = _named_sizes(connection, session, sha256)
    if size > MAX_FILE:
        raise ProblemRaised(Code.TOO_LARGE, 413, limit=MAX_FILE)
    if size not in sizes:
        raise ProblemRaised(Code.FILE_SIZE_DIFFERS, 400, named=sizes[0])
    whole = _stored_size(connection, store, sha256)
    if whole is not None:
        return Standing(whole, whole, True)
    row = _locked(connection, session, sha256)
    if row is None:
        draft = _new_draft(store, size)
        is_new = insert_new(
            connection, uploads, office=session.office, sha256=sha256, size=size, offset=0, draft=draft,
            device=session.device, began_at=at, touched_at=at, failures=0,
        )
        if not is_new:                             # another counter of the office began it at this moment
            store.drop(draft)
        row = _locked(connection, session, sha256)
    elif row.size != size:                         # two operations name it in two sizes; this one is tried now
        _begin_anew(connection, store, session, row, at, size=size)
        row = _locked(connection, session, sha256)
    if row is None:                                # begun and made whole by the other meanwhile
        return Standing(size, size, True)
    if row.size == 0:
        finished = _finish(connection, store, session, row, at)
        if isinstance(finished, ProblemRaised):
            raise finished
        return finished
    return Standing(max(0, min(row.offset, store.kept(row.draft))), row.size)


def take_chunk(
    connection: Connection, store: FileStore, session: Session, sha256: str, chunk: Chunk, at: str
) -> Standing | ProblemRaised:
    """Keep a chunk; with the last one, check the whole and keep it for ever.

    A ProblemRaised that is returned (`offset_differs`, `file_hash_differs`) stands for a change that must be
    committed before it is told. Raises ProblemRaised `stale_epoch`, `file_unnamed`, `file_not_begun`,
    `offset_differs`, `too_large`, `store_full`.
    """
    _named_sizes(connection, session, sha256)
    row = _locked(connection, session, sha256)
    whole = _stored_size(connection, store, sha256)
    if whole is not None:                          # another office or counter was quicker; ours is not needed
        if row is not None:
            _forget(connection, store, session, row)
        return Standing(whole, whole, True)
    if row is None:
        raise ProblemRaised(Code.FILE_NOT_BEGUN, 404)
    kept = store.kept(row.draft)
    if kept < row.offset:
        return _recover(connection, store, session, row, kept, at)
    if chunk.offset != row.offset:
        raise ProblemRaised(Code.OFFSET_DIFFERS, 409, offset=row.offset)
    reached = chunk.offset + len(chunk.content)
    if reached > row.size:
        raise ProblemRaised(Code.TOO_LARGE, 413, limit=row.size)
    try:
        store.write(row.draft, chunk.offset, chunk.content)
    except StoreFull as error:
        raise _full() from error
    if reached == row.size:
        return _finish(connection, store, session, row, at)
    _move(connection, session, row, at, offset=reached, device=session.device)
    return Standing(reached, row.size)


def _named_sizes(connection: Connection, session: Session, sha256: str) -> list[int]:
    session.refuse_stale()
    sizes = connection.execute(
        select(attachments.c.size).where(attachments.c.office == session.office, attachments.c.sha256 == sha256)
        .distinct().order_by(attachments.c.size)
    ).scalars().all() if is_sha256(sha256) else ()
    if not sizes:
        raise ProblemRaised(Code.FILE_UNNAMED, 404)
    return list(sizes)


def _stored_size(connection: Connection, store: FileStore, sha256: str) -> int | None:
    size = connection.execute(select(stored_files.c.size).where(stored_files.c.sha256 == sha256)).scalar()
    return size if size is not None and store.has(sha256, size) else None


def _locked(connection: Connection, session: Session, sha256: str) -> Any:
    return connection.execute(select(uploads).where(*_key(session, sha256)).with_for_update()).one_or_none()


def _key(session: Session, sha256: str) -> tuple[Any, Any]:
    return uploads.c.office == session.office, uploads.c.sha256 == sha256


def _move(connection: Connection, session: Session, row: Any, at: str, **values: Any) -> None:
    connection.execute(update(uploads).where(*_key(session, row.sha256)).values(touched_at=at, **values))


def _forget(connection: Connection, store: FileStore, session: Session, row: Any) -> None:
    connection.execute(delete(uploads).where(*_key(session, row.sha256)))
    store.drop(row.draft)


def _finish(
    connection: Connection, store: FileStore, session: Session, row: Any, at: str
) -> Standing | ProblemRaised:
    if store.hash_of(row.draft) != row.sha256:
        _begin_anew(connection, store, session, row, at, failures=row.failures + 1)
        return ProblemRaised(Code.FILE_HASH_DIFFERS, 422, offset=0)
    try:
        store.complete(row.draft, row.sha256)
    except StoreFull as error:
        raise _full() from error
    return _note_stored(connection, session, row, at)


def _note_stored(connection: Connection, session: Session, row: Any, at: str) -> Standing:
    connection.execute(delete(uploads).where(*_key(session, row.sha256)))
    insert_new(connection, stored_files, sha256=row.sha256, size=row.size, device=session.device, stored_at=at)
    return Standing(row.size, row.size, True)


def _recover(
    connection: Connection, store: FileStore, session: Session, row: Any, kept: int, at: str
) -> Standing | ProblemRaised:
    """The disk has less than the row says: killed between the file's name and the row, or an older disk."""
    if kept < 0 and store.has(row.sha256, row.size):
        return _note_stored(connection, session, row, at)        # it was checked before it got its name
    if kept < 0:
        _begin_anew(connection, store, session, row, at)
    else:
        _move(connection, session, row, at, offset=kept)
    return ProblemRaised(Code.OFFSET_DIFFERS, 409, offset=max(0, kept))


def _begin_anew(
    connection: Connection, store: FileStore, session: Session, row: Any, at: str, **values: Any
) -> None:
    store.drop(row.draft)
    draft = _new_draft(store, values.get("size", row.size))
    _move(connection, session, row, at, offset=0, draft=draft, **values)


def _new_draft(store: FileStore, size: int) -> str:
    try:
        return store.begin(size)
    except StoreFull as error:
        raise _full() from error


def _full() -> ProblemRaised:
    return ProblemRaised(Code.STORE_FULL, 507, retry_after=FULL_SECONDS)
