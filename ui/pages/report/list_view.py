"""The dossiers, the lines of money, or the other things behind one figure; Enter opens the dossier of a row."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from app.domain.reports.entry import Entry
from app.domain.reports.table import parse_drill
from app.services.reports.money_lines import MoneyRow
from app.services.reports.registry import Behind
from app.store.queries.dossiers import DossierRow
from ui.delegates.cells import CodeDelegate, NumberDelegate
from ui.models import dossier_rows as rows
from ui.models import figure_rows as figures
from ui.operations.desk import Desk
from ui.operations.report import FigureList
from ui.pages.search.dossier_table import DossierTable
from ui.translations import tr
from ui.widgets.empty_state import EmptyState
from ui.widgets.paged_table import ListSource, PagedTableModel
from ui.widgets.row_table import RowTable

_DOSSIERS = (
    (rows.COL_CODE, 0), (rows.COL_PERSON, -6), (rows.COL_PROCEDURE, -7), (rows.COL_AGENCY, -4),
    (rows.COL_RECEIVED, 134), (rows.COL_DUE, 152), (rows.COL_STATE, 132), (rows.COL_WHERE, 104),
)
_SPARE = (3, 7)


class ListView(QObject):
    """`stack` is the widget. `dossier_requested` carries a code."""

    dossier_requested = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.figure: FigureList | None = None
        self.stack = QStackedWidget()
        self.dossiers = DossierTable(tr("Hồ sơ của con số"), desk.clock, _DOSSIERS)
        self.dossiers.set_spare(*_SPARE)
        self.money = RowTable(tr("Khoản tiền của con số"))
        self.money.set_delegate(1, CodeDelegate())
        self.money.set_delegate(6, NumberDelegate())
        self._lines: PagedTableModel[MoneyRow] = PagedTableModel(
            figures.MONEY_COLUMNS, ListSource(()), parent=self.money
        )
        self.money.setModel(self._lines)
        self.money.set_widths(104, 0, -5, -5, -4, 0, 0)
        self.money.set_spare(4)
        self._things: dict[str, RowTable] = {}     # by report, each with its own columns
        for table in (self.dossiers, self.money):
            self._add(table)

    def show_list(self, figure: FigureList, behind: Behind) -> None:
        """Other rows, the first one current; of dossiers it is known which they are."""
        table: RowTable
        if behind is Behind.MONEY:
            self._lines.set_source(figures.FigureMoney(self._desk, figure.asked, figure.key))
            table = self.money
        elif behind is Behind.THINGS:
            table = self._table_of_things(parse_drill(figure.key).report)
            entries = table.model()
            assert isinstance(entries, PagedTableModel)
            entries.set_source(figures.FigureThings(self._desk, figure.asked, figure.key))
        else:
            assert figure.counted is not None
            self.dossiers.show_rows(figures.FigureDossiers(self._desk, figure.asked, figure.counted))
            table = self.dossiers
        table.stand_on(0)
        self.figure = figure
        self.stack.setCurrentWidget(table)

    def take_focus(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def may_be_saved(self) -> bool:
        """Lines of money have a report of their own for that."""
        return self.table is not self.money

    def open_current(self) -> None:
        self._open(self.table.current_row())

    @property
    def table(self) -> RowTable:
        """The one in front."""
        table = self.stack.currentWidget()
        assert isinstance(table, RowTable)
        return table

    def _table_of_things(self, report: str) -> RowTable:
        table = self._things.get(report)
        if table is not None:
            return table
        table = RowTable(tr("Những việc của con số"))
        columns = figures.THINGS[report]
        for at, (_, _, drawn) in enumerate(columns):
            if drawn:
                table.set_delegate(at, CodeDelegate() if drawn == figures.CODED else NumberDelegate())
        table.setModel(PagedTableModel(
            tuple(column for column, _, _ in columns), ListSource(()), lambda entry: entry.key, parent=table))
        table.set_widths(*(width for _, width, _ in columns))
        self._things[report] = table
        self._add(table)
        return table

    def _add(self, table: RowTable) -> None:
        table.set_empty(EmptyState(tr("Không có dòng nào"), tr("Sổ đã đổi từ lúc lập báo cáo; bấm Esc rồi R "
                                                               "để lập lại."), icon="paper"))
        table.opened.connect(self._open)
        self.stack.addWidget(table)

    def _open(self, row: object) -> None:
        if isinstance(row, DossierRow | MoneyRow | Entry) and row.code:
            self.dossier_requested.emit(row.code)
