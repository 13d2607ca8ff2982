"""The ready reasons that fit what the clerk types: a short list for a view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.reason_library import Reason

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ReasonHits(QAbstractListModel):
    """Frozen answers, shown whole; a new list replaces the old one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reasons: Sequence[Reason] = ()

    def show(self, reasons: Sequence[Reason]) -> None:
        self.beginResetModel()
        self._reasons = reasons
        self.endResetModel()

    def reason(self, row: int) -> Reason:
        return self._reasons[row]

    # Qt's side

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._reasons)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not self.checkIndex(index):
            return None
        reason = self._reasons[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return reason.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return reason.basis or reason.text
        return None
