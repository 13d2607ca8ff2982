"""A labelled line to type in, with a word under it when something is to be said about what was typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.theme import Tone, set_look
from ui.widgets.glyph import TONE_ICONS, Glyph
from ui.widgets.text import Text


class LineField(QWidget):
    """`label`, the field, and an inline message. `edited` carries what the person typed, never what code set."""

    edited = Signal(str)
    finished = Signal()            # Enter, or the focus left

    def __init__(
        self, label: str, *, hint: str = "", is_figures: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setPlaceholderText(hint)
        self.line.setMinimumHeight(36)
        self.line.setAccessibleName(label or hint)
        if is_figures:
            self.line.setProperty("figures", "true")
        self._label = Text(label, "secondary")
        self._label.setBuddy(self.line)
        self._glyph = Glyph("warn", "warn-ink", 16)
        self._message = Text("", "secondary", is_wrapped=True)
        said = QHBoxLayout()
        said.setSpacing(6)
        said.addWidget(self._glyph, alignment=Qt.AlignmentFlag.AlignTop)
        said.addWidget(self._message, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        if label:
            column.addWidget(self._label)
        column.addWidget(self.line)
        column.addLayout(said)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._on_edited)
        self.line.editingFinished.connect(self.finished)
        self.set_message("")

    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Puts `text` in without `edited`; the cursor stays at the end."""
        if self.line.text() != text:
            self.line.setText(text)

    def set_message(self, message: str, tone: Tone = "bad") -> None:
        """Says `message` under the field in `tone`; "" takes it away."""
        self._message.setText(message)
        self._message.set_tone(tone)
        self._glyph.set_icon(TONE_ICONS[tone], f"{tone}-ink")
        self._message.setVisible(bool(message))
        self._glyph.setVisible(bool(message))
        set_look(self.line, tone=tone if message else "")
        self.line.setAccessibleDescription(message)

    def message(self) -> str:
        return self._message.text()

    def set_read_only(self, is_read_only: bool) -> None:
        self.line.setReadOnly(is_read_only)

    def _on_edited(self, text: str) -> None:
        self.edited.emit(text)


class GroupedField(LineField):
    """A field of digits shown in groups while typing. The cursor keeps its place among the digits."""

    def __init__(self, label: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(label, hint=hint, is_figures=True, parent=parent)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)

    def _kept(self, text: str) -> str:
        """What of the typed text counts."""
        return "".join(letter for letter in text if letter.isdecimal() and letter.isascii())

    def _grouped(self, kept: str) -> str:
        """`kept` with its separators."""
        raise NotImplementedError

    def _on_edited(self, text: str) -> None:
        before = len(self._kept(text[:self.line.cursorPosition()]))
        kept = self._kept(text)
        shown = self._grouped(kept)
        if shown != text:
            self.line.setText(shown)
            place = 0
            while before and place < len(shown):
                before -= bool(self._kept(shown[place]))
                place += 1
            self.line.setCursorPosition(place)
        self.edited.emit(kept)
