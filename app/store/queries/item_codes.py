"""Frozen rows of the item codes handed to counters: what was used, what is void, what is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from app.domain.item_code import ItemCode, ItemRange, read_item_range
from app.domain.item_pool import PoolCount
from app.store.tables import item_codes, item_ranges

_USED, _VOID = "used", "void"


@dataclass(frozen=True, slots=True)
class RangeRow:
    """One range handed to a counter, and what became of its codes."""

    id: str
    device: str
    codes: ItemRange
    at: datetime
    count: PoolCount


@dataclass(frozen=True, slots=True)
class RangeClash:
    """Two counters were handed codes of which some are the same."""

    first: ItemRange
    second: ItemRange
    devices: tuple[str, str]


def ranges_of(connection: Connection, device: str) -> tuple[RangeRow, ...]:
    """The counter's ranges in the order they were handed."""
    rows = connection.execute(
        select(item_ranges).where(item_ranges.c.device == device)
        .order_by(item_ranges.c.at, item_ranges.c.first)
    ).all()
    return tuple(_range(connection, row) for row in rows)


def state_of(connection: Connection, item: ItemCode) -> str:
    """"used", "void", or "" for a code that nobody has touched."""
    return connection.execute(
        select(item_codes.c.state).where(item_codes.c.code == item.text)
    ).scalar_one_or_none() or ""


def first_free(connection: Connection, codes: ItemRange) -> ItemCode | None:
    """The lowest code of the range that nobody has touched, None when all are gone.

    Found by halves: a part in which as many codes are taken as it has is full. A roll of thousands, almost used
    up, is not read for one code.
    """
    first, last = codes.first.serial, codes.last.serial
    service, country = codes.first.service, codes.first.country
    while first < last:
        middle = (first + last) // 2
        half = ItemRange(ItemCode(service, first, country), ItemCode(service, middle, country))
        taken = connection.execute(select(func.count()).where(*_within(half))).scalar_one()
        if taken == len(half):
            first = middle + 1
        else:
            last = middle
    item = ItemCode(service, first, country)
    return None if state_of(connection, item) else item


def range_clashes(connection: Connection) -> tuple[RangeClash, ...]:
    """Ranges of two counters that share codes: typed in twice while the line was down."""
    rows = [
        (row.device, read_item_range(row.first, row.last))
        for row in connection.execute(select(item_ranges).order_by(item_ranges.c.at, item_ranges.c.first))
    ]
    return tuple(
        RangeClash(one, other, (first, second))
        for number, (first, one) in enumerate(rows)
        for second, other in rows[number + 1:]
        if first != second and one.overlaps(other)
    )


def _range(connection: Connection, row: Any) -> RangeRow:
    codes = read_item_range(row.first, row.last)
    counted = {
        each.state: each.amount for each in connection.execute(
            select(item_codes.c.state, func.count().label("amount"))
            .where(*_within(codes)).group_by(item_codes.c.state)
        )
    }
    count = PoolCount(len(codes), counted.get(_USED, 0), counted.get(_VOID, 0))
    return RangeRow(row.id, row.device, codes, row.at, count)


def _within(codes: ItemRange) -> tuple[ColumnElement[bool], ...]:
    """Codes of one service sort as their serials do; the country is compared by itself."""
    return (
        item_codes.c.code >= codes.first.text, item_codes.c.code <= codes.last.text,
        func.substr(item_codes.c.code, 12) == codes.first.country,
    )
