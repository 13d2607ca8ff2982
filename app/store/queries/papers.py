"""Documents that the province has not got yet, as frozen rows, by a partial index of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, literal_column, select, update

from app.store.tables import files

PAGE = 200

# As the partial index says it; SQLAlchemy's own spelling would not find it.
_TO_SEND: ColumnElement[bool] = literal_column("(files.send_since IS NOT NULL AND files.confirmed_at IS NULL)")


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A document that the province has not confirmed; `sent_bytes` of it went out already."""

    sha256: str
    size: int
    mime: str
    since: datetime
    sent_bytes: int


@dataclass(frozen=True, slots=True)
class FilesToSend:
    """How many documents wait, and their bytes."""

    count: int
    size: int


def files_waiting(connection: Connection, limit: int = PAGE) -> tuple[WaitingFile, ...]:
    """Up to `limit` documents of our operations that the province has not confirmed, oldest first."""
    rows = connection.execute(
        select(files.c.sha256, files.c.size, files.c.mime, files.c.send_since, files.c.sent_bytes)
        .where(_TO_SEND)
        .order_by(files.c.send_since, files.c.sha256)
        .limit(limit)
    )
    return tuple(WaitingFile(row.sha256, row.size, row.mime, row.send_since, row.sent_bytes) for row in rows)


def files_to_send(connection: Connection) -> FilesToSend:
    """How much waits altogether; as long as the waiting, not as the book."""
    size = func.coalesce(func.sum(files.c.size), 0)
    amount, held = connection.execute(select(func.count(), size).where(_TO_SEND)).one()
    return FilesToSend(amount, held)


def note_sent(connection: Connection, sha256: str, sent_bytes: int) -> None:
    """How far the upload is, for the screens; the province alone knows the true offset."""
    connection.execute(update(files).where(files.c.sha256 == sha256).values(sent_bytes=sent_bytes))


def confirm_file(connection: Connection, sha256: str, now: datetime) -> None:
    """The province holds the whole of it. Said again, the first moment stays."""
    connection.execute(
        update(files)
        .where(files.c.sha256 == sha256, files.c.confirmed_at.is_(None))
        .values(confirmed_at=now, sent_bytes=files.c.size)
    )
