"""A number and what it counts; pressing it opens exactly that list."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.theme import Tone, set_look, theme

_PAD = 14
_ROOMY = 165                       # narrower tiles say their words in the small size


class CountTile(QPushButton):
    """`words` under a number. `set_count` tells both; the tone speaks only while the number is above zero."""

    def __init__(self, words: str, tone: Tone = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._tone = tone
        self._count: int | None = None
        self.setProperty("kind", "tile")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
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

    @staticmethod
    def _pad(width: int) -> int:
        return _PAD if width >= _ROOMY else 8

    def _words_font(self, width: int) -> QFont:
        return theme().font("body" if width >= _ROOMY else "small")

    def sizeHint(self) -> QSize:
        return QSize(168, self.heightForWidth(168))

    def minimumSizeHint(self) -> QSize:
        return QSize(104, self.heightForWidth(168))

    def heightForWidth(self, width: int) -> int:
        """Two lines of words always have their room, so a row of tiles is one height."""
        metrics = QFontMetrics(self._words_font(width))
        box = QRect(0, 0, max(40, width - 2 * self._pad(width)), 1000)
        words = metrics.boundingRect(box, int(Qt.TextFlag.TextWordWrap), self._words).height()
        number = QFontMetrics(theme().font("count")).height()
        return number + max(2 * metrics.lineSpacing(), words) + 14

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # box and ring; the words are ours, so Qt's own text stays empty
        painter = QPainter(self)
        look = theme()
        pad = self._pad(self.width())
        inner = self.rect().adjusted(pad, 8, -pad, -8)
        is_loud = bool(self._count) and self._tone != "neutral"
        painter.setFont(look.font("count"))
        has_icon = is_loud and self._tone in ("bad", "warn")
        if painter.fontMetrics().horizontalAdvance(self._shown()) > inner.width() - (24 if has_icon else 0):
            painter.setFont(look.font("fact"))     # a long number in a narrow tile stays whole
        painter.setPen(look.color(f"{self._tone}-ink" if is_loud else "ink"))
        number = QRect(inner.left(), inner.top(), inner.width(), QFontMetrics(look.font("count")).height())
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter, self._shown())
        if has_icon:
            icon = "stop" if self._tone == "bad" else "clock"
            pixmap = look.pixmap(icon, f"{self._tone}-ink", 18, self.devicePixelRatio())
            painter.drawPixmap(inner.right() - 17, number.center().y() - 8, pixmap)
        painter.setFont(self._words_font(self.width()))
        painter.setPen(look.color("ink-2"))
        words = inner.adjusted(0, number.height() - 1, 0, 0)
        painter.drawText(words, int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignTop), self._words)
