"""A number and what it counts; pressing it opens exactly that list."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from ui.theme import Tone, set_look, theme

_PAD = 14


class CountTile(QPushButton):
    """`words` under a number. `set_count` tells both; the tone speaks only while the number is above zero."""

    def __init__(self, words: str, tone: Tone = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._tone = tone
        self._count: int | None = None
        self.setProperty("kind", "tile")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_count(None)

    def count(self) -> int | None:
        return self._count

    def set_count(self, count: int | None) -> None:
        """None while the number is not known yet: a dash, never a zero that is not true."""
        self._count = count
        self.setAccessibleName(f"{self._shown()} {self._words}")
        set_look(self, tone=self._tone if count else "neutral")
        self.update()

    def set_words(self, words: str) -> None:
        self._words = words
        self.set_count(self._count)

    def _shown(self) -> str:
        return "–" if self._count is None else f"{self._count:,}".replace(",", ".")

    def sizeHint(self) -> QSize:
        look = theme()
        number = QFontMetrics(look.font("count")).height()
        return QSize(168, number + 2 * QFontMetrics(look.font("body")).lineSpacing() + 20)

    def minimumSizeHint(self) -> QSize:
        return QSize(118, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        look = theme()
        inner = self.rect().adjusted(_PAD, 8, -_PAD, -8)
        is_loud = bool(self._count) and self._tone != "neutral"
        painter.setFont(look.font("count"))
        painter.setPen(look.color(f"{self._tone}-ink" if is_loud else "ink"))
        number = QRect(inner.left(), inner.top(), inner.width(), painter.fontMetrics().height())
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter, self._shown())
        if is_loud and self._tone in ("bad", "warn"):
            icon = "stop" if self._tone == "bad" else "clock"
            pixmap = look.pixmap(icon, f"{self._tone}-ink", 18, self.devicePixelRatio())
            painter.drawPixmap(inner.right() - 17, number.center().y() - 8, pixmap)
        painter.setFont(look.font("body"))
        painter.setPen(look.color("ink-2"))
        words = inner.adjusted(0, number.height() - 1, 0, 0)
        painter.drawText(words, int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignTop), self._words)
