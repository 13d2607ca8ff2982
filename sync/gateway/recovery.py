"""The keys of the counters' books, kept sealed and given back to two operators at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from sync.contract.key_letters import key_digits, key_letters
from sync.contract.limits import KB, MAX_NAME
from sync.contract.messages import unb64
from sync.contract.problems import Code
from sync.contract.recovery import KEY_BYTES, RecoveryKey, RecoveryProof, recovery_bound, recovery_proof
from sync.contract.sealing import BrokenSeal, NotForUs, unseal
from sync.gateway.operator.people import Act, note_act
from sync.gateway.problem import ProblemRaised
from sync.gateway.province import Seal
from sync.gateway.recovery_tables import recovery_keys
from sync.gateway.sessions import Session
from sync.gateway.tables import devices
from sync.gateway.times import stamp

MOST_OF_ONE = 1_000
"""Keys of one counter. It brings another when its book or the province's key changes: a few in its life."""
_MAX_SEALED = KB


@dataclass(frozen=True, slots=True)
class GivenBack:
    """`groups`: `key_letters`; `digits` the same for a square code. `of`: how many keys this counter brought."""

    groups: tuple[str, ...]
    digits: str
    number: int
    of: int
    epoch: int
    at: str


def take_recovery_key(
    connection: Connection, seal: Seal, session: Session, asked: RecoveryKey, now: datetime,
) -> RecoveryProof:
    """Open the envelope, keep it as it came, and answer what only its content can. The same key again is not kept
    twice: an answer may be lost on the way.

    Raises ProblemRaised `stale_epoch`, `malformed` {where, what} for an envelope that does not open here.
    """
    session.refuse_stale()
    try:
        sealed = unb64(asked.sealed)
        key = b"" if len(sealed) > _MAX_SEALED else _opened(seal, session.device, session.epoch, sealed)
    except (BrokenSeal, NotForUs, ValueError) as error:
        raise ProblemRaised(Code.MALFORMED, 400, where="sealed", what=type(error).__name__) from error
    if len(key) != KEY_BYTES:
        raise ProblemRaised(Code.MALFORMED, 400, where="sealed", what="not_a_key")
    # One after the other for each counter: the number follows from what is there.
    connection.execute(select(devices.c.id).where(devices.c.id == session.device).with_for_update())
    newest = _row(connection, session.device)
    if newest is None or newest.epoch != session.epoch or _held(seal, session.device, newest) != key:
        number = newest.number + 1 if newest is not None else 1
        if number > MOST_OF_ONE:
            raise ProblemRaised(Code.MALFORMED, 400, where="sealed", what="too_many")
        connection.execute(insert(recovery_keys).values(
            device=session.device, number=number, epoch=session.epoch, sealed=sealed, at=stamp(now)))
    return RecoveryProof(recovery_proof(key, session.device, asked.nonce))


def give_back(
    connection: Connection, seal: Seal, device: str, people: tuple[str, str], now: datetime,
    number: int | None = None,
) -> GivenBack:
    """The newest key of a counter, or its n-th, in letters; both names stand in the journal of operators, which is
    written in the same transaction. The key itself is kept nowhere.

    Raises ProblemRaised `unknown_device`, `two_people` (the same name twice, or none), `no_recovery_key`,
    `recovery_key_broken` (the province's own key is not the one it was sealed to).
    """
    one, two = (" ".join(name.split()) for name in people)
    if not one or not two or one.casefold() == two.casefold() or max(len(one), len(two)) > MAX_NAME:
        raise ProblemRaised("two_people", 400)
    if connection.execute(select(devices.c.id).where(devices.c.id == device)).scalar() is None:
        raise ProblemRaised("unknown_device", 404, device=device)
    row = _row(connection, device, number)
    if row is None:
        raise ProblemRaised("no_recovery_key", 404, device=device)
    key = _held(seal, device, row)
    if key is None:
        raise ProblemRaised("recovery_key_broken", 409, device=device, number=row.number)
    of = connection.execute(
        select(func.count()).select_from(recovery_keys).where(recovery_keys.c.device == device)).scalar_one()
    note_act(connection, one, Act.RECOVERY_KEY, {"device": device, "number": row.number, "with": two}, now)
    note_act(connection, two, Act.RECOVERY_KEY, {"device": device, "number": row.number, "with": one}, now)
    return GivenBack(key_letters(key), key_digits(key), row.number, of, row.epoch, row.at)


def _row(connection: Connection, device: str, number: int | None = None) -> Row[Any] | None:
    """The newest, or that one."""
    asked = select(recovery_keys).where(recovery_keys.c.device == device)
    if number is not None:
        asked = asked.where(recovery_keys.c.number == number)
    return connection.execute(asked.order_by(recovery_keys.c.number.desc()).limit(1)).one_or_none()


def _held(seal: Seal, device: str, row: Row[Any]) -> bytes | None:
    """What is inside; None where it was sealed to another key than the province has now."""
    try:
        return _opened(seal, device, row.epoch, bytes(row.sealed))
    except (BrokenSeal, NotForUs):
        return None


def _opened(seal: Seal, device: str, epoch: int, sealed: bytes) -> bytes:
    return unseal(sealed, seal.opening_key, recovery_bound(device, epoch))
