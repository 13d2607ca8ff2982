"""The province itself: its keys, its incarnation, what it asks of counters, and whether it came from a backup."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from sqlalchemy import Connection, insert, select, update

from sync.contract.messages import Signed, b64, seal_key_text
from sync.contract.sealing import derived_key
from sync.gateway.durable import sync_folder
from sync.gateway.restores import note_restore
from sync.gateway.tables import province

KEY_FILE = "province.key"


class OtherProvince(Exception):
    """The key file does not belong to this database: every lease and package would be refused by the counters."""


@dataclass(frozen=True, slots=True)
class Seal:
    """The province's private key and what is derived from it.

    The key that opens envelopes is derived too: a second file could be left out of a backup, or differ between two
    machines on one database, and then nobody could open what the counters sealed.
    """

    key: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, text: str) -> Signed:
        return Signed(text, b64(self.key.sign(text.encode())))

    @property
    def opening_key(self) -> X25519PrivateKey:
        """Opens what counters seal for the province alone."""
        return derived_key(self.key.private_bytes_raw(), b"province seal")

    @property
    def seal_key(self) -> Signed:
        """Its public half, signed: what counters seal to."""
        return self.sign(seal_key_text(b64(self.opening_key.public_key().public_bytes_raw())))

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
        sync_folder(folder)
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


def mark_restored(
    connection: Connection, fresh_incarnation: str, at: str, earlier: Iterable[str] = (),
) -> None:
    """After a restore from a backup: counters will ask what is left and give back the rest.

    Until `settle_leases` a counter that the backup lacks is believed what it says of its past. `earlier`: stamps
    of restores that the backup may lack too (`restores.earlier_restores`). Which slots may be leased from now on
    says `restores.Window`, whether it is settled or not.
    """
    note_restore(connection, fresh_incarnation, at, earlier)
    connection.execute(update(province).values(incarnation=fresh_incarnation, unsettled_since=at))


def settle_leases(connection: Connection) -> str | None:
    """The operator's word that every counter has called since the restore: nobody is believed a past without a
    lease any more. Frees no slot. Returns since when it was awaited."""
    since = unsettled_since(connection)
    connection.execute(update(province).values(unsettled_since=None))
    return since


def unsettled_since(connection: Connection) -> str | None:
    """When the province was restored from a backup, while nobody has settled its leases; else None."""
    since: str | None = connection.execute(select(province.c.unsettled_since)).scalar_one()
    return since


def set_min_app(connection: Connection, version: str) -> None:
    connection.execute(update(province).values(min_app=version))
