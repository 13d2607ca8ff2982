"""The cash book as a screen lists it: newest first, page by page, each entry with what it was for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, literal_column, or_, select

from app.domain.body import from_body
from app.domain.till.collection import Collection, MoneyLine
from app.domain.till.entries import EntryKind, TransferState
from app.errors import Refusal
from app.services.stored_operation import read_operation
from app.services.till.reading import Entry, entries_named, entry
from app.store.tables import money_entries, money_lines, money_receipts, remittances, transfers

After = tuple[str, datetime, int]
"""Where a page ended: business day, moment, row."""
MONEY = (EntryKind.COLLECTED, EntryKind.VOIDED, EntryKind.REFUNDED)
_ROW: ColumnElement[int] = literal_column("money_entries.rowid")


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry with the names of what was paid, its receipts (of what it takes back, those) and its transfer."""

    entry: Entry
    names: tuple[str, ...]
    receipts: tuple[str, ...]
    transfer: TransferState | None


@dataclass(frozen=True, slots=True)
class Refundable:
    """One line of a collection and the đồng of it that have not gone back."""

    place: int
    line: MoneyLine
    left: int


@dataclass(frozen=True, slots=True)
class MadeRemittance:
    """A list that was handed on; `acknowledged_by` "" until its taker says so."""

    op_id: str
    number: str
    at: datetime
    business_date: date
    owner_name: str
    cash: int
    transferred: int
    acknowledged_by: str

    @property
    def total(self) -> int:
        return self.cash + self.transferred


def list_session(
    connection: Connection, device: str, session: str, after: After | None = None, limit: int = 200
) -> tuple[tuple[EntryLine, ...], After | None]:
    """Entries of one session (of "" those outside any on this counter), and where the next page begins."""
    return _page(connection, and_(money_entries.c.session == session, money_entries.c.device == device), after,
                 limit)


def list_money(
    connection: Connection, after: After | None = None, limit: int = 200
) -> tuple[tuple[EntryLine, ...], After | None]:
    """What was collected and taken back on every counter that is known here."""
    days = [money_entries.c.business_date.desc()]      # there is an index by day; within a day by the moment
    return _page(connection, money_entries.c.kind.in_(MONEY), after, limit, days)


def count_collected(connection: Connection, device: str, session: str) -> int:
    """Collections of a session (of "" those outside any) that were not made void."""
    at = money_entries.c
    return int(connection.execute(
        select(func.count()).select_from(money_entries).where(
            at.session == session, at.device == device, at.kind == EntryKind.COLLECTED, at.is_void.is_(False))
    ).scalar_one())


def collection_of(connection: Connection, op_id: str) -> Collection:
    """A collection as it was stored. Raises `collection_unknown`."""
    found = entry(connection, op_id)
    if found is None or found.kind is not EntryKind.COLLECTED:
        raise Refusal("collection_unknown")
    return from_body(Collection, read_operation(connection, op_id).body["collection"])


def refundable(connection: Connection, op_id: str) -> tuple[Refundable, ...]:
    """Every line of a collection with what is left of it. Raises `collection_unknown`."""
    kept = collection_of(connection, op_id)
    rows = connection.execute(
        select(money_lines.c.n, func.sum(-money_lines.c.amount))
        .join(money_entries, money_entries.c.op_id == money_lines.c.op_id)
        .where(money_entries.c.undoes == op_id).group_by(money_lines.c.n)
    )
    gone = {int(place): int(amount) for place, amount in rows}
    return tuple(
        Refundable(place, line, line.amount - gone.get(place, 0)) for place, line in enumerate(kept.taking.lines)
    )


def remittances_made(connection: Connection, limit: int = 200) -> tuple[MadeRemittance, ...]:
    """What was handed on: what nobody has acknowledged first, then the newest."""
    at = remittances.c
    rows = connection.execute(
        select(at.op_id, at.number, at.at, at.business_date, at.owner_name, at.cash, at.transferred,
               at.acknowledged_by)
        .order_by(at.acknowledged_at.is_not(None), at.at.desc(), at.op_id).limit(limit)
    )
    return tuple(
        MadeRemittance(row.op_id, row.number, row.at, date.fromisoformat(row.business_date), row.owner_name,
                       row.cash, row.transferred, row.acknowledged_by)
        for row in rows
    )


def _page(
    connection: Connection, which: Any, after: After | None, limit: int, days: Sequence[ColumnElement[Any]] = ()
) -> tuple[tuple[EntryLine, ...], After | None]:
    """`days`: what sorts by day first, () where one index has the whole order."""
    one = money_entries.c
    found = select(one.op_id, one.business_date, one.at, _ROW.label("place")).where(which)
    if after is not None:
        day, at, place = after
        is_further = or_(one.at < at, and_(one.at == at, place > _ROW))
        if days:
            is_further = and_(one.business_date <= day, or_(one.business_date < day, is_further))
        found = found.where(is_further)
    rows = connection.execute(found.order_by(*days, one.at.desc(), _ROW.desc()).limit(limit + 1)).all()
    shown = rows[:limit]
    rest = (shown[-1].business_date, shown[-1].at, int(shown[-1].place)) if len(rows) > limit else None
    return with_words(connection, [row.op_id for row in shown]), rest


def with_words(connection: Connection, op_ids: list[str]) -> tuple[EntryLine, ...]:
    """These entries, in the order given, each with what it was for."""
    known = entries_named(connection, op_ids)
    about = {op_id: known[op_id].undoes or op_id for op_id in op_ids}
    names, receipts = _texts(connection, money_lines.c.name, money_lines, op_ids), _texts(
        connection, money_receipts.c.name, money_receipts, about.values())
    ways = connection.execute(
        select(transfers.c.op_id, transfers.c.state).where(transfers.c.op_id.in_(set(op_ids))))
    state = {row.op_id: TransferState(row.state) for row in ways}
    return tuple(
        EntryLine(known[op_id], names.get(op_id, ()), receipts.get(about[op_id], ()), state.get(op_id))
        for op_id in op_ids
    )


def _texts(connection: Connection, column: Any, table: Any, op_ids: Any) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    rows = connection.execute(
        select(table.c.op_id, column).where(table.c.op_id.in_(set(op_ids))).order_by(table.c.op_id, column))
    for op_id, text in rows:
        found[op_id] = (*found.get(op_id, ()), text)
    return found
