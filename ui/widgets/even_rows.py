"""Equal boxes in one row, or in two when the window is narrow: none is cut and none needs sideways scrolling."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget


class EvenRows(QWidget):
    """Fill it with `place`, once. The tab order is that of the boxes."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 12) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._gap = gap
        self._boxes: tuple[QWidget, ...] = ()
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap)

    def place(self, boxes: Sequence[QWidget]) -> None:
        self._boxes = tuple(boxes)
        self._arrange(len(self._boxes))

    @property
    def rows(self) -> int:
        return -(-len(self._boxes) // self._columns) if self._columns else 0

    def _least(self, columns: int) -> int:
        """Width that so many columns need."""
        widths = [box.minimumSizeHint().width() for box in self._boxes]
        return sum(max(widths[column::columns]) for column in range(columns)) + self._gap * (columns - 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, box in enumerate(self._boxes):
            self._grid.addWidget(box, number // columns, number % columns)
        for column in range(len(self._boxes)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for two rows, or it would never come to them."""
        width = self._least(-(-len(self._boxes) // 2)) if self._boxes else 0
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        whole = len(self._boxes)
        if whole:
            self._arrange(whole if event.size().width() >= self._least(whole) else -(-whole // 2))
        super().resizeEvent(event)
