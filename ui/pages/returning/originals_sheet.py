"""Ai đang giữ sổ đỏ này: all originals that are out, the longest first; a scan narrows it to one dossier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.life.states import Holder
from app.domain.vietnam_time import local
from ui.delegates.cells import ChipDelegate, CodeDelegate
from ui.delegates.dates import day_text
from ui.dialogs.sheet import Sheet
from ui.pages.returning.words import holder_words
from ui.shortcuts import Key, bind
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.line_field import LineField
from ui.widgets.paged_table import Column, ListSource, PagedTableModel
from ui.widgets.row_table import RowTable
from ui.widgets.text import Text

LABELS = Key("Alt+P", mark("In nhãn bản gốc"))


@dataclass(frozen=True, slots=True)
class OriginalRow:
    """One original; `said` is what put it where it is, and who."""

    code: str
    applicant_name: str
    id: str
    name: str
    holder: Holder
    since: datetime
    said: str = ""


COLUMNS: tuple[Column[OriginalRow], ...] = (
    Column(mark("Bản gốc"), lambda row: row.name),
    Column(mark("Ai giữ"), lambda row: holder_words(row.holder)[0], tone=lambda row: holder_words(row.holder)[1]),
    Column(mark("Từ ngày"), lambda row: day_text(local(row.since).date())),
    Column(mark("Mã hồ sơ"), lambda row: row.code),
    Column(mark("Chủ hồ sơ"), lambda row: row.applicant_name),
)


class OriginalsSheet(Sheet):
    """Enter on a row with a reason gives that original back to the citizen; `labels_asked` prints labels."""

    given_back = Signal(object, str)       # OriginalRow, reason
    labels_asked = Signal(str)             # code
    typed = Signal(str)

    def __init__(self, host: QWidget) -> None:
        super().__init__(
            host, tr("Bản gốc: ai đang giữ"), tr("Đã trả lại người dân"), way_back=tr("Đóng"), width=980)
        self.code = LineField(tr("Quét nhãn bản gốc, giấy hẹn; hoặc gõ mã rồi Enter"), is_figures=True)
        self.code.line.returnPressed.connect(self._on_typed)
        self.table = RowTable(tr("Bản gốc"), lines=2)
        self.table.set_delegate(1, ChipDelegate(has_icon=True))
        self.table.set_delegate(3, CodeDelegate())
        self.rows: PagedTableModel[OriginalRow] = PagedTableModel(
            COLUMNS, ListSource(()), lambda row: (row.code, row.id), parent=self.table
        )
        self.table.setModel(self.rows)
        self.table.set_widths(-4, 210, 104, 0, -3)
        self.table.set_empty(EmptyState(
            tr("Không có bản gốc nào"), tr("Hồ sơ không giữ bản gốc, hoặc đã trả hết.")))
        self.table.setMinimumHeight(260)
        self.table.moved.connect(self._on_moved)
        self._said = Text("", "secondary", is_wrapped=True)
        self.reason = LineField(tr("Trả lại người dân: lý do, ai nhận"))
        self.reason.edited.connect(lambda _: self.reason.set_message(""))
        self.labels = ActionButton(tr("In nhãn bản gốc"), LABELS.cap)
        self.labels.clicked.connect(self._on_labels)
        bind(self, {LABELS: self._on_labels})
        row = QHBoxLayout()
        row.addWidget(self._said, 1)
        row.addWidget(self.labels)
        self.content.addWidget(self.code)
        self.content.addWidget(self.table, 1)
        self.content.addLayout(row)
        self.content.addWidget(self.reason)

    def show_rows(self, rows: Sequence[OriginalRow], title: str, stand_on: str = "") -> None:
        self.title.setText(title)
        self.reason.set_text("")
        self.reason.set_message("")
        self.rows.set_source(ListSource(rows))
        number = next((place for place, row in enumerate(rows) if row.id == stand_on), 0)
        self.table.stand_on(number)
        self._on_moved(self.table.current_row())
        if not self.is_open:
            self.open(self.table)

    def current(self) -> OriginalRow | None:
        row = self.table.current_row()
        return row if isinstance(row, OriginalRow) else None

    def may_confirm(self) -> bool:
        row = self.current()
        if row is None or row.holder is Holder.CITIZEN:
            return False
        if self.reason.text().strip():
            self.given_back.emit(row, self.reason.text().strip())
        else:
            self.reason.set_message(tr("Ghi lý do và ai đã nhận."))
            self.reason.line.setFocus()
        return False                   # the list stays open, with what has changed

    def _on_moved(self, row: OriginalRow | None) -> None:
        self._said.setText(row.said if row is not None else "")
        self.act.setEnabled(row is not None and row.holder is not Holder.CITIZEN)
        self.labels.setEnabled(row is not None)

    def _on_typed(self) -> None:
        text = self.code.text().strip()
        self.code.set_text("")
        self.typed.emit(text)

    def _on_labels(self) -> None:
        row = self.current()
        if row is not None:
            self.labels_asked.emit(row.code)
