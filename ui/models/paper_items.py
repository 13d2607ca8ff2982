"""The checklist while digitising: one row per requirement, with what lies under it and what was said about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.theme import Tone
from ui.translations import mark, tr

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

COL_NAME, COL_COMPARED, COL_CHECKED = range(3)
TITLES = (mark("Giấy tờ"), mark("Đối chiếu"), mark("Kiểm tra"))
ItemRole = int(Qt.ItemDataRole.UserRole) + 30
"""The `PaperItem` of the row."""


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One requirement as shown. `state` with its `tone` is the chip, `quiet` the words beside it."""

    requirement: str               # code
    number: int                    # 1, 2, 3 … the key that chooses it
    name: str
    state: str
    tone: Tone
    quiet: str = ""
    quiet_tone: str = ""           # "warn" when the small line is a warning
    is_compared: bool = False      # đã đối chiếu bản chính
    is_checked: bool = False       # all pages, readable, right person
    is_ready: bool = False         # something new lies here that can be filed
    words: str = ""                # the whole row for a screen reader


MOST_IN_TIP = 600


def tip_of(item: PaperItem) -> str:
    """The whole row under the pointer; a name of thousands of letters is cut: no tip fills the screen."""
    return item.words if len(item.words) <= MOST_IN_TIP else f"{item.words[:MOST_IN_TIP].rstrip()}…"


class PaperItemsModel(QAbstractTableModel):
    """Keeps its rows when only what lies in them changes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[PaperItem, ...] = ()

    def show_items(self, items: Sequence[PaperItem]) -> None:
        new = tuple(items)
        if [item.requirement for item in new] != [item.requirement for item in self._items]:
            self.beginResetModel()
            self._items = new
            self.endResetModel()
            return
        before, self._items = self._items, new
        for row, item in enumerate(new):
            if item != before[row]:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(TITLES) - 1))

    def items(self) -> tuple[PaperItem, ...]:
        return self._items

    def item(self, row: int) -> PaperItem:
        return self._items[row]

    def row_of(self, requirement: str) -> int:
        return next((row for row, item in enumerate(self._items) if item.requirement == requirement), -1)

    # Qt's side

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(TITLES):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(TITLES[section])
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not self.checkIndex(index):
            return None
        item, column = self._items[index.row()], index.column()
        if role == ItemRole:
            return item
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return item.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_of(item)
        if role == Qt.ItemDataRole.DisplayRole:
            return item.name if column == COL_NAME else ""
        return None
