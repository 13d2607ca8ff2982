"""Which day it is at the counter: the trusted today, and never earlier than a day already used."""

from __future__ import annotations

import json
from datetime import date, datetime

from sqlalchemy import Connection, or_, select

from app.domain.business_day import business_date, corrected_now
from app.store import journal as book
from app.store.prepared import Prepared
from app.store.tables import sync_state

OFFSET = "clock_offset_ms"
SERVER_TIME = "server_time"
"""What a contact leaves: the province's clock less ours, and its clock then."""

_CLOCK = Prepared(
    select(sync_state.c.name, sync_state.c.value)
    .where(or_(sync_state.c.name == OFFSET, sync_state.c.name == SERVER_TIME))
)


def today_at_counter(connection: Connection, now: datetime) -> date:
    """Business date for an operation made at `now`; a clock set back does not bring an old day back."""
    return business_date(time_at_counter(connection, now), book.highest_business_date(connection))


def time_at_counter(connection: Connection, now: datetime) -> datetime:
    """The moment from which deadlines run when this PC's clock shows `now`; the receipt prints what it showed."""
    known = {name: json.loads(value) for name, value in _CLOCK.run(connection, {}).fetchall()}
    server = known.get(SERVER_TIME)
    return corrected_now(now, known.get(OFFSET), datetime.fromisoformat(server) if server else None)
