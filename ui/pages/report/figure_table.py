"""The table of a report: the clerk stands on one figure, arrows walk, Enter opens what it counts."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.domain.reports.table import NARROW, ColumnKind, ReportTable
from ui.pages.report.figures import AnyIndex, FigureDelegate, FigureModel, is_figure
from ui.pages.report.heads import GroupedHead
from ui.theme import theme
from ui.translations import tr

ROW_HEIGHT = 40
_LEAST_NAME = 190
_NEVER_CUT = "code"                # a part of a code is no code
_LOOKED_AT = 200                   # rows whose figures are measured


class FigureTable(QTableView):
    """`opened` carries the index on which Enter or a double click came."""

    opened = Signal(QModelIndex)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Bảng báo cáo"))
        self.figures = FigureModel(self)
        self.heads = GroupedHead(self)
        self.setHorizontalHeader(self.heads)
        self._delegate = FigureDelegate(lines=2)   # a view does not own its delegate
        self.setItemDelegate(self._delegate)
        self.setModel(self.figures)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.doubleClicked.connect(self.opened)
        theme().changed.connect(self._share_width)

    def show_table(self, table: ReportTable | None) -> None:
        """Another table, with the clerk where she stood as far as it goes: the same report for another period."""
        before, here = self.figures.table, self.currentIndex()
        at = (here.row(), here.column())
        self.figures.show_table(table)
        self._share_width()
        if table is None or not table.rows:
            return
        if before is None or before.id != table.id or at[0] < 0:
            at = (0, next((n for n, column in enumerate(table.columns) if n and is_figure(column)), 0))
        self.setCurrentIndex(self.figures.index(min(at[0], len(table.rows) - 1), at[1]))

    def stand_on(self, row: int, column: int) -> None:
        self.setCurrentIndex(self.figures.index(row, column))

    def _share_width(self) -> None:
        table = self.figures.table
        if table is None:
            return
        widths: dict[int, int] = {}
        sharing: dict[int, int] = {}
        for at, column in enumerate(table.columns):
            if column.kind is ColumnKind.TEXT and not 0 < column.width <= NARROW and column.key != _NEVER_CUT:
                sharing[at] = column.width or 20
            else:
                widths[at] = max(self._words_width(at), self.heads.least_width(column))
        self._widen_groups(table, widths)
        left = self.viewport().width() - sum(widths.values())
        letter = QFontMetrics(theme().font("body")).averageCharWidth()
        for at, share in sharing.items():
            least = _LEAST_NAME if len(sharing) == 1 else min(share, 18) * letter
            widths[at] = max(least, left * share // sum(sharing.values()))
        spare = left if not sharing else 0
        figures = [at for at in widths if at not in sharing]
        for at, width in widths.items():
            self.setColumnWidth(at, width + (max(0, spare) // len(figures) if spare > 0 and at in figures else 0))
        self.heads.show_columns(table.columns)
        self.updateGeometries()

    def _widen_groups(self, table: ReportTable, widths: dict[int, int]) -> None:
        """Until each group's words have room above its columns."""
        for group in {column.group for column in table.columns if column.group}:
            inside = [at for at, column in enumerate(table.columns) if column.group == group and at in widths]
            lacking = self.heads.group_width(group) - sum(widths[at] for at in inside)
            for at in inside if lacking > 0 else ():
                widths[at] += -(-lacking // len(inside))

    def _words_width(self, column: int) -> int:
        rows = range(min(_LOOKED_AT, self.figures.rowCount()))
        last = self.figures.rowCount() - 1         # the sum is the widest
        return max((self._delegate.content_width(str(self.figures.index(row, column).data() or ""))
                    for row in (*rows, last) if row >= 0), default=0) + 20

    # Qt's side

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()           # the whole row has the ground, not one cell

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        elif event.text().strip() or event.key() == Qt.Key.Key_Space:
            event.ignore()                 # letters are the page's keys
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
