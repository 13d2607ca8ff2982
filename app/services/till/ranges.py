"""The receipt numbers of this counter: handed to it in ranges, used one by one, never twice, never invented."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, select

from app.domain.identifiers import Randomness
from app.domain.operation import Type
from app.domain.reason_library import finished_reason
from app.domain.till.entries import ReceiptState
from app.domain.till.series import DIGITS, ReceiptRange, read_receipt_range, shown_number
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.till.rule import read_money_rule
from app.services.till.second_person import second_person
from app.services.till.writing import done_before, new_id, write_money
from app.store.tables import money_receipts, receipt_ranges


@dataclass(frozen=True, slots=True)
class RangeUse:
    """One range and what became of its numbers: `used` + `void` + `spoiled` + `left` are all of them."""

    id: str
    device: str
    at: datetime
    numbers: ReceiptRange
    used: int = 0
    void: int = 0
    spoiled: int = 0

    @property
    def left(self) -> int:
        return len(self.numbers) - self.used - self.void - self.spoiled


def take_receipt_range(
    connection: Connection, counter: Counter, clerk: Clerk, form: str, symbol: str, first: str, last: str, *,
    kind: str = "", owner: str = "", intent: str, now: datetime, randomness: Randomness,
) -> ReceiptRange:
    """The numbers from `first` to `last` of a series are this counter's now.

    Raises what `read_receipt_range` does, `receipt_range_overlaps` (symbol, first, last: of the range known here,
    this counter's or another's), `intent_reused`.
    """
    handed = read_receipt_range(form, symbol, first, last, kind=kind, owner=owner)
    body = {name: getattr(handed, name) for name in ("form", "symbol", "kind", "owner", "first", "last")}
    if done_before(connection, intent, Type.RECEIPT_RANGE_TAKEN, **body) is not None:
        return handed
    for known in _ranges(connection):
        if known.numbers.overlaps(handed):
            raise Refusal("receipt_range_overlaps", symbol=known.numbers.symbol,
                          first=shown_number(known.numbers.first), last=shown_number(known.numbers.last))
    write_money(connection, counter, clerk, Type.RECEIPT_RANGE_TAKEN, body, op_id=new_id(now, randomness),
                intent=intent, now=now)
    return handed


def spoil_receipt(
    connection: Connection, counter: Counter, clerk: Clerk, symbol: str, number: str, *, reason: str, second: str,
    intent: str, now: datetime, randomness: Randomness,
) -> str:
    """A number on which nobody paid and nobody will: torn, misprinted, lost. Its name, as printed.

    Raises `receipt_not_here` (name), `receipt_used` (name) for one that was given or is spoiled already, what
    `finished_reason` and `second_person` raise, `intent_reused`.
    """
    said = finished_reason(reason)
    name = f"{symbol.strip().upper()} {number.strip().zfill(DIGITS)}"[:60]
    known = done_before(connection, intent, Type.MONEY_RECEIPT_SPOILED, reason=said)
    if known is not None:
        return str(known.body["name"])
    other = second_person(counter, clerk, second)
    held = next((use.numbers for use in ranges_of(connection, counter.device)
                 if use.numbers.symbol == symbol.strip().upper() and _holds(use.numbers, number)), None)
    if held is None:
        raise Refusal("receipt_not_here", name=name)
    if not is_free(connection, held, int(number)):
        raise Refusal("receipt_used", name=name)
    receipt = {"form": held.form, "symbol": held.symbol, "number": shown_number(int(number)), "slip": "",
               "owner": held.owner, "owner_name": "", "kind": held.kind, "amount": 0}
    write_money(
        connection, counter, clerk, Type.MONEY_RECEIPT_SPOILED,
        {"receipt": receipt, "name": name, "reason": said, "second": other.id, "second_name": other.name},
        op_id=new_id(now, randomness), intent=intent, now=now,
    )
    return name


def ranges_of(connection: Connection, device: str = "") -> tuple[RangeUse, ...]:
    """The ranges of one counter, or of all that are known here, as they were handed over, with their use."""
    return tuple(use for use in _ranges(connection) if device in ("", use.device))


def next_free(
    connection: Connection, counter: Counter, kind: str, owner: str, taken: Collection[tuple[str, int]] = ()
) -> tuple[ReceiptRange, int] | None:
    """The lowest free number of the oldest range that fits, but for `taken` (symbol, number); None: all gone."""
    for use in ranges_of(connection, counter.device):
        held = use.numbers
        if not use.left or not held.fits(kind, owner):
            continue
        number = _lowest_free(connection, held)
        while number is not None and number in held:
            if (held.symbol, number) not in taken and is_free(connection, held, number):
                return held, number
            number += 1
    return None


def is_free(connection: Connection, held: ReceiptRange, number: int) -> bool:
    """Whether nobody has used or spoiled this number."""
    return connection.execute(select(money_receipts.c.name).where(_is(held), money_receipts.c.number == number)
                              ).first() is None


def left_for(connection: Connection, counter: Counter, kind: str, owner: str) -> int:
    """Numbers that this counter still has for receipts of that kind."""
    return sum(use.left for use in ranges_of(connection, counter.device) if use.numbers.fits(kind, owner))


def is_low(connection: Connection, counter: Counter) -> bool:
    """Whether this counter was handed numbers and few of them are left."""
    uses = ranges_of(connection, counter.device)
    return bool(uses) and sum(use.left for use in uses) <= read_money_rule(connection).few


def offered_ranges(connection: Connection, counter: Counter) -> tuple[ReceiptRange, ...]:
    """Ranges that the office's setting holds for this counter and that nobody has taken in yet.

    Unreadable ones and those that overlap what is here are not offered.
    """
    known = [use.numbers for use in _ranges(connection)]
    offered = []
    for each in read_money_rule(connection).receipts:
        if each.device not in ("", counter.device):
            continue
        try:
            found = read_receipt_range(each.form, each.symbol, each.first, each.last, kind=each.kind,
                                       owner=each.owner)
        except Refusal:
            continue
        if not any(found.overlaps(other) for other in known):
            known.append(found)
            offered.append(found)
    return tuple(offered)


def _ranges(connection: Connection) -> list[RangeUse]:
    counts = {
        state: func.count().filter(money_receipts.c.state == state).label(state.value) for state in ReceiptState
    }
    at = receipt_ranges.c
    rows = connection.execute(
        select(receipt_ranges, *counts.values())
        .outerjoin(money_receipts, and_(
            money_receipts.c.symbol == at.symbol, money_receipts.c.form == at.form,
            money_receipts.c.number.between(at.first, at.last)))
        .group_by(at.id).order_by(at.at, at.id)
    )
    return [
        RangeUse(row.id, row.device, row.at,
                 ReceiptRange(row.form, row.symbol, row.first, row.last, row.kind, row.owner),
                 row.used, row.void, row.spoiled)
        for row in rows
    ]


def _lowest_free(connection: Connection, held: ReceiptRange) -> int | None:
    if is_free(connection, held, held.first):
        return held.first
    after = money_receipts.alias()
    is_followed = select(after.c.name).where(
        after.c.symbol == money_receipts.c.symbol, after.c.form == money_receipts.c.form,
        after.c.number == money_receipts.c.number + 1,
    ).exists()
    return connection.execute(
        select(money_receipts.c.number + 1)
        .where(_is(held), money_receipts.c.number.between(held.first, held.last), ~is_followed)
        .order_by(money_receipts.c.number)
    ).scalar()


def _is(held: ReceiptRange) -> ColumnElement[bool]:
    return and_(money_receipts.c.symbol == held.symbol, money_receipts.c.form == held.form)


def _holds(held: ReceiptRange, text: str) -> bool:
    plain = text.strip()
    return plain.isascii() and plain.isdigit() and len(plain) <= DIGITS and int(plain) in held
