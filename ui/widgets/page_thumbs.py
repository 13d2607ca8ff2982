"""Thumbnails of pages in rows, stacks told apart: walk, select, drag; the keys that act belong to the page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from ui.background.pictures import Thumbnails
from ui.delegates.page_thumb import CELL, PageThumbDelegate
from ui.models.scanned_pages import PageCell, PagesModel
from ui.theme import theme
from ui.translations import tr

_BAR = 16
_WALKING = frozenset({
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
})


class PageThumbs(QListView):
    """`moved` carries the id of the page now current ("" for none), `opened` the one entered or double-clicked.

    Only the rows in sight are laid out with pictures: 300 pages cost what thirty do. Arrow keys walk, with
    Shift they select; Alt and letters are left to the page. The input method is off: letters are commands.
    """

    moved = Signal(str)
    opened = Signal(str)
    selection_changed = Signal()

    def __init__(self, model: PagesModel, pictures: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages, self._pictures = model, pictures
        self._empty: QWidget | None = None
        self.setAccessibleName(tr("Các trang"))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._look = PageThumbDelegate(pictures.pixmap, self)
        self.setItemDelegate(self._look)
        self.setModel(model)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(CELL)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(CELL.height() // 3)
        self.verticalScrollBar().valueChanged.connect(pictures.forget_wishes)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.cell(index.row()).page))
        pictures.came.connect(model.thumbnail_came)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._show_empty)
        theme().changed.connect(self.viewport().update)

    def set_empty(self, widget: QWidget) -> None:
        """What stands here while there is no page (an `EmptyState`)."""
        widget.setParent(self.viewport())
        self._empty = widget
        self._show_empty()

    def current_page(self) -> PageCell | None:
        index = self.currentIndex()
        return self._pages.cell(index.row()) if index.isValid() else None

    def chosen_pages(self) -> tuple[str, ...]:
        """Ids of the selected pages in their order; the current one when none is selected."""
        rows = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        if not rows and self.currentIndex().isValid():
            rows = [self.currentIndex().row()]
        return tuple(self._pages.cell(row).page for row in rows)

    def stand_on(self, page: str) -> None:
        """Makes `page` the current and only selected one."""
        self.choose([page])

    def choose(self, pages: Sequence[str]) -> None:
        """Selects `pages`; the first of them becomes current."""
        rows = [row for row in map(self._pages.row_of, pages) if row >= 0]
        if not rows:
            return
        picked = QItemSelection()
        for row in rows:
            picked.select(self._pages.index(row), self._pages.index(row))
        first = self._pages.index(rows[0])
        self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selectionModel().select(picked, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(first)

    def step(self, by: int) -> None:
        """The next (+1) or previous (-1) page."""
        row = min(max(self.currentIndex().row() + by, 0), self._pages.rowCount() - 1)
        if row >= 0:
            self.stand_on(self._pages.cell(row).page)

    # inside

    def _show_empty(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(QRect(0, 0, self.viewport().width(), self.viewport().height()))
            self._empty.setVisible(self._pages.rowCount() == 0)

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_ours = not event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self._pages.cell(self.currentIndex().row()).page)
        elif is_ours and event.key() in _WALKING and event.key() not in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        elif is_ours and event.key() == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.selectAll()
        else:
            event.ignore()         # letters and digits are the page's keys, PageUp and PageDown the viewer's

    def currentChanged(self, current: object, previous: object) -> None:
        super().currentChanged(current, previous)  # type: ignore[arg-type]  # Qt hands over indexes
        cell = self.current_page()
        self.moved.emit(cell.page if cell is not None else "")
        self.viewport().update()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._pages.rowCount():
            self.stand_on(self._pages.cell(0).page)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        room = self.width() - _BAR             # whether the bar is there or not, columns stay where they are
        self.setGridSize(QSize(room // max(1, room // CELL.width()), CELL.height()))
        super().resizeEvent(event)
        self._show_empty()
