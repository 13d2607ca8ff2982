"""Keys of epochs, said to the office with the first operation of each, and taken back from whoever kept them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from cryptography.exceptions import InvalidSignature
from sqlalchemy import Connection, select, tuple_

from sync.contract.author_key import AuthorKey
from sync.contract.codec import JsonObject, to_json
from sync.contract.messages import Signed, b64
from sync.gateway.logs import say
from sync.gateway.past import enter_author
from sync.gateway.province import Seal
from sync.gateway.sessions import Session
from sync.gateway.tables import devices, epochs

Epoch = tuple[str, int]
"""(device, epoch)"""


def said_keys(connection: Connection, seal: Seal, wanted: Collection[Epoch]) -> Mapping[Epoch, JsonObject]:
    """Our signed word for each of these epochs, as an entry of the feed carries it."""
    if not wanted:
        return {}
    rows = connection.execute(
        select(epochs.c.device, epochs.c.epoch, epochs.c.public_key, devices.c.office, devices.c.counter)
        .join(devices, devices.c.id == epochs.c.device)
        .where(tuple_(epochs.c.device, epochs.c.epoch).in_(sorted(wanted)))
    )
    return {
        (row.device, row.epoch): to_json(seal.sign(AuthorKey(
            row.device, row.epoch, b64(bytes(row.public_key)), row.office, row.counter).to_payload()))
        for row in rows
    }


def take_back_author(
    connection: Connection, seal: Seal, session: Session, device: str, key: Signed, at: str,
) -> bool:
    """Enter an epoch that we once said and have forgotten, with its counter if need be; whether it was new.

    A word that is not ours, or of another counter or office, changes nothing: the push is then answered as one
    of an author whom nobody knows.
    """
    try:
        seal.key.public_key().verify(key.signature_bytes, key.payload.encode())
        said = AuthorKey.from_payload(key.payload)
    except (ValueError, InvalidSignature):
        return False
    if said.device != device or said.office != session.office:
        return False
    is_new = enter_author(connection, said, at)
    if is_new:
        say("author_taken_back", device=said.device, epoch=said.epoch, by=session.device)
    return is_new
