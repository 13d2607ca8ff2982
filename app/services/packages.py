"""Catalogue and calendar packages: whole, versioned, switched in one transaction, two older ones kept."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from app.domain.calendar import parse_calendar
from app.domain.catalogue_codec import load_catalogue
from app.errors import Refusal
from app.store.tables import catalogue_packages

KEPT = 2
"""How many packages stay beside the active one, to fall back to."""

READERS: dict[str, Callable[[str], object]] = {"catalogue": load_catalogue, "calendar": parse_calendar}
"""Each kind is read in full before it is switched to: a torn package never becomes the active one."""


@dataclass(frozen=True, slots=True)
class PackageLine:
    kind: str
    version: str
    sha256: str
    valid_from: str
    received_at: datetime
    is_active: bool


def install_package(
    connection: Connection, kind: str, version: str, valid_from: str, text: str, now: datetime,
    *, expected_sha256: str | None = None,
) -> bool:
    """Check a package and make it the active one; False when it is active already.

    Raises `package_kind_unknown`, `package_damaged` or what the reader says of its content; the package in
    use then stays in use.
    """
    reader = READERS.get(kind)
    if reader is None:
        raise Refusal("package_kind_unknown", kind=kind)
    raw = text.encode()
    sha256 = hashlib.sha256(raw).hexdigest()
    if expected_sha256 is not None and sha256 != expected_sha256:
        raise Refusal("package_damaged", kind=kind, version=version)
    active = next((line for line in packages(connection) if line.kind == kind and line.is_active), None)
    if active is not None and active.sha256 == sha256:
        return False
    reader(text)
    connection.execute(
        update(catalogue_packages).where(catalogue_packages.c.kind == kind).values(is_active=0)
    )
    statement = insert(catalogue_packages).values(
        kind=kind, version=version, sha256=sha256, valid_from=valid_from, received_at=now, is_active=1,
        content=zlib.compress(raw, 6),
    )
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["kind", "version"],
            set_={
                "sha256": sha256, "valid_from": valid_from, "received_at": now, "is_active": 1,
                "content": statement.excluded.content,
            },
        )
    )
    _drop_oldest(connection, kind)
    return True


def active_package(connection: Connection, kind: str) -> str | None:
    """The text of the package in use, or None when none was ever installed."""
    content = connection.execute(
        select(catalogue_packages.c.content).where(
            catalogue_packages.c.kind == kind, catalogue_packages.c.is_active == 1
        )
    ).scalar_one_or_none()
    return zlib.decompress(content).decode() if content is not None else None


def packages(connection: Connection) -> tuple[PackageLine, ...]:
    """All packages on this counter, newest first."""
    columns = [column for column in catalogue_packages.c if column.name != "content"]
    rows = connection.execute(select(*columns).order_by(catalogue_packages.c.received_at.desc()))
    return tuple(
        PackageLine(row.kind, row.version, row.sha256, row.valid_from, row.received_at, bool(row.is_active))
        for row in rows
    )


def _drop_oldest(connection: Connection, kind: str) -> None:
    idle = [line.version for line in packages(connection) if line.kind == kind and not line.is_active]
    for version in idle[KEPT:]:
        connection.execute(
            delete(catalogue_packages).where(
                catalogue_packages.c.kind == kind, catalogue_packages.c.version == version
            )
        )
