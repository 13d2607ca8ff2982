"""The dossier a scan names, as it stands now or stood when something was done to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from app.domain.body import from_body
from app.domain.dossier import DossierBody
from app.domain.dossier_code import parse_code
from app.domain.life.event import in_order
from app.domain.life.fold import begin, step
from app.domain.life.life import Life, start_of
from app.domain.operation import Operation
from app.errors import Refusal
from app.services.life.reading import KnownLife, read_life
from app.store import projection, projection_life
from app.store.settings import read_sync
from app.store.tables import dossier_versions


def find_here(connection: Connection, code: str) -> KnownLife:
    """The dossier that bears `code`, ours or another counter's of this office.

    Raises `dossier_not_here` (code, heard_at) or, before the first contact, `dossier_not_here_yet` (code): it may
    be another office's, or a neighbour received it after this counter last heard from the province. And what
    `parse_code` raises.
    """
    if projection.find_dossier(connection, code) is None:
        text, heard = parse_code(code).text, heard_at(connection)
        if heard is None:
            raise Refusal("dossier_not_here_yet", code=text)
        raise Refusal("dossier_not_here", code=text, heard_at=heard)
    return read_life(connection, code)


def heard_at(connection: Connection) -> datetime | None:
    """When this counter last heard from the province; what a neighbour did since then is not known here."""
    found = read_sync(connection, "last_contact_at")
    return datetime.fromisoformat(found) if found else None


@dataclass(frozen=True, slots=True)
class Moment:
    """A dossier as it stood at an operation: its text of that time, its life before and after."""

    body: DossierBody
    before: Life
    after: Life


def at_operation(connection: Connection, operation: Operation, code: str) -> Moment:
    """So a paper printed again says what the first one said. Raises `dossier_not_here`, `operation_unknown`."""
    held = find_here(connection, code)
    stated = _text_at(connection, held, datetime.fromisoformat(operation.header.wall_time))
    text = projection_life.read_dossier_text(connection, stated)
    life = begin(start_of(text))
    for event in in_order(held.events):
        before, life = life, step(life, event)
        if event.id == operation.header.op_id:
            return Moment(from_body(DossierBody, text), before, life)
    raise Refusal("operation_unknown")


def _text_at(connection: Connection, held: KnownLife, at: datetime) -> str:
    """The operation that states the dossier as it read at `at`; the first, should a clock have been set back."""
    versions = connection.execute(
        select(dossier_versions.c.op_id, dossier_versions.c.at)
        .where(dossier_versions.c.dossier == held.id).order_by(dossier_versions.c.version)
    ).all()
    first, *later = versions
    return str(next((row.op_id for row in reversed(later) if row.at <= at), first.op_id))
