"""A table model over pages: frozen rows in, keyset pages of 200 on demand, sorting and searching left to SQL.

A list names its columns once, with `COL_*` numbers in the order of the tuple:

    COL_CODE, COL_PERSON, COL_DUE = range(3)
    COLUMNS = (
        Column(mark("Mã hồ sơ"), lambda row: row.code, sort="code"),
        Column(mark("Người nộp"), lambda row: row.person),
        Column(mark("Hẹn trả"), lambda row: near_date(row.due, now), value=lambda row: row.due, sort="due"),
    )
    model = PagedTableModel(COLUMNS, source)
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, cast

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.theme import Tone
from ui.translations import tr

Row = TypeVar("Row")
RowOut = TypeVar("RowOut", covariant=True)
AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

PAGE_SIZE = 200

SortRole = int(Qt.ItemDataRole.UserRole) + 1
"""The comparable value behind the words of a cell (a datetime, an amount)."""
RowRole = int(Qt.ItemDataRole.UserRole) + 2
"""The frozen row itself."""
ToneRole = int(Qt.ItemDataRole.UserRole) + 3
"""The tone of a chip cell."""


@dataclass(frozen=True)             # with slots, Column[Row](…) fails on Python 3.11
class Page(Generic[RowOut]):
    """Some rows in order and `after`, the opaque place to go on from; None: that was all."""

    rows: Sequence[RowOut]
    after: object | None


class Source(Protocol[RowOut]):
    """Where rows come from; a query of the store behind a small function."""

    def page(self, after: object | None, limit: int, sort: str, is_descending: bool) -> Page[RowOut]:
        """The next `limit` rows after `after` (None: from the start); `sort` "" is the list's own order."""
        ...


class ListSource(Generic[Row]):
    """Rows that are already here, a short list of the start screen for example. Keeps their order."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    def page(self, after: object | None, limit: int, sort: str, is_descending: bool) -> Page[Row]:
        start = cast(int, after or 0)
        end = start + limit
        return Page(self._rows[start:end], end if end < len(self._rows) else None)


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column. `title` is a `mark`ed string; `text` what the cell shows."""

    title: str
    text: Callable[[Row], str]
    value: Callable[[Row], Any] | None = None       # behind the words; SortRole
    tone: Callable[[Row], Tone] | None = None       # for a chip column
    tooltip: Callable[[Row], str] | None = None     # more than the cell says: the full date
    sort: str = ""                                  # name the source sorts by; "" the column cannot be sorted
    is_number: bool = False                         # right-aligned


class PagedTableModel(QAbstractTableModel, Generic[Row]):
    """Rows of `source`, fetched a page at a time as the view asks for them.

    `key` gives a row's identity, so that the view can stand on the same row after `reload`.
    """

    page_fetched = Signal(int)     # rows there are now

    def __init__(
        self, columns: Sequence[Column[Row]], source: Source[Row], key: Callable[[Row], Hashable] = id,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._source = source
        self._key = key
        self._rows: list[Row] = []
        self._after: object | None = None
        self._has_more = True
        self._is_fetching = False
        self._sort, self._is_descending = "", False

    def set_source(self, source: Source[Row]) -> None:
        """Shows other rows: a new search, another count of the start screen."""
        self._source = source
        self.reload()

    def reload(self) -> None:
        """Reads again from the first page; rows beyond come back as they are scrolled to."""
        self.beginResetModel()
        page = self._source.page(None, PAGE_SIZE, self._sort, self._is_descending)
        self._rows = list(page.rows)
        self._after, self._has_more = page.after, page.after is not None
        self.endResetModel()
        self.page_fetched.emit(len(self._rows))

    def row(self, number: int) -> Row:
        return self._rows[number]

    def rows(self) -> Sequence[Row]:
        """The rows fetched so far."""
        return tuple(self._rows)

    def key(self, number: int) -> Hashable:
        return self._key(self._rows[number])

    def find(self, key: Hashable) -> int:
        """The number of the row whose key is `key` among those fetched, -1 when it is not there."""
        return next((number for number, row in enumerate(self._rows) if self._key(row) == key), -1)

    def replace_row(self, row: Row) -> bool:
        """Shows the newer state of a row with the same key; False when it is not on screen."""
        number = self.find(self._key(row))
        if number < 0:
            return False
        self._rows[number] = row
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(self.columns) - 1))
        return True

    def remove_row(self, key: Hashable) -> bool:
        """Takes a row out that no longer belongs in this list; False when it is not on screen."""
        number = self.find(key)
        if number < 0:
            return False
        self.beginRemoveRows(QModelIndex(), number, number)
        del self._rows[number]
        self.endRemoveRows()
        return True

    # Qt's side

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: AnyIndex) -> bool:
        return not parent.isValid() and self._has_more and not self._is_fetching

    def fetchMore(self, parent: AnyIndex) -> None:
        # Inserting rows makes views ask again at once: without the guard the same page arrives twice.
        if not self.canFetchMore(parent):
            return
        self._is_fetching = True
        try:
            page = self._source.page(self._after, PAGE_SIZE, self._sort, self._is_descending)
            self._after, self._has_more = page.after, page.after is not None
            if page.rows:
                first = len(self._rows)
                self.beginInsertRows(QModelIndex(), first, first + len(page.rows) - 1)
                self._rows.extend(page.rows)
                self.endInsertRows()
        finally:
            self._is_fetching = False
        self.page_fetched.emit(len(self._rows))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        name = self.columns[column].sort if 0 <= column < len(self.columns) else ""
        is_descending = bool(name) and order is Qt.SortOrder.DescendingOrder
        if (name, is_descending) != (self._sort, self._is_descending):
            self._sort, self._is_descending = name, is_descending
            self.reload()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(self.columns[section].title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(self.columns[section])
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not self.checkIndex(index):
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tooltip(row) if column.tooltip else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role == SortRole:
            return column.value(row) if column.value else column.text(row)
        if role == RowRole:
            return row
        if role == ToneRole:
            return column.tone(row) if column.tone else None
        return None

    @staticmethod
    def _alignment(column: Column[Row]) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
