"""How an answer is drawn: its name, the quiet words under it, and a chip at the right where one is needed."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from ui.models.procedure_hits import AnswerLine, LineRole
from ui.theme import theme
from ui.widgets.chip import chip_size, paint_chip

AnyIndex = QModelIndex | QPersistentModelIndex
HEIGHT = 52
_PAD = 14


class AnswerDelegate(QStyledItemDelegate):
    """Two lines; the current one on its tint with an amber edge."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        look = theme()
        rect: QRect = option.rect
        line: AnswerLine = index.data(LineRole)
        view = option.widget if isinstance(option.widget, QAbstractItemView) else None
        if view is not None and view.currentIndex() == index:
            painter.fillRect(rect, look.color("row-current"))
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), look.color("focus"))
        inner = rect.adjusted(_PAD, 6, -_PAD, -6)
        if line.mark:
            size = chip_size(line.mark, has_icon=True)
            place = QRect(inner.right() - size.width(), rect.top(), size.width(), rect.height())
            paint_chip(painter, place, line.mark, "warn", has_icon=True)
            inner.setRight(inner.right() - size.width() - 10)
        painter.save()
        upper = QRect(inner.left(), inner.top(), inner.width(), inner.height() // 2)
        lower = upper.translated(0, inner.height() // 2)
        for place, words, role, ink in (
            (upper, line.title, "strong", "ink"), (lower, line.detail, "small", "ink-2"),
        ):
            font = look.font("strong" if role == "strong" else "small")
            painter.setFont(font)
            painter.setPen(look.color(ink))
            shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(320, HEIGHT)
