"""How a requirement is drawn while digitising: number and name, its state under it, and boxes to answer."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from ui.delegates.cells import CellDelegate
from ui.models.paper_items import COL_COMPARED, ItemRole, PaperItem
from ui.theme import theme
from ui.widgets.chip import chip_size, paint_chip

AnyIndex = QModelIndex | QPersistentModelIndex
_BOX, _NUMBER, _CHIP = 20, 22, 26


class ItemNameDelegate(CellDelegate):
    """The number that is its key, the name on two lines at most, under it the state as a chip and the rest."""

    def __init__(self) -> None:
        super().__init__("body", lines=2)

    def paint_content(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        look = theme()
        item: PaperItem = index.data(ItemRole)
        left = rect.adjusted(_NUMBER, 0, 0, 0)
        metrics = QFontMetrics(look.font("body"))
        lines = 1 if metrics.horizontalAdvance(item.name) <= left.width() else 2
        high = lines * metrics.lineSpacing()
        top = rect.center().y() - (high + _CHIP) // 2 + 1
        painter.setFont(look.font("code"))
        painter.setPen(look.color("ink-2"))
        number = QRect(rect.left(), top, _NUMBER, metrics.lineSpacing())
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter, str(item.number))
        painter.setFont(look.font("body"))
        painter.setPen(look.color("ink"))
        name = QRect(left.left(), top, left.width(), high)
        if lines == 1:
            painter.drawText(name, int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine), item.name)
        else:
            self._paint_lines(painter, name, item.name, Qt.AlignmentFlag.AlignVCenter)
        chip = QRect(left.left(), top + high + 1, left.width(), _CHIP)
        paint_chip(painter, chip, item.state, item.tone, has_icon=True)
        if item.quiet:
            painter.setFont(look.font("small"))
            painter.setPen(look.color(f"{item.quiet_tone}-ink" if item.quiet_tone else "ink-2"))
            room = chip.adjusted(chip_size(item.state, True).width() + 8, 0, 0, 0)
            shown = painter.fontMetrics().elidedText(item.quiet, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine), shown)


class BoxDelegate(CellDelegate):
    """A box that is ticked or not; in the current row an empty one shows the key that ticks it."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self._is_current = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        view = option.widget
        self._is_current = isinstance(view, QAbstractItemView) and view.currentIndex().row() == index.row()
        super().paint(painter, option, index)

    def paint_content(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        item: PaperItem = index.data(ItemRole)
        is_ticked = item.is_compared if index.column() == COL_COMPARED else item.is_checked
        look = theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(rect.center().x() - _BOX // 2 + 0.5, rect.center().y() - _BOX // 2 + 0.5, _BOX, _BOX)
        painter.setPen(Qt.PenStyle.NoPen if is_ticked else QPen(look.color("line-control"), 1))
        painter.setBrush(look.color("ok" if is_ticked else "field"))
        painter.drawRoundedRect(box, 5, 5)
        if self._is_current and not is_ticked:
            painter.setFont(look.font("key"))
            painter.setPen(look.color("ink-2"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._key)
        if is_ticked:
            corner = box.toRect().topLeft()
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(corner.x() + 2, corner.y() + 2, look.pixmap("check", "paper", 16, ratio))
