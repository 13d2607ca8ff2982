"""The province's certificate authority, kept beside the book: whom this counter believes about the gateway."""

from __future__ import annotations

from pathlib import Path

from app.errors import Refusal
from app.store.database import Database
from app.store.durable import fsync_file, fsync_folder

_NAME = "province-ca.pem"


def pinned_ca(database: Database) -> str | None:
    """Path of the pinned CA; None where the system's own are believed."""
    file = database.path.with_name(_NAME)
    return str(file) if file.exists() else None


def unpin_ca(database: Database) -> None:
    """Nobody is pinned any more: what the machine was told led nowhere."""
    database.path.with_name(_NAME).unlink(missing_ok=True)


def pin_ca(database: Database, pem: Path) -> None:
    """From now on only this CA is believed; it is on the disk when this returns.

    Raises `ca_unreadable` when the file is no certificate.
    """
    try:
        content = pem.read_bytes()
    except OSError as error:
        raise Refusal("ca_unreadable", file=pem.name) from error
    pin_ca_content(database, content, pem.name)


def pin_ca_content(database: Database, content: bytes, name: str) -> None:
    """`pin_ca` of what was read already; `name` says where it came from."""
    from cryptography import x509  # only where a CA is pinned

    try:
        x509.load_pem_x509_certificates(content)
    except ValueError as error:
        raise Refusal("ca_unreadable", file=name) from error
    target = database.path.with_name(_NAME)
    part = target.with_suffix(".part")
    part.write_bytes(content)
    fsync_file(part)
    part.replace(target)
    fsync_folder(target.parent)
