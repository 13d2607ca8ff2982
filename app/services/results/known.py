"""The dossier a scan names, or why it is not known here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from app.domain.dossier_code import parse_code
from app.errors import Refusal
from app.services.life.reading import KnownLife, read_life
from app.store import projection
from app.store.settings import read_sync


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
