"""Moments of a dossier's life by the province's clock, where whoever wrote them down knew how far his was off.

The journal keeps what the clock showed, with the offset known then. A promise that runs on after a pause must not
gain or lose the hour by which a PC was wrong when the pause began, or when it ended.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from app.domain.business_day import corrected_now
from app.services.life.reading import KnownLife
from app.store.projection_life import read_header
from app.store.tables import dossier_versions


def true_time(connection: Connection, held: KnownLife, moment: datetime) -> datetime:
    """The `moment` of an event, corrected as its writer's deadlines were; as it is where no offset is known."""
    event = next((each for each in reversed(held.events) if each.at == moment), None)
    header = None if event is None else read_header(connection, event.id)
    return moment if header is None else corrected_now(moment, header.clock_offset_ms, None)


def true_pause_start(connection: Connection, held: KnownLife) -> datetime | None:
    """Since when the clock of the dossier stands; None when it runs."""
    since = held.life.paused_since
    return None if since is None else true_time(connection, held, since)


def true_reception(connection: Connection, held: KnownLife) -> datetime:
    """When the dossier was received: the moment from which its first promise was counted."""
    first = connection.execute(
        select(dossier_versions.c.op_id).where(dossier_versions.c.dossier == held.id)
        .order_by(dossier_versions.c.version).limit(1)
    ).scalar_one()
    header = read_header(connection, first)
    received = held.body.received_at
    return received if header is None else corrected_now(received, header.clock_offset_ms, None)
