"""The line above all money: what is typed is looked for a moment later, beside the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.pages.cash import keys
from ui.translations import tr
from ui.widgets.key_hint import KeyHint
from ui.widgets.line_field import LineField

PAUSE_MS = 180
"""Between two letters of one word a hand is quicker."""


class FindLine(QWidget):
    """`wanted` carries what to look for, "" for everything; `left`: Enter, ↓ or Esc, on to the list."""

    wanted = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.field = LineField("", hint=tr("Số biên lai, mã hồ sơ hoặc số tiền"), is_figures=True)
        self.field.line.setAccessibleName(tr("Tìm trong mọi khoản thu"))
        self.field.line.setClearButtonEnabled(True)
        self.field.line.installEventFilter(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self._tell)
        self.field.line.textChanged.connect(lambda _: self._soon.start())
        self._told = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 12, 8)
        row.setSpacing(10)
        row.addWidget(self.field, 1)
        row.addWidget(KeyHint(keys.FIND.cap))
        self.setFocusProxy(self.field)

    def begin(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.line.selectAll()

    def clear(self) -> None:
        self.field.set_text("")
        self._tell()

    def _tell(self) -> None:
        self._soon.stop()
        text = self.field.text().strip()
        if text != self._told:
            self._told = text
            self.wanted.emit(text)

    # Qt's side

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key == Qt.Key.Key_Escape:
                self.clear()
            if key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
                self._tell()
                self.left.emit()
                return True
        return super().eventFilter(watched, event)
