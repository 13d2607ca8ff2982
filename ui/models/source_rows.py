"""Sources of pages as rows: what was found, and addresses typed by hand that do not answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.devices.scanning.port import Source, SourceKind
from app.domain.scanning import Feed
from ui.translations import mark, tr

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
COL_NAME, COL_KIND, COL_FEEDS = range(3)
TITLES = (mark("Máy quét"), mark("Nối qua"), mark("Lấy giấy từ"))
_KINDS = {
    SourceKind.SANE: mark("Dây USB hoặc mạng"), SourceKind.WIA: mark("Windows"),
    SourceKind.ESCL: mark("Mạng, không cần cài"), SourceKind.FOLDER: mark("Thư mục"),
}
_FEEDS = {Feed.FEEDER: mark("khay"), Feed.DUPLEX: mark("khay hai mặt"), Feed.FLATBED: mark("mặt kính")}


@dataclass(frozen=True, slots=True)
class SourceRow:
    """`source` is None for an `address` typed by hand where nothing answers."""

    source: Source | None
    address: str = ""

    @property
    def id(self) -> str:
        return self.source.id if self.source is not None else f"{SourceKind.ESCL.value}:{self.address}"

    def cells(self) -> tuple[str, str, str]:
        """As shown."""
        if self.source is None:
            return self.address, tr("Địa chỉ đã gõ"), tr("chưa trả lời")
        feeds = ", ".join(tr(_FEEDS[feed]) for feed in self.source.feeds) or tr("máy sẽ cho biết khi quét")
        return self.source.name, tr(_KINDS[self.source.kind]), feeds


def source_rows(sources: Sequence[Source], addresses: Sequence[str]) -> tuple[SourceRow, ...]:
    """Everything found, each with the typed address it was found at; then the addresses that are silent."""
    at = {f"{SourceKind.ESCL.value}:{address}": address for address in addresses}
    here = {source.id for source in sources}
    found = [SourceRow(source, at.get(source.id, "")) for source in sources]
    return (*found, *(SourceRow(None, address) for id_, address in at.items() if id_ not in here))


class SourcesModel(QAbstractTableModel):
    """Shows `rows`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[SourceRow, ...] = ()

    def show_rows(self, rows: Sequence[SourceRow]) -> None:
        if tuple(rows) != self._rows:
            self.beginResetModel()
            self._rows = tuple(rows)
            self.endResetModel()

    def source_row(self, number: int) -> SourceRow:
        return self._rows[number]

    def find(self, source: str) -> int:
        return next((number for number, row in enumerate(self._rows) if row.id == source), -1)

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
        cells = self._rows[index.row()].cells()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(cells)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cells[index.column()]
        return None
