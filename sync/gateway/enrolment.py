"""How a machine becomes a counter of the province, and how a counter begins a new epoch.

A counter (office, name) is one device for ever; each machine or restored disk that stands there is a new epoch
with its own key, token, chain and number slots. Starting one fences all earlier epochs.

A province restored from a backup may have forgotten epochs, or the counter altogether. From then on it numbers
epochs beyond all that it may have begun (`restores.least_epoch`): a lost one must never be given to another key.

Every answer to the same request bears the same token: one that was asked for again, and comes late, must not end
the token that the counter has been using since.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, insert, select, update

from sync.contract.key_letters import ALPHABET
from sync.contract.messages import (
    Counter,
    Cursor,
    EnrolAnswer,
    EnrolRequest,
    EpochAnswer,
    NewEpoch,
    b64,
    enrol_text,
    epoch_text,
    unb64,
)
from sync.contract.office_file import OfficeAgency
from sync.contract.operation_text import GENESIS
from sync.contract.problems import Code
from sync.gateway.codes import find_code
from sync.gateway.grants import grants_of
from sync.gateway.leases import leases_of, renew_leases
from sync.gateway.offices import office_of
from sync.gateway.packages import package_notes
from sync.gateway.past import take_back_past
from sync.gateway.problem import ProblemRaised
from sync.gateway.province import Seal, incarnation_of
from sync.gateway.restores import least_epoch, window_of
from sync.gateway.sessions import Session, token_hash
from sync.gateway.tables import devices, enrol_codes, epochs
from sync.gateway.times import business_day, stamp


@dataclass(frozen=True, slots=True)
class Machine:
    """What a machine says of itself when an epoch begins."""

    public_key: bytes
    device_name: str
    app: str
    hint: str


def check_proof(public_key: str, text: str, proof: str) -> bytes:
    """The raw key, if `proof` is its signature of `text`. Raises ProblemRaised `proof_wrong`."""
    try:
        raw = unb64(public_key)
        Ed25519PublicKey.from_public_bytes(raw).verify(unb64(proof), text.encode())
    except (ValueError, InvalidSignature) as error:
        raise ProblemRaised(Code.PROOF_WRONG, 403) from error
    return raw


def enrol(connection: Connection, seal: Seal, request: EnrolRequest, now: datetime) -> EnrolAnswer:
    """Redeem a code. The same machine (key) may ask again while the code lasts: its first answer may be lost.

    Raises ProblemRaised; the caller commits all the same, so that a wrong try is counted.
    """
    key = check_proof(request.public_key, enrol_text(request.code, request.public_key), request.proof)
    code: Any = find_code(connection, seal, request.code, now)
    _refuse_other_counter(connection, code, request.device)
    machine = Machine(key, request.device_name, request.app_version, request.machine_hint)
    take_back_past(connection, seal, code, request, stamp(now))
    if code.used_by is None:
        device = _device_at(connection, code.office, code.counter)
        epoch = begin_epoch(connection, seal, device, machine, stamp(now))
        connection.execute(
            update(enrol_codes).where(enrol_codes.c.id == code.id).values(used_by=device, used_epoch=epoch)
        )
    else:
        device, epoch = code.used_by, code.used_epoch
        _refuse_other_key(connection, seal, (device, epoch), key)
    office, for_counters = office_of(connection, code.office)
    today = business_day(now)
    _renew(connection, seal, (device, epoch), office.agencies, today)
    incarnation = incarnation_of(connection)
    return EnrolAnswer(
        device=device, epoch=epoch, token=_token_of(seal, (device, epoch), key), office=for_counters,
        counter=Counter(code.counter), clerks=office.plain_clerks, province_public_key=b64(seal.public),
        incarnation=incarnation,
        cursor=Cursor(incarnation, 0), leases=leases_of(connection, (device, epoch), today),
        packages=package_notes(connection), seal_key=seal.seal_key,
        grants=grants_of(connection, seal, office, today),
    )


def _refuse_other_counter(connection: Connection, code: Any, device: str) -> None:
    """A book of one counter and a code of another: the machine that works there would be fenced for nothing."""
    at = connection.execute(
        select(devices.c.office, devices.c.counter).where(devices.c.id == device)
    ).one_or_none() if device else None
    if at is not None and (at.office, at.counter) != (code.office, code.counter):
        raise ProblemRaised(Code.WRONG_COUNTER, 403, counter=code.counter)


def take_new_epoch(
    connection: Connection, seal: Seal, session: Session, request: NewEpoch, now: datetime,
) -> EpochAnswer:
    """End the session's epoch and begin the next; the same request again is answered alike while nothing was
    written in it: of a disk that was copied with its request on it, only one may go on.

    Raises ProblemRaised `stale_epoch` when another machine did so before: whether that was rightly done is for a
    person, who gives this machine an enrolment code.
    """
    key = check_proof(
        request.public_key, epoch_text(request.request, request.epoch, request.public_key), request.proof,
    )
    _lock_device(connection, session.device)
    begun = connection.execute(
        select(epochs.c.epoch)
        .where(epochs.c.device == session.device, epochs.c.request == request.request, epochs.c.head_seq == 0)
    ).scalar()
    if begun is not None and session.epoch < begun == _current_epoch(connection, session.device):
        _refuse_other_key(connection, seal, (session.device, begun), key)
        epoch = begun
    else:
        if request.epoch != session.epoch or _current_epoch(connection, session.device) != session.epoch:
            raise ProblemRaised(Code.STALE_EPOCH, 409, epoch=session.epoch, current_epoch=session.current_epoch)
        old = connection.execute(
            select(epochs).where(epochs.c.device == session.device, epochs.c.epoch == session.epoch)
        ).one()
        machine = Machine(key, old.device_name, old.app, old.machine_hint)
        epoch = begin_epoch(connection, seal, session.device, machine, stamp(now), request.request)
    office, _ = office_of(connection, session.office)
    today = business_day(now)
    _renew(connection, seal, (session.device, epoch), office.agencies, today)
    holder = (session.device, epoch)
    return EpochAnswer(session.device, epoch, _token_of(seal, holder, key), leases_of(connection, holder, today))


def begin_epoch(
    connection: Connection, seal: Seal, device: str, machine: Machine, at: str, request: str | None = None,
) -> int:
    """The next epoch of a device; from now on every earlier one is stale."""
    epoch = max(_current_epoch(connection, device), least_epoch(connection)) + 1
    connection.execute(insert(epochs).values(
        device=device, epoch=epoch, public_key=machine.public_key, head_seq=0,
        token_hash=token_hash(_token_of(seal, (device, epoch), machine.public_key)), head_hash=GENESIS,
        request=request, device_name=machine.device_name, app=machine.app,
        machine_hint=machine.hint, started_at=at, last_contact=at,
    ))
    connection.execute(update(devices).where(devices.c.id == device).values(current_epoch=epoch))
    return epoch


def _renew(
    connection: Connection, seal: Seal, holder: tuple[str, int], served: Iterable[OfficeAgency], today: date,
) -> None:
    renew_leases(connection, seal, holder, served, today, window_of(connection))


def _device_at(connection: Connection, office: str, counter: str) -> str:
    known = connection.execute(
        select(devices.c.id).where(devices.c.office == office, devices.c.counter == counter).with_for_update()
    ).scalar()
    if known is not None:
        return str(known)
    fresh = "c" + "".join(secrets.choice(ALPHABET) for _ in range(10)).lower()
    connection.execute(insert(devices).values(
        id=fresh, office=office, counter=counter, current_epoch=0, revoked_upto=0,
    ))
    return fresh


def _lock_device(connection: Connection, device: str) -> None:
    connection.execute(select(devices.c.id).where(devices.c.id == device).with_for_update())


def _current_epoch(connection: Connection, device: str) -> int:
    current: int = connection.execute(select(devices.c.current_epoch).where(devices.c.id == device)).scalar_one()
    return current


def _token_of(seal: Seal, holder: tuple[str, int], key: bytes) -> str:
    """Follows from the province's own secret, so that no answer needs to be kept to be given again."""
    device, epoch = holder
    secret = hashlib.sha256(b"epoch token" + seal.key.private_bytes_raw()).digest()
    return hmac.digest(secret, f"{device}\n{epoch}\n{key.hex()}".encode(), "sha256").hex()


def _refuse_other_key(connection: Connection, seal: Seal, holder: tuple[str, int], key: bytes) -> None:
    """Raises ProblemRaised `code_used` for any key but the one that began this epoch. An epoch of an earlier
    gateway had a token by chance: from here on it has the one that follows."""
    changed = connection.execute(
        update(epochs)
        .where(epochs.c.device == holder[0], epochs.c.epoch == holder[1], epochs.c.public_key == key)
        .values(token_hash=token_hash(_token_of(seal, holder, key)))
    )
    if changed.rowcount != 1:
        raise ProblemRaised(Code.CODE_USED, 403)
