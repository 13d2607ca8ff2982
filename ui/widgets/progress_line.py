"""Work that takes more than half a second: what it is, how far it is, and a way out."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.text import Text

PATIENCE_MS = 500
"""Work shorter than this shows nothing: a flash of progress is worse than none."""


class ProgressLine(QWidget):
    """`start` … `set_done` … `finish`. Appears only if the work is still going after half a second."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_going = False
        self._words = Text("", "secondary")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = ActionButton(tr("Dừng"))
        self._cancel.clicked.connect(self._on_cancelled)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self._words)
        column.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(column, 1)
        row.addWidget(self._cancel)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self.show)
        self.hide()

    @property
    def is_going(self) -> bool:
        """Work has begun and not ended, whether the line shows yet or not."""
        return self._is_going

    def start(self, words: str, *, may_cancel: bool = True, total: int = 0) -> None:
        """`total` 0: the end is not known, the bar only moves."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self._bar.setAccessibleName(words)
        self._bar.setRange(0, total)
        self._bar.setValue(0)
        self._cancel.setVisible(may_cancel)
        self._cancel.setEnabled(True)
        self._is_going = True
        self._patience.start()

    def tell(self, words: str, *, done: int = 0, total: int = 0) -> None:
        """`start` when nothing is going on yet; else only other words and another place of the bar."""
        if not self._is_going:
            self.start(words, total=total)
        self._words.setText(words)
        self.setAccessibleName(words)
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def set_done(self, done: int) -> None:
        self._bar.setValue(done)

    def finish(self) -> None:
        self._is_going = False
        self._patience.stop()
        self.hide()

    def _on_cancelled(self) -> None:
        self._cancel.setEnabled(False)
        self.cancelled.emit()
