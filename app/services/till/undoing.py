"""Money that goes back: an opposite entry with a reason and a second person; the first line stays readable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, func, select

from app.domain.body import from_body, to_body
from app.domain.identifiers import Randomness
from app.domain.operation import Type
from app.domain.reason_library import finished_reason
from app.domain.till.accounts import Means, claimed, confirmed, drawer
from app.domain.till.collection import Collection, MoneyLine
from app.domain.till.entries import EntryKind, TransferState
from app.domain.till.movements import Movement
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.stored_operation import read_operation
from app.services.till.reading import Entry, entry, open_session_of
from app.services.till.second_person import second_person
from app.services.till.writing import done_before, new_id, write_money
from app.store.tables import money_entries, money_lines, transfers


@dataclass(frozen=True, slots=True)
class Undone:
    """`amount` in đồng that went back."""

    op_id: str
    amount: int
    is_new: bool


def void_collection(
    connection: Connection, counter: Counter, clerk: Clerk, of: str, *, reason: str, second: str, intent: str,
    now: datetime, randomness: Randomness,
) -> Undone:
    """The whole collection `of` is taken back and its receipts are void, by the means it came in.

    Raises `collection_unknown`, `collection_undone`, `collection_remitted` (refund it), `transfer_confirmed`
    (refund it), what `second_person` and `finished_reason` raise, `intent_reused`.
    """
    said = finished_reason(reason)
    known = done_before(connection, intent, Type.MONEY_VOIDED, undoes=of)
    if known is not None:
        return _undone(known.header.op_id, known.body["lines"], is_new=False)
    other = second_person(counter, clerk, second)
    found, kept = _collection(connection, of)
    if found.is_void or found.undone:
        raise Refusal("collection_undone")
    if _is_remitted(connection, of):
        raise Refusal("collection_remitted")
    if _transfer_state(connection, of) == TransferState.CONFIRMED:
        raise Refusal("transfer_confirmed")
    return _undo(
        connection, counter, clerk, Type.MONEY_VOIDED, found, kept, list(enumerate(kept.taking.lines)),
        kept.taking.means, other, said, intent=intent, now=now, randomness=randomness,
    )


def refund(
    connection: Connection, counter: Counter, clerk: Clerk, of: str, amounts: Mapping[int, int], *, means: Means,
    reason: str, second: str, intent: str, now: datetime, randomness: Randomness,
) -> Undone:
    """Give back đồng of lines of collection `of`: `amounts` maps the line's place to đồng. The receipts stand.

    By transfer only what came by transfer. Raises `collection_unknown`, `collection_undone`,
    `transfer_not_confirmed` (void it), `refund_too_much` (name, left), `refund_means` (it came in cash),
    `money_nothing`, what `second_person` and `finished_reason` raise, `intent_reused`.
    """
    said = finished_reason(reason)
    known = done_before(connection, intent, Type.MONEY_REFUNDED, undoes=of)
    if known is not None:
        return _undone(known.header.op_id, known.body["lines"], is_new=False)
    other = second_person(counter, clerk, second)
    found, kept = _collection(connection, of)
    if found.is_void:
        raise Refusal("collection_undone")
    if kept.taking.means is Means.TRANSFER and _transfer_state(connection, of) != TransferState.CONFIRMED:
        raise Refusal("transfer_not_confirmed")
    if means is Means.TRANSFER and kept.taking.means is not Means.TRANSFER:
        raise Refusal("refund_means")
    gone = _given_back(connection, of)
    lines = []
    for place, amount in sorted(amounts.items()):
        if not 0 <= place < len(kept.taking.lines):
            raise Refusal("refund_too_much", name="", left=0)
        line = kept.taking.lines[place]
        left = line.amount - gone.get(place, 0)
        if type(amount) is not int or amount < 0 or amount > left:
            raise Refusal("refund_too_much", name=line.name, left=left)
        if amount:
            lines.append((place, replace(line, amount=amount)))
    if not lines:
        raise Refusal("money_nothing")
    return _undo(
        connection, counter, clerk, Type.MONEY_REFUNDED, found, kept, lines, means, other, said,
        intent=intent, now=now, randomness=randomness,
    )


def _undo(
    connection: Connection, counter: Counter, clerk: Clerk, type_: str, found: Entry, kept: Collection,
    lines: Sequence[tuple[int, MoneyLine]], means: Means, other: Clerk, reason: str, *, intent: str, now: datetime,
    randomness: Randomness,
) -> Undone:
    here = open_session_of(connection, counter.device)
    session = here.id if here else ""
    out_of = drawer(session, counter.device)
    if means is Means.TRANSFER:
        # A void takes back what was only claimed, a refund what has come in.
        lies = claimed if type_ == Type.MONEY_VOIDED else confirmed
        out_of = lies(kept.taking.bank_account)
    op_id, total = new_id(now, randomness), sum(line.amount for _, line in lines)
    write_money(
        connection, counter, clerk, type_,
        {
            "undoes": found.op_id, "code": kept.code, "payer": kept.taking.payer, "means": means.value,
            "session": session, "lines": [{"place": place, **to_body(line)} for place, line in lines],
            "reason": reason, "second": other.id, "second_name": other.name,
        },
        op_id=op_id, intent=intent, now=now, agency=lines[0][1].owner,
        movements=(Movement(out_of, -total), *(Movement(line.account, line.amount) for _, line in lines)),
    )
    return Undone(op_id, total, is_new=True)


def _undone(op_id: str, lines: list[Mapping[str, int]], *, is_new: bool) -> Undone:
    return Undone(op_id, sum(line["amount"] for line in lines), is_new)


def _collection(connection: Connection, of: str) -> tuple[Entry, Collection]:
    found = entry(connection, of)
    if found is None or found.kind is not EntryKind.COLLECTED:
        raise Refusal("collection_unknown")
    return found, from_body(Collection, read_operation(connection, of).body["collection"])


def _given_back(connection: Connection, of: str) -> dict[int, int]:
    """Đồng of each line of the collection, by its place, that went back already."""
    rows = connection.execute(
        select(money_lines.c.n, func.sum(-money_lines.c.amount))
        .join(money_entries, money_entries.c.op_id == money_lines.c.op_id)
        .where(money_entries.c.undoes == of).group_by(money_lines.c.n)
    )
    return {int(place): int(amount) for place, amount in rows}


def _is_remitted(connection: Connection, of: str) -> bool:
    return connection.execute(
        select(money_lines.c.n).where(money_lines.c.op_id == of, money_lines.c.remittance != "")
    ).first() is not None


def _transfer_state(connection: Connection, of: str) -> str | None:
    return connection.execute(select(transfers.c.state).where(transfers.c.op_id == of)).scalar()
