"""A cell of two lines: what it is, and the quiet words under it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from ui.delegates.cells import CellDelegate
from ui.theme import FontRole, theme
from ui.widgets.paged_table import RowRole

AnyIndex = QModelIndex | QPersistentModelIndex


class TwoLineDelegate(CellDelegate):
    """The cell's text in `font` on the first line, `under(row)` small on the second; one line where that is ""."""

    def __init__(self, under: Callable[[Any], str], font: FontRole = "body") -> None:
        super().__init__(font)
        self._under = under

    def paint_content(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        look = theme()
        row = index.data(RowRole)
        under = self._under(row) if row is not None else ""
        if not under:
            super().paint_content(painter, rect, index)
            return
        first, small = QFontMetrics(look.font(self._font_role)), QFontMetrics(look.font("small"))
        top = rect.center().y() - (first.lineSpacing() + small.lineSpacing()) // 2 + 1
        painter.setFont(look.font(self._font_role))
        painter.setPen(look.color("ink"))
        _line(painter, QRect(rect.left(), top, rect.width(), first.lineSpacing()), self.cell_text(index))
        painter.setFont(look.font("small"))
        painter.setPen(look.color("ink-2"))
        second = QRect(rect.left(), top + first.lineSpacing(), rect.width(), small.lineSpacing())
        _line(painter, second, under)


def _line(painter: QPainter, place: QRect, words: str) -> None:
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
