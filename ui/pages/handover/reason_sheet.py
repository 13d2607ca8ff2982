"""Why: typed, or taken from the ready reasons that the typed words find."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.reason_library import GAP, Act, Reason
from app.services.life.reasons import read_reasons
from ui.dialogs.sheet import Sheet
from ui.translations import mark, tr
from ui.widgets.line_field import LineField
from ui.widgets.paged_table import Column, ListSource, PagedTableModel
from ui.widgets.row_table import RowTable

SHOWN = 6
_COLUMNS: tuple[Column[Reason], ...] = (Column(mark("Lý do"), lambda reason: reason.text),)


class ReasonSheet(Sheet):
    """`ask`; `confirmed` with `reason`. Without `act` there are no ready reasons."""

    def __init__(self, host: QWidget, act: Act | None = None) -> None:
        super().__init__(host, "", tr("Ghi lý do"), way_back=tr("Thôi"), width=820)
        self._act = act
        self.field = LineField(tr("Lý do"))
        self.list = RowTable(tr("Lý do có sẵn"))
        self.model: PagedTableModel[Reason] = PagedTableModel(
            _COLUMNS, ListSource(()), lambda reason: reason.key, parent=self.list
        )
        self.list.setModel(self.model)
        self.list.set_widths(-1)
        self.list.horizontalHeader().hide()
        self.list.setFixedHeight(SHOWN * 40 + 4)
        self.list.opened.connect(self._take)
        self.field.edited.connect(self._on_typed)
        self.field.line.installEventFilter(self)
        self.content.addWidget(self.field)
        self.content.addWidget(self.list)
        self.list.setVisible(act is not None)

    @property
    def reason(self) -> str:
        return self.field.text().strip()

    def ask(self, title: str, action: str) -> None:
        self.title.setText(title)
        self.act.set_label(action)
        self.field.set_text("")
        self._on_typed("")
        self.open(self.field.line)

    def may_confirm(self) -> bool:
        if self.reason and GAP not in self.reason:
            return True
        self.field.set_message(
            tr("Viết tiếp chỗ có dấu …") if self.reason else tr("Ghi lý do, hoặc chọn một lý do có sẵn.")
        )
        self.field.line.setFocus()
        return False

    # inside

    def _on_typed(self, text: str) -> None:
        self.field.set_message("")
        if self._act is not None:
            found: Sequence[Reason] = read_reasons().find(self._act, text, limit=SHOWN)
            self.model.set_source(ListSource(found))

    def _take(self, reason: Reason) -> None:
        """A ready reason goes into the field; the cursor stands where the clerk writes on."""
        self.field.set_text(reason.text)
        self.field.set_message("")
        self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)
        gap = reason.text.find(GAP)
        if gap >= 0:
            self.field.line.setSelection(gap, len(GAP))

    # Qt's side

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down from the field to the ready reasons; the scroll area would take the key for itself."""
        if (
            watched is self.field.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Down and self.model.rowCount()
        ):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)
