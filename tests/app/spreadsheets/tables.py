"""Invented reports for the spreadsheet tests: every kind of cell, and texts that would like to be formulas."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from app.domain.reports.table import Column, ColumnKind, ReportTable, Row, numbered

MADE_AT = datetime(2026, 1, 2, 1, 0, tzinfo=UTC)
FORMULAS = ("=1+1", "+84900000000", "-5", "@SUM(A1)", "=HYPERLINK(\"http://mau\";\"bấm\")", "\t=1+1", "{=1}",
            "http://mau.vn", "mailto:mau@thu.vn", "internal:Sheet1!A1", "12345678901234567890", "0123", "1e5",
            "_x0041_", "TRUE", "", " ", "a\nb", "<b>&\"'")
COLUMNS = numbered((
    Column("row", "TT", ColumnKind.COUNT), Column("code", "Mã hồ sơ", width=24),
    Column("name", "Chủ hồ sơ", group="Người dân", width=30), Column("address", "Địa chỉ", group="Người dân"),
    Column("fee", "Phí", ColumnKind.MONEY, group="Đã thu"), Column("day", "Ngày thu", ColumnKind.DATE),
    Column("at", "Lúc", ColumnKind.TIME), Column("share", "Tỷ lệ", ColumnKind.PERCENT),
    Column("minutes", "Số phút", ColumnKind.MINUTES),
))
EIGHT = datetime.fromisoformat("2026-01-02T08:00")     # MADE_AT on the wall of the office
HEAD = 4                           # lines above the columns' names, of `table`
TOP = HEAD + 1 + 3                 # rows above the first row


def rows(count: int) -> Iterator[Row]:
    for at in range(count):
        yield Row((at + 1, f"H47.15-260102-{at + 1:04d}", FORMULAS[at % len(FORMULAS)], "Thôn Thử, xã Mẫu",
                   30_000 * (at % 7), date(2026, 1, 2) + timedelta(days=at % 300), MADE_AT + timedelta(minutes=at),
                   9872, at % 60))


def table(*own: Row, columns: tuple[Column, ...] = COLUMNS, id: str = "fees") -> ReportTable:
    return ReportTable(id, "DANH SÁCH THU PHÍ, LỆ PHÍ", "Từ ngày 01/01/2026 đến ngày 31/12/2026", "đồng",
                       ("Bưu điện tỉnh Mẫu",), columns, own, ("=Ghi chú",), MADE_AT, "Trần Thị Thử")
