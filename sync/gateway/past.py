"""A counter that was here before the province was: name, epochs and keys, taken back at enrolment.

Without them the counter's operations of that time could not be checked, and so not be taken. What the province
still knows is never overwritten. What it does not know is believed from whoever brings a fresh code of that very
counter, and either a lease of that name with our signature or the time of a restore that is not yet settled; and,
one epoch at a time, from a neighbour who has our signed word for it (`author_keys`).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from sync.contract.author_key import AuthorKey
from sync.contract.messages import EnrolRequest, PastEpoch, unb64
from sync.contract.operation_text import GENESIS
from sync.gateway.held_leases import signed_leases, take_back_leases
from sync.gateway.logs import say
from sync.gateway.province import Seal, unsettled_since
from sync.gateway.restores import least_epoch, minutes_since_2025
from sync.gateway.sessions import token_hash
from sync.gateway.tables import devices, epochs, restores
from sync.gateway.times import stamp

_KEY_BYTES = 32
MOST_EPOCHS = 10_000
"""More epochs than that begin at no counter, so a higher number is none."""


def take_back_past(connection: Connection, seal: Seal, code: Any, request: EnrolRequest, at: str) -> None:
    """Enter what `request` says of its past and the province lacks; nothing for a book without one.

    The device stays what it was at its counter. Where the counter has another by now (somebody enrolled a machine
    there before this one came back), the earlier one is kept beside it, so that its operations still find custody.
    """
    if not request.device:
        return
    known = connection.execute(
        select(devices.c.office, devices.c.counter).where(devices.c.id == request.device).with_for_update()
    ).one_or_none()
    if known is not None and (known.office, known.counter) != (code.office, code.counter):
        return                                     # a code of another counter gives no say in this one's past
    is_proven = bool(signed_leases(seal, request.device, request.held_leases))
    if known is None and not (is_proven or unsettled_since(connection)):
        return
    if known is None:
        _enter_device(connection, code.office, code.counter, request.device)
    if is_proven or unsettled_since(connection):
        _enter_epochs(connection, request, at)
    _, doubled = take_back_leases(connection, seal, request.device, request.held_leases)
    if doubled:
        say("leases_doubled", device=request.device, leases=doubled)


def _enter_device(connection: Connection, office: str, counter: str, device: str) -> None:
    held = connection.execute(
        select(devices.c.id).where(devices.c.office == office, devices.c.counter == counter)
    ).scalar()
    connection.execute(insert(devices).values(
        id=device, office=office, counter=counter if held is None else f"{counter[:120]} · {device}",
        current_epoch=0, revoked_upto=0,
    ))


def _enter_epochs(connection: Connection, request: EnrolRequest, at: str) -> None:
    held = set(connection.execute(select(epochs.c.epoch).where(epochs.c.device == request.device)).scalars())
    most = max(minutes_since_2025(at), least_epoch(connection)) + MOST_EPOCHS
    for epoch, key in _readable(request.past, most):
        if epoch in held:
            continue
        held.add(epoch)
        _enter_epoch(connection, request.device, epoch, key, at, at, device_name=request.device_name,
                     app=request.app_version, machine_hint=request.machine_hint)
    _end_earlier(connection, request.device)


def enter_author(connection: Connection, said: AuthorKey, at: str) -> bool:
    """Enter this epoch, and its counter, unless they are known; whether the epoch was not.

    Raises nothing: where the device is another office's by now, nothing is entered.
    """
    office = connection.execute(
        select(devices.c.office).where(devices.c.id == said.device).with_for_update()
    ).scalar()
    if office is None:
        _enter_device(connection, said.office, said.counter, said.device)
    known = select(epochs.c.epoch).where(epochs.c.device == said.device, epochs.c.epoch == said.epoch)
    if office not in (None, said.office) or connection.execute(known).scalar() is not None:
        return False
    _enter_epoch(connection, said.device, said.epoch, unb64(said.public_key), at, _before_restore(connection, at),
                 device_name="", app="", machine_hint="")
    _end_earlier(connection, said.device)
    return True


def _before_restore(connection: Connection, at: str) -> str:
    """The last moment at which a machine can have called that only a neighbour speaks of: it has not since."""
    newest = connection.execute(select(func.max(restores.c.at))).scalar()
    return at if newest is None else stamp(datetime.fromisoformat(newest) - timedelta(milliseconds=1))


def _enter_epoch(
    connection: Connection, device: str, epoch: int, key: bytes, at: str, last_contact: str, **machine: str,
) -> None:
    """With a token that nobody has: that machine speaks with the one it is given by a code."""
    connection.execute(insert(epochs).values(
        device=device, epoch=epoch, public_key=key, token_hash=token_hash(secrets.token_urlsafe(32)),
        head_seq=0, head_hash=GENESIS, request=None, started_at=at, last_contact=last_contact, **machine,
    ))


def _end_earlier(connection: Connection, device: str) -> None:
    """The newest epoch had ended those before it, and does so again."""
    newest = connection.execute(select(func.max(epochs.c.epoch)).where(epochs.c.device == device)).scalar()
    connection.execute(
        update(devices).where(devices.c.id == device, devices.c.current_epoch < (newest or 0))
        .values(current_epoch=newest)
    )


def _readable(past: Iterable[PastEpoch], most: int) -> Iterable[tuple[int, bytes]]:
    for each in past:
        try:
            key = unb64(each.public_key)
        except ValueError:
            continue
        if len(key) == _KEY_BYTES and 0 < each.epoch <= most:
            yield each.epoch, key
