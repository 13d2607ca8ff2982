"""How cells are drawn: text on one or two lines, codes, numbers, chips. Each draws its whole cell itself.

All share the ground of the current row and the focus ring around the current row.
They read from the model and from the theme while painting and keep nothing.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from ui.theme import FontRole, Tone, theme
from ui.widgets.chip import chip_size, paint_chip
from ui.widgets.paged_table import ToneRole

AnyIndex = QModelIndex | QPersistentModelIndex

PAD = 10
_RING = 3


class CellDelegate(QStyledItemDelegate):
    """Text in the cell, in `font`, on at most `lines` lines; what does not fit is cut and shown as a tooltip."""

    def __init__(self, font: FontRole = "body", *, lines: int = 1, ink: str = "ink") -> None:
        super().__init__()
        self._font_role: FontRole = font
        self._lines = lines
        self._ink = ink

    def paint_content(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        """Draws what the cell says into `rect`, which has its padding taken off."""
        painter.setFont(theme().font(self._font_role))
        painter.setPen(self._color(index))
        text, alignment = self.cell_text(index), self._alignment(index)
        if self._lines == 1 or painter.fontMetrics().horizontalAdvance(text) <= rect.width():
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(rect, int(alignment) | int(Qt.TextFlag.TextSingleLine), shown)
        else:
            self._paint_lines(painter, rect, text, alignment)

    def content_width(self, text: str) -> int:
        """The width that shows `text` whole on one line."""
        return QFontMetrics(theme().font(self._font_role)).horizontalAdvance(text) + 1

    def is_cut(self, text: str, width: int) -> bool:
        return self.content_width(text) > width * self._lines

    def _color(self, index: AnyIndex) -> QColor:
        return theme().color(self._ink)

    def cell_text(self, index: AnyIndex) -> str:
        return str(index.data() or "")

    def _alignment(self, index: AnyIndex) -> Qt.AlignmentFlag:
        given = index.data(Qt.ItemDataRole.TextAlignmentRole)
        return Qt.AlignmentFlag(given) if given is not None else Qt.AlignmentFlag.AlignVCenter

    def _paint_lines(self, painter: QPainter, rect: QRect, text: str, alignment: Qt.AlignmentFlag) -> None:
        layout = QTextLayout(text, painter.font())
        option = QTextOption(alignment & Qt.AlignmentFlag.AlignHorizontal_Mask)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        metrics = painter.fontMetrics()
        step = metrics.lineSpacing()
        lines: list[str] = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(rect.width())
            if len(lines) == self._lines - 1:
                rest = text[line.textStart():]
                lines.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, rect.width()))
                break
            lines.append(text[line.textStart():line.textStart() + line.textLength()].rstrip())
        layout.endLayout()
        top = rect.center().y() - step * len(lines) // 2
        for number, words in enumerate(lines):
            place = QRect(rect.left(), top + number * step, rect.width(), step)
            painter.drawText(place, int(alignment), words)

    # Qt's side

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        look = theme()
        rect = option.rect
        view = option.widget if isinstance(option.widget, QAbstractItemView) else None
        is_current = view is not None and view.currentIndex().row() == index.row()
        if is_current:
            painter.fillRect(rect, look.color("row-current"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.color("line-soft"))
        painter.save()
        self.paint_content(painter, rect.adjusted(PAD, 0, -PAD, -1), index)
        painter.restore()
        if is_current and view is not None and view.hasFocus():
            self._paint_ring(painter, rect, index, look.color("focus"))

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(self.content_width(self.cell_text(index)) + 2 * PAD, 36)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        said = index.data(Qt.ItemDataRole.ToolTipRole)
        if not said and self.is_cut(self.cell_text(index), option.rect.width() - 2 * PAD):
            said = self.cell_text(index)
        QToolTip.showText(event.globalPos(), str(said or ""), view)
        return True

    @staticmethod
    def _paint_ring(painter: QPainter, rect: QRect, index: AnyIndex, color: QColor) -> None:
        """The row's ring, the part of it that lies in this cell."""
        painter.fillRect(rect.left(), rect.top(), rect.width(), _RING, color)
        painter.fillRect(rect.left(), rect.bottom() - _RING + 1, rect.width(), _RING, color)
        if index.column() == 0:
            painter.fillRect(rect.left(), rect.top(), _RING, rect.height(), color)
        if index.column() == index.model().columnCount() - 1:
            painter.fillRect(rect.right() - _RING + 1, rect.top(), _RING, rect.height(), color)


class CodeDelegate(CellDelegate):
    """A dossier code: heavy, digits of one width, never broken."""

    def __init__(self) -> None:
        super().__init__("code")


class NumberDelegate(CellDelegate):
    """An amount or a count: digits of one width, at the right."""

    def __init__(self) -> None:
        super().__init__("figures")

    def _alignment(self, index: AnyIndex) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ChipDelegate(CellDelegate):
    """A state as a chip in the column's tone; with `has_icon` the shape of the tone stands before the word."""

    def __init__(self, *, has_icon: bool = False) -> None:
        super().__init__("chip")
        self._has_icon = has_icon

    def paint_content(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        text = self.cell_text(index)
        if text:
            tone: Tone = index.data(ToneRole) or "neutral"
            paint_chip(painter, rect, text, tone, self._has_icon)

    def content_width(self, text: str) -> int:
        return chip_size(text, self._has_icon).width()
