"""A person in a list: the name, and under it what tells namesakes apart, masked."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from app.store.queries.dossiers import DossierRow
from ui.delegates.cells import CellDelegate
from ui.theme import theme
from ui.widgets.paged_table import RowRole

AnyIndex = QModelIndex | QPersistentModelIndex


class PersonDelegate(CellDelegate):
    """The cell's text on the first line; masked document number and telephone on the second."""

    def paint_content(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        look = theme()
        row = index.data(RowRole)
        under = under_words(row) if isinstance(row, DossierRow) else ""
        if not under:
            super().paint_content(painter, rect, index)
            return
        name, small = QFontMetrics(look.font("body")), QFontMetrics(look.font("small"))
        top = rect.center().y() - (name.lineSpacing() + small.lineSpacing()) // 2 + 1
        painter.setFont(look.font("body"))
        painter.setPen(look.color("ink"))
        _line(painter, QRect(rect.left(), top, rect.width(), name.lineSpacing()), self.cell_text(index))
        painter.setFont(look.font("small"))
        painter.setPen(look.color("ink-2"))
        second = QRect(rect.left(), top + name.lineSpacing(), rect.width(), small.lineSpacing())
        _line(painter, second, under)

    def is_cut(self, text: str, width: int) -> bool:
        return self.content_width(text) > width


def _line(painter: QPainter, place: QRect, words: str) -> None:
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


def under_words(row: DossierRow) -> str:
    return " · ".join(part for part in (row.masked_identifier, row.masked_phone) if part)
