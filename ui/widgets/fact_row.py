"""One fact of a receipt or a dossier: a small label and its value, large when it is a fact of the moment."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.text import Text


class FactRow(QWidget):
    """`label` over a value. `is_large` for code, promised date and money. `aside` takes a link or a key cap."""

    def __init__(
        self, label: str, value: str = "", *, is_large: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._label = Text(label, "secondary")
        self._value = Text(value, "fact" if is_large else "heading", is_wrapped=True)
        self._note = Text("", "secondary", is_wrapped=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self._label)
        column.addWidget(self._value)
        self._line = QHBoxLayout()
        self._line.setSpacing(6)
        self._line.addWidget(self._note, 1)
        column.addLayout(self._line)
        self.set_value(value)
        self.set_note("")

    def value(self) -> str:
        return self._value.text()

    def set_label(self, label: str) -> None:
        self._label.setText(label)
        self.set_value(self.value())

    def set_value(self, value: str, tone: str = "") -> None:
        """"" shows a dash: the place is kept, so nothing moves when the value comes."""
        self._value.setText(value or "–")
        self._value.set_tone(tone)
        self.setAccessibleName(f"{self._label.text()}: {value or '–'}")

    def set_note(self, note: str) -> None:
        """A few words under the value: "10 ngày, tính từ 22/11"."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def add_aside(self, widget: QWidget) -> None:
        """Puts a link or a key cap beside the note."""
        self._line.insertWidget(self._line.count(), widget)
