"""The province itself: its signing key, its incarnation, what it asks of counters."""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from sqlalchemy import Connection, insert, select, update

from sync.contract.messages import Signed, b64
from sync.gateway.tables import province

KEY_FILE = "province.key"


class OtherProvince(Exception):
    """The key file does not belong to this database: every lease and package would be refused by the counters."""


@dataclass(frozen=True, slots=True)
class Seal:
    """The province's private key and what is derived from it."""

    key: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, text: str) -> Signed:
        return Signed(text, b64(self.key.sign(text.encode())))

    def code_hash(self, secret: str) -> bytes:
        """Keyed, so that a stolen database alone cannot be searched for open enrolment codes."""
        pepper = hashlib.sha256(b"enrol-code" + self.key.private_bytes_raw()).digest()
        return hmac.digest(pepper, secret.encode(), "sha256")


def load_seal(folder: Path) -> Seal:
    """The key kept in `folder`, made at the first start and readable by its owner only."""
    path = folder / KEY_FILE
    try:
        return Seal(Ed25519PrivateKey.from_private_bytes(path.read_bytes()))
    except FileNotFoundError:
        pass
    fresh = Ed25519PrivateKey.generate()
    raw = fresh.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    draft = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)                       # never over a key that another process made meanwhile
    except FileExistsError:
        return load_seal(folder)
    finally:
        draft.unlink()
    return Seal(fresh)


def found_province(connection: Connection, seal: Seal, fresh_incarnation: str) -> str:
    """The incarnation of this database; a new one is given `fresh_incarnation`. Raises OtherProvince."""
    row = connection.execute(select(province.c.incarnation, province.c.public_key)).one_or_none()
    if row is None:
        connection.execute(insert(province).values(
            id=1, incarnation=fresh_incarnation, public_key=seal.public, min_app="0",
        ))
        return fresh_incarnation
    if bytes(row.public_key) != seal.public:
        raise OtherProvince
    incarnation: str = row.incarnation
    return incarnation


def incarnation_of(connection: Connection) -> str:
    incarnation: str = connection.execute(select(province.c.incarnation)).scalar_one()
    return incarnation


def mark_restored(connection: Connection, fresh_incarnation: str) -> None:
    """After a restore from a backup: counters will ask what is left and give back the rest."""
    connection.execute(update(province).values(incarnation=fresh_incarnation))


def set_min_app(connection: Connection, version: str) -> None:
    connection.execute(update(province).values(min_app=version))
