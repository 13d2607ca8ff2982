"""Agencies at the left with what waits for them; at the right the list being made, and what is to be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.delegates.cells import ChipDelegate, CodeDelegate, NumberDelegate
from ui.delegates.two_lines import TwoLineDelegate
from ui.models import manifest_rows as rows
from ui.models.manifest_rows import AgencyRow, DraftRow
from ui.pages.search.dossier_table import DueDelegate
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.paged_table import ListSource, PagedTableModel
from ui.widgets.row_table import RowTable
from ui.widgets.text import Text

_LEFT_WIDTH = 300


class MakingView(QWidget):
    """`agency_chosen` carries the `AgencyRow`."""

    agency_chosen = Signal(object)

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self.agencies = RowTable(tr("Cơ quan nhận hồ sơ"))
        self.agency_model: PagedTableModel[AgencyRow] = PagedTableModel(
            rows.AGENCIES, ListSource(()), lambda row: row.agency, parent=self.agencies
        )
        self.agencies.setModel(self.agency_model)
        self.agencies.set_delegate(1, NumberDelegate())
        self.agencies.set_widths(-1, 74)
        self.agencies.set_empty(EmptyState(tr("Không có hồ sơ chờ bàn giao"), icon="check"))
        self.table = RowTable(tr("Hồ sơ trong danh sách"), lines=2)
        self.table.set_delegate(rows.COL_CODE, CodeDelegate())
        self.table.set_delegate(rows.COL_PERSON, TwoLineDelegate(rows.under_person))
        self.table.set_delegate(rows.COL_DUE, DueDelegate(clock))
        self.table.set_delegate(rows.COL_ORIGINALS, ChipDelegate())
        self.model: PagedTableModel[DraftRow] = PagedTableModel(
            rows.DRAFT, ListSource(()), lambda row: row.one.code, parent=self.table
        )
        self.table.setModel(self.model)
        self.table.set_widths(0, -5, -6, 152, 132)
        self.empty = EmptyState("", icon="handover")
        self.table.set_empty(self.empty)
        self.waiting = ActionButton("", "W")
        self.all = ActionButton(tr("Thêm tất cả"), "A")
        self.totals = Text("", "fact")
        self.beside = Text("", "secondary")
        self.make = ActionButton(tr("Lập danh sách bàn giao"), "F12", kind="primary")
        self._arrange()
        self.agencies.moved.connect(self._on_agency)
        self._is_showing = False

    def show_agencies(self, found: Sequence[AgencyRow], chosen: str) -> None:
        """Shows them and stands on `chosen` without saying that it was chosen."""
        self._is_showing = True
        self.agency_model.set_source(ListSource(found))
        place = self.agency_model.find(chosen)
        self.agencies.stand_on(max(0, place))
        self._is_showing = False

    def show_rows(self, title: str, note: str, found: Sequence[DraftRow]) -> None:
        before = self.table.currentIndex().row()
        self._card.set_title(title)
        self._card.set_note(note)
        self.model.set_source(ListSource(tuple(found)))
        if found:
            self.table.stand_on(min(max(0, before), len(found) - 1))

    def stand_on(self, code: str) -> None:
        # A list source keeps all rows at hand, but the model shows them a page at a time.
        place = self.model.find(code)
        while place < 0 and self.model.canFetchMore(self.table.rootIndex()):
            self.model.fetchMore(self.table.rootIndex())
            place = self.model.find(code)
        if place >= 0:
            self.table.stand_on(place)

    def _on_agency(self, row: object) -> None:
        if row is not None and not self._is_showing:
            self.agency_chosen.emit(row)

    def _arrange(self) -> None:
        left = Card(tr("Cơ quan nhận"), is_flush=True)
        left.body.addWidget(self.agencies)
        left.setFixedWidth(_LEFT_WIDTH)
        self._card = Card(tr("Danh sách đang lập"), is_flush=True)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 10, 12, 6)
        bar.setSpacing(10)
        for widget in (self.waiting, self.all):
            bar.addWidget(widget)
        bar.addStretch(1)
        self._card.body.addLayout(bar)
        self._card.body.addWidget(self.table, 1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.totals)
        words.addWidget(self.beside)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addLayout(words, 1)
        self.make.setMaximumWidth(340)
        foot.addWidget(self.make, 1)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self._card, 1)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(left)
        row.addLayout(right, 1)
