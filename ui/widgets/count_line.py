"""A count on one line: what it counts at the left, the number at the right; pressing it opens that list."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.theme import Tone, set_look, theme

_PAD, _HEIGHT = 12, 40


class CountLine(QPushButton):
    """The quiet sister of `CountTile`, with the same ways: `set_count`, and a tone that speaks above zero only."""

    def __init__(self, words: str, tone: Tone = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._tone = words, tone
        self._count: int | None = None
        self.setProperty("kind", "count")
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

    def _shown(self) -> str:
        return "–" if self._count is None else f"{self._count:,}".replace(",", ".")

    # Qt's side

    def sizeHint(self) -> QSize:
        return QSize(168, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(112, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)      # box and ring; the words are ours, so Qt's own text stays empty
        painter, look = QPainter(self), theme()
        inner = self.rect().adjusted(_PAD, 0, -_PAD, 0)
        is_loud = bool(self._count) and self._tone != "neutral"
        number = look.font("strong")
        painter.setFont(number)
        painter.setPen(look.color(f"{self._tone}-ink" if is_loud else "ink" if self._count else "ink-2"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._shown())
        room = inner.width() - QFontMetrics(number).horizontalAdvance(self._shown()) - 8
        words = look.font("small")
        shown = QFontMetrics(words).elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        painter.setFont(words)
        painter.setPen(look.color("ink-2"))
        painter.drawText(QRect(inner.left(), inner.top(), room, inner.height()),
                         Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
