"""The table of dossiers: the same columns, chips and dates wherever dossiers are listed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

from app.store.queries.dossiers import DossierRow
from ui.delegates.cells import ChipDelegate, CodeDelegate
from ui.delegates.relative_date import RelativeDateDelegate
from ui.models import dossier_rows as rows
from ui.pages.search.person_delegate import PersonDelegate
from ui.widgets.paged_table import Column, ListSource, PagedTableModel, Source
from ui.widgets.row_table import RowTable

AnyIndex = QModelIndex | QPersistentModelIndex

DOSSIERS: tuple[tuple[int, int], ...] = (
    (rows.COL_CODE, 0), (rows.COL_PERSON, -6), (rows.COL_PROCEDURE, -6), (rows.COL_RECEIVED, 134),
    (rows.COL_DUE, 152), (rows.COL_STATE, 132), (rows.COL_WHERE, 104), (rows.COL_CUSTODY, 152),
)
"""(column, width) of the search page, `RowTable.set_widths`. Mostly fixed: measuring words at each key press would
cost more than finding the rows; codes have two lengths and are never cut."""


class DueDelegate(RelativeDateDelegate):
    """A promise as a chip; where nothing was promised, the words of the cell."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__(clock, is_due=True)

    def cell_text(self, index: AnyIndex) -> str:
        return super().cell_text(index) or str(index.data() or "")


class DossierTable(RowTable):
    """Shows `columns` of `rows.COLUMNS`; `opened` carries the `DossierRow`."""

    def __init__(
        self, name: str, clock: Callable[[], datetime], columns: Sequence[tuple[int, int]] = DOSSIERS,
    ) -> None:
        super().__init__(name, lines=2)
        shown: list[Column[DossierRow]] = [rows.COLUMNS[number] for number, _ in columns]
        for place, (number, _) in enumerate(columns):
            if number == rows.COL_CODE:
                self.set_delegate(place, CodeDelegate())
            elif number == rows.COL_PERSON:
                self.set_delegate(place, PersonDelegate())
            elif number == rows.COL_RECEIVED:
                self.set_delegate(place, RelativeDateDelegate(clock))
            elif number == rows.COL_DUE:
                self.set_delegate(place, DueDelegate(clock))
            elif number == rows.COL_STATE:
                self.set_delegate(place, ChipDelegate())
            elif number == rows.COL_CUSTODY:
                self.set_delegate(place, ChipDelegate(has_icon=True))
        self.dossiers: PagedTableModel[DossierRow] = PagedTableModel(
            shown, ListSource(()), lambda row: row.id, parent=self
        )
        self.setModel(self.dossiers)
        self.set_widths(*(width for _, width in columns))

    def show_rows(self, source: Source[DossierRow]) -> None:
        """Other rows from the top, the first one current."""
        self.dossiers.set_source(source)
        self.stand_on(0)
        self.scrollToTop()
