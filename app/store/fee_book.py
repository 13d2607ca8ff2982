"""What the cash book holds of the state fees of one dossier. Each fold of a life may ask it."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, bindparam, func, select

from app.domain.till.accounts import Stream
from app.domain.till.entries import EntryKind
from app.domain.till.owed import FeeBook, FeeKey
from app.store.prepared import Prepared, first_of
from app.store.tables import dossiers, money_entries, money_lines

_ENTRY = money_entries.c
# The index by dossier holds only entries that are of one: the second condition lets it be used.
_OF_CODE = (_ENTRY.code_key == bindparam("key"), _ENTRY.code_key != "")
_LINES = Prepared(
    select(_ENTRY.kind, money_lines.c.kind, money_lines.c.name, func.sum(money_lines.c.amount))
    .join(money_lines, money_lines.c.op_id == _ENTRY.op_id)
    .where(*_OF_CODE, money_lines.c.stream == str(Stream.STATE))
    .group_by(_ENTRY.kind, money_lines.c.kind, money_lines.c.name)
)
_UNDONE = first_of(select(_ENTRY.op_id).where(*_OF_CODE, _ENTRY.undoes != ""))
_KEY = first_of(select(dossiers.c.code_key).where(dossiers.c.id == bindparam("of")))


def read_fee_book(connection: Connection, code_key: str) -> FeeBook:
    """By the key of the dossier's code (`parse_code`)."""
    kept: Counter[FeeKey] = Counter()
    back: Counter[FeeKey] = Counter()
    voided = 0
    for entry, kind, name, amount in _LINES.run(connection, {"key": code_key}).fetchall():
        if entry == EntryKind.REFUNDED:
            back[kind, name] -= amount
            continue
        kept[kind, name] += amount
        if entry == EntryKind.VOIDED:
            voided -= amount
    return FeeBook(_stated(kept), _stated(back), voided)


def has_undone(connection: Connection, code_key: str) -> bool:
    """Whether money of this dossier was ever taken back."""
    return _UNDONE.first(connection, {"key": code_key}) is not None


def key_of(connection: Connection, dossier: int) -> str:
    row = _KEY.first(connection, {"of": dossier})
    assert row is not None                 # the caller holds the dossier's row
    return str(row[0])


def _stated(amounts: Counter[FeeKey]) -> tuple[tuple[FeeKey, int], ...]:
    return tuple(sorted((fee, amount) for fee, amount in amounts.items() if amount))
