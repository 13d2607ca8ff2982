"""The table every list uses: whole rows, keyboard first, one height for all rows, words when it is empty."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.delegates.cells import CellDelegate
from ui.theme import theme
from ui.widgets.paged_table import PagedTableModel

AnyIndex = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 40
ROW_HEIGHT_TWO_LINES = 56
_LEAST_SHARE = 34                  # pixels per share: below this a sharing column says nothing any more


class RowTable(QTableView):
    """Shows a `PagedTableModel`. Enter or a double click emits `opened(row)`; moving emits `moved(row)`.

    `widths` per column: a positive number is pixels, 0 "as wide as the words of the first page need", a
    negative number a share of what is left (-2 takes twice of -1). Space, letters and digits are not
    swallowed: they go to the page, whose keys they are.
    """

    opened = Signal(object)        # the frozen row
    moved = Signal(object)         # the frozen row now current, None when there is none

    def __init__(self, name: str, *, lines: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._widths: tuple[int, ...] = ()
        self._spare: tuple[int, ...] = ()
        self._delegates: list[CellDelegate] = []      # a view does not own its delegates
        self._empty: QWidget | None = None
        self._text_delegate = CellDelegate(lines=lines)
        self.setItemDelegate(self._text_delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(24)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT if lines == 1 else ROW_HEIGHT_TWO_LINES)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setFixedHeight(32)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.doubleClicked.connect(self._on_opened)
        theme().changed.connect(self.viewport().update)

    def set_delegate(self, column: int, delegate: CellDelegate) -> None:
        self._delegates.append(delegate)
        self.setItemDelegateForColumn(column, delegate)

    def set_widths(self, *widths: int) -> None:
        self._widths = widths
        self._share_width()

    def set_spare(self, *columns: int) -> None:
        """Columns to give up, the first first, when a narrow window leaves the sharing ones too little room."""
        self._spare = columns
        self._share_width()

    def set_empty(self, widget: QWidget) -> None:
        """What stands in the table's place while it has no row (an `EmptyState`)."""
        widget.setParent(self.viewport())
        self._empty = widget
        self._show_empty()

    def set_row_height(self, pixels: int) -> None:
        """Another height for all rows, at least 36."""
        self.verticalHeader().setDefaultSectionSize(max(36, pixels))

    def current_row(self) -> Any:
        """The frozen row the clerk stands on, None when there is none."""
        index = self.currentIndex()
        model = self.model()
        return model.row(index.row()) if isinstance(model, PagedTableModel) and index.isValid() else None

    def stand_on(self, row: int) -> None:
        """Makes `row` the current one and brings it into sight."""
        model = self.model()
        if model is not None and 0 <= row < model.rowCount():
            self.setCurrentIndex(model.index(row, 0))

    def reload(self) -> None:
        """Reads the list again and stays on the same row, or on the same place when the row is gone."""
        model = self.model()
        if not isinstance(model, PagedTableModel):
            return
        number = self.currentIndex().row()
        key: Hashable | None = model.key(number) if number >= 0 else None
        model.reload()
        if number >= 0 and model.rowCount():
            found = model.find(key)
            self.stand_on(found if found >= 0 else min(number, model.rowCount() - 1))

    # Qt's side

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved):
                signal.connect(self._on_rows_changed)
        self._on_rows_changed()

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self.moved.emit(self.current_row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.current_row())
        elif event.text().strip() or event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()         # no type-ahead search here: letters are the page's keys
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.stand_on(0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
        self._show_empty()

    def _on_opened(self, index: QModelIndex) -> None:
        self.opened.emit(self.current_row())

    def _on_rows_changed(self) -> None:
        self._share_width()
        self._show_empty()

    def _show_empty(self) -> None:
        if self._empty is None:
            return
        model = self.model()
        is_empty = model is None or model.rowCount() == 0
        self._empty.setGeometry(QRect(0, 0, self.viewport().width(), self.viewport().height()))
        self._empty.setVisible(is_empty)
        self.horizontalHeader().setVisible(not is_empty)

    def _share_width(self) -> None:
        model = self.model()
        if model is None or not self._widths:
            return
        header = self.horizontalHeader()
        natural = [
            width if width > 0 else self._words_width(column) if width == 0 else 0
            for column, width in enumerate(self._widths)
        ]
        hidden: set[int] = set()
        for column in (*self._spare, None):
            shown = [number for number in range(len(natural)) if number not in hidden]
            shares = sum(-self._widths[number] for number in shown if self._widths[number] < 0)
            left = max(0, self.viewport().width() - sum(natural[number] for number in shown))
            if column is None or left >= shares * _LEAST_SHARE:
                break
            hidden.add(column)
        for column in range(len(natural)):
            self.setColumnHidden(column, column in hidden)
        for column, width in enumerate(self._widths):
            pixels = natural[column] if width >= 0 else max(60, left * -width // max(1, shares))
            if header.sectionSize(column) != pixels:
                header.resizeSection(column, pixels)

    def _words_width(self, column: int) -> int:
        model = self.model()
        delegate = self.itemDelegateForColumn(column) or self._text_delegate
        title = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        widest = self.horizontalHeader().fontMetrics().horizontalAdvance(title)
        if isinstance(delegate, CellDelegate):
            for row in range(min(50, model.rowCount())):
                widest = max(widest, delegate.content_width(delegate.cell_text(model.index(row, column))))
        return widest + 24
