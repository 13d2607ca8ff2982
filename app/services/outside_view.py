"""What the screens tell about the world outside this counter, and what the office itself must mend.

Reads only, but for `settle_verdict`: an operation that the province sent back stays in the count until a
person says that it is dealt with, and why.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from app.domain.business_day import clock_findings, trusted_now
from app.domain.calendar import Calendar, calendar_warnings
from app.domain.dossier_code import parse_code
from app.domain.identifiers import Randomness, uuid7
from app.domain.operation import Type
from app.errors import Refusal
from app.services.book_check import is_edited, last_book_check
from app.services.counter import Clerk, Counter
from app.services.courier import outbox
from app.services.days import today_at_counter
from app.services.feed import Notice
from app.services.numbers import leases_left
from app.services.scan_check import last_check, unchecked_since
from app.services.standing import numbers_stopped
from app.services.went_on import went_on
from app.store import journal as book
from app.store.queries.outbox import NeedsPerson, needs_person
from app.store.tables import notices, verdicts

FEW_NUMBERS = 0.10
"""Below this share of a day's numbers the clerk is told; the province adds a block at the next contact."""
LEASE_NEAR_END = timedelta(days=7)
OLD_CONTACT = timedelta(days=3)
"""Catalogue and calendar may be out of date when the province was not reached for so long."""

STOPPED = frozenset({
    "device_revoked", "feed_went_back", "fork", "gateway_address_wrong", "lease_signature_wrong", "mass_change",
    "not_enrolled", "older_than_province", "older_than_witness", "own_not_signed", "own_operations_missing",
    "package_damaged", "protocol_unknown", "refused_by_province", "signature_missing", "signature_wrong",
    "stale_epoch", "tls_refused", "unknown_device", "wrong_counter", "wrong_office",
})
"""Problems that trying again does not mend: sending stops and a person is called, receiving goes on."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something of the office that a person must mend; work goes on meanwhile unless `is_grave`.

    Codes and values: clock_fast, clock_slow, clock_behind_book (seconds, is, should_be), calendar_missing,
    calendar_estimated (year), numbers_none, numbers_gone (agency, day), numbers_few (agency, left, size),
    lease_ends (agency, to), shift_unmanned (name), key_in_file,
    contact_old (since), sync_stopped (code and its own values), numbers_stopped (code: why, and its own values),
    went_on (epoch, brought), book_damaged (at), book_edited (at),
    scans_missing, scans_damaged (amount, at), scans_orphaned (amount, at), scans_unchecked (since).
    """

    code: str
    values: Mapping[str, Any]
    is_grave: bool = False


def outside_of(connection: Connection, code: str) -> tuple[Notice, ...]:
    """What came from outside about the dossier with this printed number, oldest first, seen or not."""
    rows = connection.execute(
        select(notices).where(notices.c.code == code).order_by(notices.c.at, notices.c.position)
    )
    return tuple(
        Notice(row.incarnation, row.position, row.origin, row.kind, row.code, json.loads(row.values), row.at)
        for row in rows
    )


def judged_of(connection: Connection, code: str) -> tuple[NeedsPerson, ...]:
    """Open verdicts about this dossier, newest first."""
    key = parse_code(code).key
    return tuple(line for line in needs_person(connection) if line.code and parse_code(line.code).key == key)


def settle_verdict(
    connection: Connection, counter: Counter, clerk: Clerk, op_id: str, note: str,
    *, intent: str, now: datetime, randomness: Randomness,
) -> None:
    """A person closes what the province sent back, with a word on how; the journal keeps who and why.

    Raises `reason_missing` and `verdict_unknown` (it is closed, or was never there).
    """
    if book.by_intent(connection, intent) is not None:
        return
    if not note.strip():
        raise Refusal("reason_missing")
    line = next((each for each in needs_person(connection) if each.op_id == op_id), None)
    if line is None:
        raise Refusal("verdict_unknown")
    event = book.Event(
        op_id=uuid7(now, randomness),
        type=Type.NOTICE_SEEN,
        intent=intent,
        body={
            "about": op_id, "code": line.code, "verdict": line.verdict, "note": note.strip(),
            "clerk_name": clerk.name,
        },
        now=now,
        business_date=today_at_counter(connection, now),
    )
    book.append(connection, counter.author(clerk), event)
    connection.execute(update(verdicts).where(verdicts.c.op_id == op_id).values(is_closed=1))


def alarms(
    connection: Connection, counter: Counter, calendar: Calendar, key_place: str, now: datetime
) -> tuple[Alarm, ...]:
    """What the office must mend now, the gravest first."""
    today = today_at_counter(connection, now)
    unmanned = Alarm("shift_unmanned", {"name": counter.shift_name}, is_grave=True)
    found = [
        *(() if counter.is_shift_manned else (unmanned,)),
        *_clock_alarms(connection, counter, now), *_lease_alarms(connection, counter, today),
        *(Alarm(doubt.code, {"year": doubt.year}, doubt.code == "calendar_missing" and doubt.year == today.year)
          for doubt in calendar_warnings(today, calendar)),
        *_sync_alarms(connection, counter, now), *_stored_alarms(connection, now),
    ]
    if key_place == "file":
        found.append(Alarm("key_in_file", {}))
    return tuple(sorted(found, key=lambda alarm: not alarm.is_grave))


def _clock_alarms(connection: Connection, counter: Counter, now: datetime) -> list[Alarm]:
    trusted = trusted_now(now, counter.clock_offset_ms)
    findings = clock_findings(
        now, None, None, counter.clock_offset_ms, highest_used=book.highest_business_date(connection)
    )
    return [
        Alarm(finding.code, {"seconds": finding.seconds, "is": now, "should_be": trusted}, is_grave=True)
        for finding in findings
    ]


def _lease_alarms(connection: Connection, counter: Counter, today: date) -> list[Alarm]:
    leases = leases_left(connection, counter, today)
    found = [] if leases else [Alarm("numbers_none", {}, is_grave=True)]
    for lease in leases:
        if lease.left_today == 0:
            found.append(Alarm("numbers_gone", {"agency": lease.agency, "day": today}, is_grave=True))
        elif lease.left_today <= lease.size_today * FEW_NUMBERS:
            values = {"agency": lease.agency, "left": lease.left_today, "size": lease.size_today}
            found.append(Alarm("numbers_few", values))
        elif lease.covered_to - today < LEASE_NEAR_END:
            found.append(Alarm("lease_ends", {"agency": lease.agency, "to": lease.covered_to}))
    return found


def _stored_alarms(connection: Connection, now: datetime) -> list[Alarm]:
    found = []
    book_check = last_book_check(connection)
    if book_check is not None and not book_check[1]:
        code = "book_edited" if is_edited(connection) else "book_damaged"
        found.append(Alarm(code, {"at": book_check[0]}, is_grave=True))
    result = last_check(connection)
    if result is not None:
        for code, amount in (("scans_missing", result.missing), ("scans_damaged", result.damaged)):
            if amount:
                found.append(Alarm(code, {"amount": amount, "at": result.at}, is_grave=True))
        if result.orphans_left:
            found.append(Alarm("scans_orphaned", {"amount": result.orphans_left, "at": result.at}))
    since = unchecked_since(connection, now)
    if since is not None:
        found.append(Alarm("scans_unchecked", {"since": since}))
    return found


def _sync_alarms(connection: Connection, counter: Counter, now: datetime) -> list[Alarm]:
    box = outbox(connection, counter)
    problem, held, begun = box.last_problem, numbers_stopped(connection), went_on(connection)
    found = [] if begun is None else [Alarm("went_on", {"epoch": begun.epoch, "brought": begun.brought})]
    if held is not None:
        found.append(Alarm("numbers_stopped", {**held.values, "code": held.reason}, is_grave=True))
    if problem is not None and problem["code"] in STOPPED:
        if held is None or held.reason != problem["code"]:
            found.append(Alarm("sync_stopped", {**problem["values"], "code": problem["code"]}, is_grave=True))
    elif box.last_contact_at is not None and now - box.last_contact_at > OLD_CONTACT:
        found.append(Alarm("contact_old", {"since": box.last_contact_at}))
    return found
