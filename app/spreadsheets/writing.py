"""A report as XLSX: each cell of the type it shows, ready to be sorted, filtered, added up and printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from typing import Any, BinaryIO

from xlsxwriter.exceptions import XlsxWriterException

from app.domain.reports.shown import made_line
from app.domain.reports.table import ReportTable, Row, check_row
from app.errors import Refusal
from app.practice import WATERMARK, is_practice
from app.spreadsheets.cells import CellWriter, cell_text
from app.spreadsheets.heads import draw_head
from app.spreadsheets.kept_packed import PackedWorkbook
from app.spreadsheets.sheet_names import sheet_name
from app.whole_file import whole_file

MOST_ROWS = 1_000_000              # a sheet holds 1,048,576, with room for head and notes
A4 = 9                             # paper's number in the format

Progress = Callable[[int], None]
"""Told how many rows are written, every some hundred; what it raises stops the writing."""

STEP = 500                         # rows


def write_table(target: Path | BinaryIO, table: ReportTable, progress: Progress | None = None, *,
                rows: Iterable[Row] | None = None) -> int:
    """Write `table` as XLSX; `rows` stand in for the table's own where they are read one by one. Returns how many.

    A hundred thousand rows need no more memory than ten. A file at `target` is replaced when the new one is whole,
    and untouched otherwise. More than a million rows go on in further sheets. Refusal `file_unwritable` (file).
    """
    given = table.rows if rows is None else rows
    if is_practice():                              # above the title, below the rows, and on each printed sheet
        table = replace(table, head=(WATERMARK, *table.head), notes=(*table.notes, WATERMARK))
    if not isinstance(target, Path):
        return _write(target, table, given, progress)
    try:
        with whole_file(target) as stream:     # before the first row: a wrong place is known at once
            return _write(stream, table, given, progress)
    except (OSError, XlsxWriterException) as error:
        raise Refusal("file_unwritable", file=target.name) from error


def _write(target: BinaryIO, table: ReportTable, rows: Iterable[Row], progress: Progress | None) -> int:
    with _workbook(target, table) as workbook:
        writing = _Writing(workbook, table)
        writing.open_sheet()
        for row in rows:
            if rows is not table.rows:
                check_row(table.columns, row)
            writing.add(row)
            if progress is not None and writing.count % STEP == 0:
                progress(writing.count)
        writing.close_sheet(is_last=True)
        if progress is not None:
            progress(writing.count)
        return writing.count


@contextmanager
def _workbook(target: BinaryIO, table: ReportTable) -> Iterator[Any]:
    workbook = PackedWorkbook(target, {
        "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "default_format_properties": {"font_name": "Times New Roman", "font_size": 11},
    })
    workbook.set_properties({"title": table.title, "author": table.made_by, "comments": table.period_words,
                             "created": table.made_at.astimezone(UTC).replace(tzinfo=None)})
    yield workbook
    workbook.close()


@dataclass
class _Writing:
    """Where the next row goes; one sheet after the other."""

    workbook: Any
    table: ReportTable
    count: int = 0

    def __post_init__(self) -> None:
        self.cells = CellWriter(self.workbook, self.table.columns)
        self.sheet: Any = None
        self.at = self.first = self.last_plain = 0

    def open_sheet(self) -> None:
        number = len(self.workbook.worksheets()) + 1
        self.sheet = self.workbook.add_worksheet(sheet_name(self.table.id, number))
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.set_margins(left=0.5, right=0.4, top=0.5, bottom=0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&LLập bằng Quầy Một Cửa&RTrang &P/&N")
        if is_practice():
            self.sheet.set_header(f"&C{WATERMARK}")
        top, self.at = draw_head(self.workbook, self.sheet, self.table)
        self.sheet.freeze_panes(self.at, 0)
        self.sheet.repeat_rows(top, self.at - 1)
        self.first = self.at
        self.last_plain = self.at - 1

    def add(self, row: Row) -> None:
        if self.at - self.first == MOST_ROWS:
            self.close_sheet(is_last=False)
            self.open_sheet()
        self.cells.write(self.sheet, self.at, row)
        if not row.is_total:
            self.last_plain = self.at
        self.at += 1
        self.count += 1

    def close_sheet(self, *, is_last: bool) -> None:
        """Filters over the rows, not over the sums below them; the notes stand under the last row."""
        if self.last_plain >= self.first:
            self.sheet.autofilter(self.first - 1, 0, self.last_plain, len(self.table.columns) - 1)
        if not is_last:
            return
        below = [*self.table.notes, made_line(self.table)]
        for offset, text in enumerate(below, 1):
            self.sheet.write_string(self.at + offset, 0, cell_text(text), self.cells.note)


