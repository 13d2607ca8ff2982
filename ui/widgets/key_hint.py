"""The small key cap beside what the key does."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets.text import Text

_PAD, _HEIGHT, _RADIUS = 6, 21, 4


class KeyHint(Text):
    """`key` as printed on the keyboard: "F12", "Ctrl K", "Esc"."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(key, "key", parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(_HEIGHT)

    def sizeHint(self) -> QSize:
        """From the painted cap: a label that the style has not dressed yet measures itself too small."""
        return QSize(key_width(self.text()) + 4, max(_HEIGHT, super().sizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def key_width(key: str) -> int:
    """The room a painted key cap needs."""
    return max(_HEIGHT + 1, QFontMetrics(theme().font("key")).horizontalAdvance(key) + 2 * _PAD + 2)


def paint_key(painter: QPainter, left: int, middle: int, key: str, *, is_on_action: bool = False) -> None:
    """Draws a key cap from `left` on, centred on the line `middle`; `is_on_action` for the blue ground."""
    look = theme()
    box = QRect(left, middle - _HEIGHT // 2, key_width(key), _HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = look.color("action-ink-2" if is_on_action else "key-line")
    painter.setPen(QPen(line, 1))
    painter.setBrush(look.color("action-key" if is_on_action else "key"))
    painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
    painter.setPen(QPen(line, 2))
    painter.drawLine(box.left() + _RADIUS, box.bottom(), box.right() - _RADIUS + 1, box.bottom())
    painter.setFont(look.font("key"))
    painter.setPen(look.color("action-ink" if is_on_action else "key-ink"))
    painter.drawText(box.adjusted(0, 0, 0, -1), Qt.AlignmentFlag.AlignCenter, key)
    painter.restore()
