"""Trả kết quả at the counter: two scans that belong together, the right person, originals and money settled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.domain.body import to_body
from app.domain.collecting import LEVELS, MEANS, checked_collector
from app.domain.dossier_code import parse_code
from app.domain.identifiers import Randomness
from app.domain.life.facts import Collector, MoneyTaken, Returned
from app.domain.life.life import Original
from app.domain.life.states import Delivery, Holder, MoneyState
from app.domain.operation import Type
from app.domain.paper_number import PaperKind
from app.domain.reason_library import finished_reason
from app.domain.till.collection import Taking
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.life.acting import Acted, Line, act
from app.services.life.reading import KnownLife
from app.services.papers.prints import ask_print
from app.services.results.known import find_here
from app.services.results.numbering import next_number
from app.services.results.pairing import Pair, match_pair, match_result
from app.services.till.collecting import collect
from app.store import journal as book

RESULT_RECEIPT = "result_receipt"


@dataclass(frozen=True, slots=True)
class Handing:
    """What the clerk did at the counter. `receipt_scan` and `result_scan` are the texts as scanned.

    `receipt_scan` is empty when the receipt is lost: then `lost_receipt` says why. `originals` go to the citizen;
    `originals_left` says why others do not.
    """

    receipt_scan: str
    result_scan: str
    collector: Collector
    originals: tuple[str, ...] = ()
    originals_left: str = ""
    lost_receipt: str = ""
    money: MoneyTaken | None = None
    taking: Taking | None = None   # how `money` goes into the cash book
    satisfaction: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class GivenOut:
    """The return as stored; `number` stands on the paper both sign."""

    op_id: str
    code: str
    number: str
    job: str
    is_old_receipt: bool
    is_new: bool


def return_result(
    connection: Connection,
    counter: Counter,
    clerk: Clerk,
    code: str,
    handing: Handing,
    *,
    intent: str,
    now: datetime,
    randomness: Randomness,
) -> GivenOut:
    """Give the result of dossier `code` out, once; nothing is written when anything stands in the way.

    Raises `receipt_scan_missing`, `receipt_is_there` (scanned and called lost), what `match_pair` and
    `checked_collector` raise, `pair_of_other_dossier` (two papers of another dossier than the page showed),
    `originals_left_unsaid` (amount, names), `money_due` (code, amount), `money_amount_differs` (due, taken),
    `money_means_unknown`, `satisfaction_unknown`; of the table: `result_not_here`, `result_already_out`,
    `money_not_due`, `original_elsewhere`; `intent_reused`; and what `collect` raises.
    """
    known = book.by_intent(connection, intent)
    if known is not None:
        facts = Returned(handing.collector)
        return _given(connection, act(connection, counter, clerk, [Line(code, facts)], intent=intent, now=now,
                                      randomness=randomness), clerk, now)
    pair = _pair(connection, handing)
    held = pair.held
    if held.id != find_here(connection, code).id:
        raise Refusal("pair_of_other_dossier", code=parse_code(code).text, found=held.code)
    facts = _facts(held, handing)
    again: dict[str, Any] = {}
    if facts.money is not None:
        facts = replace(facts, money=with_receipts(
            connection, counter, clerk, held.code, facts.money, handing.taking, intent=intent, now=now,
            randomness=randomness))
        if held.is_owed_again:         # taken once, made void, now in the cash book again: no event takes it twice
            facts, again = replace(facts, money=None), {"money": to_body(facts.money)}
    number = next_number(
        connection, counter, PaperKind.RESULT_RECEIPT, Type.RESULT_RETURNED, today_at_counter(connection, now)
    )
    acted = act(
        connection, counter, clerk, [Line(held.code, facts)], intent=intent, now=now, randomness=randomness,
        about={"number": number, "receipt_version": pair.version, "is_old_receipt": pair.is_old_receipt, **again},
    )
    return _given(connection, acted, clerk, now)


def amount_due(held: KnownLife) -> int | None:
    """Đồng that the citizen still owes for this dossier; None when nobody knows the amount yet."""
    if held.life.money is not MoneyState.DUE:
        return 0
    left = held.fees_left
    return None if None in left else sum(amount or 0 for amount in left)


def originals_owed(held: KnownLife, given: tuple[str, ...] = ()) -> tuple[Original, ...]:
    """Originals that the citizen does not have and will not have once `given` were handed over."""
    return tuple(
        one for one in held.life.originals if one.holder is not Holder.CITIZEN and one.id not in given
    )


def _pair(connection: Connection, handing: Handing) -> Pair:
    is_lost = bool(handing.lost_receipt.strip())
    if handing.receipt_scan:
        if is_lost:
            raise Refusal("receipt_is_there")
        return match_pair(connection, handing.receipt_scan, handing.result_scan)
    if not is_lost:
        raise Refusal("receipt_scan_missing")
    finished_reason(handing.lost_receipt)
    return Pair(match_result(connection, handing.result_scan), None)


def _facts(held: KnownLife, handing: Handing) -> Returned:
    intake = held.body.intake
    assert intake.applicant is not None
    facts = Returned(
        collector=checked_collector(handing.collector, intake.applicant, intake.submitter, handing.note),
        originals=handing.originals, originals_left=handing.originals_left.strip(),
        lost_receipt=handing.lost_receipt.strip(), money=handing.money, satisfaction=handing.satisfaction,
        note=handing.note.strip(),
    )
    if held.life.delivery not in (Delivery.SHELF, Delivery.UNDELIVERED):
        return facts                   # the table says it better than anything about its money or originals
    left = originals_owed(held, facts.originals)
    if left and not facts.originals_left:
        raise Refusal("originals_left_unsaid", code=held.code, amount=len(left),
                      names=tuple(dict.fromkeys(one.name for one in left)))
    if facts.satisfaction is not None and facts.satisfaction not in LEVELS:
        raise Refusal("satisfaction_unknown")
    if facts.money is None:
        if held.life.money is MoneyState.DUE:
            raise Refusal("money_due", code=held.code, amount=amount_due(held))
        return facts
    return replace(facts, money=checked_money(held, facts.money))


def checked_money(held: KnownLife, money: MoneyTaken) -> MoneyTaken:
    """The money as kept, when it is what the citizen owes. Raises as `return_result` does."""
    due = amount_due(held)
    if held.life.money is not MoneyState.DUE:
        raise Refusal("money_not_due", code=held.code)
    if money.means not in MEANS:
        raise Refusal("money_means_unknown")
    if money.amount < 0 or (due is None and money.amount == 0) or (due is not None and money.amount != due):
        raise Refusal("money_amount_differs", code=held.code, due=due, taken=money.amount)
    return replace(money, receipt=money.receipt.strip())


def with_receipts(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, money: MoneyTaken, taking: Taking | None, *,
    intent: str, now: datetime, randomness: Randomness,
) -> MoneyTaken:
    """The money with the names of its receipts, once it is in the cash book; as it is without a `taking`.

    Raises `money_amount_differs` (due, taken) when the two do not agree, and what `collect` raises.
    """
    if taking is None:
        return money
    if taking.total != money.amount or taking.means != money.means:
        raise Refusal("money_amount_differs", code=code, due=money.amount, taken=taking.total)
    done = collect(connection, counter, clerk, taking, code=code, intent=f"{intent}:money", now=now,
                   randomness=randomness)
    return replace(money, receipt=", ".join(receipt.name for receipt in done.collection.receipts))


def _given(connection: Connection, acted: Acted, clerk: Clerk, now: datetime) -> GivenOut:
    about = acted.operation.body["about"]
    (code,) = acted.codes
    job = ask_print(
        connection, paper=RESULT_RECEIPT, op_id=acted.op_id, code=code, clerk_name=clerk.name, now=now
    )
    return GivenOut(
        acted.op_id, code, str(about["number"]), job, bool(about["is_old_receipt"]), acted.is_new
    )
