"""Who may do what in each office: the same reading from which grants are made out at each contact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, and_, func, select

from sync.gateway.grants import NO_CODE, newest_codes
from sync.gateway.offices import offices_in_order
from sync.gateway.tables import devices, epochs, revocations
from sync.gateway.times import business_day


@dataclass(frozen=True, slots=True)
class ClerkLine:
    """One clerk of one office. `until`: the last day at the counter that called last and at the one that did not
    call longest; None where no counter has called or where nobody signs in."""

    office: str
    office_name: str
    clerk: str
    name: str
    roles: tuple[str, ...]
    has_sign_in: bool
    until: tuple[date, date] | None
    serial: int                                    # of her personal code; 0: none was made out
    code_at: str
    revoked_at: str                                # "" while she may work


def clerk_lines(connection: Connection) -> tuple[ClerkLine, ...]:
    """Everybody of every office, by office and in the order of its file."""
    return tuple(_lines(connection))


def _lines(connection: Connection) -> Iterator[ClerkLine]:
    gone = {row.id: row.since for row in connection.execute(
        select(revocations.c.id, revocations.c.since).where(revocations.c.kind == "clerk"))}
    called = _calls(connection)
    codes = newest_codes(connection)
    for office in offices_in_order(connection):
        days = timedelta(days=office.grant_days)
        for clerk in office.clerks:
            code = codes.get((office.id, clerk.id), NO_CODE)
            last, first = called.get(office.id, (None, None))
            until = (last + days, first + days) if office.sign_in and last is not None and first is not None else (
                None)
            yield ClerkLine(office.id, office.name, clerk.id, clerk.name, clerk.roles, office.sign_in,
                            None if clerk.id in gone else until, code.serial, code.made_at, gone.get(clerk.id, ""))


def _calls(connection: Connection) -> Mapping[str, tuple[date, date]]:
    """By office: the newest and the oldest last contact of counters that still belong to it."""
    rows = connection.execute(
        select(devices.c.office, func.max(epochs.c.last_contact).label("newest"),
               func.min(epochs.c.last_contact).label("oldest"))
        .join(epochs, and_(epochs.c.device == devices.c.id, epochs.c.epoch == devices.c.current_epoch))
        .where(epochs.c.epoch > devices.c.revoked_upto, epochs.c.last_contact != "").group_by(devices.c.office)
    )
    return {row.office: (_day(row.newest), _day(row.oldest)) for row in rows}


def _day(text: str) -> date:
    return business_day(datetime.fromisoformat(text))
