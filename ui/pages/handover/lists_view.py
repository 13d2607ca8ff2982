"""Lists at the left, the lines of the chosen one at the right, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.store.queries.manifests import ManifestRow
from ui.delegates.cells import ChipDelegate, CodeDelegate, NumberDelegate
from ui.delegates.relative_date import RelativeDateDelegate
from ui.delegates.two_lines import TwoLineDelegate
from ui.models import manifest_rows as rows
from ui.models.manifest_rows import AnswerRow
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.even_rows import EvenRows
from ui.widgets.paged_table import ListSource, PagedTableModel, Source
from ui.widgets.row_table import RowTable
from ui.widgets.text import Text

_LEFT_LEAST, _LEFT_MOST = 320, 500


class ListsView(QWidget):
    """`is_history`: all lists, newest first; else those that wait, the one expected first on top.

    `chosen` carries the `ManifestRow` or None.
    """

    chosen = Signal(object)

    def __init__(self, clock: Callable[[], datetime], *, is_history: bool) -> None:
        super().__init__()
        self.is_history = is_history
        self.lists = RowTable(tr("Các danh sách bàn giao"), lines=2)
        columns = rows.past_lists(clock) if is_history else rows.OPEN_LISTS
        self.list_model: PagedTableModel[ManifestRow] = PagedTableModel(
            columns, ListSource(()), lambda row: row.id, parent=self.lists
        )
        self.lists.set_delegate(0, TwoLineDelegate(rows.under_number, "code"))
        if is_history:
            self.lists.set_delegate(1, RelativeDateDelegate(clock))
            self.lists.set_delegate(2, ChipDelegate())
        else:
            self.lists.set_delegate(1, RelativeDateDelegate(clock, is_due=True))
            self.lists.set_delegate(2, NumberDelegate())
        self.lists.setModel(self.list_model)
        self.lists.set_widths(0, -3 if is_history else -4, 132 if is_history else 78)
        self.lists.set_spare(1 if is_history else 2)
        self.lists.set_empty(EmptyState(
            tr("Chưa có danh sách bàn giao nào") if is_history else tr("Mọi danh sách đã được xác nhận"),
            tr("Lập danh sách ở mục thứ nhất (Alt 1)."), icon="handover" if is_history else "check",
        ))
        self.lines = RowTable(tr("Các dòng của danh sách"), lines=2)
        self.lines.set_delegate(rows.COL_LINE_CODE, CodeDelegate())
        self.lines.set_delegate(rows.COL_LINE_PERSON, TwoLineDelegate(rows.under_answer))
        self.lines.set_delegate(rows.COL_LINE_STATE, ChipDelegate(has_icon=True))
        self.line_model: PagedTableModel[AnswerRow] = PagedTableModel(
            rows.ANSWERS, ListSource(()), lambda row: row.code, parent=self.lines
        )
        self.lines.setModel(self.line_model)
        self.lines.set_widths(0, -5, 178, -4)
        self.lines.set_spare(rows.COL_LINE_NOTE)
        self.lines.set_empty(EmptyState(tr("Chọn một danh sách ở bên trái"), icon="handover"))
        self.accept = ActionButton(tr("Đã nhận"), "Space")
        self.refuse = ActionButton(tr("Từ chối"), "X")
        self.missing = ActionButton(tr("Thiếu"), "T")
        self.paper = ActionButton(tr("Đủ theo giấy ký"), "P")
        self.remind = ActionButton(tr("Nhắc"), "N")
        self.summary = Text("", "heading", is_wrapped=True)
        self.beside = Text("", "secondary", is_wrapped=True)
        self.save = ActionButton(tr("Lưu xác nhận"), "F12", kind="primary")
        self._arrange()
        self.lists.moved.connect(self.chosen)
        self.lists.opened.connect(lambda _: self.lines.setFocus(Qt.FocusReason.OtherFocusReason))

    def show_lists(self, source: Source[ManifestRow], keep: str) -> None:
        """Other lists; stands on the one with id `keep` where it is among them."""
        self.lists.blockSignals(True)
        self.list_model.set_source(source)
        place = self.list_model.find(keep)
        self.lists.stand_on(max(0, place))
        self.lists.blockSignals(False)
        self.chosen.emit(self.lists.current_row())

    def show_lines(self, title: str, note: str, found: Sequence[AnswerRow], stand_on: str = "") -> None:
        before = self.lines.currentIndex().row()
        self._card.set_title(title)
        self._card.set_note(note)
        self.line_model.set_source(ListSource(tuple(found)))
        place = self.line_model.find(stand_on) if stand_on else before
        while stand_on and place < 0 and self.line_model.canFetchMore(self.lines.rootIndex()):
            self.line_model.fetchMore(self.lines.rootIndex())
            place = self.line_model.find(stand_on)
        if found:
            self.lines.stand_on(min(max(0, place), len(found) - 1))

    def _arrange(self) -> None:
        left = Card(tr("Tất cả danh sách") if self.is_history else tr("Chờ xác nhận"), is_flush=True)
        left.body.addWidget(self.lists)
        left.setMinimumWidth(_LEFT_LEAST)
        left.setMaximumWidth(_LEFT_MOST)
        self._card = Card(tr("Danh sách"), is_flush=True)
        bar = EvenRows(gap=8, is_stretched=False)
        bar.place((self.accept, self.refuse, self.missing, self.paper, self.remind))
        top = QHBoxLayout()
        top.setContentsMargins(12, 10, 12, 6)
        top.addWidget(bar)
        self._card.body.addLayout(top)
        self._card.body.addWidget(self.lines, 1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.summary)
        words.addWidget(self.beside)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addLayout(words, 1)
        self.save.setMaximumWidth(320)
        foot.addWidget(self.save, 1)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self._card, 1)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(left, 2)
        row.addLayout(right, 3)
