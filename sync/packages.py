"""Catalogue and calendar from the province: the newest in force, checked by hash and signature before use."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from app.domain.vietnam_time import local
from app.errors import KnownError, Refusal
from app.services.counter import Counter
from app.services.packages import install_package, packages
from app.store.database import Database
from sync.contract.messages import PackageNote, Signed, package_text
from sync.errors import CallPerson
from sync.signed import is_signed


class PackageSource(Protocol):
    """The line, or a file that came by hand."""

    def package(self, kind: str, version: str) -> bytes:
        """The package's JSON bytes; the caller checks them against the note's sha256 and signature."""
        ...


def fetch_packages(
    database: Database, client: PackageSource, counter: Counter, notes: tuple[PackageNote, ...], now: datetime,
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
    database: Database, client: PackageSource, counter: Counter, note: PackageNote, now: datetime
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
    return is_signed(counter.province_key, Signed(text, note.signature))
