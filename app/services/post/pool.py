"""The item codes of this counter: handed to it in ranges, used one by one, never twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from app.domain.identifiers import Randomness, uuid7
from app.domain.item_code import ItemCode, ItemRange, read_item_code, read_item_range
from app.domain.item_pool import ItemPool, PoolCount
from app.domain.operation import Type
from app.domain.reason_library import finished_reason
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.post.rule import read_post_rule
from app.store import journal as book
from app.store import projection
from app.store.queries.item_codes import RangeRow, first_free, ranges_of, state_of
from app.store.queries.post import find_items
from app.store.tables import item_codes, item_ranges

LONGEST_RANGE = 100_000


@dataclass(frozen=True, slots=True)
class PoolState:
    """What is left of the counter's codes. `next_code` empty: none is."""

    ranges: tuple[RangeRow, ...]
    total: PoolCount
    next_code: str
    is_low: bool                   # few are left, or none
    offered: tuple[tuple[str, str], ...]           # (first, last) of ranges set for this counter and not taken in


def take_range(
    connection: Connection, counter: Counter, clerk: Clerk, first: str, last: str, *, intent: str, now: datetime,
    randomness: Randomness,
) -> ItemRange:
    """The codes from `first` to `last`, typed or scanned off the two ends of a roll, are this counter's now.

    Raises what `read_item_range` does, `item_range_too_long` (amount, most), `item_range_overlaps` (first, last:
    of the range known here, this counter's or another's), `intent_reused`.
    """
    handed = read_item_range(first, last)
    known = book.by_intent(connection, intent)
    if known is not None:
        if (known.header.type, known.body.get("first"), known.body.get("last")) != (
                Type.ITEM_RANGE_TAKEN, handed.first.text, handed.last.text):
            raise Refusal("intent_reused", code="")
        return handed
    if len(handed) > LONGEST_RANGE:
        raise Refusal("item_range_too_long", amount=len(handed), most=LONGEST_RANGE)
    ItemPool(_known_ranges(connection)).with_range(handed)
    body = {"clerk_name": clerk.name, "first": handed.first.text, "last": handed.last.text}
    _write(connection, counter, clerk, Type.ITEM_RANGE_TAKEN, body, intent, now, randomness)
    return handed


def void_code(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, reason: str, *, intent: str, now: datetime,
    randomness: Randomness,
) -> ItemCode:
    """A label that is torn, lost or badly printed: its code is never used.

    Raises what `read_item_code` does, `item_code_in_use` (item, code) for a posting under way: that is called off
    instead; `item_code_used`, `item_code_void`, `item_code_not_in_pool` (item), `reason_empty`,
    `reason_unfinished`, `intent_reused`.
    """
    item, why = read_item_code(code), finished_reason(reason)
    known = book.by_intent(connection, intent)
    if known is not None:
        if (known.header.type, known.body.get("code")) != (Type.ITEM_CODE_VOIDED, item.text):
            raise Refusal("intent_reused", code=item.text)
        return item
    pool = pool_of(connection, counter, item)
    if item in pool.used:
        under_way = [each.code for each in find_items(connection, item.text) if each.is_under_way]
        if under_way:
            raise Refusal("item_code_in_use", item=item.shown, code=under_way[0])
        raise Refusal("item_code_used", item=item.shown)
    pool.strike(item)
    write_void(connection, counter, clerk, item, why, intent=intent, now=now, randomness=randomness)
    return item


def write_void(
    connection: Connection, counter: Counter, clerk: Clerk, item: ItemCode, reason: str, *, intent: str,
    now: datetime, randomness: Randomness,
) -> None:
    """The journal's line, for acts that have judged the code already."""
    body = {"clerk_name": clerk.name, "code": item.text, "reason": reason}
    _write(connection, counter, clerk, Type.ITEM_CODE_VOIDED, body, intent, now, randomness)


def usable_code(connection: Connection, counter: Counter, text: str = "") -> ItemCode:
    """The code for the next cover: the one on the label that was scanned or typed, or the next free one.

    Raises `item_pool_empty` (nothing typed and nothing left), what `read_item_code` does, and
    `item_code_not_in_pool`, `item_code_of_other_counter`, `item_code_used`, `item_code_void` (item).
    """
    if not text.strip():
        found = next_code(connection, counter)
        if found is None:
            raise Refusal("item_pool_empty")
        return found
    item = read_item_code(text)
    own = ranges_of(connection, counter.device)
    if not any(item in row.codes for row in own) and any(
            item in handed for handed in _known_ranges(connection)):
        raise Refusal("item_code_of_other_counter", item=item.shown)
    pool_of(connection, counter, item).take(item)
    return item


def next_code(connection: Connection, counter: Counter) -> ItemCode | None:
    """The lowest free code of the oldest range; None: all gone."""
    row = next((row for row in ranges_of(connection, counter.device) if row.count.left), None)
    return first_free(connection, row.codes) if row is not None else None


def pool_state(connection: Connection, counter: Counter) -> PoolState:
    """Figures of all ranges this counter was ever handed."""
    rule = read_post_rule(connection)
    rows = ranges_of(connection, counter.device)
    total = sum((row.count for row in rows), PoolCount())
    found = next_code(connection, counter)
    return PoolState(
        rows, total, found.text if found is not None else "", bool(rows) and total.left <= rule.few,
        offered_ranges(connection, counter),
    )


def offered_ranges(connection: Connection, counter: Counter) -> tuple[tuple[str, str], ...]:
    """Ranges that the office's settings hold for this counter and that nobody has taken in yet; one key takes
    them. What cannot be read, or overlaps what is here, is not offered."""
    known = ItemPool(_known_ranges(connection))
    offered: list[tuple[str, str]] = []
    for each in read_post_rule(connection).ranges:
        if each.device not in ("", counter.device):
            continue
        try:
            handed = read_item_range(each.first, each.last)
            known = known.with_range(handed)
        except Refusal:
            continue
        offered.append((handed.first.text, handed.last.text))
    return tuple(offered)


def pool_of(connection: Connection, counter: Counter, item: ItemCode) -> ItemPool:
    """This counter's range that holds `item`, with what became of that code; an empty pool when none does."""
    handed = tuple(row.codes for row in ranges_of(connection, counter.device) if item in row.codes)
    state = state_of(connection, item)
    return ItemPool(
        handed, frozenset({item} if state == "used" else ()), frozenset({item} if state == "void" else ())
    )


def _known_ranges(connection: Connection) -> tuple[ItemRange, ...]:
    rows = connection.execute(select(item_ranges.c.first, item_ranges.c.last).order_by(item_ranges.c.id))
    return tuple(read_item_range(row.first, row.last) for row in rows)


def _write(
    connection: Connection, counter: Counter, clerk: Clerk, type_: str, body: dict[str, str], intent: str,
    now: datetime, randomness: Randomness,
) -> None:
    operation = book.append(connection, counter.author(clerk), book.Event(
        op_id=uuid7(now, randomness), type=type_, intent=intent, body=body, now=now,
        business_date=today_at_counter(connection, now),
    ))
    projection.apply(connection, operation, is_own=True)


def why_void(connection: Connection, item: ItemCode) -> str:
    """The reason with which a code was made void; empty when it was not."""
    return connection.execute(
        select(item_codes.c.about).where(item_codes.c.code == item.text, item_codes.c.state == "void")
    ).scalar_one_or_none() or ""
