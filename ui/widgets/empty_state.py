"""What an empty place says: what will appear here and which key starts it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.action_button import ActionButton
from ui.widgets.glyph import Glyph
from ui.widgets.text import Text

_SIDE, _ABOVE, _PICTURE = 24, 16, 32


class EmptyState(QWidget):
    """`title` and one `sentence`; with `action` a button with its `key` that emits `asked`."""

    asked = Signal()

    def __init__(
        self, title: str, sentence: str = "", *, icon: str = "inbox", action: str = "", key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(f"{title}. {sentence}".strip())
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, _ABOVE, _SIDE, _ABOVE)
        column.setSpacing(6)
        column.addStretch(1)
        self._glyph = Glyph(icon, "ink-3", _PICTURE)
        column.addWidget(self._glyph, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._title = Text(title, "heading", is_wrapped=True)
        self._sentence = Text(sentence, "lead", is_wrapped=True)
        for text in (self._title, self._sentence):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(text)
        self._sentence.setVisible(bool(sentence))
        self._more = 0             # height of what comes after the words
        if action:
            self._more = 48 + 2 * column.spacing()
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

    # Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the room is low (1366×768 at 150 %) the picture gives way: it would lie under the words."""
        super().resizeEvent(event)
        inner = self.width() - 2 * _SIDE
        words = self._title.heightForWidth(inner)
        if self._sentence.text():
            words += self._sentence.heightForWidth(inner) + self._column.spacing()
        is_low = self.height() < words + _PICTURE + self._column.spacing() + 2 * _ABOVE + self._more
        self._glyph.setHidden(is_low)
        above = 2 if is_low else _ABOVE
        self._column.setContentsMargins(_SIDE, above, _SIDE, above)
