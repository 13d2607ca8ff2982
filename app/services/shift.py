"""Shift change at one counter: the clerk who leaves, the clerk who comes, and minutes that both sign.

From the moment it is stored the next clerk works this counter; nothing that she does carries the other's name. A
clerk whom the province has taken off its list cannot act any more: the next one then takes over in her own name,
and the minutes say whose shift it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from app.domain.body import to_body
from app.domain.identifiers import Randomness, uuid7
from app.domain.operation import Operation, Type
from app.domain.paper_number import PaperKind
from app.domain.shift_left import Stated
from app.domain.text import nfc
from app.errors import Refusal
from app.services.counter import SHIFT, Clerk, Counter
from app.services.days import today_at_counter
from app.services.papers.prints import ask_print
from app.services.results.numbering import next_number
from app.services.shift_left import read_left
from app.store import journal as book
from app.store import projection
from app.store.settings import read_setting, write_setting

PAPER = "shift_minutes"
LONGEST = 1_000
"""Characters of each thing that the clerks write themselves."""


@dataclass(frozen=True, slots=True)
class ShiftChange:
    """As stored; `job` prints the minutes. `is_new` False: this intent had been carried out before."""

    op_id: str
    number: str
    to: Clerk
    job: str
    is_new: bool


def next_clerks(counter: Counter) -> tuple[Clerk, ...]:
    """Who may take over: every clerk of this counter but the one who works it."""
    return tuple(clerk for clerk in counter.clerks if clerk.id != counter.shift_clerk)


def hand_over_shift(
    connection: Connection, counter: Counter, to: str, stated: Stated, *, intent: str, now: datetime,
    randomness: Randomness, by: str = "",
) -> ShiftChange:
    """Count what is left, write the minutes down, and let the clerk `to` work this counter.

    `by` is who writes them, where each clerk signs in as herself; else who leaves does, or who comes when she who
    leaves belongs here no more.

    Raises `clerk_unknown` (to is not of this counter), `shift_to_same`, `shift_changed` (name: another window
    handed over meanwhile), `minutes_too_long` (limit), `cash_below_zero`, `intent_reused`.
    """
    coming = counter.clerk(to)
    known = book.by_intent(connection, intent)
    if known is not None:
        if known.header.type != Type.SHIFT_HANDED_OVER or known.body["to"] != to:
            raise Refusal("intent_reused", code="")
        return _changed(connection, known, coming, is_new=False)
    held = read_setting(connection, SHIFT, {})
    if held.get("clerk", counter.shift_clerk) != counter.shift_clerk:
        raise Refusal("shift_changed", name=held.get("name", ""))
    if to == counter.shift_clerk:
        raise Refusal("shift_to_same", name=coming.name)
    stated = _checked(stated)
    leaving = next((clerk for clerk in counter.clerks if clerk.id == counter.shift_clerk), None)
    author = counter.clerk(by) if by else leaving or coming
    day = today_at_counter(connection, now)
    number = next_number(connection, counter, PaperKind.SHIFT, Type.SHIFT_HANDED_OVER, day)
    event = book.Event(
        op_id=uuid7(now, randomness), type=Type.SHIFT_HANDED_OVER, intent=intent, now=now, business_date=day,
        body={
            "about": {"number": number}, "clerk_name": author.name, "counter_name": counter.name,
            "from": counter.shift_clerk, "from_name": counter.shift_name, "to": coming.id, "to_name": coming.name,
            "sections": to_body(read_left(connection, counter, stated)), "note": stated.note,
        },
    )
    operation = book.append(connection, counter.author(author), event)
    projection.apply(connection, operation, is_own=True)
    write_setting(connection, SHIFT, {"clerk": coming.id, "name": coming.name, "since": now.isoformat()})
    return _changed(connection, operation, coming, is_new=True)


def _changed(connection: Connection, operation: Operation, coming: Clerk, *, is_new: bool) -> ShiftChange:
    op_id, number = operation.header.op_id, str(operation.body["about"]["number"])
    at = datetime.fromisoformat(operation.header.wall_time)
    job = ask_print(
        connection, paper=PAPER, op_id=op_id, code=number, clerk_name=operation.body["clerk_name"], now=at
    )
    return ShiftChange(op_id, number, coming, job, is_new)


def _checked(stated: Stated) -> Stated:
    if stated.cash is not None and stated.cash < 0:
        raise Refusal("cash_below_zero")
    texts = [nfc(text).strip() for text in (stated.receipt_book, stated.stock, stated.note)]
    if any(len(text) > LONGEST for text in texts):
        raise Refusal("minutes_too_long", limit=LONGEST)
    return Stated(stated.cash, *texts)
