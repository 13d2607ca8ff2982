"""The checklist while digitising: walk with the arrows, drop pages, tick what was checked."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from ui.delegates.paper_item import BoxDelegate, ItemNameDelegate
from ui.models.paper_items import COL_CHECKED, COL_COMPARED, COL_NAME, PaperItemsModel
from ui.models.scanned_pages import carried_pages
from ui.translations import tr
from ui.widgets.row_table import RowTable

AnyIndex = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 74
_LEAST_HEIGHT = 32 + ROW_HEIGHT


class ItemsView(RowTable):
    """`chosen(requirement)` whenever another row is current, `opened` on Enter, `left_below` on Down in the last.

    `dropped(pages, requirement)` when pages were dragged here; `compared_asked`, `checked_asked` when a box was
    clicked. While `set_aiming(True)` the current row is where pages will go.
    """

    chosen = Signal(str)
    dropped = Signal(object, str)
    compared_asked = Signal(str)
    checked_asked = Signal(str)
    left_below = Signal()

    def __init__(self, model: PaperItemsModel, parent: QWidget | None = None) -> None:
        super().__init__(tr("Thành phần hồ sơ"), lines=2, parent=parent)
        self._items = model
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.set_delegate(COL_NAME, ItemNameDelegate())
        for column, key in ((COL_COMPARED, "D"), (COL_CHECKED, "K")):
            self.set_delegate(column, BoxDelegate(key))
        self.setModel(model)
        self.set_row_height(ROW_HEIGHT)
        self.set_widths(-1, 92, 78)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)

    def current_row(self) -> Any:
        index = self.currentIndex()
        return self._items.item(index.row()) if index.isValid() else None

    def choose(self, requirement: str) -> None:
        """Makes the row of `requirement` current; "" leaves none current."""
        row = self._items.row_of(requirement)
        if row >= 0:
            self.stand_on(row)
        else:
            self.setCurrentIndex(QModelIndex())

    # Qt's side

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(self._items.item(current.row()).requirement)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_last = self.currentIndex().row() == self._items.rowCount() - 1
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
        elif event.key() == Qt.Key.Key_Down and is_last:
            self.left_below.emit()
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            event.ignore()         # the viewer's
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        requirement = self._items.item(index.row()).requirement
        if index.column() == COL_COMPARED:
            self.compared_asked.emit(requirement)
        elif index.column() == COL_CHECKED:
            self.checked_asked.emit(requirement)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if carried_pages(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if carried_pages(event.mimeData()) and self.indexAt(event.position().toPoint()).isValid():
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        pages = carried_pages(event.mimeData())
        if pages and index.isValid():
            event.acceptProposedAction()
            self.dropped.emit(pages, self._items.item(index.row()).requirement)
