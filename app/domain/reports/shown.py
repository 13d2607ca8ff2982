"""How a report's cells and its small lines read on a screen and on paper. Vietnamese by law, never translated."""

from __future__ import annotations

from datetime import date, datetime

from app.domain.reports.table import Cell, ColumnKind, ReportTable
from app.domain.vietnam_time import local
from app.domain.vietnamese_dates import clock_and_date, short_date


def shown_cell(kind: ColumnKind, cell: Cell) -> str:
    """`1.234.567`, `98,72%`, `02/10/2026`, `15:30 02/10/2026`; "" for None. Money bears no đ: its column does."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        there = local(cell)
        return f"{there:%H:%M} {short_date(there.date())}"
    if isinstance(cell, date):
        return short_date(cell)
    if isinstance(cell, str):
        return cell
    if kind is ColumnKind.PERCENT:
        whole, hundredths = divmod(abs(cell), 100)
        return f"{'-' if cell < 0 else ''}{_grouped(whole)},{hundredths:02d}%"
    return _grouped(cell)


def unit_line(table: ReportTable) -> str:
    """`Đơn vị tính: Số hồ sơ TTHC`, "" where the table names none."""
    return f"Đơn vị tính: {table.unit_words}" if table.unit_words else ""


def made_line(table: ReportTable) -> str:
    """When it was worked out and by whom: two prints of one report may differ, and this says why."""
    said = f"Lập lúc {clock_and_date(table.made_at)}"
    return f"{said} · {table.made_by}" if table.made_by else said


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
