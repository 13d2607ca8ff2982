"""What stands above the rows: whose report it is, of which days, and the columns' names in up to three storeys."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from app.domain.reports.shown import unit_line
from app.domain.reports.table import Column, ReportTable
from app.spreadsheets.cells import cell_text, column_width
from app.spreadsheets.heights import row_height

TITLE = {"bold": True, "font_size": 14}
TITLE_HEIGHT = 21.0                # points


def draw_head(workbook: Any, sheet: Any, table: ReportTable) -> tuple[int, int]:
    """Returns the first row of the columns' names and the first row below them.

    Row by row from the top: what has gone to the disk cannot be written to. So a name over two storeys is not one
    merged cell but two without a line between them.
    """
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, column_width(column))
    row = 0
    said = (*((line, {}) for line in table.head), (table.title, TITLE),
            (table.period_words, {"italic": True}), (unit_line(table), {"italic": True}))
    for text, look in said:
        if text:
            if look is TITLE:
                sheet.set_row(row, TITLE_HEIGHT)
            sheet.write_string(row, 0, cell_text(text), workbook.add_format(look))
            row += 1
    top = row + 1
    return top, _draw_names(workbook, sheet, table.columns, top)


def _draw_names(workbook: Any, sheet: Any, columns: tuple[Column, ...], row: int) -> int:
    look = {"bold": True, "align": "center", "text_wrap": True, "bg_color": "#EDEDED"}
    whole, upper, lower = (workbook.add_format(look | more) for more in (
        {"border": 1, "valign": "vcenter"}, {"top": 1, "left": 1, "right": 1},
        {"bottom": 1, "left": 1, "right": 1, "valign": "vcenter"}))
    has_groups = any(column.group for column in columns)
    if has_groups:
        at = 0
        for group, members in groupby(columns, key=lambda column: column.group):
            count = len(list(members))
            if not group:
                for offset in range(count):
                    sheet.write_blank(row, at + offset, None, upper)
            elif count == 1:
                sheet.write_string(row, at, cell_text(group), whole)
            else:
                sheet.merge_range(row, at, row, at + count - 1, cell_text(group), whole)
            at += count
        row += 1
    _set_height(sheet, row, [column.title for column in columns], columns)
    for at, column in enumerate(columns):
        sheet.write_string(row, at, cell_text(column.title), lower if has_groups and not column.group else whole)
    if any(column.number for column in columns):
        row += 1
        _set_height(sheet, row, [column.number for column in columns], columns)
        number = workbook.add_format(look | {"border": 1, "bold": False, "italic": True, "valign": "vcenter"})
        for at, column in enumerate(columns):
            sheet.write_string(row, at, column.number, number)
    return row + 1


def _set_height(sheet: Any, row: int, names: list[str], columns: tuple[Column, ...]) -> None:
    widths = (float(column_width(column)) for column in columns)
    height = row_height(zip(names, widths, strict=True))
    if height is not None:
        sheet.set_row(row, height)
