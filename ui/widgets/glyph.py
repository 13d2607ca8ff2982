"""An icon of resources/icons in a token's colour; follows a theme switch because it asks when it paints."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Tone, theme

TONE_ICONS: dict[Tone, str] = {"neutral": "dot", "info": "info", "ok": "check", "warn": "warn", "bad": "stop"}
"""The shape that says the same as the colour."""


class Glyph(QWidget):
    """`icon` drawn `size` pixels square in the colour of `token`."""

    def __init__(self, icon: str, token: str = "ink-2", size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._token, self._size = icon, token, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(size, size)

    def set_icon(self, icon: str, token: str) -> None:
        self._icon, self._token = icon, token
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, theme().pixmap(self._icon, self._token, self._size, self.devicePixelRatio()))
