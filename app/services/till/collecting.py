"""Take money: one act however often the key is pressed, in the transaction of whatever it is taken for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from app.domain.body import from_body, to_body
from app.domain.dossier_code import parse_code
from app.domain.identifiers import Randomness
from app.domain.intake import ChargedFee, FeeTiming, Intake
from app.domain.operation import Operation, Type
from app.domain.till.accounts import Means, Stream
from app.domain.till.collection import (
    Collection,
    MoneyLine,
    Taking,
    checked_taking,
    collection_movements,
    receipts_wanted,
)
from app.domain.transfer_token import transfer_token
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.papers.prints import ask_print
from app.services.till.reading import open_session_of
from app.services.till.receipts import numbered
from app.services.till.writing import new_id, write_money
from app.store import journal as book

RECEIPT, SLIP = "money_receipt", "collection_slip"


@dataclass(frozen=True, slots=True)
class Collected:
    """As stored. `jobs` print the receipts. `is_new` False: this intent had been carried out before."""

    op_id: str
    collection: Collection
    jobs: tuple[str, ...]
    is_new: bool


def fee_lines(intake: Intake) -> tuple[MoneyLine, ...]:
    """What a dossier owes the State by its own form: a line a fee whose amount is known; none when exempt."""
    if intake.procedure is None or intake.fee_timing is FeeTiming.EXEMPT:
        return ()
    chosen = intake.procedure
    return tuple(
        MoneyLine(Stream.STATE, chosen.agency, chosen.agency_name, fee.kind, fee.name, fee.amount, rule=_rule(fee))
        for fee in intake.fees if fee.amount
    )


def unknown_fees(intake: Intake) -> tuple[str, ...]:
    """Names of fees whose amount nobody has filled in: what is owed for them cannot be said."""
    if intake.fee_timing is FeeTiming.EXEMPT:
        return ()
    return tuple(fee.name for fee in intake.fees if fee.amount is None)


def _rule(fee: ChargedFee) -> str:
    """Which rule gave the amount: its code and catalogue version, and the law behind it."""
    of = f"{fee.rule}@{fee.catalogue}" if fee.rule else fee.catalogue
    return ": ".join(part for part in (of, fee.basis) if part)


def collect(
    connection: Connection, counter: Counter, clerk: Clerk, taking: Taking, *, code: str = "", intent: str,
    now: datetime, randomness: Randomness,
) -> Collected:
    """Money for `taking` is in the book, with one receipt for each owner and kind; ten Enters are one collection.

    A transfer is given its token. With no session open it is taken outside one, and the next session takes it in.
    Raises what `checked_taking` does, and `intent_reused`.
    """
    tidy = checked_taking(taking)
    known = book.by_intent(connection, intent)
    if known is not None:
        return _again(connection, known, tidy)
    here = open_session_of(connection, counter.device)
    day, op_id = today_at_counter(connection, now), new_id(now, randomness)
    receipts = numbered(connection, counter, receipts_wanted(tidy.lines), day)
    if tidy.means is Means.TRANSFER:
        tidy = replace(tidy, token=transfer_token(code or receipts[0].name, op_id))
    kept = Collection(tidy, receipts, here.id if here else "", parse_code(code).text if code else "")
    operation = write_money(
        connection, counter, clerk, Type.MONEY_COLLECTED, {"collection": to_body(kept)},
        op_id=op_id, intent=intent, now=now, day=day, agency=tidy.lines[0].owner,
        movements=collection_movements(tidy, kept.session, counter.device),
    )
    return _collected(connection, operation, kept, is_new=True)


def _again(connection: Connection, operation: Operation, taking: Taking) -> Collected:
    if operation.header.type != Type.MONEY_COLLECTED:
        raise Refusal("intent_reused", code="")
    kept = from_body(Collection, operation.body["collection"])
    if replace(kept.taking, token="") != replace(taking, token=""):
        raise Refusal("intent_reused", code=kept.code)
    return _collected(connection, operation, kept, is_new=False)


def _collected(connection: Connection, operation: Operation, kept: Collection, *, is_new: bool) -> Collected:
    at = datetime.fromisoformat(operation.header.wall_time)
    jobs = tuple(
        ask_print(connection, paper=RECEIPT if receipt.number else SLIP, op_id=operation.header.op_id,
                  code=receipt.name, clerk_name=operation.body["clerk_name"], now=at)
        for receipt in kept.receipts
    )
    return Collected(operation.header.op_id, kept, jobs, is_new)
