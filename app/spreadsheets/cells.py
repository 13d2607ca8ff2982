"""One cell at a time: a text is a text whatever it begins with, a date is a date, money is a whole number."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from app.domain.reports.shown import shown_cell
from app.domain.reports.table import Cell, Column, ColumnKind, Row, name_column
from app.domain.vietnam_time import local
from app.spreadsheets.heights import row_height

MOST_TEXT = 32_767                 # signs that a cell holds
MOST_EXACT = 999_999_999_999_999   # a cell's number has fifteen digits and no more
FIRST_YEAR = 1900                  # the format knows no earlier day
WHOLE = 10_000                     # hundredths of a percent
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

NUMBER_FORMATS = {
    ColumnKind.COUNT: "#,##0", ColumnKind.MONEY: "#,##0", ColumnKind.MINUTES: "#,##0",
    ColumnKind.DAYS: "#,##0",
    ColumnKind.PERCENT: "0.00%", ColumnKind.DATE: "dd/mm/yyyy", ColumnKind.TIME: "dd/mm/yyyy hh:mm",
}
"""A spreadsheet shows the marks of its own country for , and . here: 1.234.567 in Vietnam."""
WIDTHS = {
    ColumnKind.TEXT: 26, ColumnKind.COUNT: 10, ColumnKind.MONEY: 16, ColumnKind.DATE: 12, ColumnKind.TIME: 17,
    ColumnKind.PERCENT: 10, ColumnKind.MINUTES: 10, ColumnKind.DAYS: 10,
}
"""In letters, where a column asks for nothing."""
MOST_WIDTH = 80
ALIGNED = {ColumnKind.TEXT: "left", ColumnKind.DATE: "center", ColumnKind.TIME: "center"}


class CellWriter:
    """Writes rows of `columns`; each look is made once, since a workbook has room for some thousand only."""

    def __init__(self, workbook: Any, columns: tuple[Column, ...]) -> None:
        self._workbook, self._columns = workbook, columns
        self._looks: dict[tuple[ColumnKind, bool, int], Any] = {}
        self._indented = name_column(columns)
        self._texts = [(number, float(column_width(column))) for number, column in enumerate(columns)
                       if column.kind is ColumnKind.TEXT]
        self.note = workbook.add_format({"italic": True})

    def write(self, sheet: Any, at: int, row: Row) -> None:
        height = row_height((cell, width - 2 * row.level if number == self._indented else width)
                            for number, width in self._texts if isinstance(cell := row.cells[number], str))
        if height is not None:
            sheet.set_row(at, height)
        for number, (column, cell) in enumerate(zip(self._columns, row.cells, strict=True)):
            level = row.level if number == self._indented else 0
            self._put(sheet, at, number, column.kind, cell, self._look(column.kind, row.is_total, level))

    def _put(self, sheet: Any, at: int, number: int, kind: ColumnKind, cell: Cell, look: Any) -> None:
        if cell is None:
            sheet.write_blank(at, number, None, look)
        elif isinstance(cell, datetime) and local(cell).year >= FIRST_YEAR:
            sheet.write_datetime(at, number, local(cell).replace(tzinfo=None), look)
        elif isinstance(cell, date) and not isinstance(cell, datetime) and cell.year >= FIRST_YEAR:
            sheet.write_datetime(at, number, cell, look)
        elif isinstance(cell, int) and abs(cell) <= MOST_EXACT:
            sheet.write_number(at, number, cell / WHOLE if kind is ColumnKind.PERCENT else cell, look)
        else:
            sheet.write_string(at, number, cell_text(shown_cell(kind, cell)), look)

    def _look(self, kind: ColumnKind, is_total: bool, level: int) -> Any:
        key = kind, is_total, level
        if key not in self._looks:
            self._looks[key] = self._workbook.add_format({
                "border": 1, "valign": "top", "align": ALIGNED.get(kind, "right"), "bold": is_total,
                "num_format": NUMBER_FORMATS.get(kind, "@"), "indent": min(level, 15),
                "text_wrap": kind is ColumnKind.TEXT,
            })
        return self._looks[key]


def column_width(column: Column) -> int:
    """In letters; never narrower than the longest word of its name, with room for the filter's button."""
    longest = max((len(word) for word in column.title.split()), default=0) + 3
    return min(max(column.width or WIDTHS[column.kind], longest), MOST_WIDTH)


def cell_text(text: str) -> str:
    """`text` without what XML cannot hold, and no longer than a cell."""
    plain = _NOT_XML.sub("", text)
    return plain if len(plain) <= MOST_TEXT else plain[:MOST_TEXT - 1] + "…"
