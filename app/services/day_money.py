"""The cash book's part of a day's end: owner by owner, and each difference with its name."""

from __future__ import annotations

from collections import Counter as Sums
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from app.domain.day_comparison import MONEY
from app.domain.day_money import DayMoney, Loose, LooseMoney, OwnerMoney
from app.domain.intake import FeeTiming
from app.domain.till.accounts import Means, Stream
from app.domain.till.entries import EntryKind, ReceiptState, TransferState
from app.domain.till.series import shown_number
from app.services.counter import Counter
from app.services.reconcile import Compared, counts_money
from app.services.stored_dossier import read_body
from app.services.till.ranges import ranges_of
from app.services.till.reading import entries_outside
from app.store.tables import cash_sessions, dossiers, money_entries, money_lines, money_receipts, transfers

_MOST_MISSING = 50
_PART = 500
Key = tuple[str, str]
"""(stream, owner)."""


@dataclass(slots=True)
class Due:
    """What a dossier says came in on the day: at its reception, or when it was taken later."""

    code: str
    agency: str
    agency_name: str
    amount: int = 0


@dataclass(slots=True)
class _Owner:
    name: str = ""
    pieces: int = 0
    sums: Sums[str] = field(default_factory=Sums)


@dataclass(slots=True)
class _Paid:
    """Of one dossier, in state fees: on the day, and over all days."""

    code: str = ""
    on_day: int = 0
    kept: int = 0                                  # collected and not void, whatever was refunded
    back: int = 0                                  # refunded on the day
    voided: int = 0


def day_money(
    connection: Connection, counter: Counter, day: date, dues: Mapping[str, Due], compared: Compared | None
) -> DayMoney | None:
    """`dues` by the key of the dossier. None before this counter's cash book was begun."""
    has_begun = connection.execute(
        select(money_entries.c.op_id)
        .where(money_entries.c.device == counter.device, money_entries.c.business_date <= day.isoformat())
    ).first()
    if has_begun is None:
        return None
    owners: dict[Key, _Owner] = {}
    for row in _lines(connection, counter, day):
        of = owners.setdefault((row.stream, row.owner), _Owner())
        of.name = row.owner_name or of.name
        amount = abs(row.amount)
        if row.kind != EntryKind.COLLECTED:
            of.sums["back"] += amount
        elif row.means == Means.CASH:
            of.sums["cash"] += amount
        else:
            of.sums["confirmed" if row.state == TransferState.CONFIRMED else "claimed"] += amount
        if row.stream != Stream.STATE or not row.code_key:
            of.sums["beside"] += row.amount
    _receipts(connection, counter, day, owners)
    for due in dues.values():
        if due.amount:
            of = owners.setdefault((Stream.STATE, due.agency), _Owner())
            of.name = of.name or due.agency_name
            of.sums["dossiers"] += due.amount
    there = _there(compared, counter.device) if counts_money(connection) else None
    for key in there or ():
        owners.setdefault(key, _Owner())
    rows = [
        OwnerMoney(stream, owner, of.name or owner, of.pieces, **of.sums,
                   there=None if there is None else there.get((stream, owner), 0))
        for (stream, owner), of in owners.items()
    ]
    loose = [
        *_of_dossiers(connection, counter, day, dues), *_transfers(connection, counter, day),
        *_sessions(connection, counter, day), *_numbers(connection, counter, day),
    ]
    return DayMoney(tuple(sorted(rows, key=lambda each: (each.stream != Stream.STATE, each.owner_name))),
                    tuple(loose))


# the columns

def _lines(connection: Connection, counter: Counter, day: date) -> Iterable[Any]:
    entry = money_entries.c
    return connection.execute(
        select(money_lines.c.stream, money_lines.c.owner, money_lines.c.owner_name, money_lines.c.amount,
               entry.kind, entry.means, entry.code_key, transfers.c.state)
        .join(money_entries, entry.op_id == money_lines.c.op_id)
        .outerjoin(transfers, transfers.c.op_id == entry.op_id)
        .where(entry.device == counter.device, entry.business_date == day.isoformat())
        .order_by(entry.at, entry.op_id, money_lines.c.n)
    )


def _receipts(connection: Connection, counter: Counter, day: date, owners: dict[Key, _Owner]) -> None:
    at = money_receipts.c
    for row in connection.execute(
        select(at.owner, at.owner_name, at.kind, func.count().label("pieces"), func.sum(at.amount).label("amount"))
        .where(at.device == counter.device, at.business_date == day.isoformat(), at.state != ReceiptState.SPOILED)
        .group_by(at.owner, at.owner_name, at.kind)
    ):
        stream = row.kind if row.kind in (Stream.POSTAGE, Stream.OTHER) else Stream.STATE
        of = owners.setdefault((str(stream), row.owner), _Owner(row.owner_name))
        of.pieces += row.pieces
        of.sums["receipts"] += row.amount


def _there(compared: Compared | None, device: str) -> dict[Key, int] | None:
    """What the province counts of this counter: collected less taken back."""
    if compared is None:
        return None
    found: Sums[Key] = Sums()
    for (_, owner, by), of in compared.theirs.items():
        for name, amount in of.items():
            act, _, rest = name.removeprefix(MONEY).partition(".")
            if by == device and name.startswith(MONEY) and act in ("collected", "back"):
                found[rest.partition(".")[0], owner] += amount if act == "collected" else -amount
    return dict(found)


# differences by name

def _of_dossiers(
    connection: Connection, counter: Counter, day: date, dues: Mapping[str, Due]
) -> Iterator[LooseMoney]:
    paid = _paid(connection, counter, day, dues)
    for key in sorted({*dues, *paid}, key=lambda each: paid[each].code if each in paid else dues[each].code):
        due = dues[key].amount if key in dues else 0
        of = paid.get(key, _Paid())
        name = of.code or dues[key].code
        came = of.on_day + of.back
        if of.back:
            yield LooseMoney(Loose.REFUNDED, name, of.back)
        if came == due:
            continue
        cost = max(_cost(connection, key), due)
        if of.kept > cost:
            yield LooseMoney(Loose.OVER_COLLECTED, name, of.kept - cost)
        elif of.kept < due or (of.kept < cost and came < due):
            kind = Loose.VOID_UNCOLLECTED if of.voided else Loose.FEE_UNCOLLECTED
            yield LooseMoney(kind, name, max(due, of.voided and min(cost, of.voided)) - of.kept)
        else:
            yield LooseMoney(Loose.OTHER_DAY, name, abs(due - came))


def _paid(
    connection: Connection, counter: Counter, day: date, dues: Mapping[str, Due]
) -> dict[str, _Paid]:
    """Dossiers of `dues`, and those that money of the day is about, on any counter known here."""
    entry, on = money_entries.c, day.isoformat()
    touched = connection.execute(
        select(entry.code_key).where(entry.device == counter.device, entry.business_date == on,
                                     entry.code_key != "")).scalars()
    keys = sorted({*touched, *(key for key, due in dues.items() if due.amount)})
    found: dict[str, _Paid] = {}
    for at in range(0, len(keys), _PART):
        for row in connection.execute(
            select(entry.code_key, entry.code, entry.kind, entry.device, entry.business_date,
                   func.sum(money_lines.c.amount).label("amount"))
            .join(money_lines, money_lines.c.op_id == entry.op_id)
            .where(entry.code_key.in_(keys[at:at + _PART]), money_lines.c.stream == Stream.STATE)
            .group_by(entry.code_key, entry.code, entry.kind, entry.device, entry.business_date)
        ):
            of = found.setdefault(row.code_key, _Paid())
            of.code = row.code
            is_here = row.device == counter.device and row.business_date == on
            of.on_day += row.amount if is_here else 0
            if row.kind == EntryKind.REFUNDED:
                of.back -= row.amount if is_here else 0
            else:
                of.kept += row.amount
                of.voided -= row.amount if row.kind == EntryKind.VOIDED else 0
    return found


def _cost(connection: Connection, key: str) -> int:
    """What the dossier costs by its newest version; 0 where it is not known here or is exempt."""
    op_id = connection.execute(select(dossiers.c.op_id).where(dossiers.c.code_key == key)).scalar()
    if op_id is None:
        return 0
    intake = read_body(connection, op_id).intake
    return 0 if intake.fee_timing is FeeTiming.EXEMPT else sum(fee.amount or 0 for fee in intake.fees)


def _transfers(connection: Connection, counter: Counter, day: date) -> Iterator[LooseMoney]:
    at = transfers.c
    for row in connection.execute(
        select(at.called, at.amount, at.business_date)
        .where(at.device == counter.device, at.state == TransferState.CLAIMED, at.business_date <= day.isoformat())
        .order_by(at.business_date, at.at, at.op_id)
    ):
        since = date.fromisoformat(row.business_date)
        yield LooseMoney(Loose.UNCONFIRMED, row.called, row.amount, since if since != day else None)


def _sessions(connection: Connection, counter: Counter, day: date) -> Iterator[LooseMoney]:
    at, on = cash_sessions.c, day.isoformat()
    for row in connection.execute(
        select(at.number, at.clerk_name, at.counted, at.expected, at.closing, at.business_date)
        .where(at.device == counter.device, or_(
            at.business_date == on, and_(at.business_date < on, at.closing == "")))
        .order_by(at.opened_at, at.id)
    ):
        if not row.closing:
            since = date.fromisoformat(row.business_date)
            yield LooseMoney(Loose.SESSION_OPEN, row.clerk_name, 0, since if since != day else None)
        elif row.counted != row.expected:
            yield LooseMoney(Loose.COUNT_DIFFERS, row.number, row.counted - row.expected)
    outside = [each for each in entries_outside(connection, counter) if each.business_date <= day]
    amount = sum(each.amount for each in outside if each.means is Means.CASH)
    if amount:
        first = min(each.business_date for each in outside)
        yield LooseMoney(Loose.OUTSIDE, counter.name, amount, first if first != day else None)


def _numbers(connection: Connection, counter: Counter, day: date) -> Iterator[LooseMoney]:
    """Numbers of the day that stand on two receipts, and those of its ranges that were passed over."""
    at, other = money_receipts.c, money_receipts.alias()
    of_day = (at.device == counter.device, at.business_date == day.isoformat())
    for row in connection.execute(
        select(at.name, func.max(at.amount).label("amount"))
        .where(*of_day, select(other.c.op_id).where(
            other.c.name == at.name, other.c.form == at.form, other.c.op_id != at.op_id).exists())
        .group_by(at.name).order_by(at.name)
    ):
        yield LooseMoney(Loose.RECEIPT_TWICE, row.name, row.amount)
    for use in ranges_of(connection, counter.device):
        held = use.numbers
        within = (at.form == held.form, at.symbol == held.symbol, at.number.between(held.first, held.last))
        last = connection.execute(select(func.max(at.number)).where(*of_day, *within)).scalar()
        if last is None:
            continue
        given = set(connection.execute(select(at.number).where(*within)).scalars())
        missing = [number for number in range(held.first, last) if number not in given]
        for number in missing[:_MOST_MISSING]:
            yield LooseMoney(Loose.RECEIPT_MISSING, f"{held.symbol} {shown_number(number)}", 0)
