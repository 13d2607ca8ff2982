"""A white card with a hairline: an optional head (name at the left, a few words at the right) and a body."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.text import ElidedText, Text


class Card(QFrame):
    """A surface for one matter. Put widgets into `body`; a table goes in with `is_flush=True`."""

    def __init__(
        self, title: str = "", *, note: str = "", is_flush: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self._title = Text(title, "heading")
        self._note = ElidedText(note, "secondary")
        if title:
            column.addWidget(self._head())
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.body.setContentsMargins(*((0, 0, 0, 4) if is_flush else (14, 12, 14, 12)))
        column.addLayout(self.body, 1)

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_note(self, note: str) -> None:
        """The words at the right of the head: a count, an age."""
        self._note.setText(note)

    def _head(self) -> QFrame:
        head = QFrame()
        head.setProperty("surface", "card-head")
        row = QHBoxLayout(head)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(12)
        head.setFixedHeight(43)
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self._note)
        return head
