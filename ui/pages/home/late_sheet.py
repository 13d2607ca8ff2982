"""Every part of what is overdue: by who holds it, by agency, by who received it; Enter opens its list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.store.queries.late import LateBy, LateCount
from ui.dialogs.sheet import Sheet
from ui.models.counts import shown_count
from ui.models.list_words import WAYS, late_words
from ui.translations import mark, tr
from ui.widgets.empty_state import EmptyState
from ui.widgets.paged_table import Column, ListSource, PagedTableModel
from ui.widgets.row_table import RowTable
from ui.widgets.text import Text

MOST_ROWS = 10
COLUMNS: tuple[Column[LateCount], ...] = (
    Column(mark("Theo"), lambda line: tr(WAYS[line.part.by])),
    Column(mark("Tên"), late_words),
    Column(mark("Hồ sơ"), lambda line: shown_count(line.amount), value=lambda line: line.amount, is_number=True),
)


class LateSheet(Sheet):
    """`chosen` carries the `LateCount` that Enter took."""

    chosen = Signal(object)

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, tr("Quá ngày hẹn: ai đang giữ"), way_back=tr("Quay lại"), width=760)
        lead = Text(
            tr("Hồ sơ chờ người dân bổ sung hoặc nộp tiền không tính là quá hạn. Bấm Enter để mở danh sách."),
            "lead", is_wrapped=True,
        )
        self.table = RowTable(tr("Hồ sơ quá ngày hẹn theo người giữ, cơ quan, người tiếp nhận"))
        self.lines: PagedTableModel[LateCount] = PagedTableModel(
            COLUMNS, ListSource(()), lambda line: line.part, parent=self.table
        )
        self.table.setModel(self.lines)
        self.table.set_widths(150, -1, 90)
        self.table.set_empty(
            EmptyState(tr("Không có hồ sơ quá ngày hẹn"), tr("Bấm Esc để quay lại."), icon="check")
        )
        self.table.opened.connect(self._choose)
        self.content.addWidget(lead)
        self.content.addWidget(self.table)

    def ask(self, late: Mapping[LateBy, Sequence[LateCount]]) -> None:
        lines = [line for by in LateBy for line in late[by]]
        self.lines.set_source(ListSource(lines))
        self.table.setFixedHeight(min(MOST_ROWS, max(2, len(lines))) * 40 + 34)
        self.open(self.table)
        self.table.stand_on(0)

    def _choose(self, line: LateCount | None) -> None:
        if line is not None:
            self.close_sheet()
            self.chosen.emit(line)
