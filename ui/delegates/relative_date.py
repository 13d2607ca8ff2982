"""A column of moments: words near today, the full date on hover, no reformatting when the clock moves on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QToolTip

from ui.delegates.cells import CellDelegate
from ui.delegates.dates import due_words, full_moment, near_moment
from ui.widgets.chip import chip_size, paint_chip
from ui.widgets.paged_table import SortRole

AnyIndex = QModelIndex | QPersistentModelIndex


class RelativeDateDelegate(CellDelegate):
    """Draws the aware datetime a column gives as its `value`. `clock` says what "now" is.

    With `is_due` the moment is a promise: drawn as a chip that turns amber on the day and red after it.
    """

    def __init__(self, clock: Callable[[], datetime], *, is_due: bool = False) -> None:
        super().__init__("figures")
        self._clock = clock
        self._is_due = is_due

    def paint_content(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        moment = self._moment(index)
        if self._is_due and moment is not None:
            words, tone = due_words(moment, self._clock())
            paint_chip(painter, rect, words, tone, has_icon=tone in ("bad", "warn"))
        else:
            super().paint_content(painter, rect, index)

    def content_width(self, text: str) -> int:
        return chip_size(text, has_icon=True).width() if self._is_due else super().content_width(text)

    def cell_text(self, index: AnyIndex) -> str:
        moment = self._moment(index)
        if moment is None:
            return ""
        now = self._clock()
        return due_words(moment, now)[0] if self._is_due else near_moment(moment, now)

    @staticmethod
    def _moment(index: AnyIndex) -> datetime | None:
        value = index.data(SortRole)
        return value if isinstance(value, datetime) else None

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        moment = self._moment(index)
        QToolTip.showText(event.globalPos(), full_moment(moment) if moment else "", view)
        return True
