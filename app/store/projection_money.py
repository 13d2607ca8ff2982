"""From operations to the cash book: sessions, entries, balances, receipts, transfers, remittances.

Every operation that moves money carries its movements; a set that does not sum to zero is no operation of money
and is refused here, whoever sent it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.dossier_code import parse_code
from app.domain.operation import Operation, Type
from app.domain.till.accounts import Means
from app.domain.till.electronic import ElectronicReceipt
from app.domain.till.entries import EntryKind, ReceiptState, TransferState
from app.domain.till.movements import read_movements
from app.store.tables import (
    cash_sessions,
    money_entries,
    money_lines,
    money_receipts,
    receipt_ranges,
    remittances,
    rollup_ledger,
    statement_lines,
    transfers,
)

TABLES = (
    statement_lines, transfers, remittances, money_receipts, receipt_ranges, money_lines, money_entries,
    cash_sessions, rollup_ledger,
)
"""Emptied before they are replayed."""


def move(connection: Connection, operation: Operation) -> None:
    """The balances after the movements of `operation`. Raises ValueError when they do not sum to zero."""
    header = operation.header
    statement = upsert(rollup_ledger)
    statement = statement.on_conflict_do_update(
        index_elements=["account", "business_date", "device"],
        set_={"amount": rollup_ledger.c.amount + statement.excluded.amount},
    )
    for movement in read_movements(operation.body["movements"]):
        connection.execute(statement, {
            "account": movement.account, "business_date": header.business_date, "device": header.device,
            "amount": movement.amount,
        })


def _open(connection: Connection, operation: Operation) -> None:
    header, body = operation.header, operation.body
    connection.execute(insert(cash_sessions), {
        "id": header.op_id, "device": header.device, "clerk": header.staff, "clerk_name": body["clerk_name"],
        "opened_at": _at(operation), "business_date": header.business_date, "float": body["counted"],
        "previous": body["previous"], "closed_at": None, "closing": "", "number": "", "counted": None,
        "expected": None, "carried": None, "taker": "",
    })
    _enter(connection, operation, EntryKind.OPENED, header.op_id, body["counted"])
    connection.execute(
        update(money_entries).where(money_entries.c.op_id.in_(body["taken_in"])).values(session=header.op_id)
    )


def _move(connection: Connection, operation: Operation) -> None:
    body = operation.body
    _enter(connection, operation, EntryKind.MOVED, body["session"], body["amount"], reason=body["reason"])


def _close(connection: Connection, operation: Operation) -> None:
    header, body = operation.header, operation.body
    connection.execute(
        update(cash_sessions).where(cash_sessions.c.id == body["session"]).values(
            closed_at=_at(operation), closing=header.op_id, number=body["about"]["number"],
            counted=body["counted"], expected=body["expected"], carried=body["carried"], taker=body["taker"],
        )
    )
    _enter(connection, operation, EntryKind.CLOSED, body["session"], body["counted"], reason=body["reason"])


def _collect(connection: Connection, operation: Operation) -> None:
    header, body = operation.header, operation.body
    taking, code = body["collection"]["taking"], body["collection"]["code"]
    total = sum(line["amount"] for line in taking["lines"])
    _enter(connection, operation, EntryKind.COLLECTED, body["collection"]["session"], total, code=code,
           payer=taking["payer"], means=taking["means"])
    _lines(connection, operation, taking["lines"], 1)
    for receipt in body["collection"]["receipts"]:
        _receipt(connection, operation, receipt, payer=taking["payer"], code=code)
    if taking["means"] == Means.TRANSFER:
        called = code or receipt_name(body["collection"]["receipts"][0])
        connection.execute(insert(transfers), {
            "op_id": header.op_id, "account": taking["bank_account"], "amount": total, "token": taking["token"],
            "called": called, "payer": taking["payer"], "device": header.device, "at": _at(operation),
            "business_date": header.business_date, "state": TransferState.CLAIMED, "confirming": "",
        })


def _void(connection: Connection, operation: Operation) -> None:
    _undo(connection, operation, EntryKind.VOIDED)
    of = operation.body["undoes"]
    connection.execute(update(money_entries).where(money_entries.c.op_id == of).values(is_void=True))
    connection.execute(
        update(money_receipts).where(money_receipts.c.op_id == of).values(state=ReceiptState.VOID)
    )
    connection.execute(update(transfers).where(transfers.c.op_id == of).values(state=TransferState.VOID))


def _refund(connection: Connection, operation: Operation) -> None:
    _undo(connection, operation, EntryKind.REFUNDED)


def _undo(connection: Connection, operation: Operation, kind: EntryKind) -> None:
    body = operation.body
    total = sum(line["amount"] for line in body["lines"])
    _enter(connection, operation, kind, body["session"], -total, code=body["code"], payer=body["payer"],
           means=body["means"], undoes=body["undoes"], reason=body["reason"], second_name=body["second_name"])
    _lines(connection, operation, body["lines"], -1)
    connection.execute(
        update(money_entries).where(money_entries.c.op_id == body["undoes"])
        .values(undone=money_entries.c.undone + total)
    )


def _confirm(connection: Connection, operation: Operation) -> None:
    body, op_id = operation.body, operation.header.op_id
    connection.execute(
        update(transfers).where(transfers.c.op_id == body["transfer"])
        .values(state=TransferState.CONFIRMED, confirming=op_id)
    )
    connection.execute(
        update(statement_lines)
        .where(statement_lines.c.statement == body["statement"], statement_lines.c.n == body["n"])
        .values(transfer=body["transfer"])
    )


def _read_statement(connection: Connection, operation: Operation) -> None:
    body = operation.body
    for n, line in enumerate(body["lines"]):
        connection.execute(insert(statement_lines), {
            "statement": operation.header.op_id, "n": n, "account": body["account"], "day": line["day"],
            "amount": line["amount"], "text": line["text"], "reference": line["reference"], "transfer": "",
        })


def _remit(connection: Connection, operation: Operation) -> None:
    header, body = operation.header, operation.body
    connection.execute(insert(remittances), {
        "op_id": header.op_id, "number": body["about"]["number"], "at": _at(operation),
        "business_date": header.business_date, "device": header.device, "stream": body["stream"],
        "owner": body["owner"], "owner_name": body["owner_name"], "cash": body["cash"],
        "transferred": body["transferred"], "entries": len(body["entries"]), "clerk_name": body["clerk_name"],
        "acknowledged_at": None, "acknowledged_by": "", "reference": "",
    })
    connection.execute(
        update(money_lines).where(
            money_lines.c.op_id.in_(body["entries"]), money_lines.c.stream == body["stream"],
            money_lines.c.owner == body["owner"],
        ).values(remittance=header.op_id)
    )


def _acknowledge(connection: Connection, operation: Operation) -> None:
    body = operation.body
    connection.execute(
        update(remittances)
        .where(remittances.c.op_id == body["remittance"], remittances.c.acknowledged_at.is_(None))
        .values(acknowledged_at=_at(operation), acknowledged_by=body["by"], reference=body["reference"])
    )


def _take_range(connection: Connection, operation: Operation) -> None:
    header, body = operation.header, operation.body
    connection.execute(insert(receipt_ranges), {
        "id": header.op_id, "device": header.device, "at": _at(operation),
        **{name: body[name] for name in ("form", "symbol", "kind", "owner", "first", "last")},
    })


def _spoil(connection: Connection, operation: Operation) -> None:
    _receipt(connection, operation, operation.body["receipt"], payer="", code="", state=ReceiptState.SPOILED)


def bind_receipt(connection: Connection, slip: str, collection: str, receipt: ElectronicReceipt) -> bool:
    """The electronic receipt of a slip, brought by the province; the newest word counts. False: it is not here.

    `collection` (op_id) is the one that gave it; "": any of that name.
    """
    found = update(money_receipts).where(money_receipts.c.name == slip, money_receipts.c.number.is_(None))
    if collection:
        found = found.where(money_receipts.c.op_id == collection)
    return bool(connection.execute(found.values(electronic=receipt.kept)).rowcount)


HANDLERS: dict[str, Callable[[Connection, Operation], None]] = {
    Type.CASH_OPENED: _open,
    Type.CASH_MOVED: _move,
    Type.CASH_CLOSED: _close,
    Type.MONEY_COLLECTED: _collect,
    Type.MONEY_VOIDED: _void,
    Type.MONEY_REFUNDED: _refund,
    Type.TRANSFER_CONFIRMED: _confirm,
    Type.STATEMENT_READ: _read_statement,
    Type.MONEY_REMITTED: _remit,
    Type.REMITTANCE_ACKNOWLEDGED: _acknowledge,
    Type.RECEIPT_RANGE_TAKEN: _take_range,
    Type.MONEY_RECEIPT_SPOILED: _spoil,
}
MOVING = (
    Type.CASH_OPENED, Type.CASH_MOVED, Type.CASH_CLOSED, Type.MONEY_COLLECTED, Type.MONEY_VOIDED,
    Type.MONEY_REFUNDED, Type.TRANSFER_CONFIRMED, Type.MONEY_REMITTED,
)
"""Types that move money: each carries its movements."""


def apply(connection: Connection, operation: Operation, is_own: bool) -> None:
    """Bring the cash book up to date with one operation of the types in `HANDLERS`."""
    if operation.header.type in MOVING:
        move(connection, operation)
    HANDLERS[operation.header.type](connection, operation)


def dossier_of(operation: Operation) -> str:
    """Code of the dossier that money was collected or given back for; "" for none."""
    body = operation.body
    if operation.header.type == Type.MONEY_COLLECTED:
        return str(body["collection"]["code"])
    return str(body["code"]) if operation.header.type in (Type.MONEY_VOIDED, Type.MONEY_REFUNDED) else ""


def _enter(
    connection: Connection, operation: Operation, kind: EntryKind, session: str, amount: int, *, code: str = "",
    payer: str = "", means: str = Means.CASH, undoes: str = "", reason: str = "", second_name: str = "",
) -> None:
    header = operation.header
    connection.execute(insert(money_entries), {
        "op_id": header.op_id, "kind": kind, "device": header.device, "session": session, "at": _at(operation),
        "business_date": header.business_date, "code": code, "code_key": parse_code(code).key if code else "",
        "payer": payer, "means": means, "amount": amount, "undoes": undoes, "undone": 0, "is_void": False,
        "reason": reason, "second_name": second_name, "clerk_name": operation.body["clerk_name"],
    })


def _lines(
    connection: Connection, operation: Operation, lines: Iterable[Mapping[str, Any]], sign: int
) -> None:
    for n, line in enumerate(lines):
        connection.execute(insert(money_lines), {
            "op_id": operation.header.op_id, "n": line.get("place", n), "stream": line["stream"],
            "owner": line["owner"], "owner_name": line["owner_name"], "kind": line["kind"], "name": line["name"],
            "amount": sign * line["amount"], "remittance": "",
        })


def _receipt(
    connection: Connection, operation: Operation, receipt: Mapping[str, Any], *, payer: str, code: str,
    state: ReceiptState = ReceiptState.USED,
) -> None:
    header, number = operation.header, receipt["number"]
    connection.execute(insert(money_receipts), {
        "op_id": header.op_id, "name": receipt_name(receipt),
        "form": receipt["form"], "symbol": receipt["symbol"], "number": int(number) if number else None,
        "device": header.device, "at": _at(operation), "business_date": header.business_date, "state": state,
        "owner": receipt["owner"], "owner_name": receipt["owner_name"], "kind": receipt["kind"],
        "amount": receipt["amount"], "payer": payer, "code": code, "electronic": "",
    })


def receipt_name(receipt: Mapping[str, Any]) -> str:
    """As `GivenReceipt.name`, out of its JSON."""
    return f"{receipt['symbol']} {receipt['number']}" if receipt["number"] else str(receipt["slip"])


def _at(operation: Operation) -> datetime:
    return datetime.fromisoformat(operation.header.wall_time)

