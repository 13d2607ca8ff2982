"""Dossiers set aside at this counter: one button each with its key, newest cut to "+3" when there is no room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.text import Text


@dataclass(frozen=True, slots=True)
class Parked:
    """A draft set aside; `words` is who, how long and what is missing: "Lê Văn Mẫu · 6 phút · thiếu 1 giấy"."""

    draft: str                     # id, given back when it is resumed
    words: str


class ParkedStrip(QWidget):
    """Alt 1 … Alt 9 resume; the page binds the keys and calls `draft_at`. `asked_all` opens the whole list."""

    resumed = Signal(str)          # draft id
    asked_all = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drafts: tuple[Parked, ...] = ()
        self._buttons: list[ActionButton] = []
        self._label = Text(tr("Đang để tạm"), "secondary")
        self._rest = ActionButton("+0")
        self._rest.clicked.connect(self.asked_all)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._row.addStretch(1)
        self._row.addWidget(self._label)
        self._row.addWidget(self._rest)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_drafts(())

    def set_drafts(self, drafts: Sequence[Parked]) -> None:
        """Shows `drafts`, the first being Alt 1; hidden when there is none."""
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()                          # until Qt deletes it, it would stand under the new ones
            button.deleteLater()
        self._drafts = tuple(drafts)
        self._buttons = []
        for number, parked in enumerate(self._drafts, start=1):
            button = ActionButton(parked.words, f"Alt {number}" if number < 10 else "")
            button.clicked.connect(lambda _=False, draft=parked.draft: self.resumed.emit(draft))
            self._row.insertWidget(self._row.count() - 1, button)
            self._buttons.append(button)
        self.setAccessibleName(tr("Đang để tạm {n} hồ sơ", n=len(self._drafts)))
        self.setVisible(bool(self._drafts))
        self._fit(self.width())

    def draft_at(self, number: int) -> str | None:
        """The draft behind Alt `number` (from 1), None when there is none."""
        return self._drafts[number - 1].draft if 1 <= number <= len(self._drafts) else None

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        left = width - self._label.sizeHint().width() - 8
        needed = [button.sizeHint().width() + 8 for button in self._buttons]
        shown = len(self._buttons)
        while shown and sum(needed[:shown]) + (64 if shown < len(needed) else 0) > left:
            shown -= 1
        for number, button in enumerate(self._buttons):
            button.setVisible(number < shown)
        hidden = len(self._buttons) - shown
        self._rest.setVisible(hidden > 0)
        if hidden:
            self._rest.set_label(f"+{hidden}")
            self._rest.setAccessibleName(tr("Còn {n} hồ sơ để tạm khác", n=hidden))
