"""The front of the page: which days, which report, and the report itself."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.reports.registry import CHOICES, Choice, choice_of
from ui.models.report_words import short_name
from ui.operations.desk import Desk
from ui.pages.report.period_bar import PeriodBar
from ui.pages.report.report_card import ReportCard
from ui.translations import mark, tr
from ui.widgets.card import Card
from ui.widgets.paged_table import Column, ListSource, PagedTableModel
from ui.widgets.row_table import RowTable

_LEFT = 208
_ROW = 36
_NAMES: tuple[Column[Choice], ...] = (Column(mark("Báo cáo"), lambda choice: short_name(choice.id)),)


class Front(QWidget):
    """`reports` is the list of reports; the one the clerk stands on is `choice`."""

    def __init__(self, desk: Desk, today: date) -> None:
        super().__init__()
        self.periods = PeriodBar(today)
        self.reports = _report_list()
        self.card = ReportCard(desk)
        left = Card(is_flush=True)
        left.body.addWidget(self.reports)
        left.setFixedWidth(_LEFT)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(left)
        row.addWidget(self.card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.periods)
        column.addLayout(row, 1)

    @property
    def choice(self) -> Choice:
        row = self.reports.current_row()
        return row if isinstance(row, Choice) else next(iter(CHOICES.values()))

    def choose(self, report: str) -> None:
        """Raises Refusal `report_unknown` (report)."""
        self.reports.stand_on(list(CHOICES).index(choice_of(report).id))


def _report_list() -> RowTable:
    table = RowTable(tr("Các báo cáo"))
    model: PagedTableModel[Choice] = PagedTableModel(
        _NAMES, ListSource(tuple(CHOICES.values())), lambda choice: choice.id, parent=table
    )
    table.setModel(model)
    model.reload()
    table.set_widths(-1)
    table.set_row_height(_ROW)
    return table
