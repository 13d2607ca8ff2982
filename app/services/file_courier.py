"""What the courier may ask of the book about documents: which wait, which are set aside, which the province has.

A document leaves the count by the province's word for the whole of it, and by nothing else. What cannot be sent
now is set aside with its reason: it stays in the count, is shown, and is tried again, ever less often.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select, update

from app.services.courier import files_aside, write_files_aside
from app.store.queries import papers
from app.store.queries.papers import WaitingFile
from app.store.settings import read_sync, write_sync
from app.store.tables import files

FIRST_WAIT = timedelta(minutes=10)
LONGEST_WAIT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class FileAside:
    """Why a document does not go out. Codes: of the gateway (file_unnamed, file_hash_differs, too_large …) or of
    this counter's disk (blob_missing, blob_damaged …)."""

    code: str
    since: datetime
    last_try: datetime
    tries: int

    def is_due(self, now: datetime) -> bool:
        """Whether to try again; also when the clock went back behind the last try."""
        return not self.last_try <= now < self.next_try

    @property
    def next_try(self) -> datetime:
        """The first contact after this moment tries again by itself."""
        doubled: int = 2 ** min(self.tries - 1, 10)
        return self.last_try + min(LONGEST_WAIT, FIRST_WAIT * doubled)


def asides(connection: Connection) -> Mapping[str, FileAside]:
    """Documents that are set aside, by SHA-256."""
    return {
        sha256: FileAside(
            each["code"], datetime.fromisoformat(each["since"]), datetime.fromisoformat(each["at"]), each["tries"]
        )
        for sha256, each in files_aside(connection).items()
    }


def due_files(
    connection: Connection, limit: int, now: datetime, tried: frozenset[str] = frozenset()
) -> tuple[WaitingFile, ...]:
    """Up to `limit` waiting documents to send now, oldest first; not those `tried` or set aside for longer."""
    held = {sha256 for sha256, aside in asides(connection).items() if not aside.is_due(now)} | tried
    found = papers.files_waiting(connection, limit + len(held))
    return tuple(each for each in found if each.sha256 not in held)[:limit]


def set_aside(connection: Connection, sha256: str, code: str, now: datetime) -> None:
    """Remember why a document did not go out: one that was let go of when the province held it is no lost file."""
    gone = select(files.c.sha256).where(files.c.sha256 == sha256, files.c.purged_at.is_not(None))
    if code == "blob_missing" and connection.execute(gone).first() is not None:
        code = "file_purged"
    held = dict(files_aside(connection))
    before = held.get(sha256)
    is_same = before is not None and before["code"] == code
    held[sha256] = {
        "code": code,
        "since": before["since"] if before and is_same else now.isoformat(),
        "at": now.isoformat(),
        "tries": before["tries"] + 1 if before and is_same else 1,
    }
    write_files_aside(connection, held)


def try_now(connection: Connection, now: datetime) -> int:
    """Let the next contact try all that are set aside, however lately they were tried; how many there are."""
    due = (now - LONGEST_WAIT).isoformat()
    held = {sha256: {**each, "at": due} for sha256, each in files_aside(connection).items()}
    if held:
        write_files_aside(connection, held)
    return len(held)


def confirm(connection: Connection, sha256s: Sequence[str], now: datetime) -> None:
    """The province holds the whole of these."""
    for sha256 in sha256s:
        papers.confirm_file(connection, sha256, now)
    held = files_aside(connection)
    if not held.keys().isdisjoint(sha256s):
        write_files_aside(connection, {name: each for name, each in held.items() if name not in sha256s})


def note_progress(connection: Connection, offsets: Mapping[str, int]) -> None:
    """How far each upload is, for the screens."""
    for sha256, offset in offsets.items():
        papers.note_sent(connection, sha256, offset)


def confirmed_files(connection: Connection, *, after: str | None, limit: int) -> tuple[str, ...]:
    """SHA-256 of documents that the province once confirmed, in their order, behind `after`."""
    query = select(files.c.sha256).where(files.c.confirmed_at.is_not(None), files.c.send_since.is_not(None))
    if after is not None:
        query = query.where(files.c.sha256 > after)
    return tuple(connection.execute(query.order_by(files.c.sha256).limit(limit)).scalars())


def send_again(connection: Connection, sha256s: Sequence[str]) -> None:
    """The province no longer has these (restored from a backup): they wait again."""
    if sha256s:
        connection.execute(
            update(files).where(files.c.sha256 == bindparam("lost")).values(confirmed_at=None, sent_bytes=0),
            [{"lost": sha256} for sha256 in sha256s],
        )


def checked_incarnation(connection: Connection) -> str | None:
    """The province in whose time every confirmed document was last asked for."""
    held = read_sync(connection, "files_incarnation")
    return None if held is None else str(held)


def note_checked(connection: Connection, incarnation: str) -> None:
    write_sync(connection, "files_incarnation", incarnation)
