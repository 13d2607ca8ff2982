"""Biên lai or phiếu thu tạm from the operation that took the money; `code` is the receipt's name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from app.domain.amount_words import amount_words
from app.domain.body import from_body
from app.domain.operation import Operation
from app.domain.till.accounts import Means
from app.domain.till.collection import Collection
from app.domain.till.papers import MoneyReceiptPaper
from app.domain.vietnam_time import local
from app.errors import EnvironmentFault
from app.services.counter import Counter
from app.services.till.binding import electronic_of
from app.services.till.rule import read_money_rule

MEANS = {Means.CASH: "Tiền mặt", Means.TRANSFER: "Chuyển khoản"}


def money_receipt(connection: Connection, counter: Counter, operation: Operation, code: str) -> MoneyReceiptPaper:
    """The receipt named `code` as it was given, whatever became of it, with the electronic one bound to it since.

    Raises `paper_unknown`.
    """
    kept = from_body(Collection, operation.body["collection"])
    receipt = next((each for each in kept.receipts if each.name == code), None)
    if receipt is None:
        raise EnvironmentFault("paper_unknown", paper=code)
    taking = kept.taking
    lines = tuple(
        (line.name, line.amount) for line in taking.lines
        if (line.stream, line.owner, line.kind) == (receipt.stream, receipt.owner, receipt.kind)
    )
    return MoneyReceiptPaper(
        head=counter.paper_head, tax_code=str(counter.office.get("tax_code", "")), form=receipt.form,
        symbol=receipt.symbol, number=receipt.number, slip=receipt.slip, kind=receipt.kind,
        owner_name=receipt.owner_name, payer=taking.payer, address=taking.address, code=kept.code, lines=lines,
        amount=receipt.amount, said=amount_words(receipt.amount, linh=read_money_rule(connection).linh),
        means=MEANS[taking.means], clerk_name=str(operation.body["clerk_name"]),
        taken_at=local(datetime.fromisoformat(operation.header.wall_time)),
        electronic=electronic_of(connection, operation.header.op_id, code),
    )
