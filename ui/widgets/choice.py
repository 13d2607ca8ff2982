"""A choice of a few, with the chevron in the theme's colour."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QWidget

from ui.theme import theme


class Choice(QComboBox):
    """A closed list of values. `name` is what a screen reader calls it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(QStyledItemDelegate(self))   # lets the sheet reach the rows of the popup
        self.setMinimumHeight(36)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()             # scrolling past a choice must not change an answer

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        pixmap = theme().pixmap("chevron-down", "ink-2", 16, self.devicePixelRatio())
        painter.drawPixmap(self.width() - 26, (self.height() - 16) // 2, pixmap)
