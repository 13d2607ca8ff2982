"""Whether this counter may give out numbers, and why not: an older disk, a fork, another machine in its place.

A number that was printed once must never be printed again. When a witness (the province, the second copy, the
small one beside the keys) shows that this book is not the newest of its counter, numbers stop at once; capture,
parking, scanning and the printing of what is stored go on. A book that lacks operations writes none either, or
they would stand in the place of the lost ones (`app.store.journal.append`). Only a new epoch with other numbers
lets them go again (sync.md, "Contact").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.errors import Refusal
from app.store.journal import STOPPED
from app.store.settings import forget_setting, read_setting, read_sync, write_sync

ASKED_EPOCH = "asked_epoch"
PENDING = "pending_epoch"
"""Setting, the request of a new epoch until it is answered: {"request", "epoch" (that is to end), "key" (hex),
"reason"}."""


class Reason:
    """Why no number is given out."""

    OLDER_THAN_WITNESS = "older_than_witness"
    OLDER_THAN_PROVINCE = "older_than_province"
    FORK = "fork"
    STALE_EPOCH = "stale_epoch"


MAY_BEGIN_ANEW = frozenset({Reason.FORK, Reason.OLDER_THAN_WITNESS})
"""Reasons of which a person at the counter ends the stop by asking for a new epoch."""

NEEDS_CODE = frozenset({"not_enrolled", "unknown_device", "signature_wrong", "stale_epoch", "device_revoked"})
"""Problems that a new enrolment code ends: another machine stands here, or the province has forgotten this one."""


@dataclass(frozen=True, slots=True)
class Stopped:
    reason: str
    since: datetime
    values: Mapping[str, Any]


def numbers_stopped(connection: Connection) -> Stopped | None:
    """Why no number is given out; None when they are."""
    held = read_sync(connection, STOPPED)
    if held is None:
        return None
    return Stopped(held["reason"], datetime.fromisoformat(held["since"]), held["values"])


def refuse_when_stopped(connection: Connection) -> None:
    """Raises `numbers_stopped` {reason}."""
    held = read_sync(connection, STOPPED)
    if held is not None:
        raise Refusal("numbers_stopped", reason=held["reason"])


def stop_numbers(connection: Connection, reason: str, values: Mapping[str, Any], now: datetime) -> None:
    """From now on no number is given out. The first reason keeps its moment; a later one replaces it.

    What the province said of this book stands against what a witness says of it again at the next start: with the
    province it recovers by itself, and must not wait for a person because the power went meanwhile.
    """
    before = numbers_stopped(connection)
    if reason == Reason.OLDER_THAN_WITNESS:
        forget_request(connection, values.get("epoch"))
        if before is not None and before.reason == Reason.OLDER_THAN_PROVINCE:
            return
    is_known = before is not None and before.reason == reason
    since = before.since if before is not None and is_known else now
    write_sync(connection, STOPPED, {"reason": reason, "since": since.isoformat(), "values": dict(values)})


def forget_request(connection: Connection, seen: int | None) -> None:
    """A witness has seen epoch `seen`; None: nobody can say what was seen.

    A later one than this book asks to end was begun by what was lost, perhaps with the very request that came back
    with the disk, and gave out numbers: the request must not be sent again. Where no later one was seen, nobody
    had the answer; forgetting it then would leave this machine a stranger at its own place.
    """
    held = read_setting(connection, PENDING)
    if held is not None and (seen is None or seen > held["epoch"]):
        forget_setting(connection, PENDING)


def let_numbers_go(connection: Connection) -> None:
    """A new epoch has begun."""
    write_sync(connection, STOPPED, None)
    write_sync(connection, ASKED_EPOCH, None)


def ask_new_epoch(connection: Connection) -> None:
    """A person has looked and wants this counter to go on with other numbers: the next contact asks for them.

    Raises `epoch_not_needed` when numbers go, or when they wait for something that a new epoch does not mend.
    """
    held = numbers_stopped(connection)
    if held is None or held.reason not in MAY_BEGIN_ANEW:
        raise Refusal("epoch_not_needed")
    write_sync(connection, ASKED_EPOCH, held.reason)


def may_enrol_again(connection: Connection) -> bool:
    """Whether an enrolment code may be used on a book that is enrolled: it can go on in no other way."""
    problem = read_sync(connection, "problem")
    return numbers_stopped(connection) is not None or (
        problem is not None and problem["code"] in NEEDS_CODE
    )


def asked_epoch(connection: Connection) -> str:
    """Why a person asked for a new epoch; "" when nobody did."""
    return str(read_sync(connection, ASKED_EPOCH) or "")
