"""What the province sent back: it stays here and in the count until a person says how it was dealt with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.store.queries.outbox import NeedsPerson
from ui.delegates.cells import CellDelegate, ChipDelegate, CodeDelegate
from ui.delegates.relative_date import RelativeDateDelegate
from ui.dialogs.sheet import Sheet
from ui.models.state_words import reason_words, type_words, verdict_words
from ui.translations import mark, tr
from ui.widgets.card import Card
from ui.widgets.line_field import LineField
from ui.widgets.paged_table import Column, ListSource, PagedTableModel
from ui.widgets.row_table import ROW_HEIGHT_TWO_LINES, RowTable
from ui.widgets.text import Text

MOST_ROWS = 2
COLUMNS: tuple[Column[NeedsPerson], ...] = (
    Column(mark("Tỉnh nói"), lambda line: verdict_words(line.verdict)[0],
           tone=lambda line: verdict_words(line.verdict)[1]),
    Column(mark("Mã hồ sơ"), lambda line: line.code or type_words(line.type)),
    Column(mark("Vì sao"), lambda line: reason_words(line.field, line.reason)),
    Column(mark("Người làm"), lambda line: line.clerk_name or tr("máy tự làm")),
    Column(mark("Từ lúc"), lambda line: "", value=lambda line: line.at),
)


class SentBackCard(Card):
    """Not there when nothing was sent back. `opened` carries the code, `settle_requested` the line."""

    opened = Signal(str)
    settle_requested = Signal(NeedsPerson)

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__(tr("Cần người xử lý"), is_flush=True)
        self.table = RowTable(tr("Cần người xử lý"), lines=2)
        self.table.set_delegate(0, ChipDelegate(has_icon=True))
        self.table.set_delegate(1, CodeDelegate())
        self.table.set_delegate(2, CellDelegate(lines=2))
        self.table.set_delegate(4, RelativeDateDelegate(clock))
        self.lines: PagedTableModel[NeedsPerson] = PagedTableModel(
            COLUMNS, ListSource(()), lambda line: line.op_id, parent=self.table
        )
        self.table.setModel(self.lines)
        self.table.set_widths(0, 0, -3, -2, 0)
        self.table.set_spare(3)
        self.table.opened.connect(self._on_opened)
        self.body.addWidget(self.table)

    def show_lines(self, lines: Sequence[NeedsPerson]) -> None:
        if tuple(lines) != self.lines.rows():
            number = self.table.currentIndex().row()
            key = self.lines.key(number) if number >= 0 else None
            self.lines.set_source(ListSource(lines))
            if number >= 0:
                self.table.stand_on(max(0, self.lines.find(key)))
        rows = min(MOST_ROWS, len(lines))
        self.table.setFixedHeight(rows * ROW_HEIGHT_TWO_LINES + 36)
        self.set_note(tr("{n} việc · Enter mở hồ sơ · K ghi cách xử lý", n=len(lines)))
        self.setVisible(bool(lines))

    def current(self) -> NeedsPerson | None:
        row = self.table.current_row() or (self.lines.row(0) if self.lines.rowCount() else None)
        return row if isinstance(row, NeedsPerson) else None

    def _on_opened(self, line: NeedsPerson) -> None:
        if line.code:
            self.opened.emit(line.code)


class SettleSheet(Sheet):
    """How was it dealt with? `confirmed` with `note.text()`; `line` is what is closed."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, tr("Ghi cách xử lý"), tr("Ghi và đóng việc này"), width=720)
        self.line: NeedsPerson | None = None
        self._what = Text("", "heading", is_wrapped=True)
        self._why = Text("", "lead", is_wrapped=True)
        self.note = LineField(tr("Đã xử lý thế nào, sẽ ghi vào nhật ký cùng tên bạn"))
        self.note.edited.connect(lambda _: self.note.set_message(""))
        for widget in (self._what, self._why, self.note):
            self.content.addWidget(widget)
        self.content.addStretch(1)

    def ask(self, line: NeedsPerson) -> None:
        self.line = line
        self._what.setText(" · ".join(part for part in (verdict_words(line.verdict)[0], line.code) if part))
        self._why.setText(reason_words(line.field, line.reason))
        self.note.set_text("")
        self.note.set_message("")
        self.open(self.note.line)

    def may_confirm(self) -> bool:
        if self.note.text().strip():
            return True
        self.note.set_message(tr("Ghi vài chữ: đã sửa gì, đã gọi ai."))
        self.note.line.setFocus()
        return False
