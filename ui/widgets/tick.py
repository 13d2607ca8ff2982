"""A box to tick, drawn from the theme: 22 px, a white tick on green, the ring when it has the focus."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from ui.theme import theme

_BOX, _GAP, _EDGE = 22, 10, 7


class Tick(QCheckBox):
    """A check box of the sheet's look; `text` may be empty when a row beside it says what it is for."""

    def __init__(self, text: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", "tick")
        self.setAccessibleName(name or text)

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text()) + _GAP if self.text() else 0
        return QSize(_BOX + 2 * _EDGE + words, 36)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(_EDGE, (self.height() - _BOX) // 2, _BOX, _BOX)
        edge = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("ok" if self.isEnabled() else "ink-3"))
            painter.drawRoundedRect(edge, 5, 5)
            pixmap = look.pixmap("check", "paper", 16, self.devicePixelRatio())
            painter.drawPixmap(box.left() + 3, box.top() + 3, pixmap)
        else:
            painter.setPen(QPen(look.color("line-control" if self.isEnabled() else "line"), 1))
            painter.setBrush(look.color("field" if self.isEnabled() else "field-off"))
            painter.drawRoundedRect(edge, 5, 5)
        if self.hasFocus():
            painter.setPen(QPen(look.color("focus"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(-3.5, -3.5, 3.5, 3.5), 7, 7)
        if self.text():
            painter.setPen(look.color("ink" if self.isEnabled() else "ink-2"))
            place = self.rect().adjusted(box.right() + _GAP, 0, 0, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self.text())
