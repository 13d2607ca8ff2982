"""How a page is drawn in a list: its small picture, its number, and in words and shapes what is odd about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.models.scanned_pages import CellRole, PageCell, PageState
from ui.theme import Tone, theme
from ui.translations import tr
from ui.widgets.glyph import TONE_ICONS

AnyIndex = QModelIndex | QPersistentModelIndex
CELL = QSize(120, 194)
"""One page with its band above and its line below."""
_BAND, _LINE, _PAD, _RING = 24, 22, 7, 3


def marks(cell: PageCell) -> tuple[tuple[str, Tone], ...]:
    """What is said under a page, the most weighty first."""
    said: list[tuple[str, Tone]] = []
    if cell.state is PageState.FAILED:
        said.append((tr("Trang hỏng"), "bad"))
    if cell.is_separator:
        said.append((tr("Tờ ngăn"), "info"))
    if cell.is_left_out:
        said.append((tr("Bỏ ra"), "neutral"))
    if cell.is_blank and not cell.is_separator:
        said.append((tr("Trang trắng"), "neutral"))
    if cell.doubts:
        said.append((cell.doubts[0], "warn"))
    if cell.state is PageState.WAITING:
        said.append((tr("Đang làm sạch"), "neutral"))
    return tuple(said)


class PageThumbDelegate(QStyledItemDelegate):
    """`picture` answers with the thumbnail of a sha256, or None while it is on its way."""

    def __init__(self, picture: Callable[[str], QPixmap | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._picture = picture

    def _paint_band(self, painter: QPainter, rect: QRect, cell: PageCell) -> None:
        """A bar over all pages of one stack: it ends where the stack ends."""
        look = theme()
        left = rect.left() + (_PAD if cell.stack_words else 0)
        right = rect.right() - (_PAD if cell.is_last_of_stack else -1)
        top = rect.top() + _BAND - 5
        painter.fillRect(left, top, right - left, 3, look.color("action" if cell.stack % 2 == 0 else "ink-2"))
        if cell.stack_words:
            painter.setFont(look.font("key"))
            painter.setPen(look.color("ink-2"))
            words = QRect(left, rect.top(), rect.width() - _PAD, _BAND - 6)
            shown = painter.fontMetrics().elidedText(cell.stack_words, Qt.TextElideMode.ElideRight, words.width())
            painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_sheet(self, painter: QPainter, room: QRect, cell: PageCell) -> QRect:
        look = theme()
        picture = self._picture(cell.thumbnail) if cell.thumbnail else None
        size = QSize(74, 105)
        if picture is not None:
            if cell.turn:
                picture = picture.transformed(QTransform().rotate(cell.turn))
            size = picture.deviceIndependentSize().toSize()
        elif cell.turn in (90, 270):
            size.transpose()
        size.scale(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        sheet = QRect(0, 0, size.width(), size.height())
        sheet.moveCenter(room.center())
        painter.fillRect(sheet, look.color("field"))
        if picture is not None:
            painter.setOpacity(0.35 if cell.is_left_out or cell.is_separator else 1.0)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(sheet, picture)
            painter.setOpacity(1.0)
        elif cell.state is PageState.FAILED:
            glyph = look.pixmap("stop", "bad-ink", 28, painter.device().devicePixelRatioF())
            painter.drawPixmap(sheet.center().x() - 14, sheet.center().y() - 14, glyph)
        painter.setPen(QPen(look.color("line-control"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(sheet)
        if cell.is_left_out:
            painter.setPen(QPen(look.color("ink-2"), 2))
            painter.drawLine(sheet.bottomLeft(), sheet.topRight())
        return sheet

    def _paint_line(self, painter: QPainter, rect: QRect, cell: PageCell) -> None:
        look = theme()
        number = str(cell.number)
        painter.setFont(look.font("code"))
        painter.setPen(look.color("ink"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, number)
        said = marks(cell)
        if not said:
            return
        words, tone = said[0]
        left = rect.left() + QFontMetrics(look.font("code")).horizontalAdvance(number) + 6
        glyph = look.pixmap(TONE_ICONS[tone], f"{tone}-ink", 13, painter.device().devicePixelRatioF())
        painter.drawPixmap(left, rect.center().y() - 6, glyph)
        painter.setFont(look.font("key"))
        painter.setPen(look.color(f"{tone}-ink"))
        room = rect.adjusted(left - rect.left() + 16, 0, 0, 0)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)

    # Qt's side

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        look = theme()
        cell: PageCell = index.data(CellRole)
        rect: QRect = option.rect
        view = option.widget if isinstance(option.widget, QAbstractItemView) else None
        box = QRectF(rect.adjusted(2, _BAND, -2, -2))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("selection"))
            painter.drawRoundedRect(box, 6, 6)
        self._paint_band(painter, rect, cell)
        self._paint_sheet(
            painter, rect.adjusted(_PAD, _BAND + 5, -_PAD, -_LINE - 4), cell
        )
        self._paint_line(
            painter, QRect(rect.left() + _PAD, rect.bottom() - _LINE - 1, rect.width() - 2 * _PAD, _LINE), cell
        )
        if view is not None and view.currentIndex() == index and view.hasFocus():
            painter.setPen(QPen(look.color("focus"), _RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), 6, 6)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return CELL
