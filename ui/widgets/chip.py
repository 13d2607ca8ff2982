"""A chip: one state in a word, with a ground in its tone and, where asked, the shape of the tone before it.

`paint_chip` is the one place that draws it, for the widget and for table cells alike.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Tone, theme
from ui.widgets.glyph import TONE_ICONS

_PAD, _HEIGHT, _ICON, _GAP, _RADIUS = 9, 24, 14, 5, 5


def chip_size(text: str, has_icon: bool) -> QSize:
    """The room a chip needs."""
    width = QFontMetrics(theme().font("chip")).horizontalAdvance(text) + 2 * _PAD + 1
    return QSize(width + (_ICON + _GAP if has_icon else 0), _HEIGHT)


def paint_chip(painter: QPainter, rect: QRect, text: str, tone: Tone, has_icon: bool) -> None:
    """Draws a chip at the left of `rect`, centred in its height, cut with an ellipsis when it does not fit."""
    look = theme()
    size = chip_size(text, has_icon)
    box = QRect(rect.left(), rect.center().y() - _HEIGHT // 2 + 1, min(size.width(), rect.width()), _HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color(f"{tone}-soft"))
    painter.drawRoundedRect(box, _RADIUS, _RADIUS)
    inner = box.adjusted(_PAD, 0, -_PAD, 0)
    if has_icon:
        ratio = painter.device().devicePixelRatioF()
        top_left = QPoint(inner.left(), box.center().y() - _ICON // 2 + 1)
        painter.drawPixmap(top_left, look.pixmap(TONE_ICONS[tone], f"{tone}-ink", _ICON, ratio))
        inner.setLeft(inner.left() + _ICON + _GAP)
    painter.setFont(look.font("chip"))
    painter.setPen(look.color(f"{tone}-ink"))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width() + 1)
    painter.drawText(inner.adjusted(0, 0, 2, 0), Qt.AlignmentFlag.AlignVCenter, shown)
    painter.restore()


class Chip(QWidget):
    """A state in a word. `set_state` changes both word and tone."""

    def __init__(
        self, text: str = "", tone: Tone = "neutral", *, has_icon: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._has_icon = has_icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(text, tone)

    def set_state(self, text: str, tone: Tone) -> None:
        self.text, self.tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return chip_size(self.text, self._has_icon)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_chip(QPainter(self), self.rect(), self.text, self.tone, self._has_icon)
