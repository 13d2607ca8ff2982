"""Money handed on to whom it was collected for: a list, its sum, and the word of who took it.

What is handed on is what lies safe: cash of sessions that are closed and counted, transfers that a statement has
confirmed (they lie on the owner's account already), less what was taken back since. The rest waits for the next
list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, exists, or_, select

from app.domain.identifiers import Randomness
from app.domain.operation import Type
from app.domain.paper_number import PaperKind
from app.domain.text import nfc
from app.domain.till.accounts import SAFE, Means, Stream, confirmed, owed
from app.domain.till.entries import TransferState
from app.domain.till.movements import Movement
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.papers.prints import ask_print
from app.services.results.numbering import next_number
from app.services.till.writing import done_before, new_id, write_money
from app.store.tables import cash_sessions, money_entries, money_lines, remittances, transfers

LIST = "remittance_list"
_IN_ORDER = (money_entries.c.at, money_lines.c.op_id, money_lines.c.n)


@dataclass(frozen=True, slots=True)
class RemittanceLine:
    """One line of an entry; what was taken back is negative. `account`: of a transfer, "" for cash."""

    op_id: str
    n: int
    at: datetime
    code: str
    payer: str
    kind: str
    name: str
    amount: int
    account: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What can be handed on to one owner now."""

    stream: Stream
    owner: str
    owner_name: str
    lines: tuple[RemittanceLine, ...]

    @property
    def cash(self) -> int:
        return sum(line.amount for line in self.lines if not line.account)

    @property
    def transferred(self) -> int:
        return sum(line.amount for line in self.lines if line.account)

    @property
    def total(self) -> int:
        return self.cash + self.transferred


@dataclass(frozen=True, slots=True)
class Remitted:
    op_id: str
    number: str
    cash: int
    transferred: int
    job: str
    is_new: bool


def waiting_remittances(connection: Connection) -> tuple[Waiting, ...]:
    """Everything that can be handed on, by owner; postage stays with the post and is never in it."""
    rows = connection.execute(
        _lines().where(money_lines.c.remittance == "", _lies_safe(), money_lines.c.stream != Stream.POSTAGE)
        .order_by(money_lines.c.stream, money_lines.c.owner, *_IN_ORDER)
    ).all()
    found: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        found.setdefault((row.stream, row.owner), []).append(row)
    return tuple(
        Waiting(Stream(stream), owner, of[-1].owner_name, tuple(map(_line, of)))
        for (stream, owner), of in found.items()
    )


def remit(
    connection: Connection, counter: Counter, clerk: Clerk, stream: Stream, owner: str, *, intent: str,
    now: datetime, randomness: Randomness,
) -> Remitted:
    """All that waits for one owner is handed on, with a list that is printed.

    Raises `nothing_to_remit`, `intent_reused`.
    """
    known = done_before(connection, intent, Type.MONEY_REMITTED, stream=stream.value, owner=owner)
    if known is not None:
        done, at = known.body, datetime.fromisoformat(known.header.wall_time)
        return Remitted(known.header.op_id, done["about"]["number"], done["cash"], done["transferred"],
                        _print(connection, known.header.op_id, done, at), is_new=False)
    waiting = next((each for each in waiting_remittances(connection)
                    if (each.stream, each.owner) == (stream, owner)), None)
    if waiting is None:
        raise Refusal("nothing_to_remit")
    day = today_at_counter(connection, now)
    number = next_number(connection, counter, PaperKind.REMITTANCE, Type.MONEY_REMITTED, day)
    body = {
        "clerk_name": clerk.name, "about": {"number": number}, "stream": stream.value, "owner": owner,
        "owner_name": waiting.owner_name, "cash": waiting.cash, "transferred": waiting.transferred,
        "entries": list(dict.fromkeys(line.op_id for line in waiting.lines)),
    }
    op_id = new_id(now, randomness)
    write_money(connection, counter, clerk, Type.MONEY_REMITTED, body, op_id=op_id, intent=intent, now=now,
                day=day, movements=_movements(waiting), agency=owner)
    job = _print(connection, op_id, body, now)
    return Remitted(op_id, number, waiting.cash, waiting.transferred, job, is_new=True)


def acknowledge_remittance(
    connection: Connection, counter: Counter, clerk: Clerk, remittance: str, *, by: str, reference: str = "",
    intent: str, now: datetime, randomness: Randomness,
) -> str:
    """Who took the money says so; `reference` is the number of their paper or of the payment order.

    Raises `remittance_unknown`, `remittance_acknowledged`, `taker_missing`, `intent_reused`.
    """
    taker = nfc(by).strip()
    known = done_before(connection, intent, Type.REMITTANCE_ACKNOWLEDGED, remittance=remittance)
    if known is not None:
        return known.header.op_id
    row = connection.execute(select(remittances).where(remittances.c.op_id == remittance)).first()
    if row is None:
        raise Refusal("remittance_unknown")
    if row.acknowledged_at is not None:
        raise Refusal("remittance_acknowledged", name=row.acknowledged_by)
    if not taker:
        raise Refusal("taker_missing")
    op_id = new_id(now, randomness)
    write_money(connection, counter, clerk, Type.REMITTANCE_ACKNOWLEDGED,
                {"remittance": remittance, "by": taker[:200], "reference": nfc(reference).strip()[:200]},
                op_id=op_id, intent=intent, now=now, agency=row.owner)
    return op_id


def lines_of_remittance(connection: Connection, op_id: str) -> tuple[RemittanceLine, ...]:
    """The lines of a list that was made, as it was printed."""
    rows = connection.execute(
        _lines().where(money_lines.c.remittance == op_id)
        .order_by(*_IN_ORDER)
    )
    return tuple(map(_line, rows))


def _lines() -> Any:
    """Lines with what their entry says. What was given back by transfer lies where its collection lay."""
    entry, way = money_entries.c, transfers.c
    return (
        select(money_lines, entry.at, entry.code, entry.payer, entry.means, way.account)
        .join(money_entries, entry.op_id == money_lines.c.op_id)
        .outerjoin(transfers, and_(
            entry.means == Means.TRANSFER,
            or_(way.op_id == entry.op_id, way.op_id == entry.undoes)))
    )


def _lies_safe() -> Any:
    entry = money_entries.c
    is_counted = exists().where(cash_sessions.c.id == entry.session, cash_sessions.c.closing != "")
    return or_(
        and_(entry.means == Means.CASH, is_counted),
        and_(entry.means == Means.TRANSFER, transfers.c.state == TransferState.CONFIRMED),
    )


def _movements(waiting: Waiting) -> Iterable[Movement]:
    for line in waiting.lines:
        yield Movement(owed(waiting.stream, waiting.owner, line.kind), line.amount)
        yield Movement(confirmed(line.account) if line.account else SAFE, -line.amount)


def _print(connection: Connection, op_id: str, body: Any, now: datetime) -> str:
    return ask_print(connection, paper=LIST, op_id=op_id, code=body["about"]["number"],
                     clerk_name=body["clerk_name"], now=now)


def _line(row: Any) -> RemittanceLine:
    return RemittanceLine(row.op_id, row.n, row.at, row.code, row.payer, row.kind, row.name, row.amount,
                          row.account or "")
