"""Numbers in advance: which slot of an agency's day a counter may use (sync.md, "Numbers").

A slot is one of the agency's equal ranges of 1–9,999. Each (device, epoch) keeps one slot per agency and is given
the next days of it before they run out. `leased_days` holds each (agency, day, slot) once, so whatever this code
does, the table refuses to give a number of a day twice. A slot whose epoch has ended is free again from the day
after the last one leased: the number holds the day, so nothing repeats.

A province that was restored from a backup does not know what it leased since. For days that may have been given
(`restores.Window`) the slot that looks free may be in use, whoever has called since: there, a holder's own slot is
prolonged while its days had not run out by the restore, and everybody else is given one of the reserve.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, Connection, func, insert, select

from sync.contract.lease_text import LeaseText
from sync.contract.limits import EXTRA_AT, LEASE_DAYS, RENEW_BELOW_DAYS
from sync.contract.messages import LeaseUsage, Signed, b64
from sync.contract.office_file import OfficeAgency
from sync.gateway.database import insert_many
from sync.gateway.province import Seal
from sync.gateway.restores import Window, ordinary_of, reserve_of
from sync.gateway.tables import agencies, leased_days, leases

_COLUMNS = ("agency", "day", "slot", "device", "epoch")


def renew_leases(
    connection: Connection, seal: Seal, holder: tuple[str, int], served: Iterable[OfficeAgency], today: date,
    window: Window | None = None,
) -> list[str]:
    """Lease what this (device, epoch) lacks for the coming days. Returns agencies that have no slot left."""
    exhausted = []
    end = today + timedelta(LEASE_DAYS - 1)
    for agency in sorted(served, key=lambda each: each.id):    # one order of locks for everybody
        last = _last_day(connection, holder, agency.id)
        if last is not None and (last - today).days >= RENEW_BELOW_DAYS:
            continue
        _lock(connection, agency)
        first = max(today, last + timedelta(1)) if last else today
        while first <= end:                        # twice where the window of a restore ends in between
            slot, until = _slot_from(connection, holder, agency, first, end, window)
            if slot is None:
                exhausted.append(agency.id)
                break
            _lease(connection, seal, holder, agency, slot, first, until, is_extra=False)
            first = until + timedelta(1)
    return exhausted


def add_extra_blocks(
    connection: Connection, seal: Seal, holder: tuple[str, int], served: Iterable[OfficeAgency],
    usage: Iterable[LeaseUsage], today: date, window: Window | None = None,
) -> list[str]:
    """One more slot for each day of which 70 % is used. Returns agencies that have no slot left on that day."""
    exhausted = []
    known = {agency.id: agency for agency in served}
    counted = [each for each in usage if each.agency in known]
    for (agency_id, day), same in groupby(sorted(counted, key=_agency_day), key=_agency_day):
        agency = known[agency_id]
        if not today.isoformat() <= day <= (today + timedelta(LEASE_DAYS)).isoformat():
            continue
        _lock(connection, agency)
        held = connection.execute(
            select(func.count()).select_from(leased_days)
            .where(*_held_by(holder, agency_id), leased_days.c.day == day)
        ).scalar_one()
        lo, hi = agency.range_of(0)
        if not held or max(each.used for each in same) < EXTRA_AT * held * (hi - lo + 1):
            continue
        taken = set(connection.execute(
            select(leased_days.c.slot).where(leased_days.c.agency == agency_id, leased_days.c.day == day)
        ).scalars())
        on = date.fromisoformat(day)
        is_unsure = window is not None and on <= window.upto
        slots = window.part(agency.slots) if window and is_unsure else ordinary_of(agency.slots)
        free = [slot for slot in slots if slot not in taken]
        if not free:
            exhausted.append(agency_id)
            continue
        # From the top: the low slots stay free for counters that are enrolled later.
        _lease(connection, seal, holder, agency, free[-1], on, on, is_extra=True)
    return exhausted


def leases_of(connection: Connection, holder: tuple[str, int], today: date) -> tuple[Signed, ...]:
    """Leases that have not run out. Yesterday's too: a shift may end after midnight."""
    device, epoch = holder
    rows = connection.execute(
        select(leases.c.payload, leases.c.signature)
        .where(leases.c.device == device, leases.c.epoch == epoch,
               leases.c.date_to >= (today - timedelta(1)).isoformat())
        .order_by(leases.c.agency, leases.c.date_from, leases.c.slot)
    )
    return tuple(Signed(row.payload, b64(bytes(row.signature))) for row in rows)


def _agency_day(usage: LeaseUsage) -> tuple[str, str]:
    return usage.agency, usage.day


def _held_by(holder: tuple[str, int], agency: str) -> tuple[ColumnElement[bool], ...]:
    device, epoch = holder
    return leased_days.c.device == device, leased_days.c.epoch == epoch, leased_days.c.agency == agency


def _last_day(connection: Connection, holder: tuple[str, int], agency: str) -> date | None:
    device, epoch = holder
    last = connection.execute(
        select(func.max(leases.c.date_to)).where(
            leases.c.device == device, leases.c.epoch == epoch, leases.c.agency == agency, ~leases.c.is_extra,
        )
    ).scalar()
    return None if last is None else date.fromisoformat(last)


def _lock(connection: Connection, agency: OfficeAgency) -> None:
    connection.execute(select(agencies.c.id).where(agencies.c.id == agency.id).with_for_update())


def _slot_from(
    connection: Connection, holder: tuple[str, int], agency: OfficeAgency, first: date, end: date,
    window: Window | None,
) -> tuple[int | None, date]:
    """The holder's own slot if it is still free from `first` on, else the lowest free one it may have; and the
    last day for which it may have it."""
    taken = set(connection.execute(
        select(leased_days.c.slot).distinct()
        .where(leased_days.c.agency == agency.id, leased_days.c.day >= first.isoformat())
    ).scalars())
    device, epoch = holder
    own = connection.execute(
        select(leases.c.slot, leases.c.date_to)
        .where(leases.c.device == device, leases.c.epoch == epoch, leases.c.agency == agency.id,
               ~leases.c.is_extra)
        .order_by(leases.c.date_to.desc()).limit(1)
    ).one_or_none()
    ordinary, reserve = ordinary_of(agency.slots), reserve_of(agency.slots)
    if window is None or first > window.upto:
        wanted = [own.slot] if own is not None and own.slot not in reserve else []
        return _free([*wanted, *ordinary], taken), end
    # While its days had not run out, nobody else can have been given it by the database that is lost.
    is_sure = own is not None and own.date_to >= window.restored_on.isoformat()
    own_end = end if window.own_upto is None else min(end, window.own_upto)
    if own is not None and is_sure and own.slot not in reserve and own.slot not in taken and first <= own_end:
        return own.slot, own_end
    wanted = [own.slot] if own is not None and is_sure and own.slot in reserve else []
    return _free([*wanted, *window.part(agency.slots)], taken), min(end, window.upto)


def _free(slots: Iterable[int], taken: set[int]) -> int | None:
    return next((slot for slot in slots if slot not in taken), None)


def _lease(
    connection: Connection, seal: Seal, holder: tuple[str, int], agency: OfficeAgency, slot: int,
    first: date, last: date, *, is_extra: bool,
) -> None:
    device, epoch = holder
    lo, hi = agency.range_of(slot)
    lease = LeaseText(f"{agency.id}/{first:%y%m%d}/{slot}", agency.id, device, epoch, first, last, lo, hi)
    signed = seal.sign(lease.to_payload())
    days = [(first + timedelta(n)).isoformat() for n in range((last - first).days + 1)]
    insert_many(connection, leased_days, _COLUMNS, [(agency.id, day, slot, device, epoch) for day in days])
    connection.execute(insert(leases).values(
        lease_id=lease.lease_id, agency=agency.id, slot=slot, device=device, epoch=epoch,
        date_from=first.isoformat(), date_to=last.isoformat(), is_extra=is_extra,
        payload=signed.payload, signature=signed.signature_bytes,
    ))
