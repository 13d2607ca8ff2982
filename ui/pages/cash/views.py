"""The seven lists of the page, one in front: what each shows and offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from app.services.till.binding import unbound_slips
from app.services.till.finding import find_money
from app.services.till.listing import remittances_made
from app.services.till.ranges import ranges_of
from app.services.till.reading import open_session_of
from app.services.till.remitting import waiting_remittances
from app.services.till.statements import loose_lines, waiting_transfers
from ui.background.alive import while_alive
from ui.delegates.cells import ChipDelegate, CodeDelegate, NumberDelegate
from ui.models.cash_bank_rows import LOOSE_COLUMNS, RANGE_COLUMNS, REMIT_COLUMNS, LooseRow, remit_rows
from ui.models.cash_rows import MoneySource, SessionSource, entry_columns, row_id, slip_columns, transfer_columns
from ui.operations.desk import Desk
from ui.pages.cash import keys
from ui.translations import mark, tr
from ui.widgets.empty_state import EmptyState
from ui.widgets.paged_table import Column, ListSource, PagedTableModel, Source
from ui.widgets.row_table import RowTable


class View(IntEnum):
    """In the order of the keys Alt 1 to Alt 7."""

    SESSION = 0
    MONEY = 1
    TRANSFERS = 2
    STATEMENT = 3
    REMITTANCES = 4
    RECEIPTS = 5
    SLIPS = 6


ENTRIES = (View.SESSION, View.MONEY)
NAMES: Mapping[View, str] = {
    View.SESSION: mark("Ca này"), View.MONEY: mark("Mọi khoản thu"), View.TRANSFERS: mark("Chờ sao kê"),
    View.STATEMENT: mark("Sao kê"), View.REMITTANCES: mark("Nộp tiền"), View.RECEIPTS: mark("Biên lai"),
    View.SLIPS: mark("Phiếu tạm"),
}
ORDERS: Mapping[View, str] = {
    View.SESSION: mark("mới nhất ở trên"), View.MONEY: mark("mới nhất ở trên"),
    View.TRANSFERS: mark("báo lâu nhất ở trên"), View.STATEMENT: mark("ngày mới nhất ở trên"),
    View.REMITTANCES: mark("chờ nộp ở trên"), View.RECEIPTS: mark("dải nhận trước dùng trước"),
    View.SLIPS: mark("phiếu lâu nhất ở trên"),
}
_EMPTY: Mapping[View, tuple[str, str]] = {
    View.SESSION: (mark("Chưa thu khoản nào"), mark("Bấm T để thu; phí thu khi tiếp nhận cũng hiện ở đây.")),
    View.MONEY: (mark("Chưa thu khoản nào"), mark("Mọi khoản thu, hủy và hoàn trả hiện ở đây.")),
    View.TRANSFERS: (mark("Không có chuyển khoản chờ xác nhận"),
                     mark("Khoản khách báo đã chuyển hiện ở đây đến khi sao kê xác nhận.")),
    View.STATEMENT: (mark("Không có dòng sao kê nào chưa gắn"), mark("Bấm S để nhận tệp sao kê của ngân hàng.")),
    View.REMITTANCES: (mark("Chưa có tiền phải nộp"),
                       mark("Chốt ca và xác nhận chuyển khoản xong, tiền phải nộp hiện ở đây.")),
    View.RECEIPTS: (mark("Quầy này chưa nhận biên lai nào"),
                    mark("Bấm B để nhận dải số. Chưa có thì máy in phiếu thu tạm.")),
    View.SLIPS: (mark("Không có phiếu tạm nào chờ biên lai điện tử"),
                 mark("Phiếu thu tạm đã in ở quầy hiện ở đây đến khi tỉnh gửi biên lai điện tử về.")),
}
_MONEY_ACTS = ((mark("Hủy khoản thu"), keys.VOID.cap), (mark("Hoàn trả"), keys.REFUND.cap),
               (mark("Mã VietQR"), keys.SQUARE.cap), (mark("In lại"), keys.AGAIN.cap))
OFFERS: Mapping[View, tuple[tuple[str, str], ...]] = {
    View.SESSION: _MONEY_ACTS, View.MONEY: _MONEY_ACTS,
    View.SLIPS: ((mark("Mở hồ sơ"), "Enter"), (mark("In lại"), keys.AGAIN.cap)),
    View.TRANSFERS: ((mark("Nhận sao kê"), keys.STATEMENT.cap), (mark("Mã VietQR"), keys.SQUARE.cap),
                     (mark("In phiếu"), keys.SLIP.cap),
                     (mark("Xác nhận không có sao kê"), keys.WORD.cap), (mark("Tài khoản"), keys.ACCOUNTS.cap)),
    View.STATEMENT: ((mark("Xác nhận"), "Enter"), (mark("Nhận sao kê"), keys.STATEMENT.cap)),
    View.REMITTANCES: ((mark("Nộp, ghi người nhận"), keys.REMIT.cap), (mark("In lại"), keys.AGAIN.cap)),
    View.RECEIPTS: ((mark("Nhận dải số"), keys.RANGE.cap), (mark("Ghi số hỏng"), keys.SPOIL.cap)),
}
"""Words and key cap of each act of a view; the page knows what the keys do."""


@dataclass(frozen=True)
class _Look:
    """Rows come page by page from `source`, or, a list short enough to be read whole, beside the window from
    `rows`."""

    columns: Callable[[Desk], tuple[Column[Any], ...]]
    key: Callable[[Any], Any]
    widths: tuple[int, ...]
    codes: tuple[int, ...] = ()
    chips: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()
    spare: tuple[int, ...] = ()
    lines: int = 1
    source: Callable[[Desk], Source[Any]] | None = None
    rows: Callable[[Desk], Sequence[Any]] | None = None


def session_id(desk: Desk) -> str:
    """The open session of this counter, "" for none."""
    office = desk.office
    with office.database.reading() as connection:
        found = open_session_of(connection, office.enrolled.device)
    return found.id if found is not None else ""


def _transfers(desk: Desk) -> Any:
    with desk.office.database.reading() as connection:
        return waiting_transfers(connection)


def _loose(desk: Desk) -> Any:
    with desk.office.database.reading() as connection:
        called = {each.op_id: each.called for each in waiting_transfers(connection)}
        return tuple(
            LooseRow(each, tuple(called[op_id] for op_id in each.transfers if op_id in called))
            for each in loose_lines(connection)
        )


def _remittances(desk: Desk) -> Any:
    with desk.office.database.reading() as connection:
        return remit_rows(waiting_remittances(connection), remittances_made(connection))


def _slips(desk: Desk) -> Any:
    with desk.office.database.reading() as connection:
        return unbound_slips(connection, device=desk.office.enrolled.device)


def _ranges(desk: Desk) -> Any:
    with desk.office.database.reading() as connection:
        return ranges_of(connection, desk.office.enrolled.device)


def _found(desk: Desk, text: str) -> Sequence[Any]:
    with desk.office.database.reading() as connection:
        return find_money(connection, text)


ENTRY_HEIGHT = 48
"""Two lines of words and a hair's breadth: one collection more in sight on a low screen."""
_ENTRY_LOOK: tuple[int, ...] = (0, -6, -3, 0, 0, -3, 0)      # the longest code in one line at 1366
_LOOKS: Mapping[View, _Look] = {
    View.SESSION: _Look(entry_columns, row_id, _ENTRY_LOOK, chips=(6,), numbers=(4,), spare=(3, 5), lines=2,
                        source=lambda desk: SessionSource(desk, lambda: session_id(desk))),
    View.MONEY: _Look(entry_columns, row_id, _ENTRY_LOOK, chips=(6,), numbers=(4,), spare=(3, 5), lines=2,
                      source=MoneySource),
    View.TRANSFERS: _Look(transfer_columns, lambda row: row.op_id, (0, 0, -4, -3, 0, 0, 0), codes=(5,), chips=(6,),
                          numbers=(4,), spare=(3,), rows=_transfers),
    View.STATEMENT: _Look(lambda desk: LOOSE_COLUMNS, lambda row: row.id, (0, 0, -6, -3, 0), chips=(4,),
                          numbers=(1,), lines=2, rows=_loose),
    View.REMITTANCES: _Look(lambda desk: REMIT_COLUMNS, lambda row: row.id, (-4, 0, 0, 0, 0, 0), codes=(1,),
                            chips=(5,), numbers=(2, 3, 4), rows=_remittances),
    View.RECEIPTS: _Look(lambda desk: RANGE_COLUMNS, lambda row: row.id, (-4, -4, -3, -3, -4, -3, -2, -2, -3),
                         codes=(2, 3), numbers=(5, 6, 7, 8), spare=(0, 4), rows=_ranges),
    View.SLIPS: _Look(slip_columns, lambda row: row.slip, (0, 0, 0, -4, -4, 0, 0), codes=(1, 2), numbers=(5,),
                      chips=(6,), spare=(4,), lines=2, rows=_slips),
}


class Views(QObject):
    """`opened` carries the row on which Enter was pressed; `shown`: rows have come that were read beside."""

    opened = Signal(object)
    shown = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = ""                          # what is looked for in all money
        self._empties: dict[View, EmptyState] = {}
        self.stack = QStackedWidget()
        self.tables: dict[View, RowTable] = {}
        self.models: dict[View, PagedTableModel[Any]] = {}
        for view in View:
            self._add(view)

    @property
    def view(self) -> View:
        return View(self.stack.currentIndex())

    def show_view(self, view: View) -> None:
        self.stack.setCurrentIndex(view)
        self.reload()
        if not self.tables[view].currentIndex().isValid():
            self.tables[view].stand_on(0)
        self.tables[view].setFocus(Qt.FocusReason.OtherFocusReason)

    def stand_on(self, key: object) -> None:
        """The row of that act in the view in front, where it is among those read."""
        found = self.models[self.view].find(key)
        if found >= 0:
            self.tables[self.view].stand_on(found)

    def find(self, text: str) -> None:
        """In all money: what fits `text`, read beside the window; "" everything, page by page."""
        self._wanted = text
        title, words = _EMPTY[View.MONEY]
        self._empties[View.MONEY].set_words(
            *((tr("Không khoản thu nào khớp"), tr("Thử số biên lai, mã hồ sơ hoặc số tiền khác; Esc bỏ tìm."))
              if text else (tr(title), tr(words))))
        if text:
            self._read(View.MONEY, lambda: _found(self._desk, text), lambda: self._wanted == text)
        else:
            self.models[View.MONEY].set_source(MoneySource(self._desk))
            self.tables[View.MONEY].stand_on(0)
            self.shown.emit()

    def current(self) -> Any:
        """The row the clerk stands on in the view in front, None when there is none."""
        return self.tables[self.view].current_row()

    def reload(self) -> None:
        view = self.view
        rows = _LOOKS[view].rows
        if rows is not None:
            self._read(view, partial(rows, self._desk), lambda: True)
        elif view is View.MONEY and self._wanted:
            self.find(self._wanted)
        else:
            self.tables[view].reload()

    def _read(self, view: View, rows: Callable[[], Sequence[Any]], is_wanted: Callable[[], bool]) -> None:
        self._desk.background.run(
            rows, while_alive(self, lambda found: self._show(view, found) if is_wanted() else None))

    def _show(self, view: View, rows: Sequence[Any]) -> None:
        """On the same row as before, or on the same place when it is gone."""
        table, model = self.tables[view], self.models[view]
        number = table.currentIndex().row()
        key = model.key(number) if number >= 0 else None
        model.set_source(ListSource(rows))
        found = model.find(key) if number >= 0 else 0
        table.stand_on(found if found >= 0 else min(number, len(rows) - 1))
        self.shown.emit()

    def _add(self, view: View) -> None:
        look = _LOOKS[view]
        table = RowTable(tr(NAMES[view]), lines=look.lines)
        for column in look.codes:
            table.set_delegate(column, CodeDelegate())
        for column in look.chips:
            table.set_delegate(column, ChipDelegate(has_icon=True))
        for column in look.numbers:
            table.set_delegate(column, NumberDelegate())
        source = look.source(self._desk) if look.source is not None else ListSource(())
        model: PagedTableModel[Any] = PagedTableModel(look.columns(self._desk), source, look.key, parent=table)
        table.setModel(model)
        table.set_widths(*look.widths)
        table.set_spare(*look.spare)
        title, words = _EMPTY[view]
        self._empties[view] = EmptyState(tr(title), tr(words), icon="cash")
        table.set_empty(self._empties[view])
        if view in ENTRIES:
            table.set_row_height(ENTRY_HEIGHT)
        table.opened.connect(self.opened)
        self.tables[view], self.models[view] = table, model
        self.stack.addWidget(table)
