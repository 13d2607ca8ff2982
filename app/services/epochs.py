"""An epoch of this counter: begun with a key and numbers of its own, and what an older disk lost brought back.

A request for a new epoch is in the book before it is sent, with the key that belongs to it; whatever is lost on
the way, the same request gets the same epoch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import Connection, select

from app.domain.identifiers import Randomness
from app.domain.operation import Operation, parse
from app.errors import Refusal
from app.services.counter import Counter
from app.services.feed import apply_if_fit
from app.services.numbers import count_brought_back
from app.services.standing import PENDING, let_numbers_go
from app.services.went_on import note_brought_back
from app.store import journal as book
from app.store.epochs import note_past, past_epochs
from app.store.settings import forget_setting, read_setting, write_setting
from app.store.tables import feed_entries, journal


@dataclass(frozen=True, slots=True)
class PendingEpoch:
    """What was asked, or is to be asked, of the province."""

    request: str
    epoch: int                                     # that is to end
    key: Ed25519PrivateKey                         # of the new one
    reason: str


@dataclass(frozen=True, slots=True)
class OwnOperation:
    """One of our operations as a witness holds it."""

    payload: str
    signature: bytes


def prepare_epoch(connection: Connection, counter: Counter, reason: str, randomness: Randomness) -> PendingEpoch:
    """Request and key of the next epoch; the same ones until they are answered."""
    held = read_setting(connection, PENDING)
    if held is None or held["epoch"] != counter.epoch:
        held = {"request": randomness(16).hex(), "epoch": counter.epoch, "key": randomness(32).hex(),
                "reason": reason}
        write_setting(connection, PENDING, held)
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(held["key"]))
    return PendingEpoch(held["request"], held["epoch"], key, held["reason"])


def requested_epoch(connection: Connection, counter: Counter) -> str:
    """Why a new epoch was asked for that has not come; "" when none was."""
    held = read_setting(connection, PENDING)
    return "" if held is None or held["epoch"] != counter.epoch else str(held["reason"])


def take_epoch(connection: Connection, counter: Counter, epoch: int, token: str) -> str:
    """The new epoch has begun: its key, its token; numbers are given out again. Says why it was asked for.

    Raises `epoch_not_asked` for an answer to no question of ours.
    """
    held = read_setting(connection, PENDING)
    if held is None or held["epoch"] != counter.epoch or epoch <= counter.epoch:
        raise Refusal("epoch_not_asked", epoch=epoch)
    note_past(connection, counter.epoch, counter.key.public_key().public_bytes_raw())
    write_setting(connection, "device", {"id": counter.device, "epoch": epoch, "key": held["key"]})
    gateway = read_setting(connection, "gateway")
    write_setting(connection, "gateway", {**gateway, "token": token})
    forget_setting(connection, PENDING)
    let_numbers_go(connection)
    return str(held["reason"])


def import_own(connection: Connection, counter: Counter, epoch: int, found: Sequence[OwnOperation]) -> int:
    """Own operations that this disk has lost, into the journal and the tables; how many were new.

    Raises `own_not_signed` when one is not ours or not signed by our key of that epoch, `own_does_not_follow` when
    the chain does not go on from what is here. Nothing is kept then. What is here already is passed by.
    """
    key = _public_key(connection, counter, epoch)
    head = book.head(connection, counter.device, epoch)
    new = 0
    for each in found:
        operation = _checked(each, counter.device, epoch, key)
        header = operation.header
        if header.seq <= head.seq:
            if _hash_at(connection, counter.device, epoch, header.seq) != operation.hash:
                raise Refusal("own_does_not_follow", epoch=epoch, seq=header.seq)
            continue
        if (header.seq, header.prev) != (head.seq + 1, head.hash):
            raise Refusal("own_does_not_follow", epoch=epoch, seq=header.seq)
        book.insert_operation(connection, operation)
        count_brought_back(connection, operation)
        if not _came_by_feed(connection, header.op_id):
            apply_if_fit(connection, operation)
        head = book.Head(header.seq, operation.hash)
        new += 1
    note_brought_back(connection, new)
    return new


def lived_through(connection: Connection, counter: Counter) -> tuple[tuple[int, bytes], ...]:
    """(epoch, public key) of every epoch of this book, the current one last."""
    return (*past_epochs(connection), (counter.epoch, counter.key.public_key().public_bytes_raw()))


def own_hash(connection: Connection, counter: Counter, epoch: int, seq: int) -> str:
    """The hash of our own operation at that place; "" when we have none."""
    return _hash_at(connection, counter.device, epoch, seq)


def own_hashes(connection: Connection, counter: Counter, epoch: int, first: int, last: int) -> tuple[str, ...]:
    """Those of our own operations first..last, in order, as far as we hold them."""
    return tuple(connection.execute(
        select(journal.c.hash).where(
            journal.c.device == counter.device, journal.c.epoch == epoch, journal.c.seq.between(first, last)
        ).order_by(journal.c.seq)
    ).scalars())


def _public_key(connection: Connection, counter: Counter, epoch: int) -> Ed25519PublicKey:
    if epoch == counter.epoch:
        return counter.key.public_key()
    for past, public in past_epochs(connection):
        if past == epoch:
            return Ed25519PublicKey.from_public_bytes(public)
    raise Refusal("own_not_signed", epoch=epoch, seq=0)


def _checked(each: OwnOperation, device: str, epoch: int, key: Ed25519PublicKey) -> Operation:
    try:
        raw = each.payload.encode()
        key.verify(each.signature, raw)
        operation = parse(each.payload, each.signature)
    except (InvalidSignature, ValueError) as error:
        raise Refusal("own_not_signed", epoch=epoch, seq=0) from error
    if (operation.header.device, operation.header.epoch) != (device, epoch):
        raise Refusal("own_not_signed", epoch=epoch, seq=operation.header.seq)
    return operation


def _hash_at(connection: Connection, device: str, epoch: int, seq: int) -> str:
    found = connection.execute(
        select(journal.c.hash).where(journal.c.device == device, journal.c.epoch == epoch, journal.c.seq == seq)
    ).scalar()
    return str(found or "")


def _came_by_feed(connection: Connection, op_id: str) -> bool:
    return connection.execute(
        select(feed_entries.c.position).where(feed_entries.c.op_id == op_id).limit(1)
    ).scalar() is not None
