"""Bank statements: taken in once, line by line, and laid beside the transfers that citizens said they made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from app.domain.identifiers import Randomness
from app.domain.operation import Type
from app.domain.reason_library import finished_reason
from app.domain.till.accounts import claimed, confirmed
from app.domain.till.entries import TransferState
from app.domain.till.matching import AwaitedTransfer, Match, Matched, match_lines
from app.domain.till.movements import Movement
from app.domain.till.statement import Statement, StatementLine, new_lines
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.till.second_person import second_person
from app.services.till.writing import done_before, new_id, write_money
from app.store.tables import statement_lines, transfers


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer that a citizen said was made; `op_id` is the collection, `called` its dossier or receipt."""

    op_id: str
    account: str
    amount: int
    token: str
    called: str
    payer: str
    at: datetime
    business_date: date
    state: TransferState


@dataclass(frozen=True, slots=True)
class LooseLine:
    """A statement line that has confirmed nothing yet, and which waiting transfers it may be."""

    statement: str
    n: int
    account: str
    line: StatementLine
    match: Match
    transfers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """`added` lines are new here, `known` were in an earlier statement."""

    op_id: str
    added: int
    known: int


def take_statement(
    connection: Connection, counter: Counter, clerk: Clerk, account: str, statement: Statement, *, name: str,
    intent: str, now: datetime, randomness: Randomness,
) -> TakenIn:
    """The new lines of a statement of `account` are in the book; the same file again adds nothing.

    `name` of the file, for the journal. Raises `bank_account_missing`, `statement_known` when nothing in it is
    new, `intent_reused`.
    """
    known = done_before(connection, intent, Type.STATEMENT_READ, account=account)
    if known is not None:
        return TakenIn(known.header.op_id, len(known.body["lines"]), known.body["known"])
    if not account:
        raise Refusal("bank_account_missing")
    rows = connection.execute(select(statement_lines).where(statement_lines.c.account == account))
    fresh = new_lines(statement.lines, (_line(row).key for row in rows))
    if not fresh:
        raise Refusal("statement_known")
    op_id, before = new_id(now, randomness), len(statement.lines) - len(fresh)
    write_money(
        connection, counter, clerk, Type.STATEMENT_READ,
        {"account": account, "name": name[:200], "known": before,
         "lines": [{"day": line.day.isoformat(), "amount": line.amount, "text": line.text,
                    "reference": line.reference} for line in fresh]},
        op_id=op_id, intent=intent, now=now,
    )
    return TakenIn(op_id, len(fresh), before)


def waiting_transfers(connection: Connection, up_to: date | None = None) -> tuple[Transfer, ...]:
    """Transfers that no statement has confirmed, oldest first; `up_to`: claimed on or before that day."""
    found = select(transfers).where(transfers.c.state == TransferState.CLAIMED)
    if up_to is not None:
        found = found.where(transfers.c.business_date <= up_to.isoformat())
    return tuple(map(_transfer, connection.execute(found.order_by(transfers.c.at, transfers.c.op_id))))


def transfer(connection: Connection, op_id: str) -> Transfer | None:
    row = connection.execute(select(transfers).where(transfers.c.op_id == op_id)).first()
    return _transfer(row) if row is not None else None


def loose_lines(connection: Connection) -> tuple[LooseLine, ...]:
    """Lines of all statements that have confirmed nothing, with their verdict; newest day first."""
    rows = connection.execute(
        select(statement_lines).where(statement_lines.c.transfer == "")
        .order_by(statement_lines.c.day.desc(), statement_lines.c.statement, statement_lines.c.n)
    ).all()
    waiting: dict[str, list[AwaitedTransfer]] = {}
    for each in waiting_transfers(connection):
        waiting.setdefault(each.account, []).append(AwaitedTransfer(each.op_id, each.called, each.amount))
    verdicts: dict[object, Matched] = {}
    for account in {row.account for row in rows}:
        lines: dict[object, tuple[int, str]] = {(row.statement, row.n): (row.amount, row.text)
                                                for row in rows if row.account == account}
        verdicts.update({found.line: found for found in match_lines(lines, waiting.get(account, ()))})
    return tuple(
        LooseLine(row.statement, row.n, row.account, _line(row), found.match, found.transfers)
        for row in rows for found in (verdicts[row.statement, row.n],)
    )


def confirm_transfer(
    connection: Connection, counter: Counter, clerk: Clerk, op_id: str, statement: str, n: int, *, intent: str,
    now: datetime, randomness: Randomness,
) -> str:
    """Line `n` of `statement` paid the transfer of collection `op_id`; the id of the entry.

    Raises `transfer_unknown`, `transfer_not_waiting`, `line_unknown`, `line_used`, `transfer_amount_differs`
    (claimed, paid), `intent_reused`.
    """
    known = done_before(connection, intent, Type.TRANSFER_CONFIRMED, transfer=op_id, statement=statement, n=n)
    if known is not None:
        return known.header.op_id
    found = _waiting(connection, op_id)
    row = connection.execute(
        select(statement_lines).where(statement_lines.c.statement == statement, statement_lines.c.n == n)
    ).first()
    if row is None or row.account != found.account:
        raise Refusal("line_unknown")
    if row.transfer:
        raise Refusal("line_used")
    if row.amount != found.amount:
        raise Refusal("transfer_amount_differs", claimed=found.amount, paid=row.amount)
    return _confirm(connection, counter, clerk, found, {"statement": statement, "n": n}, intent, now, randomness)


def confirm_by_word(
    connection: Connection, counter: Counter, clerk: Clerk, op_id: str, *, reason: str, second: str, intent: str,
    now: datetime, randomness: Randomness,
) -> str:
    """Two people say that the transfer came in, though no line of a statement does; the reason stays readable.

    Raises `transfer_unknown`, `transfer_not_waiting`, what `finished_reason` and `second_person` raise,
    `intent_reused`.
    """
    said = finished_reason(reason)
    known = done_before(connection, intent, Type.TRANSFER_CONFIRMED, transfer=op_id, reason=said)
    if known is not None:
        return known.header.op_id
    other = second_person(counter, clerk, second)
    return _confirm(
        connection, counter, clerk, _waiting(connection, op_id),
        {"statement": "", "n": -1, "reason": said, "second": other.id, "second_name": other.name},
        intent, now, randomness,
    )


def _confirm(
    connection: Connection, counter: Counter, clerk: Clerk, found: Transfer, by: dict[str, Any], intent: str,
    now: datetime, randomness: Randomness,
) -> str:
    op_id = new_id(now, randomness)
    write_money(
        connection, counter, clerk, Type.TRANSFER_CONFIRMED,
        {"transfer": found.op_id, "called": found.called, "amount": found.amount, **by},
        op_id=op_id, intent=intent, now=now,
        movements=(Movement(claimed(found.account), -found.amount),
                   Movement(confirmed(found.account), found.amount)),
    )
    return op_id


def _waiting(connection: Connection, op_id: str) -> Transfer:
    found = transfer(connection, op_id)
    if found is None:
        raise Refusal("transfer_unknown")
    if found.state is not TransferState.CLAIMED:
        raise Refusal("transfer_not_waiting")
    return found


def _transfer(row: Any) -> Transfer:
    return Transfer(row.op_id, row.account, row.amount, row.token, row.called, row.payer, row.at,
                    date.fromisoformat(row.business_date), TransferState(row.state))


def _line(row: Any) -> StatementLine:
    return StatementLine(date.fromisoformat(row.day), row.amount, row.text, row.reference)
