"""How a line of the checklist is drawn: box, name with its form, counts in cells, what was compared and kept."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.domain.intake import PaperStatus
from ui.models.checklist import COL_COMPARED, COL_HERE, COL_KEPT, COL_NAME, COUNT_COLUMNS, PaperRole
from ui.pages.intake.form import PaperEntry
from ui.pages.intake.paper_answers import COUNTS, Count, is_shown_only
from ui.pages.intake.wrapped_text import height_of, laid_out, paint_lines
from ui.theme import theme
from ui.translations import tr
from ui.widgets.chip import paint_chip

AnyIndex = QModelIndex | QPersistentModelIndex
BOX, LEAST, MOST_LINES = 20, 38, 3
_PAD = 8


class Hand(Protocol):
    """Where the clerk's hand is in the list."""

    def row_in_hand(self) -> int: ...
    def count_in_hand(self) -> Count | None: ...


class ChecklistDelegate(QStyledItemDelegate):
    """Paints from the model; asks `hand` for the row and the count that the keys go to."""

    def __init__(self, hand: Hand, parent: QObject) -> None:
        super().__init__(parent)
        self._hand = hand
        self.is_narrow = False     # no columns for what was compared and kept: said behind the name instead

    def row_height(self, paper: PaperEntry, name_width: int) -> int:
        """High enough for the name, at most three lines of it."""
        layout = laid_out(paper.requirement.name, self._quiet(paper), name_width - 2 * _PAD, theme().font("body"))
        return max(LEAST, height_of(layout, MOST_LINES) + 14)

    def _quiet(self, paper: PaperEntry) -> str:
        """What stands behind the name: its form, that it is optional, why it is not here."""
        reason = paper.reason.strip()
        return " · ".join(part for part in (
            paper.requirement.form,
            "" if paper.requirement.is_required else tr("nếu có"),
            tr("chọn một trong nhóm") if paper.requirement.alternatives else "",
            tr("lý do: {reason}", reason=reason) if reason else "",
            tr("đã đối chiếu") if self.is_narrow and paper.is_compared else "",
            tr("giữ bản gốc") if self.is_narrow and paper.keeps_original else "",
        ) if part)

    # Qt's side

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        look = theme()
        rect: QRect = option.rect
        paper: PaperEntry = index.data(PaperRole)
        is_in_hand = self._hand.row_in_hand() == index.row()
        if is_in_hand:
            painter.fillRect(rect, look.color("row-current"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.color("line"))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        column = index.column()
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        if column == COL_HERE:
            _paint_box(painter, rect, paper.status)
            if is_in_hand:
                painter.fillRect(rect.left(), rect.top(), 3, rect.height() - 1, look.color("focus"))
        elif column == COL_NAME:
            ink = "ink-2" if paper.status is PaperStatus.NOT_APPLICABLE else "ink"
            layout = laid_out(paper.requirement.name, self._quiet(paper), inner.width(), look.font("body"))
            paint_lines(painter, inner, layout, MOST_LINES, ink)
        elif column in COUNT_COLUMNS:
            count = COUNTS[COUNT_COLUMNS.index(column)]
            _paint_count(painter, rect, paper, count, is_in_hand and self._hand.count_in_hand() == count)
        elif column == COL_COMPARED:
            _paint_compared(painter, inner, paper)
        elif column == COL_KEPT and paper.keeps_original:
            paint_chip(painter, inner, tr("Giữ"), "info", has_icon=False)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(40, LEAST)


def _paint_box(painter: QPainter, rect: QRect, status: PaperStatus) -> None:
    look = theme()
    box = QRectF(rect.center().x() - BOX // 2 + 0.5, rect.center().y() - BOX // 2 + 0.5, BOX, BOX)
    is_here = status is PaperStatus.PRESENT
    painter.setPen(Qt.PenStyle.NoPen if is_here else QPen(look.color("line-control"), 1))
    painter.setBrush(look.color("ok" if is_here else "field"))
    painter.drawRoundedRect(box, 5, 5)
    if is_here:
        corner = box.toRect().topLeft()
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(corner.x() + 2, corner.y() + 2, look.pixmap("check", "paper", 16, ratio))
    elif status is PaperStatus.NOT_APPLICABLE:
        middle = round(box.center().y())
        painter.fillRect(round(box.left()) + 5, middle, BOX - 10, 2, look.color("ink-2"))


def _paint_count(painter: QPainter, rect: QRect, paper: PaperEntry, count: Count, is_in_hand: bool) -> None:
    look = theme()
    is_here = paper.status is PaperStatus.PRESENT and not is_shown_only(paper)
    if not is_here and not is_in_hand:
        return
    value = getattr(paper, count)
    cell = QRectF(rect.center().x() - 18.5, rect.center().y() - 12.5, 38, 26)
    painter.setPen(QPen(look.color("focus" if is_in_hand else "line-control"), 3 if is_in_hand else 1))
    painter.setBrush(look.color("field"))
    painter.drawRoundedRect(cell, 5, 5)
    if is_here:
        painter.setFont(look.font("code" if value else "figures"))
        painter.setPen(look.color("ink" if value else "ink-2"))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(value))


def _paint_compared(painter: QPainter, rect: QRect, paper: PaperEntry) -> None:
    look = theme()
    if paper.is_compared:
        words = tr("Đã xem") if is_shown_only(paper) else tr("Đã đối chiếu")
        paint_chip(painter, rect, words, "ok", has_icon=False)
        return
    words = ""
    if paper.status is PaperStatus.NOT_APPLICABLE:
        words = tr("không áp dụng")
    elif paper.status is PaperStatus.MISSING and paper.reason.strip():
        words = tr("thiếu, có lý do")
    painter.setFont(look.font("small"))
    painter.setPen(look.color("ink-2"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)
