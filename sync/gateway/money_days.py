"""Operations about money, by their day: found by an index of their own, for many of them name no dossier."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select, text

from sync.contract.money_text import ACTS
from sync.gateway.tables import operations

# As literals: a partial index is only used where its own condition stands in the question.
_OF_MONEY = f"type IN ({', '.join(repr(each) for each in ACTS)})"
INDEX = (f"CREATE INDEX IF NOT EXISTS operations_money ON {operations.name} (office, business_date) "
         f"WHERE {_OF_MONEY}")
_BATCH = 500


def money_acts(connection: Connection, office: str, days: tuple[str, str], head: int) -> Iterator[Any]:
    """(position, business_date, device, payload) of an office's days, ends included, up to that position."""
    columns = operations.c
    wanted = (
        select(columns.position, columns.business_date, columns.device, columns.payload)
        .where(columns.office == office, columns.business_date.between(*days), columns.position <= head,
               text(_OF_MONEY), ~columns.sealed)
        .order_by(columns.position).limit(_BATCH)
    )
    after = 0
    while rows := connection.execute(wanted.where(columns.position > after)).all():
        yield from rows
        after = rows[-1].position
