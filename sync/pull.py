"""Bring what the province says: feed pages in order, leases, catalogue and calendar packages."""

from __future__ import annotations

import hashlib
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.clock import Clock
from app.errors import Refusal
from app.services import feed as book_feed
from app.services.counter import Counter
from app.services.feed import Cursor, FeedLine
from app.services.numbers import store_lease
from app.services.packages import install_package, packages
from app.store.database import Database
from sync.client import GatewayClient
from sync.contract.feed import Entry, Kind, operation_of
from sync.contract.messages import PackageNote, Signed, package_text
from sync.contract.push import SealedItem
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


def store_leases(database: Database, counter: Counter, leases: tuple[Signed, ...]) -> int:
    """Keep each lease that is new. A lease with a wrong signature is refused and a person is called."""
    new = 0
    with database.writing() as connection:
        for lease in leases:
            try:
                new += store_lease(connection, counter, lease.payload, lease.signature_bytes)
            except Refusal as error:
                raise CallPerson(error.code, **error.values) from error
    return new


def fetch_packages(
    database: Database, client: GatewayClient, counter: Counter, notes: tuple[PackageNote, ...], now: datetime
) -> int:
    """Install each package that is not the active one: checked by hash and the province's signature first."""
    with database.reading() as connection:
        held = {(line.kind, line.sha256) for line in packages(connection)}
    installed = 0
    for note in notes:
        if (note.kind, note.sha256) in held:
            continue
        raw = client.package(note.kind, note.version)
        if hashlib.sha256(raw).hexdigest() != note.sha256 or not _is_signed(counter, note):
            raise CallPerson("package_damaged", kind=note.kind, version=note.version)
        with database.writing() as connection:
            installed += install_package(connection, note.kind, note.version, note.valid_from, raw.decode(), now)
    return installed


def _is_signed(counter: Counter, note: PackageNote) -> bool:
    text = package_text(note.kind, note.version, note.sha256, note.valid_from)
    try:
        signature = Signed(text, note.signature).signature_bytes
        Ed25519PublicKey.from_public_bytes(counter.province_key).verify(signature, text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _line(incarnation: str, entry: Entry) -> FeedLine:
    payload, signature = "", b""
    if entry.kind == Kind.OPERATION:
        item = operation_of(entry.body)
        if item is not None and not isinstance(item, SealedItem):
            payload, signature = item.payload, item.signature
    return FeedLine(
        incarnation, entry.position, entry.kind, entry.actor, entry.at, dict(entry.body) if not payload else {},
        payload, signature,
    )
