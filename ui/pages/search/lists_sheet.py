"""Every list of dossiers with its count; Enter takes one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.store.queries.dossiers import DossierList
from ui.dialogs.sheet import Sheet
from ui.models.counts import shown_count
from ui.models.list_words import list_words
from ui.translations import mark, tr
from ui.widgets.paged_table import Column, ListSource, PagedTableModel
from ui.widgets.row_table import RowTable

MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class ListLine:
    what: DossierList
    amount: int


COLUMNS: tuple[Column[ListLine], ...] = (
    Column(mark("Danh sách"), lambda line: list_words(line.what)),
    Column(mark("Hồ sơ"), lambda line: shown_count(line.amount), value=lambda line: line.amount, is_number=True),
)


class ListsSheet(Sheet):
    """`chosen` carries the list that Enter took."""

    chosen = Signal(DossierList)

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, tr("Chọn danh sách"), way_back=tr("Quay lại"), width=620)
        self.table = RowTable(tr("Các danh sách hồ sơ"))
        self.lines: PagedTableModel[ListLine] = PagedTableModel(
            COLUMNS, ListSource(()), lambda line: line.what, parent=self.table
        )
        self.table.setModel(self.lines)
        self.table.set_widths(-1, 110)
        self.table.set_row_height(36)
        self.table.opened.connect(self._choose)
        self.content.addWidget(self.table)

    def ask(self, counts: Mapping[DossierList, int], current: DossierList) -> None:
        self.lines.set_source(ListSource([ListLine(what, counts[what]) for what in DossierList]))
        self.table.setFixedHeight(MOST_ROWS * 36 + 34)
        self.open(self.table)
        self.table.stand_on(max(0, self.lines.find(current)))

    def _choose(self, line: ListLine | None) -> None:
        if line is not None:
            self.close_sheet()
            self.chosen.emit(line.what)
