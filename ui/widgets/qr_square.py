"""A QR square on the screen: black on white in every theme, whole pixels a module, the quiet zone kept."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

QUIET = 4
"""Modules of white around it (ISO/IEC 18004)."""


class QrSquare(QWidget):
    """`show_code`; as large as `side` pixels allow in whole pixels a module."""

    def __init__(self, name: str, side: int = 400) -> None:
        super().__init__()
        self._spans: tuple[tuple[int, int, int], ...] = ()
        self._modules = 0
        self._side = side
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_code(self, content: str) -> None:
        from app.printing.codes import square  # reads its makers, and not before the first square

        found = square(content, 1.0)
        self._spans, self._modules = found.spans, found.modules
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if not self._modules:
            return
        module = max(1, min(self.width(), self.height()) // (self._modules + 2 * QUIET))
        left = (self.width() - module * self._modules) // 2
        top = (self.height() - module * self._modules) // 2
        for row, at, length in self._spans:
            painter.fillRect(QRect(left + at * module, top + row * module, length * module, module),
                             Qt.GlobalColor.black)
