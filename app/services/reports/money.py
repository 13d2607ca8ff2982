"""Money reports out of the cash book: fees by agency and kind, the list of collections, the use of receipts.

All counters that this one knows of are in them. Postage and what is collected for others stand apart from what is
the State's, and are never added to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import Connection, func, select

from app.domain.reports.table import Cell, Column, ColumnKind, Drill, ReportTable, Row, numbered
from app.domain.till.accounts import Stream
from app.domain.vietnam_time import local
from app.errors import Refusal
from app.services.reports.asking import Asking, as_table
from app.services.reports.money_lines import COUNTED, MoneyRow, OwnerSums, Whose, money_rows, sums_by_owner
from app.services.till.usage import ID as RECEIPTS
from app.services.till.usage import receipt_usage
from app.store.tables import remittances, rollup_ledger

FEES, COLLECTIONS = "fees", "collections"
STREAMS = {Stream.STATE: "Phí, lệ phí của Nhà nước", Stream.POSTAGE: "Cước bưu chính", Stream.OTHER: "Thu hộ khác"}
KINDS = {"fee": "Phí", "charge": "Lệ phí", "postage": "Cước", "other": "Thu hộ"}
_BETWEEN = "|"
"""Between stream, owner and kind in a row's name."""
_FEE_COLUMNS = numbered((
    Column("name", "Nơi thụ hưởng, loại thu", width=34),
    Column("count", "Số khoản thu", ColumnKind.COUNT),
    Column("cash", "Tiền mặt", ColumnKind.MONEY, "Đã thu"),
    Column("confirmed", "Chuyển khoản, đã xác nhận", ColumnKind.MONEY, "Đã thu"),
    Column("waiting", "Chuyển khoản, chưa xác nhận", ColumnKind.MONEY, "Đã thu"),
    Column("collected", "Cộng", ColumnKind.MONEY, "Đã thu"),
    Column("taken_back", "Hủy, hoàn trả", ColumnKind.MONEY),
    Column("net", "Thực thu", ColumnKind.MONEY),
    Column("remitted", "Đã nộp nơi thụ hưởng", ColumnKind.MONEY),
    Column("owed", "Còn phải nộp", ColumnKind.MONEY),
))
_HANDED_ON = ("remitted", "owed")
_LIST_COLUMNS = numbered((
    Column("row", "STT", ColumnKind.COUNT, width=5),
    Column("owner", "Đơn vị", width=18),
    Column("code", "Mã hồ sơ", width=23),
    Column("procedure", "Tên TTHC", width=24),
    Column("applicant", "Chủ hồ sơ", width=16),
    Column("address", "Địa chỉ", width=18),
    Column("payer", "Người nộp", width=16),
    Column("text", "Nội dung", width=18),
    Column("day", "Ngày thu", ColumnKind.DATE),
    Column("charge", "Lệ phí đã thu", ColumnKind.MONEY),
    Column("fee", "Phí đã thu", ColumnKind.MONEY),
    Column("receipt", "Biên lai, phiếu thu", width=18),
))


def fees_table(connection: Connection, asked: Asking) -> ReportTable:
    """What was collected for whom, by what means, what went back and what was handed on. Every row balances.

    Raises ValueError when the lines and the ledger say two things.
    """
    found = sums_by_owner(connection, asked.period)
    _check_ledger(connection, asked, found)
    rows: list[Row] = []
    for stream, name in STREAMS.items():
        inside = [each for each in found if each.stream == stream]
        if not inside:
            continue
        rows.append(_sum(name, inside, str(stream), is_total=True))
        for owner in dict.fromkeys(each.owner for each in inside):
            of = [each for each in inside if each.owner == owner]
            if owner:
                rows.append(_sum(of[0].owner_name or owner, of, _BETWEEN.join((stream, owner)), 1))
            rows += [_sum(KINDS.get(each.kind, each.kind), [each], _BETWEEN.join((stream, owner, each.kind)), 2)
                     for each in of]
    return as_table(asked, FEES, "TÌNH HÌNH THU PHÍ, LỆ PHÍ THEO NƠI THỤ HƯỞNG", _FEE_COLUMNS, rows, unit="đồng",
                    notes=("(6)=(3)+(4)+(5); (8)=(6)+(7)=(9)+(10). Khoản hủy, hoàn trả ghi số âm. "
                           "Cước là doanh thu của bưu điện, không nộp nơi khác.",))


def collections_table(connection: Connection, asked: Asking) -> ReportTable:
    """Danh sách thu phí, lệ phí: a row for each line of the State's money, what went back as negative."""
    rows = [_line(n, each) for n, each in enumerate(
        money_rows(connection, asked.period, whose=Whose(stream=Stream.STATE)), 1)]
    if rows:
        cells: list[Cell] = [None, "Tổng cộng", *([None] * (len(_LIST_COLUMNS) - 2))]
        for at, column in enumerate(_LIST_COLUMNS):
            if column.kind is ColumnKind.MONEY:
                cells[at] = sum(_money(row.cells[at]) for row in rows)
        rows.append(Row(tuple(cells), drill=str(Stream.STATE), is_total=True))
    return as_table(asked, COLLECTIONS, "DANH SÁCH THU PHÍ, LỆ PHÍ", _LIST_COLUMNS, rows, unit="đồng",
                    notes=("Khoản hủy, hoàn trả ghi số âm.",))


def usage_table(connection: Connection, asked: Asking) -> ReportTable:
    """Tình hình sử dụng biên lai of all counters that are known here."""
    return receipt_usage(connection, asked.counter, asked.period, made_at=local(asked.now), made_by=asked.made_by)


MONEY_REPORTS: Mapping[str, Callable[[Connection, Asking], ReportTable]] = {
    FEES: fees_table, COLLECTIONS: collections_table, RECEIPTS: usage_table,
}


def money_behind(
    connection: Connection, asked: Asking, drill: Drill, *, after: int = 0, limit: int = 200
) -> tuple[tuple[MoneyRow, ...], int | None]:
    """The lines that a figure of `fees` or `collections` adds up; and where the next page begins.

    Raises `report_without_list`.
    """
    figure = drill.column if drill.report == FEES else "net"
    if drill.report not in (FEES, COLLECTIONS) or figure not in COUNTED:
        raise Refusal("report_without_list")
    whose = _whose(drill)
    found = tuple(money_rows(connection, asked.period, figure, whose, after=after, limit=limit + 1))
    return found[:limit], after + limit if len(found) > limit else None


def _whose(drill: Drill) -> Whose:
    if drill.report == COLLECTIONS:
        kind = drill.column if drill.column in ("fee", "charge") else None
        if drill.row == Stream.STATE:
            return Whose(stream=drill.row, kind=kind)
        return Whose(stream=Stream.STATE, kind=kind, op_id=drill.row)
    parts = drill.row.split(_BETWEEN)
    stream, owner, kind = (*parts, None, None)[:3]
    return Whose(stream, owner, kind)


def _sum(name: str, inside: Iterable[OwnerSums], drill: str, level: int = 0, *, is_total: bool = False) -> Row:
    held = list(inside)
    is_posts = held[0].stream == Stream.POSTAGE        # its own revenue: handed on to nobody
    figures = [None if is_posts and column.key in _HANDED_ON else sum(each.figures[column.key] for each in held)
               for column in _FEE_COLUMNS[1:]]
    return Row((name, *figures), level, drill, is_total)


def _line(n: int, each: MoneyRow) -> Row:
    return Row((
        n, each.owner_name, each.code, each.procedure, each.applicant, each.address, each.payer, each.name,
        each.business_date, each.amount if each.kind == "charge" else None,
        each.amount if each.kind == "fee" else None, each.receipt,
    ), drill=each.op_id)


def _money(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _check_ledger(connection: Connection, asked: Asking, found: Iterable[OwnerSums]) -> None:
    """What is owed to each grew by what was collected and shrank by what was handed on, says the ledger too."""
    days = (asked.period.first.isoformat(), asked.period.last.isoformat())
    sums: dict[tuple[str, str], int] = {}
    for each in found:
        key = (each.stream, each.owner)
        sums[key] = sums.get(key, 0) - each.figures["net"]
    at = remittances.c
    handed = connection.execute(
        select(at.stream, at.owner, func.sum(at.cash + at.transferred))
        .where(at.business_date.between(*days)).group_by(at.stream, at.owner))
    for stream, owner, amount in handed:
        sums[stream, owner] = sums.get((stream, owner), 0) + int(amount)
    ledger: dict[tuple[str, str], int] = {}
    accounts = connection.execute(
        select(rollup_ledger.c.account, func.sum(rollup_ledger.c.amount))
        .where(rollup_ledger.c.business_date.between(*days), rollup_ledger.c.account.like("owed:%"))
        .group_by(rollup_ledger.c.account))
    for account, amount in accounts:
        _, stream, rest = account.split(":", 2)
        owner = rest.rpartition(":")[0]
        ledger[stream, owner] = ledger.get((stream, owner), 0) + int(amount)
    differing = {key: (amount, ledger.get(key, 0)) for key, amount in sums.items() if amount != ledger.get(key, 0)}
    if differing:
        raise ValueError(f"the lines and the ledger say two things: {differing}")
