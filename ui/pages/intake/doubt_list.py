"""The doubts that wait for an answer, each with its one key: keep it as it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.pages.intake.findings import Finding
from ui.pages.intake.messages import finding_words
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.glyph import Glyph
from ui.widgets.text import Text

KEEP_KEY = "Alt+G"


class DoubtList(QWidget):
    """One row per doubt. The first row's button has the key; Enter on a button does the same."""

    kept = Signal(object)          # Finding
    emptied = Signal()             # the last one was answered while the focus stood here

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Finding, ...] = ()
        self.buttons: list[ActionButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.hide()

    def show_doubts(self, doubts: Sequence[Finding]) -> None:
        """Shows these; a focus that stood on an answered row goes to the next one."""
        if tuple(doubts) == self._shown:
            return
        had_focus = any(button.hasFocus() for button in self.buttons)
        while (item := self._column.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.deleteLater()
        self._shown = tuple(doubts)
        self.buttons = []
        for number, finding in enumerate(self._shown):
            self._column.addWidget(self._row(finding, is_first=number == 0))
        self.setVisible(bool(self._shown))
        if had_focus and self.buttons:
            self.buttons[0].setFocus()
        elif had_focus:
            self.emptied.emit()

    def keep_first(self) -> None:
        if self._shown:
            self.kept.emit(self._shown[0])

    def _row(self, finding: Finding, *, is_first: bool) -> QFrame:
        frame = QFrame()
        frame.setProperty("surface", "banner")
        frame.setProperty("tone", "warn")
        words = finding_words(finding)
        button = ActionButton(tr("Giữ nguyên"), KEEP_KEY.replace("+", " ") if is_first else "")
        button.setAccessibleName(f"{words} {tr('Giữ nguyên')}")
        button.clicked.connect(lambda: self.kept.emit(finding))
        self.buttons.append(button)
        row = QHBoxLayout(frame)
        row.setContentsMargins(12, 4, 4, 4)
        row.setSpacing(10)
        row.addWidget(Glyph("warn", "warn-ink", 18))
        row.addWidget(Text(words, is_wrapped=True), 1)
        row.addWidget(button)
        return frame
