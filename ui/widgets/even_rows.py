"""Equal boxes in one row, or in two when the window is narrow: none is cut and none needs sideways scrolling."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget


class EvenRows(QWidget):
    """Fill it with `place`, once; they are walked in that order. Without `is_stretched` they keep their width."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 12, is_stretched: bool = True) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._gap, self._is_stretched = gap, is_stretched
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
        widths = [max(box.minimumWidth(), box.minimumSizeHint().width()) for box in self._boxes]
        around = self.contentsMargins().left() + self.contentsMargins().right()
        return sum(max(widths[column::columns]) for column in range(columns)) + self._gap * (columns - 1) + around

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, box in enumerate(self._boxes):
            self._grid.addWidget(box, number // columns, number % columns)
        for column in range(len(self._boxes) + 1):
            is_box = column < columns
            self._grid.setColumnStretch(column, int(is_box == self._is_stretched and column <= columns))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for two rows, or it would never come to them."""
        width = self._least(-(-len(self._boxes) // 2)) if self._boxes else 0
        return QSize(width, super().minimumSizeHint().height())

    def _fit(self, width: int) -> None:
        whole = len(self._boxes)
        if whole:
            self._arrange(whole if width >= self._least(whole) else -(-whole // 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit(event.size().width())
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:      # a box has other words
            self._fit(self.width())
        return super().event(event)
