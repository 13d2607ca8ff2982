"""What is still to be digitised and what the province has not got yet, as frozen rows; pages by key.

Both lists stand on partial indexes; the first one's length is kept by triggers, so that a million dossiers cost
the start page nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, bindparam, func, literal_column, select, update

from app.store.prepared import Prepared
from app.store.tables import dossier_scans, dossiers, files, rollup_scans

PAGE = 200

# As the partial indexes say it; SQLAlchemy's own spelling would not find them.
_TO_SCAN: ColumnElement[bool] = literal_column("(dossier_scans.is_open AND dossier_scans.missing > 0)")
_TO_SEND: ColumnElement[bool] = literal_column("(files.send_since IS NOT NULL AND files.confirmed_at IS NULL)")


@dataclass(frozen=True, slots=True)
class ToScan:
    """One open dossier of this counter with papers that are not digitised: `missing` out of `wanted`."""

    id: int
    code: str
    applicant_name: str
    procedure_name: str
    received_at: datetime
    due_at: datetime | None
    wanted: int
    missing: int


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


_TO_SCAN_COUNT = Prepared(
    select(rollup_scans.c.amount).where(rollup_scans.c.is_waiting == bindparam("is_waiting"))
)


def to_scan(connection: Connection, *, before: int | None = None, limit: int = PAGE) -> tuple[ToScan, ...]:
    """Up to `limit` dossiers with papers to digitise, newest first, behind the row id `before`."""
    query = (
        select(
            dossiers.c.id, dossiers.c.code, dossiers.c.applicant_name, dossiers.c.procedure_name,
            dossiers.c.received_at, dossiers.c.due_at, dossier_scans.c.wanted, dossier_scans.c.missing,
        )
        .select_from(dossier_scans)
        .join(dossiers, dossiers.c.id == dossier_scans.c.dossier)
        .where(_TO_SCAN)
        .order_by(dossier_scans.c.dossier.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(dossier_scans.c.dossier < before)
    return tuple(
        ToScan(
            row.id, row.code, row.applicant_name, row.procedure_name, row.received_at, row.due_at,
            len(json.loads(row.wanted)), row.missing,
        )
        for row in connection.execute(query)
    )


def to_scan_count(connection: Connection) -> int:
    """How long that list is."""
    row = _TO_SCAN_COUNT.first(connection, {"is_waiting": True})
    return int(row[0]) if row else 0


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
