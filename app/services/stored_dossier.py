"""Reading a dossier back from the operation that holds it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, select

from app.domain.body import from_body
from app.domain.dossier import DossierBody, State
from app.domain.dossier_code import parse_code
from app.errors import Refusal
from app.services.stored_operation import read_payload
from app.store import projection
from app.store.tables import aliases, confirmations, dossier_versions, dossiers, feed_entries, journal, print_jobs


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One printed version: 1 is the reception, later ones are corrections with a reason."""

    version: int
    at: datetime
    clerk_name: str
    reason: str
    changes: tuple[tuple[str, Any, Any], ...]      # (path, before, after)


@dataclass(frozen=True, slots=True)
class PrintLine:
    job: str
    version: int
    copy_number: int
    state: str
    reason: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class StoredDossier:
    """Everything the dossier page shows; `confirmed_at` None while the province has not taken custody."""

    id: int
    body: DossierBody
    state: State
    is_own: bool
    device: str
    aliases: tuple[str, ...]
    versions: tuple[VersionLine, ...]
    prints: tuple[PrintLine, ...]
    confirmed_at: datetime | None


def read_dossier(connection: Connection, code: str) -> StoredDossier:
    """The dossier that bears `code` (either form, alias too). Raises `dossier_unknown` or the code's refusal."""
    row_id = projection.find_dossier(connection, code)
    if row_id is None:
        raise Refusal("dossier_unknown", code=parse_code(code).text)
    row = connection.execute(select(dossiers).where(dossiers.c.id == row_id)).one()
    return StoredDossier(
        id=row_id,
        body=read_body(connection, row.op_id),
        state=State(row.state),
        is_own=row.is_own,
        device=row.device,
        aliases=tuple(
            connection.execute(select(aliases.c.code).where(aliases.c.dossier == row_id)).scalars()
        ),
        versions=_versions(connection, row_id),
        prints=_prints(connection, row.code),
        confirmed_at=_confirmed_at(connection, row.op_id),
    )


def read_body(connection: Connection, op_id: str) -> DossierBody:
    """The dossier as the operation `op_id`, ours or another counter's, states it."""
    payload = read_payload(connection, op_id)
    return from_body(DossierBody, json.loads(payload)["body"]["dossier"])


def read_version(connection: Connection, code: str, version: int) -> DossierBody:
    """The dossier as version `version` of its receipt said. Raises `dossier_unknown` or `version_unknown`."""
    row_id = projection.find_dossier(connection, code)
    if row_id is None:
        raise Refusal("dossier_unknown", code=code)
    op_id = connection.execute(
        select(dossier_versions.c.op_id).where(
            dossier_versions.c.dossier == row_id, dossier_versions.c.version == version
        )
    ).scalar_one_or_none()
    if op_id is None:
        raise Refusal("version_unknown", code=code, version=version)
    return read_body(connection, op_id)


def _versions(connection: Connection, row_id: int) -> tuple[VersionLine, ...]:
    rows = connection.execute(
        select(dossier_versions)
        .where(dossier_versions.c.dossier == row_id)
        .order_by(dossier_versions.c.version)
    )
    return tuple(
        VersionLine(
            row.version, row.at, row.clerk_name, row.reason,
            tuple((change[0], change[1], change[2]) for change in json.loads(row.changes)),
        )
        for row in rows
    )


def _prints(connection: Connection, code: str) -> tuple[PrintLine, ...]:
    rows = connection.execute(
        select(print_jobs).where(print_jobs.c.code == code).order_by(print_jobs.c.asked_at)
    )
    return tuple(
        PrintLine(row.job, row.version, row.copy_number, row.state, row.reason, row.asked_at) for row in rows
    )


def _confirmed_at(connection: Connection, op_id: str) -> datetime | None:
    """When the province took custody of the operation that states the current version, or None."""
    made = connection.execute(
        select(journal.c.device, journal.c.epoch, journal.c.seq).where(journal.c.op_id == op_id)
    ).one_or_none()
    if made is None:                       # it came from the province: another counter's, or an earlier epoch's
        return _sent_at(connection, op_id)
    return connection.execute(
        select(confirmations.c.at)
        .where(
            confirmations.c.device == made.device,
            confirmations.c.epoch == made.epoch,
            confirmations.c.upto >= made.seq,
        )
        .order_by(confirmations.c.upto)
        .limit(1)
    ).scalar_one_or_none()


def _sent_at(connection: Connection, op_id: str) -> datetime | None:
    """When the province wrote the entry, by its own clock; when we got it, where that cannot be read."""
    entry = connection.execute(
        select(feed_entries.c.payload, feed_entries.c.received_at).where(feed_entries.c.op_id == op_id)
    ).first()
    if entry is None:
        return None
    try:
        at = datetime.fromisoformat(json.loads(entry.payload)["at"])
    except (KeyError, TypeError, ValueError):
        return cast(datetime, entry.received_at)
    return at if at.tzinfo is not None else cast(datetime, entry.received_at)
