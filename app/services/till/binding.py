"""Temporary slips and the electronic receipts that the province binds to them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from app.domain.dossier_code import parse_code
from app.domain.till.accounts import Means
from app.domain.till.electronic import ElectronicReceipt, read_electronic
from app.domain.till.entries import EntryKind, ReceiptState, TransferState
from app.store.tables import money_entries, money_lines, money_receipts, transfers

STATE_KINDS = ("fee", "charge")


@dataclass(frozen=True, slots=True)
class UnboundSlip:
    """A slip for a fee of the State that no electronic receipt has followed yet."""

    slip: str
    op_id: str
    device: str
    at: datetime
    business_date: date
    owner_name: str
    kind: str
    amount: int
    payer: str
    code: str


@dataclass(frozen=True, slots=True)
class DossierReceipt:
    """A receipt given for a dossier. `electronic`: what a slip stood for, None before and for a biên lai.

    `back`: đồng of it that were refunded; `transfer` None: it was paid in cash.
    """

    name: str
    op_id: str
    device: str
    at: datetime
    state: ReceiptState
    kind: str
    owner_name: str
    amount: int
    is_slip: bool
    electronic: ElectronicReceipt | None
    means: Means = Means.CASH
    transfer: TransferState | None = None
    back: int = 0


def unbound_slips(
    connection: Connection, older_than: date | None = None, *, device: str = "", limit: int = 1000
) -> tuple[UnboundSlip, ...]:
    """Slips without an electronic receipt, oldest first: of business days before `older_than`, or all.

    Those whose collection was made void need none; postage and other collections never get one.
    """
    found = select(money_receipts).where(
        *_waiting(), *((money_receipts.c.business_date < older_than.isoformat(),) if older_than else ()),
        *((money_receipts.c.device == device,) if device else ()))
    rows = connection.execute(found.order_by(money_receipts.c.at, money_receipts.c.name).limit(limit))
    return tuple(
        UnboundSlip(row.name, row.op_id, row.device, row.at, date.fromisoformat(row.business_date), row.owner_name,
                    row.kind, row.amount, row.payer, row.code)
        for row in rows
    )


def electronic_of(connection: Connection, op_id: str, name: str) -> ElectronicReceipt | None:
    """What a receipt of a collection stood for; None when the province has not said."""
    kept = connection.execute(
        select(money_receipts.c.electronic).where(money_receipts.c.op_id == op_id, money_receipts.c.name == name)
    ).scalar()
    return read_electronic(kept or "")


def receipts_of_dossier(connection: Connection, code: str) -> tuple[DossierReceipt, ...]:
    """Every receipt that was given for a dossier, void ones too, oldest first."""
    entry = money_entries.c
    rows = connection.execute(
        select(money_receipts, entry.means, transfers.c.state.label("transfer"))
        .join(money_entries, entry.op_id == money_receipts.c.op_id)
        .outerjoin(transfers, transfers.c.op_id == entry.op_id)
        .where(entry.code_key == parse_code(code).key, entry.code_key != "")
        .order_by(money_receipts.c.at, money_receipts.c.name)
    ).all()
    back = _refunded(connection, {row.op_id for row in rows})
    return tuple(_of_dossier(row, back.get((row.op_id, row.owner, row.kind), 0)) for row in rows)


def _refunded(connection: Connection, collections: Collection[str]) -> dict[tuple[str, str, str], int]:
    """By collection, owner and kind: as the receipts are."""
    entry, line = money_entries.c, money_lines.c
    rows = connection.execute(
        select(entry.undoes, line.owner, line.kind, func.sum(-line.amount))
        .join(money_lines, line.op_id == entry.op_id)
        .where(entry.undoes.in_(collections), entry.kind == EntryKind.REFUNDED)
        .group_by(entry.undoes, line.owner, line.kind)
    )
    return {(of, owner, kind): int(amount) for of, owner, kind, amount in rows}


def _of_dossier(row: Any, back: int) -> DossierReceipt:
    return DossierReceipt(row.name, row.op_id, row.device, row.at, ReceiptState(row.state), row.kind,
                          row.owner_name, row.amount, row.number is None, read_electronic(row.electronic),
                          Means(row.means), TransferState(row.transfer) if row.transfer else None, back)


def _waiting() -> tuple[ColumnElement[bool], ...]:
    at = money_receipts.c
    return (at.number.is_(None), at.electronic == "", at.state == ReceiptState.USED, at.kind.in_(STATE_KINDS))
