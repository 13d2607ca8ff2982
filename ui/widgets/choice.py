"""A choice of a few, with the chevron in the theme's colour."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from ui.theme import theme

_AROUND_WORDS = 48                 # padding and the chevron


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
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.width() - _AROUND_WORDS
        shown = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        self.setToolTip(self.currentText() if shown != self.currentText() else "")
        option.currentText = shown
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        pixmap = theme().pixmap("chevron-down", "ink-2", 16, self.devicePixelRatio())
        painter.drawPixmap(self.width() - 26, (self.height() - 16) // 2, pixmap)
