"""A wide part and a narrow part side by side; one under the other when the window is narrow (the page scrolls)."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget


class Columns(QWidget):
    """`main` takes what `side` leaves; when that is less than `least_main` pixels, `side` goes under it.

    With `is_side_scrolled` a tall `side` beside `main` scrolls by itself and does not make the page taller.
    """

    def __init__(
        self, main: QWidget, side: QWidget, *, side_width: int = 352, least_main: int = 560, gap: int = 16,
        is_side_scrolled: bool = False, parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._side, self._side_width = side, side_width
        self._least = least_main + gap + side_width
        self._main, self._is_side_scrolled = main, is_side_scrolled
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(gap)
        self._row.addWidget(main, 1)
        self._row.addWidget(side)
        self._arrange(is_wide=True)

    def is_wide(self) -> bool:
        return self._is_wide

    def _arrange(self, *, is_wide: bool) -> None:
        self._is_wide = is_wide
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._row.setDirection(direction)
        self._side.setMinimumWidth(self._side_width if is_wide else 0)
        self._side.setMaximumWidth(self._side_width if is_wide else 16777215)
        if self._is_side_scrolled:
            policy = self._side.sizePolicy()
            policy.setVerticalPolicy(QSizePolicy.Policy.Ignored if is_wide else QSizePolicy.Policy.Preferred)
            self._side.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for the stacked arrangement, or it would never come to it."""
        width = max(self._main.minimumSizeHint().width(), self._side.minimumSizeHint().width())
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        is_wide = event.size().width() >= self._least
        if is_wide != self._is_wide:
            self._arrange(is_wide=is_wide)
        super().resizeEvent(event)
