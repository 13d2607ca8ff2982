"""Cards one under another, each as tall as its words; on a low screen they scroll by themselves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget


class Scrolled(QScrollArea):
    """A column of `cards`, `width` pixels wide if given. With `is_snug` it is no taller than they need."""

    def __init__(self, *cards: QWidget, width: int | None = None, is_snug: bool = False) -> None:
        super().__init__()
        self._inside = inside = QWidget()
        inside.setProperty("surface", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for card in cards:
            column.addWidget(card)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if width is not None:
            self.setFixedWidth(width)
        if is_snug:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidget(inside)

    # Qt's side

    def sizeHint(self) -> QSize:
        inside = self._inside
        is_laid_out = self.isVisible()
        is_fixed = self.minimumWidth() == self.maximumWidth()
        width = self.width() if is_fixed or is_laid_out else inside.sizeHint().width()
        needed = inside.heightForWidth(width) if inside.hasHeightForWidth() else inside.sizeHint().height()
        return QSize(width, needed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()                  # other words fit into a line, so another height is needed

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
