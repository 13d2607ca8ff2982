"""The pages of one paper, or of the tray, as a list: one row per page, in the order they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

CellRole = int(Qt.ItemDataRole.UserRole) + 20
"""The `PageCell` of the row."""
PAGES_MIME = "application/x-quay-pages"
"""Page ids on their way to another paper, joined by blanks: dragged inside this program only."""


class PageState(Enum):
    """How far a page has come."""

    WAITING = "waiting"            # kept, still to be prepared
    READY = "ready"
    FAILED = "failed"              # could not be prepared; the original stays


@dataclass(frozen=True, slots=True)
class PageCell:
    """One page as it is shown. `words` says all of it for a screen reader and the tooltip."""

    page: str                      # id
    number: int                    # 1, 2, 3 … among the pages shown
    stack: int                     # 0, 1, 2 … number of its stack
    stack_words: str = ""          # said over the first page of a stack
    is_last_of_stack: bool = False
    thumbnail: str = ""            # sha256; "" while there is none
    turn: int = 0                  # quarter turns clockwise by the clerk: 0, 90, 180, 270
    state: PageState = PageState.WAITING
    is_blank: bool = False
    is_left_out: bool = False
    is_separator: bool = False
    doubts: tuple[str, ...] = ()   # words, not codes
    words: str = ""


class PagesModel(QAbstractListModel):
    """Shows `cells`. What stays in its place keeps its row, so that scrolling and selection stay too."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cells: tuple[PageCell, ...] = ()

    def show_cells(self, cells: Sequence[PageCell]) -> None:
        """Replaces what differs: rows before the first and after the last other page are left alone."""
        old, new = self._cells, tuple(cells)
        least = min(len(old), len(new))
        head = 0
        while head < least and old[head].page == new[head].page:
            head += 1
        tail = 0
        while tail < least - head and old[-1 - tail].page == new[-1 - tail].page:
            tail += 1
        if len(old) - tail > head:
            self.beginRemoveRows(QModelIndex(), head, len(old) - tail - 1)
            self._cells = old[:head] + old[len(old) - tail:]
            self.endRemoveRows()
        if len(new) - tail > head:
            self.beginInsertRows(QModelIndex(), head, len(new) - tail - 1)
            self._cells = self._cells[:head] + new[head:len(new) - tail] + self._cells[head:]
            self.endInsertRows()
        before, self._cells = self._cells, new
        changed = [row for row, cell in enumerate(new) if cell != before[row]]
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    def cells(self) -> tuple[PageCell, ...]:
        return self._cells

    def cell(self, row: int) -> PageCell:
        return self._cells[row]

    def row_of(self, page: str) -> int:
        """The row of a page, -1 when it is not shown."""
        return next((row for row, cell in enumerate(self._cells) if cell.page == page), -1)

    def thumbnail_came(self, sha256: str) -> None:
        """A picture that was asked for can be painted now."""
        for row, cell in enumerate(self._cells):
            if cell.thumbnail == sha256:
                self.dataChanged.emit(self.index(row), self.index(row), [int(Qt.ItemDataRole.DecorationRole)])

    # Qt's side

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._cells)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not self.checkIndex(index):
            return None
        cell = self._cells[index.row()]
        if role == CellRole:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return str(cell.number)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell.words
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags | Qt.ItemFlag.ItemIsDropEnabled

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [PAGES_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        rows = sorted({index.row() for index in indexes if index.isValid()})
        carried = QMimeData()
        carried.setData(PAGES_MIME, " ".join(self._cells[row].page for row in rows).encode())
        return carried


def carried_pages(carried: QMimeData) -> tuple[str, ...]:
    """The page ids of a drag that began in such a list; () for anything else."""
    if not carried.hasFormat(PAGES_MIME):
        return ()
    return tuple(bytes(carried.data(PAGES_MIME).data()).decode().split())
