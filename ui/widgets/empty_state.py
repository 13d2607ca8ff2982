"""What an empty place says: what will appear here and which key starts it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.action_button import ActionButton
from ui.widgets.glyph import Glyph
from ui.widgets.text import Text


class EmptyState(QWidget):
    """`title` and one `sentence`; with `action` a button with its `key` that emits `asked`."""

    asked = Signal()

    def __init__(
        self, title: str, sentence: str = "", *, icon: str = "inbox", action: str = "", key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(f"{title}. {sentence}".strip())
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(6)
        column.addStretch(1)
        column.addWidget(Glyph(icon, "ink-3", 32), alignment=Qt.AlignmentFlag.AlignHCenter)
        self._title = Text(title, "heading", is_wrapped=True)
        self._sentence = Text(sentence, "lead", is_wrapped=True)
        for text in (self._title, self._sentence):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(text)
        self._sentence.setVisible(bool(sentence))
        if action:
            button = ActionButton(action, key)
            button.clicked.connect(self.asked)
            column.addSpacing(8)
            column.addWidget(button, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def set_words(self, title: str, sentence: str = "") -> None:
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.setAccessibleName(f"{title}. {sentence}".strip())
