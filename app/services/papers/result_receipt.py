"""Giấy biên nhận trả kết quả, from the return as it is journalled."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from app.domain.body import from_body
from app.domain.dossier import DossierBody
from app.domain.fee_words import charged_line
from app.domain.life.facts import CollectorRole, Kind, MoneyTaken, Returned, read_facts
from app.domain.life.life import Life
from app.domain.operation import Operation
from app.domain.papers import FeeLine
from app.domain.route_papers import ResultReceiptPaper, ReturnedResult, Satisfaction
from app.domain.vietnam_time import VIETNAM
from app.services.counter import Counter
from app.services.life.past import past_of

LEVELS = dict(enumerate(Satisfaction, 1))
MEANS = {"cash": "tiền mặt", "transfer": "chuyển khoản", "online": "trực tuyến"}
TAKEN = "Đã thu: {means}{receipt}"
WITH_RECEIPT = ", biên lai số {receipt}"
LEFT = "Bản gốc chưa trả: {reason}"
NEGATIVE = "Văn bản không giải quyết"


def result_receipt_paper(
    connection: Connection, counter: Counter, operation: Operation, code: str
) -> ResultReceiptPaper:
    """The paper of this return; printed again it says the same."""
    facts = read_facts(Kind.RETURNED, operation.body["lines"][0]["facts"])
    assert isinstance(facts, Returned)
    if "money" in operation.body["about"]:         # taken again after a void: for the paper, not for the life
        facts = replace(facts, money=from_body(MoneyTaken, operation.body["about"]["money"]))
    past = past_of(connection, operation, code)
    body, collector = past.body, facts.collector
    procedure, applicant = body.intake.procedure, body.intake.applicant
    assert procedure is not None and applicant is not None
    names = {one.id: one.name for one in past.life.originals}
    is_delegate = collector.role is CollectorRole.DELEGATE
    return ResultReceiptPaper(
        head=counter.paper_head,
        number=str(operation.body["about"]["number"]),
        code=body.code,
        procedure_code=procedure.code,
        procedure_name=procedure.name,
        agency_name=procedure.agency_name,
        applicant_name=applicant.name,
        received_at=body.received_at.astimezone(VIETNAM),
        due_at=past.life.due_at.astimezone(VIETNAM) if past.life.due_at else None,
        returned_at=datetime.fromisoformat(operation.header.wall_time).astimezone(VIETNAM),
        results=_results(past.life),
        collector_name=collector.name,
        collector_identifier=collector.identifier,
        collector_phone=collector.phone,
        is_delegate=is_delegate,
        clerk_name=str(operation.body["clerk_name"]),
        delegate_paper=collector.authority if is_delegate else "",
        originals_given_back=tuple(names[one] for one in facts.originals if one in names),
        fees=_fees(body, facts),
        fee_note=_fee_note(facts),
        lost_receipt_reason=facts.lost_receipt,
        satisfaction=LEVELS.get(facts.satisfaction or 0),
        note=_note(facts),
    )


def _results(before: Life) -> tuple[ReturnedResult, ...]:
    result = before.result
    if result is None:                 # returned by an act that could not stand: the paper says what it can
        return ()
    about = result.summary or (NEGATIVE if result.is_negative else "")
    return (ReturnedResult(result.kind, result.number, result.day, about),)


def _fees(body: DossierBody, facts: Returned) -> tuple[FeeLine, ...]:
    """As charged at reception; where an amount was not known then, what was taken stands in one line."""
    if facts.money is None:
        return ()
    fees = body.intake.fees
    if all(fee.amount is not None for fee in fees) and sum(fee.amount or 0 for fee in fees) == facts.money.amount:
        return tuple(map(charged_line, fees))
    return (FeeLine(", ".join(fee.name for fee in fees), facts.money.amount),)


def _fee_note(facts: Returned) -> str:
    if facts.money is None:
        return ""
    receipt = WITH_RECEIPT.format(receipt=facts.money.receipt) if facts.money.receipt else ""
    return TAKEN.format(means=MEANS.get(facts.money.means, facts.money.means), receipt=receipt)


def _note(facts: Returned) -> str:
    left = LEFT.format(reason=facts.originals_left) if facts.originals_left else ""
    return ". ".join(part for part in (left, facts.note) if part)
