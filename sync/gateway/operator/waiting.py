"""What waits for somebody: verdicts at a counter, files on their way, slots that run out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, and_, distinct, func, select, text

from sync.contract.dossier_text import CORRECTED
from sync.contract.limits import LEASE_DAYS
from sync.contract.number_text import read_number
from sync.gateway.database import is_one_of
from sync.gateway.file_tables import attachments, stored_files, uploads
from sync.gateway.mentions import mentions
from sync.gateway.operator.counters import office_names
from sync.gateway.operator.tables import NOT_ACCEPTED
from sync.gateway.restores import ordinary_of
from sync.gateway.tables import agencies, devices, feed_entries, leased_days

SHOWN = 200
LOW_SLOTS = 3
"""So few free slots of an agency, and the next enrolments or busy days may find none."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """One operation in custody whose content is not accepted; `verdict` says whose turn it is."""

    office: str
    counter: str
    device: str
    epoch: int
    seq: int
    verdict: str                                   # problems.Verdict
    reason: str                                    # problems.VerdictReason
    field: str
    number: str
    since: str
    is_followed: bool                              # a correction of that dossier has come since


@dataclass(frozen=True, slots=True)
class Lacking:
    """A dossier whose operations name files that are not here."""

    office: str
    number_key: str
    named: int
    missing: int
    under_way: int


@dataclass(frozen=True, slots=True)
class Files:
    """Dossiers that name files, and how many of them are complete: every file of theirs is here."""

    dossiers: int
    complete: int
    lacking: tuple[Lacking, ...]


@dataclass(frozen=True, slots=True)
class Slots:
    """Slots of an agency's day; `free`: on the fullest day of the coming weeks, without the reserve that is kept
    for days after a restore."""

    agency: str
    all: int
    free: int
    holders: int

    @property
    def is_low(self) -> bool:
        return self.free <= LOW_SLOTS


def stuck(connection: Connection, limit: int = SHOWN) -> tuple[Stuck, ...]:
    """Newest first."""
    counters = {row.id: row.counter for row in connection.execute(select(devices.c.id, devices.c.counter))}
    rows = connection.execute(
        select(feed_entries).where(text(NOT_ACCEPTED)).order_by(feed_entries.c.at.desc()).limit(limit)).all()
    said = [(row, json.loads(row.body)) for row in rows]
    corrected = _corrected(connection, [body.get("number") for _, body in said])
    names = office_names(connection)
    return tuple(_stuck(row, body, corrected, counters, names) for row, body in said)


def count_stuck(connection: Connection) -> int:
    """Operations that wait, without those that a correction followed."""
    return sum(not each.is_followed for each in stuck(connection, 10 * SHOWN))


def files(connection: Connection, limit: int = SHOWN) -> Files:
    """Dossiers of the whole province; the list holds those that lack most."""
    named = (
        select(attachments.c.office, attachments.c.number_key, attachments.c.sha256).distinct()
        .where(attachments.c.number_key.is_not(None)).subquery())
    coming = and_(uploads.c.office == named.c.office, uploads.c.sha256 == named.c.sha256)
    by_dossier = (
        select(named.c.office, named.c.number_key, func.count().label("named"),
               (func.count() - func.count(stored_files.c.sha256)).label("missing"),
               func.count(uploads.c.sha256).label("under_way"))
        .outerjoin(stored_files, stored_files.c.sha256 == named.c.sha256).outerjoin(uploads, coming)
        .group_by(named.c.office, named.c.number_key)).subquery()
    rows = connection.execute(
        select(by_dossier).where(by_dossier.c.missing > 0)
        .order_by(by_dossier.c.missing.desc(), by_dossier.c.number_key).limit(limit))
    names = office_names(connection)
    lacking = tuple(Lacking(names.get(row.office, row.office), row.number_key, row.named, row.missing,
                            row.under_way) for row in rows)
    whole = func.count().filter(by_dossier.c.missing == 0)
    total, complete = connection.execute(select(func.count(), whole).select_from(by_dossier)).one()
    return Files(total, complete, lacking)


def slots(connection: Connection, today: date) -> tuple[Slots, ...]:
    """Every agency, those with the fewest free slots first."""
    days = (today.isoformat(), (today + timedelta(LEASE_DAYS)).isoformat())
    a_day = (
        select(leased_days.c.agency, leased_days.c.day, func.count().label("taken"))
        .join(agencies, agencies.c.id == leased_days.c.agency)
        .where(leased_days.c.day.between(*days), leased_days.c.slot < agencies.c.slots - agencies.c.slots // 5)
        .group_by(leased_days.c.agency, leased_days.c.day)).subquery()
    fullest = {row.agency: row.taken for row in connection.execute(
        select(a_day.c.agency, func.max(a_day.c.taken).label("taken")).group_by(a_day.c.agency))}
    holders = {row.agency: row.holders for row in connection.execute(
        select(leased_days.c.agency, func.count(distinct(leased_days.c.device)).label("holders"))
        .where(leased_days.c.day.between(*days)).group_by(leased_days.c.agency))}
    found = []
    for row in connection.execute(select(agencies.c.id, agencies.c.slots).order_by(agencies.c.id)):
        ordinary = len(ordinary_of(row.slots))
        found.append(Slots(row.id, ordinary, ordinary - fullest.get(row.id, 0), holders.get(row.id, 0)))
    return tuple(sorted(found, key=lambda each: each.free))


def _corrected(connection: Connection, numbers: Sequence[object]) -> Mapping[tuple[str, str], int]:
    """Position of the newest correction, by office and dossier."""
    keys = sorted({parts.key for each in numbers if (parts := read_number(each)) is not None})
    rows = connection.execute(
        select(mentions.c.office, mentions.c.number_key, func.max(mentions.c.position).label("newest"))
        .where(is_one_of(connection, mentions.c.number_key, keys), mentions.c.type == CORRECTED)
        .group_by(mentions.c.office, mentions.c.number_key))
    return {(row.office, row.number_key): row.newest for row in rows}


def _stuck(
    row: Any, said: Mapping[str, Any], corrected: Mapping[tuple[str, str], int], counters: Mapping[str, str],
    names: Mapping[str, str],
) -> Stuck:
    parts = read_number(said.get("number"))
    followed = parts is not None and corrected.get((row.office, parts.key), 0) > row.position
    return Stuck(
        names.get(row.office, row.office), counters.get(said["device"], ""), said["device"], said["epoch"],
        said["seq_from"], said["verdict"], said.get("reason") or "", said.get("field") or "",
        said.get("number") or "", row.at, followed,
    )
