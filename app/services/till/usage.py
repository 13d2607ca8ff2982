"""Tình hình sử dụng biên lai: every number that a counter was handed, and what became of it in a period.

The columns follow the report of use of receipts that Nghị định 123/2020/NĐ-CP asks collecting units for: left at
the opening, received, used, made void, lost or spoiled, left at the end, with the numbers from–to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, and_, func, select

from app.domain.reports.periods import Period
from app.domain.reports.table import Cell, Column, ColumnKind, Drill, ReportTable, Row, numbered
from app.domain.till.entries import EntryKind, ReceiptState
from app.domain.till.number_runs import Run, count, runs_words
from app.domain.till.series import ReceiptRange
from app.domain.till.usage import Mark, RangeUsage, usage_of
from app.domain.vietnam_time import local
from app.services.counter import Counter
from app.services.till.ranges import RangeUse, ranges_of
from app.store.tables import money_entries, money_receipts

ID = "receipts"
KINDS = {"": "phí, lệ phí", "fee": "phí", "charge": "lệ phí"}
_GROUPS = (("opening", "Tồn đầu kỳ"), ("handed", "Nhận trong kỳ"), ("used", "Sử dụng trong kỳ"),
           ("void", "Hủy (đã lập)"), ("spoiled", "Hỏng, mất (chưa lập)"), ("left", "Tồn cuối kỳ"))
LISTED = {"used": ReceiptState.USED, "void": ReceiptState.VOID, "spoiled": ReceiptState.SPOILED}
"""Figures behind which receipts stand; what is left is numbers alone."""


@dataclass(frozen=True, slots=True)
class ListedReceipt:
    """A receipt behind a figure of the report."""

    name: str
    number: int
    op_id: str
    device: str
    at: datetime
    business_date: date
    state: ReceiptState
    owner_name: str
    kind: str
    amount: int
    payer: str
    code: str


def receipt_usage(
    connection: Connection, counter: Counter, period: Period, *, device: str = "", made_at: datetime, made_by: str,
) -> ReportTable:
    """The report for the ranges of one counter, or of all that are known here, each series with its ranges."""
    found = [(use, usage) for use in _in_order(connection, device)
             if not (usage := _usage(connection, use, period)).is_empty]
    rows: list[Row] = []
    for form, symbol in dict.fromkeys((use.numbers.form, use.numbers.symbol) for use, _ in found):
        inside = [(use, usage) for use, usage in found if (use.numbers.form, use.numbers.symbol) == (form, symbol)]
        rows.append(_row(f"{form} {symbol}", [usage for _, usage in inside], f"series:{form}:{symbol}"))
        rows += [_row(_label(use, counter, device), [usage], f"range:{use.id}", 1) for use, usage in inside]
    if found:
        rows.append(_row("Tổng cộng", [usage for _, usage in found], "all", is_total=True))
    of_counter = (f"Quầy: {counter.name}",) if device == counter.device else ()
    head = (f"Đơn vị thu: {counter.paper_head.unit}", *of_counter)
    return ReportTable(ID, "TÌNH HÌNH SỬ DỤNG BIÊN LAI THU PHÍ, LỆ PHÍ", period.words, "Số biên lai", head,
                       _COLUMNS, tuple(rows), _notes(connection, found, period, device), made_at, made_by)


def receipts_behind(
    connection: Connection, drill: Drill, period: Period, *, device: str = "", after: int = 0, limit: int = 200
) -> tuple[tuple[ListedReceipt, ...], int | None]:
    """The receipts that a figure counts, page by page: so many `after` the first; and where the next page begins.

    Behind a figure that is none of `LISTED` stand no receipts.
    """
    if drill.report != ID or drill.column not in LISTED:
        return (), None
    found: list[ListedReceipt] = []
    passed = 0
    for use in _in_order(connection, device):
        if not _is_in(use, drill.row):
            continue
        numbers = [number for run in getattr(_usage(connection, use, period), drill.column)
                   for number in range(run.first, run.last + 1)]
        wanted = numbers[max(0, after - passed):][:limit + 1 - len(found)]
        passed += len(numbers)
        found += _listed(connection, use.numbers, wanted, LISTED[drill.column])
    return tuple(found[:limit]), after + limit if len(found) > limit else None


_COLUMNS = numbered((
    Column("series", "Mẫu số, ký hiệu; dải số", width=30),
    *(column for key, title in _GROUPS for column in (
        Column(key, "Số lượng", ColumnKind.COUNT, title),
        Column(f"{key}_numbers", "Từ số – đến số", ColumnKind.TEXT, title, 17))),
))


def _in_order(connection: Connection, device: str) -> list[RangeUse]:
    """By series and number, however they came."""
    return sorted(ranges_of(connection, device), key=lambda use: (use.numbers.form, use.numbers.symbol,
                                                                  use.numbers.first))


def _usage(connection: Connection, use: RangeUse, period: Period) -> RangeUsage:
    return usage_of(use.numbers, local(use.at).date(), _marks(connection, use.numbers), period)


def _row(name: str, inside: list[RangeUsage], drill: str, level: int = 0, *, is_total: bool = False) -> Row:
    """The sum of these; numbers are said for a range alone, as two series may have the same."""
    cells: list[Cell] = [name]
    for key, _ in _GROUPS:
        cells.append(sum(count(getattr(usage, key)) for usage in inside))
        cells.append(runs_words(getattr(inside[0], key)) if level else "")
    return Row(tuple(cells), level, drill, is_total)


def _label(use: RangeUse, counter: Counter, device: str) -> str:
    held = use.numbers
    said = [runs_words([Run(held.first, held.last)]), KINDS.get(held.kind, held.kind)]
    if held.owner:
        said.append(held.owner)
    if not device:
        said.append(counter.name if use.device == counter.device else f"quầy {use.device}")
    return "; ".join(said)


def _notes(
    connection: Connection, found: Iterable[tuple[RangeUse, RangeUsage]], period: Period, device: str
) -> tuple[str, ...]:
    said = []
    for use, usage in found:
        if usage.void_later:
            said.append(f"Hủy trong kỳ biên lai đã lập ở kỳ trước: {use.numbers.symbol} "
                        f"{runs_words(usage.void_later)}.")
        if usage.twice:
            said.append(f"Số được ghi hai lần, chỉ tính một: {use.numbers.symbol} {runs_words(usage.twice)}.")
    strangers = _outside(connection, period, device)
    if strangers:
        said.append(f"Chưa tính {strangers} biên lai có số không nằm trong dải nào mà máy này biết.")
    return tuple(said)


def _marks(connection: Connection, held: ReceiptRange) -> Iterator[Mark]:
    """Numbers of the range that are gone, and what became of each."""
    at, void = money_receipts.c, money_entries.alias("void")
    rows = connection.execute(
        select(at.number, at.business_date, at.state, void.c.business_date.label("void_on"))
        .outerjoin(void, and_(void.c.undoes == at.op_id, void.c.kind == EntryKind.VOIDED, void.c.undoes != ""))
        .where(at.symbol == held.symbol, at.form == held.form, at.number.between(held.first, held.last))
    )
    for row in rows:
        void_on = date.fromisoformat(row.void_on) if row.void_on else None
        yield Mark(row.number, date.fromisoformat(row.business_date), ReceiptState(row.state), void_on)


def _outside(connection: Connection, period: Period, device: str) -> int:
    at = money_receipts.c
    wanted: list[ColumnElement[bool]] = [
        at.number.is_not(None), at.business_date.between(period.first.isoformat(), period.last.isoformat())]
    if device:
        wanted.append(at.device == device)
    for use in ranges_of(connection):
        held = use.numbers
        wanted.append(~and_(at.symbol == held.symbol, at.form == held.form,
                            at.number.between(held.first, held.last)))
    return int(connection.execute(select(func.count()).select_from(money_receipts).where(*wanted)).scalar_one())


def _is_in(use: RangeUse, row: str) -> bool:
    held = use.numbers
    return row in ("all", f"series:{held.form}:{held.symbol}", f"range:{use.id}")


def _listed(
    connection: Connection, held: ReceiptRange, numbers: list[int], state: ReceiptState
) -> Iterator[ListedReceipt]:
    """The receipts with these numbers; of one that was given twice, the first that fits what is counted."""
    at = money_receipts.c
    rows = connection.execute(
        select(money_receipts).where(at.symbol == held.symbol, at.form == held.form, at.number.in_(numbers))
        .order_by(at.number, at.state != state, at.business_date, at.op_id)
    )
    seen = 0
    for row in rows:
        if row.number != seen:
            yield ListedReceipt(row.name, row.number, row.op_id, row.device, row.at,
                                date.fromisoformat(row.business_date), state, row.owner_name, row.kind, row.amount,
                                row.payer, row.code)
        seen = row.number
