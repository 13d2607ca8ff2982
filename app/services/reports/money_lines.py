"""Lines of money of a period, each condition once: what a money report adds up is what its lists show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, literal_column, select, true

from app.domain.reports.periods import Period
from app.domain.till.accounts import Means, Stream
from app.domain.till.entries import EntryKind, TransferState
from app.store.tables import (
    dossiers,
    feed_entries,
    journal,
    money_entries,
    money_lines,
    money_receipts,
    transfers,
)

_ENTRY, _LINE, _WAY = money_entries.c, money_lines.c, transfers.c
_ROW: ColumnElement[int] = literal_column("money_entries.rowid")
_IN_ORDER = (_ENTRY.at, _ROW, _LINE.n)
_ADDRESS = "$.body.dossier.intake.applicant.{}.address"

_COLLECTED = _ENTRY.kind == EntryKind.COLLECTED
_TRANSFERRED = and_(_COLLECTED, _ENTRY.means == Means.TRANSFER)
_ARRIVED = func.coalesce(_WAY.state, "") == TransferState.CONFIRMED
_HANDED_ON = _LINE.remittance != ""

COUNTED: Mapping[str, ColumnElement[bool]] = {
    "count": _COLLECTED,
    "cash": and_(_COLLECTED, _ENTRY.means == Means.CASH),
    "confirmed": and_(_TRANSFERRED, _ARRIVED),
    "waiting": and_(_TRANSFERRED, ~_ARRIVED),
    "collected": _COLLECTED,
    "taken_back": ~_COLLECTED,
    "net": true(),
    "remitted": _HANDED_ON,
    "owed": ~_HANDED_ON,
}
"""Which lines a figure adds up; "count" counts them."""


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """A line of money with what is known of its dossier; what was taken back is negative."""

    op_id: str
    at: datetime
    business_date: date
    code: str
    procedure: str
    applicant: str
    address: str
    payer: str
    stream: Stream
    owner: str
    owner_name: str
    kind: str
    name: str
    amount: int
    means: Means
    entry: EntryKind
    receipt: str                   # of the collection, also where a line takes back
    clerk_name: str


@dataclass(frozen=True, slots=True)
class Whose:
    """Lines of one owner and kind, of the owner, of a stream, of one collection; None means all."""

    stream: str | None = None
    owner: str | None = None
    kind: str | None = None
    op_id: str | None = None

    @property
    def conditions(self) -> tuple[ColumnElement[bool], ...]:
        pairs = ((_LINE.stream, self.stream), (_LINE.owner, self.owner), (_LINE.kind, self.kind),
                 (_LINE.op_id, self.op_id))
        return tuple(column == value for column, value in pairs if value is not None)


@dataclass(frozen=True, slots=True)
class OwnerSums:
    """All figures of one owner and kind. Raises ValueError unless they balance."""

    stream: str
    owner: str
    kind: str
    owner_name: str
    figures: Mapping[str, int]

    def __post_init__(self) -> None:
        of = self.figures
        if (of["collected"] != of["cash"] + of["confirmed"] + of["waiting"]
                or of["net"] != of["collected"] + of["taken_back"] or of["net"] != of["remitted"] + of["owed"]):
            raise ValueError(f"money does not balance: {self}")


def sums_by_owner(connection: Connection, period: Period) -> tuple[OwnerSums, ...]:
    """For each stream, owner and kind of the period, in this order."""
    figures = [
        func.count().filter(which).label(key) if key == "count"
        else func.coalesce(func.sum(_LINE.amount).filter(which), 0).label(key)
        for key, which in COUNTED.items()
    ]
    of = (_LINE.stream, _LINE.owner, _LINE.kind)
    found = _from(select(*of, func.max(_LINE.owner_name), *figures), period).group_by(*of).order_by(*of)
    return tuple(
        OwnerSums(stream, owner, kind, name, dict(zip(COUNTED, map(int, sums), strict=True)))
        for stream, owner, kind, name, *sums in connection.execute(found)
    )


def money_rows(
    connection: Connection, period: Period, figure: str = "net", whose: Whose | None = None, *, after: int = 0,
    limit: int | None = None,
) -> Iterator[MoneyRow]:
    """Lines behind a figure of `COUNTED` in the order of taking: so many `after` the first, at most `limit`."""
    wanted = whose if whose is not None else Whose()
    found = _from(_with_dossier(), period).where(COUNTED[figure], *wanted.conditions)
    for row in connection.execute(found.order_by(*_IN_ORDER).offset(after).limit(-1 if limit is None else limit)):
        yield MoneyRow(**dict(row._mapping) | {
            "business_date": date.fromisoformat(row.business_date), "stream": Stream(row.stream),
            "means": Means(row.means), "entry": EntryKind(row.entry)})


def _from(found: Select[Any], period: Period) -> Select[Any]:
    """Of entries in the period; what was given back by transfer lies where its collection lay."""
    of = case((_ENTRY.undoes != "", _ENTRY.undoes), else_=_ENTRY.op_id)
    return (
        found.join_from(money_entries, money_lines, _ENTRY.op_id == _LINE.op_id)
        .outerjoin(transfers, and_(_ENTRY.means == Means.TRANSFER, _WAY.op_id == of))
        .where(_ENTRY.business_date.between(period.first.isoformat(), period.last.isoformat()))
    )


def _with_dossier() -> Select[Any]:
    given = money_receipts.c
    of = case((_ENTRY.undoes != "", _ENTRY.undoes), else_=_ENTRY.op_id)
    receipt = (
        select(func.min(given.name))
        .where(given.op_id == of, given.owner == _LINE.owner, given.kind == _LINE.kind).scalar_subquery()
    )
    dossier = dossiers.alias("of_line")
    text = func.coalesce(
        select(journal.c.payload).where(journal.c.op_id == dossier.c.op_id).scalar_subquery(),
        select(func.json_extract(feed_entries.c.payload, "$.payload"))
        .where(feed_entries.c.op_id == dossier.c.op_id).limit(1).scalar_subquery(),
        "{}")
    address = func.coalesce(func.json_extract(text, _ADDRESS.format("person")),
                            func.json_extract(text, _ADDRESS.format("organisation")), "")
    return select(
        _ENTRY.op_id, _ENTRY.at, _ENTRY.business_date, _ENTRY.code,
        func.coalesce(dossier.c.procedure_name, "").label("procedure"),
        func.coalesce(dossier.c.applicant_name, "").label("applicant"), address.label("address"), _ENTRY.payer,
        _LINE.stream, _LINE.owner, _LINE.owner_name, _LINE.kind, _LINE.name, _LINE.amount, _ENTRY.means,
        _ENTRY.kind.label("entry"), func.coalesce(receipt, "").label("receipt"), _ENTRY.clerk_name,
    ).outerjoin_from(money_entries, dossier, and_(_ENTRY.code_key != "", dossier.c.code_key == _ENTRY.code_key))
