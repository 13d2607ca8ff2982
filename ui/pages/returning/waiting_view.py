"""Chờ trả: what lies on the shelf, what goes by post, what has to be shelved; count and list are one query."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.life.work import Work
from app.store.queries.dossiers import DossierList, count
from app.store.queries.results import WaitingOrder, WaitingResult
from ui.delegates.cells import ChipDelegate, CodeDelegate
from ui.models.dossier_rows import known_now
from ui.models.waiting_results import (
    COL_AGE,
    COL_CODE,
    COL_NOTE,
    COL_PROCEDURE,
    COL_SHELF,
    WaitingSource,
    columns,
)
from ui.operations.desk import Desk
from ui.pages.intake.segments import Segments
from ui.pages.returning.keys import NOTICE, ORDER, SHELVE
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.paged_table import ListSource, PagedTableModel
from ui.widgets.row_table import RowTable

LISTS: Mapping[Work, tuple[DossierList, str]] = {
    Work.READY: (DossierList.READY, mark("Chờ đến nhận")),
    Work.TO_POST: (DossierList.TO_POST, mark("Chờ gửi bưu chính")),
    Work.UNDELIVERED: (DossierList.UNDELIVERED, mark("Cần xếp lại")),
}


class WaitingView(QWidget):
    """`opened` carries the code of a result to give out; the buttons ask what the keys ask."""

    opened = Signal(str)
    notice_asked = Signal()
    shelve_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._order = WaitingOrder.AGE
        self.which = Segments(tr("Danh sách"), tuple((work, tr(words)) for work, (_, words) in LISTS.items()),
                              is_labelled=False)
        self.which.set_value(Work.READY)
        self.which.chosen.connect(lambda _: self.show_rows())
        self.table = RowTable(tr("Kết quả chờ trả"), lines=2)
        for column in (COL_SHELF, COL_CODE):
            self.table.set_delegate(column, CodeDelegate())
        for column in (COL_AGE, COL_NOTE):
            self.table.set_delegate(column, ChipDelegate(has_icon=True))
        self.rows: PagedTableModel[WaitingResult] = PagedTableModel(
            columns(desk), ListSource(()), lambda row: row.id, parent=self.table
        )
        self.table.setModel(self.rows)
        self.table.set_widths(92, 0, -5, -5, 116, 140)
        self.table.set_spare(COL_PROCEDURE)
        self.table.opened.connect(lambda row: self.opened.emit(row.code))
        self._empty = EmptyState(tr("Không có kết quả nào ở đây"), tr("Kết quả nhận về bằng Alt 2 sẽ hiện ở đây."),
                                 icon="return")
        self.table.set_empty(self._empty)
        self._card = Card(tr("Kết quả chờ trả"), is_flush=True)
        self._card.body.addWidget(self.table)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.which, 1)
        self.order = ActionButton("", ORDER.cap)
        self.order.clicked.connect(self.turn_order)
        notice = ActionButton(tr("Tin báo"), NOTICE.cap)
        notice.clicked.connect(self.notice_asked)
        shelve = ActionButton(tr("Đổi kệ"), SHELVE.cap)
        shelve.clicked.connect(self.shelve_asked)
        for button in (self.order, notice, shelve):
            head.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addLayout(head)
        whole.addWidget(self._card, 1)
        self._say_order()

    def current(self) -> str:
        """The code the clerk stands on, "" when there is none."""
        row = self.table.current_row()
        return row.code if row is not None else ""

    def show_rows(self) -> None:
        """From the top, in the order that is chosen."""
        work = self.which.value()
        self.rows.set_source(WaitingSource(self._desk, work, self._order))
        self.table.stand_on(0)
        self._show_count()

    def refresh(self) -> None:
        """Read again, on the same row."""
        self.table.reload()
        self._show_count()

    def turn_order(self) -> None:
        """By age, or in the order of the shelf."""
        self._order = WaitingOrder.SHELF if self._order is WaitingOrder.AGE else WaitingOrder.AGE
        self._say_order()
        self.show_rows()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_order(self) -> None:
        is_by_age = self._order is WaitingOrder.AGE
        self.order.set_label(tr("Theo kệ") if is_by_age else tr("Theo ngày chờ"))

    def _show_count(self) -> None:
        what, words = LISTS[self.which.value()]
        known = known_now(self._desk)
        with self._desk.office.database.reading() as connection:
            amount = count(connection, what, known)
        self._card.set_title(tr(words))
        said = tr("chờ lâu nhất ở trên") if self._order is WaitingOrder.AGE else tr("theo thứ tự trên kệ")
        self._card.set_note(tr("{n} kết quả, {order}", n=amount, order=said))
