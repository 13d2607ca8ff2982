"""What lies where: the open session, balances, and the entries of the cash book."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, literal_column, select

from app.domain.till.accounts import Means, drawer
from app.domain.till.entries import EntryKind
from app.services.counter import Counter
from app.store.tables import cash_sessions, money_entries, rollup_ledger


@dataclass(frozen=True, slots=True)
class CashSession:
    """One session. `difference` = counted − expected, None while it is open."""

    id: str
    device: str
    clerk: str
    clerk_name: str
    opened_at: datetime
    business_date: date
    float: int
    previous: str
    closed_at: datetime | None = None
    number: str = ""
    counted: int | None = None
    expected: int | None = None
    carried: int | None = None
    taker: str = ""

    @property
    def difference(self) -> int | None:
        if self.counted is None or self.expected is None:
            return None
        return self.counted - self.expected


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the cash book; `undone`: what of a collection has been taken back so far, in đồng."""

    op_id: str
    kind: EntryKind
    device: str
    session: str
    at: datetime
    business_date: date
    code: str
    payer: str
    means: Means
    amount: int
    undoes: str
    undone: int
    is_void: bool
    reason: str
    second_name: str
    clerk_name: str

    @property
    def may_be_undone(self) -> bool:
        return self.kind is EntryKind.COLLECTED and not self.is_void and self.undone < self.amount


_SESSION = select(*(column for column in cash_sessions.c if column.name != "closing"))
_ENTRY = select(*(column for column in money_entries.c if column.name != "code_key"))
_IN_ORDER: tuple[ColumnElement[Any], ...] = (money_entries.c.at, literal_column("money_entries.rowid"))
"""Two of the same millisecond stand as they were written."""


def open_session_of(connection: Connection, device: str) -> CashSession | None:
    """The session that is open on a counter; the newest where a copied disk made two."""
    row = connection.execute(
        _SESSION.where(cash_sessions.c.device == device, cash_sessions.c.closing == "")
        .order_by(cash_sessions.c.opened_at.desc(), cash_sessions.c.id.desc())
    ).first()
    return _session(row) if row is not None else None


def last_closed(connection: Connection, device: str) -> CashSession | None:
    """The session that was closed last on a counter."""
    row = connection.execute(
        _SESSION.where(cash_sessions.c.device == device, cash_sessions.c.closing != "")
        .order_by(cash_sessions.c.closed_at.desc(), cash_sessions.c.id.desc())
    ).first()
    return _session(row) if row is not None else None


def session(connection: Connection, id_: str) -> CashSession | None:
    row = connection.execute(_SESSION.where(cash_sessions.c.id == id_)).first()
    return _session(row) if row is not None else None


def sessions_on(connection: Connection, day: date, device: str = "") -> tuple[CashSession, ...]:
    """Sessions that were opened on that day, of one counter or of all, in the order of opening."""
    found = _SESSION.where(cash_sessions.c.business_date == day.isoformat())
    if device:
        found = found.where(cash_sessions.c.device == device)
    rows = connection.execute(found.order_by(cash_sessions.c.opened_at, cash_sessions.c.id))
    return tuple(_session(row) for row in rows)


def balance(connection: Connection, account: str) -> int:
    """Đồng on an account, over all days."""
    return int(connection.execute(
        select(func.coalesce(func.sum(rollup_ledger.c.amount), 0)).where(rollup_ledger.c.account == account)
    ).scalar_one())


def balances(connection: Connection, prefix: str = "") -> dict[str, int]:
    """Every account whose name begins with `prefix`, but for those with nothing on them."""
    found = connection.execute(
        select(rollup_ledger.c.account, func.sum(rollup_ledger.c.amount).label("amount"))
        .where(rollup_ledger.c.account >= prefix, rollup_ledger.c.account < prefix + "\uffff")
        .group_by(rollup_ledger.c.account).order_by(rollup_ledger.c.account)
    )
    return {row.account: int(row.amount) for row in found if row.amount}


def expected_in_drawer(connection: Connection, counter: Counter, session_id: str) -> int:
    """What should lie in the drawer. Not for the eyes of who counts it."""
    return balance(connection, drawer(session_id, counter.device))


def entry(connection: Connection, op_id: str) -> Entry | None:
    row = connection.execute(_ENTRY.where(money_entries.c.op_id == op_id)).first()
    return _entry(row) if row is not None else None


def entries_named(connection: Connection, op_ids: Iterable[str]) -> dict[str, Entry]:
    """Those of these entries that are in the cash book, by their id."""
    rows = connection.execute(_ENTRY.where(money_entries.c.op_id.in_(tuple(op_ids))))
    return {row.op_id: _entry(row) for row in rows}


def entries_of_session(connection: Connection, session_id: str) -> tuple[Entry, ...]:
    """The story of a session, oldest first."""
    rows = connection.execute(
        _ENTRY.where(money_entries.c.session == session_id).order_by(*_IN_ORDER)
    )
    return tuple(_entry(row) for row in rows)


def entries_outside(connection: Connection, counter: Counter) -> tuple[Entry, ...]:
    """What was taken on this counter while no session was open and no later one has taken in."""
    rows = connection.execute(
        _ENTRY.where(money_entries.c.session == "", money_entries.c.device == counter.device)
        .order_by(*_IN_ORDER)
    )
    return tuple(_entry(row) for row in rows)


def entries_on(connection: Connection, day: date, device: str = "") -> tuple[Entry, ...]:
    """All entries of a business day, of one counter or of all that are known here, oldest first."""
    found = _ENTRY.where(money_entries.c.business_date == day.isoformat())
    if device:
        found = found.where(money_entries.c.device == device)
    rows = connection.execute(found.order_by(*_IN_ORDER))
    return tuple(_entry(row) for row in rows)


def _session(row: object) -> CashSession:
    values = dict(row._mapping)                    # type: ignore[attr-defined]  # a Row without its column types
    return CashSession(**values | {"business_date": date.fromisoformat(values["business_date"])})


def _entry(row: object) -> Entry:
    values = dict(row._mapping)                    # type: ignore[attr-defined]  # as above
    return Entry(**values | {
        "business_date": date.fromisoformat(values["business_date"]), "kind": EntryKind(values["kind"]),
        "means": Means(values["means"]),
    })
