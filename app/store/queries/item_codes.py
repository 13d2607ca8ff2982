"""Frozen rows of the item codes handed to counters: what was used, what is void, what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from app.domain.item_code import ItemCode, ItemRange, read_item_code, read_item_range
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


def codes_of(
    connection: Connection, handed: Sequence[ItemRange]
) -> tuple[frozenset[ItemCode], frozenset[ItemCode]]:
    """(used, void) among the codes of these ranges."""
    found: dict[str, set[ItemCode]] = {_USED: set(), _VOID: set()}
    for each in handed:
        rows = connection.execute(select(item_codes.c.code, item_codes.c.state).where(*_within(each)))
        for row in rows:
            found[row.state].add(read_item_code(row.code))
    return frozenset(found[_USED]), frozenset(found[_VOID])


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
