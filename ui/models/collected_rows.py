"""Papers picked up at home that wait for their reception, as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.masking import mask_phone
from app.domain.text import fold
from app.store.queries.pickups import PickupRow
from ui.translations import mark, tr

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
TITLES = (mark("Số phiếu"), mark("Người nộp"), mark("Điện thoại"), mark("Thủ tục"))


class CollectedModel(QAbstractTableModel):
    """Shows the rows whose number, name or telephone holds what was typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[PickupRow, ...] = ()
        self._rows: tuple[PickupRow, ...] = ()

    def show_rows(self, rows: Sequence[PickupRow]) -> None:
        self._all = tuple(rows)
        self.look_for("")

    def look_for(self, text: str) -> None:
        self.beginResetModel()
        self._rows = tuple(row for row in self._all if _holds(row, text))
        self.endResetModel()

    def pickup(self, number: int) -> PickupRow | None:
        return self._rows[number] if 0 <= number < len(self._rows) else None

    # Qt's side

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(TITLES):
            return None
        return tr(TITLES[section]) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not self.checkIndex(index):
            return None
        row = self._rows[index.row()]
        cells = row.number, row.name, mask_phone(row.phone), row.procedure_name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(cells)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cells[index.column()]
        return None


def _holds(row: PickupRow, text: str) -> bool:
    digits = "".join(letter for letter in text if letter.isdigit())
    phone = "".join(letter for letter in row.phone if letter.isdigit())
    words = fold(text).split()
    names = fold(f"{row.name} {row.number}")
    return all(word in names for word in words) or (len(digits) >= 3 and digits in phone)
