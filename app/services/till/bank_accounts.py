"""Whose account takes transfers: a setting that moves citizens' money, so each change is a line of the journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from app.domain.body import to_body
from app.domain.identifiers import Randomness
from app.domain.operation import Type
from app.domain.text import nfc
from app.domain.vietqr import payload
from app.services.counter import Clerk, Counter
from app.services.till.rule import BankAccount, read_money_rule, write_money_rule
from app.services.till.writing import done_before, new_id, write_money


def set_bank_account(
    connection: Connection, counter: Counter, clerk: Clerk, given: BankAccount, *, intent: str, now: datetime,
    randomness: Randomness,
) -> str:
    """The account of `given.agency` is this one from now on, none when its number is empty; the id of the line.

    The line tells who, when, what it was and what it is. "" when nothing changes. Raises `vietqr_bin_wrong`,
    `vietqr_account_wrong` (most), `intent_reused`.
    """
    tidy = BankAccount(given.agency, *(" ".join(nfc(text).split()) for text in (
        given.bin, given.account, given.holder, given.bank_name)))
    after = tidy if tidy.account else None
    known = done_before(connection, intent, Type.BANK_ACCOUNT_SET, agency=tidy.agency, after=_stated(after))
    if known is not None:
        return known.header.op_id
    if after is not None:
        payload(after.bin, after.account)              # refuses what no banking app would take
    rule = read_money_rule(connection)
    before = next((each for each in rule.accounts if each.agency == tidy.agency), None)
    if before == after:
        return ""
    op_id = new_id(now, randomness)
    write_money(
        connection, counter, clerk, Type.BANK_ACCOUNT_SET,
        {"agency": tidy.agency, "before": _stated(before), "after": _stated(after)},
        op_id=op_id, intent=intent, now=now,
    )
    others = tuple(each for each in rule.accounts if each.agency != tidy.agency)
    write_money_rule(connection, replace(rule, accounts=(*others, after) if after is not None else others))
    return op_id


def _stated(account: BankAccount | None) -> object:
    return to_body(account) if account is not None else None
