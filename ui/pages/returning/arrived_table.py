"""The list that is being taken in, one line a result."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.results.taking_in import Arrived, Expected
from ui.delegates.cells import ChipDelegate, CodeDelegate
from ui.pages.returning.words import doubt_words
from ui.theme import Tone
from ui.translations import mark, tr
from ui.widgets.paged_table import Column, ListSource, PagedTableModel
from ui.widgets.row_table import RowTable


@dataclass(frozen=True, slots=True)
class ArrivedRow:
    line: Arrived
    expected: Expected

    @property
    def needs_word(self) -> bool:
        return bool(self.expected.doubts) and not self.line.is_meant


def _originals(row: ArrivedRow) -> str:
    amount = len(row.expected.originals)
    return tr("{back} / {amount}", back=len(row.line.originals), amount=amount) if amount else ""


def _note(row: ArrivedRow) -> tuple[str, Tone]:
    if row.needs_word:
        return tr("Cần xác nhận"), "warn"
    if row.line.result.is_negative:
        return tr("Không giải quyết"), "warn"
    return (tr("Đúng, dù lạ"), "neutral") if row.expected.doubts else ("", "neutral")


COL_SHELF, COL_CODE, COL_PERSON, COL_RESULT, COL_ORIGINALS, COL_NOTE = range(6)
COLUMNS: tuple[Column[ArrivedRow], ...] = (
    Column(mark("Kệ"), lambda row: row.line.shelf),
    Column(mark("Mã hồ sơ"), lambda row: row.expected.code),
    Column(mark("Chủ hồ sơ"), lambda row: row.expected.applicant_name),
    Column(mark("Kết quả"), lambda row: " · ".join(
        part for part in (row.line.result.kind, row.line.result.number) if part)),
    Column(mark("Bản gốc về"), _originals),
    Column(mark("Lưu ý"), lambda row: _note(row)[0], tone=lambda row: _note(row)[1],
           tooltip=lambda row: doubt_words(row.expected.doubts)),
)


class ArrivedTable(RowTable):
    """`moved` tells which line the clerk stands on."""

    def __init__(self) -> None:
        super().__init__(tr("Kết quả nhận về"), lines=2)
        self.set_delegate(COL_SHELF, CodeDelegate())
        self.set_delegate(COL_CODE, CodeDelegate())
        self.set_delegate(COL_NOTE, ChipDelegate(has_icon=True))
        self.lines: PagedTableModel[ArrivedRow] = PagedTableModel(
            COLUMNS, ListSource(()), lambda row: row.expected.code, parent=self
        )
        self.setModel(self.lines)
        self.set_widths(76, 0, -3, -4, 104, 164)
        self.set_spare(COL_ORIGINALS, COL_RESULT)

    def show_lines(self, rows: list[ArrivedRow], stand_on: int) -> None:
        self.lines.set_source(ListSource(rows))
        self.stand_on(stand_on)
