"""The counters of the province as they stood at their last contact, and what is behind."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, func, select

from sync.gateway.operator.tables import contacts
from sync.gateway.province import incarnation_of, unsettled_since
from sync.gateway.tables import branches, devices, epochs, offices
from sync.gateway.times import stamp

SILENT_AFTER = timedelta(hours=24)
CLOCK_TOLERANCE_MS = 120_000
"""Beyond two minutes a counter's clock is worth a call (reliability, clock jumps)."""


@dataclass(frozen=True, slots=True)
class CounterLine:
    """One machine at one counter. Figures are as of its last contact; None where it never said."""

    office: str
    office_name: str
    counter: str
    device: str
    epoch: int
    app: str
    last_contact: str
    clock_offset_ms: int | None
    held: int                                      # operations of this epoch that are here
    said: int | None                               # operations that it said it has
    unread: int | None                             # entries of the office's feed that it has not read
    in_branches: int                               # operations kept aside
    is_revoked: bool
    is_silent: bool
    is_awaited: bool                               # has not called since the province was restored

    @property
    def waiting(self) -> int:
        """Operations that are at the counter and not here: it said so before its last push."""
        return max(0, (self.said or 0) - self.held)

    @property
    def is_clock_wrong(self) -> bool:
        return self.clock_offset_ms is not None and abs(self.clock_offset_ms) > CLOCK_TOLERANCE_MS


@dataclass(frozen=True, slots=True)
class Standing:
    """The province itself; `not_called` counts counters that have not called since a restore."""

    incarnation: str
    unsettled_since: str | None
    not_called: int
    offices: int


def counter_lines(connection: Connection, now: datetime) -> tuple[CounterLine, ...]:
    """Every counter, by office and name."""
    names = office_names(connection)
    heads = {row.id: row.feed_head for row in connection.execute(select(offices.c.id, offices.c.feed_head))}
    kept = _kept_aside(connection)
    rows = connection.execute(
        select(devices, epochs.c.epoch, epochs.c.app, epochs.c.last_contact, epochs.c.head_seq,
               contacts.c.said_seq, contacts.c.position, contacts.c.clock_offset_ms)
        .join(epochs, and_(epochs.c.device == devices.c.id, epochs.c.epoch == devices.c.current_epoch))
        .outerjoin(contacts, and_(contacts.c.device == devices.c.id, contacts.c.epoch == epochs.c.epoch))
        .order_by(devices.c.office, devices.c.counter))
    silent, restored = stamp(now - SILENT_AFTER), unsettled_since(connection) or ""
    return tuple(
        CounterLine(
            row.office, names.get(row.office, row.office), row.counter, row.id, row.epoch, row.app,
            row.last_contact, row.clock_offset_ms, row.head_seq, row.said_seq,
            None if row.position is None else max(0, heads[row.office] - row.position),
            kept.get(row.id, 0), row.epoch <= row.revoked_upto, row.last_contact < silent,
            row.last_contact < restored and row.epoch > row.revoked_upto,
        ) for row in rows
    )


def province_standing(connection: Connection) -> Standing:
    since = unsettled_since(connection)
    not_called = 0
    if since is not None:
        not_called = connection.execute(
            select(func.count()).select_from(devices)
            .join(epochs, and_(epochs.c.device == devices.c.id, epochs.c.epoch == devices.c.current_epoch))
            .where(epochs.c.last_contact < since, epochs.c.epoch > devices.c.revoked_upto)).scalar_one()
    count = connection.execute(select(func.count()).select_from(offices)).scalar_one()
    return Standing(incarnation_of(connection), since, not_called, count)


def office_names(connection: Connection) -> Mapping[str, str]:
    """What people call each office."""
    rows = connection.execute(select(offices.c.id, offices.c.content))
    return {row.id: str(json.loads(row.content).get("name", row.id)) for row in rows}


def _kept_aside(connection: Connection) -> Mapping[str, int]:
    rows = connection.execute(select(branches.c.device, func.count().label("kept")).group_by(branches.c.device))
    return {row.device: row.kept for row in rows}
