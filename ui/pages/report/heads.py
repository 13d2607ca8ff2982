"""The head of a report's table: groups above their columns, titles on as many lines as they need, form numbers."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from app.domain.reports.table import Column
from ui.theme import theme

PAD = 6
MOST_LINES = 4
_BREAK = "\u200b"


def broken(number: str) -> str:
    """"(3)=(4)+(5)+(6)" with places where a narrow column may break it."""
    return number.replace("=", f"={_BREAK}").replace("+", f"+{_BREAK}")


class GroupedHead(QHeaderView):
    """`show_columns` whenever another table is shown, after the sections have their widths."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns: tuple[Column, ...] = ()
        self._group_height = self._title_height = self._number_height = 0
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)

    def show_columns(self, columns: tuple[Column, ...]) -> None:
        self._columns = columns
        small = QFontMetrics(theme().font("small"))
        line = small.lineSpacing()
        self._title_height = max((self._needed(small, at, column.title) for at, column in enumerate(columns)),
                                 default=line) + PAD
        self._number_height = max(
            (self._needed(small, at, broken(column.number)) for at, column in enumerate(columns) if column.number),
            default=-PAD) + PAD
        self._group_height = line + PAD if any(column.group for column in columns) else 0
        self.setFixedHeight(self._group_height + self._title_height + self._number_height + 4)
        self.viewport().update()

    @staticmethod
    def least_width(column: Column) -> int:
        """So that no word of the title is broken, and neither title nor number needs more lines than a few."""
        small = QFontMetrics(theme().font("small"))
        line = small.lineSpacing()
        width = max(small.horizontalAdvance(word) for word in (*column.title.split(), "(1)"))
        while (_height(small, width, column.title) > MOST_LINES * line
               or _height(small, width, broken(column.number)) > 2 * line):
            width += 4
        return width + 2 * PAD

    @staticmethod
    def group_width(group: str) -> int:
        return QFontMetrics(theme().font("small")).horizontalAdvance(group) + 3 * PAD

    def _needed(self, metrics: QFontMetrics, section: int, text: str) -> int:
        return _height(metrics, max(20, self.sectionSize(section) - 2 * PAD), text)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), self._group_height + self._title_height + self._number_height + 4)

    # Qt's side

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        if not 0 <= section < len(self._columns):
            return
        look, column = theme(), self._columns[section]
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, look.color("paper"))
        painter.setFont(look.font("small"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.color("line"))
        top = rect.top()
        if column.group:
            self._paint_group(painter, rect, section)
            top += self._group_height
        title = QRect(rect.left() + PAD, top, rect.width() - 2 * PAD,
                      rect.bottom() - self._number_height - top)
        middle = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
        painter.setPen(look.color("ink-2"))
        painter.drawText(title, middle, column.title)
        if column.number:
            painter.setPen(look.color("ink-3"))
            number = QRect(rect.left() + PAD, rect.bottom() - self._number_height, rect.width() - 2 * PAD,
                           self._number_height)
            painter.drawText(number, middle, broken(column.number))
        painter.restore()

    def _paint_group(self, painter: QPainter, rect: QRect, section: int) -> None:
        """The part of the group's band that lies in this section: its words stand in the middle of the whole."""
        group = self._columns[section].group
        first = last = section
        while first > 0 and self._columns[first - 1].group == group:
            first -= 1
        while last + 1 < len(self._columns) and self._columns[last + 1].group == group:
            last += 1
        left = self.sectionViewportPosition(first)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        band = QRect(left, rect.top(), right - left, self._group_height)
        look = theme()
        painter.setPen(look.color("ink"))
        painter.drawText(band, int(Qt.AlignmentFlag.AlignCenter),
                         painter.fontMetrics().elidedText(group, Qt.TextElideMode.ElideRight, band.width() - 8))
        painter.fillRect(rect.left(), band.bottom(), rect.width(), 1, look.color("line"))
        if section == first:
            painter.fillRect(rect.left(), rect.top(), 1, rect.height(), look.color("line"))
        if section == last:
            painter.fillRect(rect.right(), rect.top(), 1, rect.height(), look.color("line"))


def _height(metrics: QFontMetrics, width: int, text: str) -> int:
    return metrics.boundingRect(QRect(0, 0, width, 10_000), int(Qt.TextFlag.TextWordWrap), text).height()
