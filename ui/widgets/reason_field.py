"""A reason to be printed: typed freely, or taken from the ready ones that stand under the line while one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.reason_library import GAP, Reason
from ui.models.reason_hits import ReasonHits
from ui.translations import tr
from ui.widgets.line_field import LineField
from ui.widgets.search_box import SearchBox
from ui.widgets.text import Text

Find = Callable[[str], Sequence[Reason]]


class _ReasonLine(SearchBox):
    """Down shows what is there to choose from and walks it. Enter takes an answer only when one was walked to:
    what a clerk writes herself is never replaced by what happens to fit."""

    def stand_on_none(self) -> None:
        if self._list is not None:
            self._list.setCurrentIndex(QModelIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        answer = self.current_answer()
        if event.key() == Qt.Key.Key_Down and answer is None:
            self.typed.emit(self.text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and answer is not None and not answer.isValid():
            self.close_answers()
            self.submitted.emit(self.text())
        else:
            super().keyPressEvent(event)


class ReasonField(QWidget):
    """`text()` and `basis()`. A chosen reason's gap is selected, so that the next keys fill it; `submitted` with
    Enter when no answer is chosen by it."""

    submitted = Signal()

    def __init__(self, label: str, *, has_basis: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find: Find = lambda _: ()
        self.line = _ReasonLine(label, tr("Gõ lý do; phím ↓ mở các lý do có sẵn"))
        self._hits = ReasonHits(self)
        self.line.set_model(self._hits)
        self.line.typed.connect(self._on_typed)
        self.line.chose.connect(self._on_chosen)
        self.line.submitted.connect(lambda _: self.submitted.emit())
        self._message = Text("", "secondary", is_wrapped=True)
        self._message.set_tone("bad")
        self._message.hide()
        self.basis_line = LineField(tr("Căn cứ pháp lý (nếu có)"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(Text(label, "secondary"))
        column.addWidget(self.line)
        column.addWidget(self._message)
        column.addWidget(self.basis_line)
        self.basis_line.setVisible(has_basis)      # not earlier: without a parent it would be a window
        self.setFocusProxy(self.line)

    def set_library(self, find: Find) -> None:
        self._find = find
        self.set_text("")

    def text(self) -> str:
        return self.line.text().strip()

    def basis(self) -> str:
        return self.basis_line.text().strip() if self.basis_line.isVisibleTo(self) else ""

    def set_text(self, text: str) -> None:
        self.line.setText(text)
        self.basis_line.set_text("")
        self.set_message("")

    def set_message(self, message: str) -> None:
        self._message.setText(message)
        self._message.setVisible(bool(message))

    def is_finished(self) -> bool:
        """Something is written and nothing is left open; else a word under the line and the focus in it."""
        if not self.text():
            self.set_message(tr("Ghi lý do."))
        elif GAP in self.text():
            self.set_message(tr("Lý do còn chỗ “…” chưa ghi."))
            self._select_gap()
        else:
            return True
        self.line.setFocus()
        return False

    def _on_typed(self, text: str) -> None:
        self.set_message("")
        self._hits.show(self._find(text))
        self.line.stand_on_none()

    def _on_chosen(self, index: QModelIndex) -> None:
        reason = self._hits.reason(index.row())
        self.line.setText(reason.text)
        self.basis_line.set_text(reason.basis)
        self._hits.show(())
        self._select_gap()

    def _select_gap(self) -> None:
        place = self.line.text().find(GAP)
        if place >= 0:
            self.line.setSelection(place, len(GAP))
