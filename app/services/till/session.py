"""A cash session from the counted float to the blind count.

The one who counts is not told what should be there. What the count finds too little or too much is a line of its
own: recorded, printed, never zeroed and never a reason to refuse the close.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from app.domain.identifiers import Randomness
from app.domain.operation import Operation, Type
from app.domain.paper_number import PaperKind
from app.domain.reason_library import finished_reason
from app.domain.text import nfc
from app.domain.till.accounts import drawer
from app.domain.till.collection import MOST
from app.domain.till.denominations import Count, counted
from app.domain.till.session import closing_movements, moving_movements, opening_movements
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.papers.prints import ask_print
from app.services.results.numbering import next_number
from app.services.till.reading import (
    CashSession,
    balance,
    entries_outside,
    expected_in_drawer,
    last_closed,
    open_session_of,
    session,
)
from app.services.till.writing import done_before, new_id, write_money

MINUTES = "cash_minutes"
LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Closed:
    """A session that was closed: `difference` = counted − expected; `job` prints the minutes."""

    session: CashSession
    difference: int
    job: str
    is_new: bool


def open_session(
    connection: Connection, counter: Counter, clerk: Clerk, count: Count, *, intent: str, now: datetime,
    randomness: Randomness,
) -> CashSession:
    """The clerk's session, begun with the float she counted; it takes in what was collected before it opened.

    Raises `session_open` (name: whose it is), `count_impossible`, `intent_reused`.
    """
    total = counted(count)
    known = done_before(connection, intent, Type.CASH_OPENED, counted=total)
    if known is not None:
        return _found(connection, known.header.op_id)
    there = open_session_of(connection, counter.device)
    if there is not None:
        raise Refusal("session_open", name=there.clerk_name)
    before = last_closed(connection, counter.device)
    previous, left = (before.id, before.carried) if before is not None and before.carried else ("", None)
    outside = entries_outside(connection, counter)
    op_id = new_id(now, randomness)
    loose = balance(connection, drawer("", counter.device))
    write_money(
        connection, counter, clerk, Type.CASH_OPENED,
        {
            "counted": total, "count": _pieces(count), "previous": previous, "left": left,
            "taken_in": [each.op_id for each in outside],
        },
        op_id=op_id, intent=intent, now=now,
        movements=opening_movements(op_id, counter.device, total, left, loose),
    )
    return _found(connection, op_id)


def move_cash(
    connection: Connection, counter: Counter, clerk: Clerk, amount: int, reason: str, *, intent: str,
    now: datetime, randomness: Randomness,
) -> str:
    """Cash put into the drawer (positive) or taken out of it, with a reason; the id of the entry.

    Raises `no_session`, `money_nothing`, `money_line_wrong`, `reason_empty`, `reason_unfinished`, `intent_reused`.
    """
    said = finished_reason(reason)
    known = done_before(connection, intent, Type.CASH_MOVED, amount=amount, reason=said)
    if known is not None:
        return known.header.op_id
    if amount == 0:
        raise Refusal("money_nothing")
    if type(amount) is not int or abs(amount) > MOST:
        raise Refusal("money_line_wrong", name=said)
    here = _open(connection, counter)
    op_id = new_id(now, randomness)
    write_money(
        connection, counter, clerk, Type.CASH_MOVED, {"session": here.id, "amount": amount, "reason": said},
        op_id=op_id, intent=intent, now=now, movements=moving_movements(here.id, counter.device, amount),
    )
    return op_id


def close_session(
    connection: Connection, counter: Counter, clerk: Clerk, count: Count, *, carried: int = 0, taker: str = "",
    reason: str = "", intent: str, now: datetime, randomness: Randomness,
) -> Closed:
    """Count the drawer blind, write the difference down as it is, and close; minutes are printed after it.

    `carried` of the count stays as the next float, for the clerk `taker` when one takes over. `reason` is what the
    clerk says about a difference; nobody has to. Raises `no_session`, `count_impossible`, `carried_too_much`
    (counted), `clerk_unknown`, `minutes_too_long` (limit), `intent_reused`.
    """
    total = counted(count)
    said = nfc(reason).strip()
    known = done_before(connection, intent, Type.CASH_CLOSED, counted=total)
    if known is not None:
        return _closed(connection, known, is_new=False)
    if len(said) > LONGEST:
        raise Refusal("minutes_too_long", limit=LONGEST)
    if not 0 <= carried <= total:
        raise Refusal("carried_too_much", counted=total)
    taker_name = counter.clerk(taker).name if taker else ""
    here = _open(connection, counter)
    expected = expected_in_drawer(connection, counter, here.id)
    day = today_at_counter(connection, now)
    operation = write_money(
        connection, counter, clerk, Type.CASH_CLOSED,
        {
            "about": {"number": next_number(connection, counter, PaperKind.CASH, Type.CASH_CLOSED, day)},
            "session": here.id, "counted": total, "count": _pieces(count), "expected": expected,
            "carried": carried, "taker": taker, "taker_name": taker_name, "reason": said,
        },
        op_id=new_id(now, randomness), intent=intent, now=now, day=day,
        movements=closing_movements(here.id, counter.device, expected, total),
    )
    return _closed(connection, operation, is_new=True)


def _closed(connection: Connection, operation: Operation, *, is_new: bool) -> Closed:
    body, op_id = operation.body, operation.header.op_id
    at = datetime.fromisoformat(operation.header.wall_time)
    job = ask_print(connection, paper=MINUTES, op_id=op_id, code=body["about"]["number"],
                    clerk_name=body["clerk_name"], now=at)
    here = _found(connection, body["session"])
    return Closed(here, body["counted"] - body["expected"], job, is_new)


def _open(connection: Connection, counter: Counter) -> CashSession:
    here = open_session_of(connection, counter.device)
    if here is None:
        raise Refusal("no_session")
    return here


def _found(connection: Connection, id_: str) -> CashSession:
    here = session(connection, id_)
    assert here is not None
    return here


def _pieces(count: Count) -> dict[str, int]:
    return {str(kind): pieces for kind, pieces in sorted(count.items(), reverse=True) if pieces}
