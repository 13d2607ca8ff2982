"""Money found again by what stands on a paper: a receipt's number, a dossier's code, an amount."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, Connection, literal_column, or_, select

from app.domain.dossier_code import parse_code
from app.domain.text import nfc
from app.errors import Refusal
from app.services.till.listing import MONEY, EntryLine, with_words
from app.store.tables import money_entries, money_receipts

_AMOUNT = re.compile(r"[0-9]{1,3}(?:[. ]?[0-9]{3})*|[0-9]{1,12}")
_LEAST = 2
"""Signs of a part of a code or number; fewer are in everything."""


def find_money(connection: Connection, text: str, limit: int = 200) -> tuple[EntryLine, ...]:
    """The newest entries that `text` fits, and what took them back; () for words that fit nothing.

    Reads the whole cash book: not for the thread of a window.
    """
    wanted = _conditions(nfc(text).strip())
    if not wanted:
        return ()
    one = money_entries.c
    rows = connection.execute(
        select(one.op_id).where(one.kind.in_(MONEY), or_(*wanted))
        .order_by(one.business_date.desc(), one.at.desc(), literal_column("money_entries.rowid").desc())
        .limit(limit)
    )
    return with_words(connection, list(rows.scalars()))


def _conditions(text: str) -> list[ColumnElement[bool]]:
    one, receipt = money_entries.c, money_receipts.c
    amount = text.removesuffix("đ").strip()
    is_number = _AMOUNT.fullmatch(amount) is not None
    if len(text) < _LEAST and not is_number:
        return []
    named = [receipt.name.contains(text.upper(), autoescape=True)] if len(text) >= _LEAST else []
    found: list[ColumnElement[bool]] = []
    if is_number:
        digits = int(amount.replace(".", "").replace(" ", ""))
        found += [one.amount == digits, one.amount == -digits]
        named += [receipt.number == digits, receipt.amount == digits]
    try:
        found.append(one.code_key == parse_code(text).key)
    except Refusal:
        if len(text) >= _LEAST:
            found.append(one.code.contains(text.upper(), autoescape=True))
    of_receipt = select(receipt.op_id).where(or_(*named)) if named else None
    if of_receipt is not None:
        found += [one.op_id.in_(of_receipt), one.undoes.in_(of_receipt)]
    return found
