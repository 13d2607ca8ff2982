"""A report's cells as Qt wants them, and how a figure is drawn: digits of one width, levels, totals, the ring."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from app.domain.reports.shown import shown_cell
from app.domain.reports.table import Column, ColumnKind, ReportTable, Row, drill_key, name_column
from app.services.reports.registry import Behind, behind_of
from ui.delegates.cells import PAD, CellDelegate
from ui.theme import theme

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_INDENT = 18
_RING = 2
_AT_RIGHT = frozenset(
    {ColumnKind.COUNT, ColumnKind.MONEY, ColumnKind.PERCENT, ColumnKind.MINUTES, ColumnKind.DAYS}
)
TotalRole = int(Qt.ItemDataRole.UserRole) + 11
LevelRole = int(Qt.ItemDataRole.UserRole) + 12
DrillRole = int(Qt.ItemDataRole.UserRole) + 13
"""The key of the list behind a figure that is not nought, else None."""


def is_figure(column: Column) -> bool:
    return column.kind in _AT_RIGHT


class FigureModel(QAbstractTableModel):
    """One `ReportTable`; None before the first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table: ReportTable | None = None
        self._named = -1

    def show_table(self, table: ReportTable | None) -> None:
        self.beginResetModel()
        self.table = table
        self._named = name_column(table.columns) if table is not None else -1
        self.endResetModel()

    def row(self, number: int) -> Row:
        assert self.table is not None
        return self.table.rows[number]

    def column(self, number: int) -> Column:
        assert self.table is not None
        return self.table.columns[number]

    def drill(self, index: AnyIndex) -> str | None:
        """The key of the list that the figure counts."""
        if self.table is None or not index.isValid():
            return None
        return drill_key(self.table, self.row(index.row()), self.column(index.column()))

    # Qt's side

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() or self.table is None else len(self.table.rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() or self.table is None else len(self.table.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and self.table:
            column = self.column(section)
            return f"{column.group}: {column.title}" if column.group else column.title
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not self.checkIndex(index):
            return None
        row, column = self.row(index.row()), self.column(index.column())
        cell = row.cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_cell(column.kind, cell)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if is_figure(column) else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headerData(index.column(), Qt.Orientation.Horizontal)}: {shown_cell(column.kind, cell)}"
        if role == TotalRole:
            return row.is_total
        if role == LevelRole:
            return row.level if index.column() == self._named else 0
        if role == DrillRole:
            key = self.drill(index) if cell else None
            return None if key is None or behind_of(key) is Behind.NOTHING else key
        return None


class FigureDelegate(CellDelegate):
    """Draws one cell; the row of the current one has its ground, the current cell itself the ring."""

    def paint_content(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        painter.setFont(font_of(index))
        painter.setPen(self._color(index))
        rect = rect.adjusted(int(index.data(LevelRole) or 0) * _INDENT, 0, 0, 0)
        text, alignment = self.cell_text(index), self._alignment(index)
        if painter.fontMetrics().horizontalAdvance(text) <= rect.width():
            painter.drawText(rect, int(alignment) | int(Qt.TextFlag.TextSingleLine), text)
        else:
            self._paint_lines(painter, rect, text, alignment)

    def content_width(self, text: str) -> int:
        return QFontMetrics(theme().font("code")).horizontalAdvance(text) + 1

    def _color(self, index: AnyIndex) -> QColor:
        if index.data(DrillRole):
            return theme().color("action")         # it opens its list
        return theme().color("ink-3" if index.data() == "0" else "ink")

    # Qt's side

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        look, rect = theme(), option.rect
        view = option.widget if isinstance(option.widget, QAbstractItemView) else None
        current = view.currentIndex() if view is not None else QModelIndex()
        if current.row() == index.row():
            painter.fillRect(rect, look.color("row-current"))
        elif index.data(TotalRole):
            painter.fillRect(rect, look.color("neutral-soft"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.color("line-soft"))
        painter.save()
        painter.setClipRect(rect)
        self.paint_content(painter, rect.adjusted(PAD, 0, -PAD, -1), index)
        painter.restore()
        if current == index and view is not None:
            self._ring(painter, rect, look.color("focus" if view.hasFocus() else "line-control"))

    @staticmethod
    def _ring(painter: QPainter, rect: QRect, color: QColor) -> None:
        for side in (
            QRect(rect.left(), rect.top(), rect.width(), _RING),
            QRect(rect.left(), rect.bottom() - _RING + 1, rect.width(), _RING),
            QRect(rect.left(), rect.top(), _RING, rect.height()),
            QRect(rect.right() - _RING + 1, rect.top(), _RING, rect.height()),
        ):
            painter.fillRect(side, color)


def font_of(index: AnyIndex) -> QFont:
    """Heavy for a sum, digits of one width wherever figures stand."""
    is_right = bool(Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole)) & Qt.AlignmentFlag.AlignRight)
    if index.data(TotalRole):
        return theme().font("code" if is_right else "heading")
    return theme().font("figures" if is_right else "body")
