"""Bring what the province says: feed pages in order, leases, catalogue and calendar packages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.clock import Clock
from app.domain.vietnam_time import local
from app.errors import KnownError, Refusal
from app.services import feed as book_feed
from app.services.counter import Counter
from app.services.feed import Cursor, FeedLine
from app.services.numbers import store_lease
from app.services.packages import install_package, packages
from app.store.database import Database
from sync.client import GatewayClient
from sync.contract.codec import MalformedMessage
from sync.contract.feed import Entry, Kind, operation_of
from sync.contract.messages import PackageNote, Signed, package_text
from sync.contract.push import PlainItem, SealedItem
from sync.errors import CallPerson


def pull_feed(database: Database, client: GatewayClient, counter: Counter, incarnation: str, clock: Clock) -> int:
    """Every page there is, each in one transaction with its cursor; returns how many entries were new."""
    fresh = 0
    while True:
        with database.reading() as connection:
            held = book_feed.read_cursor(connection)
        position = held.position if held and held.incarnation == incarnation else 0
        page = client.feed(incarnation, position)
        if page.entries:
            lines = [_line(page.incarnation, entry) for entry in page.entries]
            cursor = Cursor(page.incarnation, page.position)
            with database.writing() as connection:
                fresh += book_feed.take_page(connection, lines, cursor, clock.now(), device=counter.device)
        if not page.more:
            return fresh


def store_leases(
    database: Database, counter: Counter, leases: tuple[Signed, ...], troubles: list[KnownError]
) -> int:
    """Keep each lease that is new. A wrong signature is refused, named in `troubles`, and stops no other lease."""
    new = 0
    with database.writing() as connection:
        for lease in leases:
            try:
                new += store_lease(connection, counter, lease.payload, lease.signature_bytes)
            except Refusal as error:
                troubles.append(CallPerson(error.code, **error.values))
            except ValueError:                     # the signature is no base64
                troubles.append(CallPerson("lease_signature_wrong"))
    return new


def fetch_packages(
    database: Database, client: GatewayClient, counter: Counter, notes: tuple[PackageNote, ...], now: datetime,
    troubles: list[KnownError],
) -> int:
    """Switch to the newest package of each kind that is in force: checked by hash and signature first.

    A refused one leaves the package in use in use, is named in `troubles`, and stops no other.
    """
    with database.reading() as connection:
        held = {line.kind: line for line in packages(connection) if line.is_active}
    installed = 0
    for note in newest_in_force(notes, local(now).date().isoformat()):
        ours = held.get(note.kind)
        # An older one is offered by a province that came back from a backup; what it lost, we keep.
        if ours is not None and (ours.sha256 == note.sha256 or ours.valid_from > note.valid_from):
            continue
        try:
            installed += _install(database, client, counter, note, now)
        except (Refusal, CallPerson) as error:
            troubles.append(error)
    return installed


def newest_in_force(notes: Iterable[PackageNote], today: str) -> tuple[PackageNote, ...]:
    """Of each kind the first that is valid by `today`; the province names the newest first."""
    found: dict[str, PackageNote] = {}
    for note in notes:
        if note.valid_from <= today:
            found.setdefault(note.kind, note)
    return tuple(found.values())


def _install(
    database: Database, client: GatewayClient, counter: Counter, note: PackageNote, now: datetime
) -> bool:
    raw = client.package(note.kind, note.version)
    damaged = CallPerson("package_damaged", kind=note.kind, version=note.version)
    if hashlib.sha256(raw).hexdigest() != note.sha256 or not _is_signed(counter, note):
        raise damaged
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise damaged from error
    with database.writing() as connection:
        return install_package(connection, note.kind, note.version, note.valid_from, text, now)


def _is_signed(counter: Counter, note: PackageNote) -> bool:
    text = package_text(note.kind, note.version, note.sha256, note.valid_from)
    try:
        signature = Signed(text, note.signature).signature_bytes
        Ed25519PublicKey.from_public_bytes(counter.province_key).verify(signature, text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _operation(entry: Entry) -> PlainItem | SealedItem | None:
    try:
        return operation_of(entry.body)
    except MalformedMessage:                       # kept as it is; it holds up no other entry
        return None


def _line(incarnation: str, entry: Entry) -> FeedLine:
    payload, signature = "", b""
    if entry.kind == Kind.OPERATION:
        item = _operation(entry)
        if isinstance(item, PlainItem):
            payload, signature = item.payload, item.signature
    return FeedLine(
        incarnation, entry.position, entry.kind, entry.actor, entry.at, dict(entry.body) if not payload else {},
        payload, signature,
    )
