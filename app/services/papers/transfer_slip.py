"""Phiếu chuyển khoản from the collection that waits for its transfer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from app.domain.amount_words import amount_words
from app.domain.operation import Operation
from app.domain.till.papers import TransferSlipPaper
from app.domain.transfer_token import transfer_purpose
from app.domain.vietnam_time import local
from app.domain.vietqr import payload
from app.errors import Refusal
from app.services.counter import Counter
from app.services.till.rule import read_money_rule
from app.services.till.statements import transfer


def transfer_slip(connection: Connection, counter: Counter, operation: Operation, code: str) -> TransferSlipPaper:
    """With the account as the office has set it up now.

    Raises `transfer_unknown`, `bank_account_missing` when that account is no longer the office's.
    """
    found = transfer(connection, operation.header.op_id)
    if found is None:
        raise Refusal("transfer_unknown")
    rule = read_money_rule(connection)
    account = next((each for each in rule.accounts if each.account == found.account), None)
    if account is None:
        raise Refusal("bank_account_missing")
    purpose = transfer_purpose(found.called, found.op_id)
    return TransferSlipPaper(
        head=counter.paper_head, called=found.called, payer=found.payer, amount=found.amount,
        said=amount_words(found.amount, linh=rule.linh), bank_name=account.bank_name, account=account.account,
        holder=account.holder, purpose=purpose, token=found.token,
        payload=payload(account.bin, account.account, amount=found.amount, purpose=purpose),
        made_at=local(datetime.fromisoformat(operation.header.wall_time)),
    )
