"""The five lists of the page, one in front: what each shows, counts and offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from app.domain.life.work import Work
from app.domain.pickup import PickupState
from app.store.queries.dossiers import DossierList, count
from app.store.queries.item_codes import ranges_of
from app.store.queries.pickups import count_pickups, open_pickups
from ui.delegates.cells import ChipDelegate, CodeDelegate, NumberDelegate
from ui.models.dossier_rows import known_now
from ui.models.post_rows import (
    ItemSource,
    SendSource,
    ShortSource,
    back_columns,
    item_columns,
    pickup_columns,
    range_columns,
    send_columns,
)
from ui.operations.desk import Desk
from ui.pages.post import keys
from ui.translations import mark, tr
from ui.widgets.empty_state import EmptyState
from ui.widgets.paged_table import Column, PagedTableModel, Source
from ui.widgets.row_table import RowTable


class View(IntEnum):
    """In the order of the keys Alt 1 to Alt 5."""

    TO_SEND = 0
    ON_WAY = 1
    CAME_BACK = 2
    PICKUPS = 3
    CODES = 4


NAMES: Mapping[View, str] = {
    View.TO_SEND: mark("Cần gửi"), View.ON_WAY: mark("Đang gửi"), View.CAME_BACK: mark("Phát không được"),
    View.PICKUPS: mark("Nhận tại nhà"), View.CODES: mark("Mã bưu gửi"),
}
ORDERS: Mapping[View, str] = {
    View.TO_SEND: mark("chờ lâu nhất ở trên"), View.ON_WAY: mark("lâu không có tin nhất ở trên"),
    View.CAME_BACK: mark("lâu nhất ở trên"), View.PICKUPS: mark("hẹn trước ở trên"),
    View.CODES: mark("dải nhận trước dùng trước"),
}
_EMPTY: Mapping[View, tuple[str, str]] = {
    View.TO_SEND: (mark("Không có kết quả chờ gửi"),
                   mark("Kết quả của hồ sơ đăng ký nhận qua bưu chính hiện ở đây khi về đến kệ.")),
    View.ON_WAY: (mark("Không có bưu gửi trên đường"),
                  mark("Bưu gửi hiện ở đây từ lúc dán nhãn đến khi phát xong hoặc về lại.")),
    View.CAME_BACK: (mark("Không có bưu gửi nào phải xếp lại kệ"),
                     mark("Bưu gửi phát không được hiện ở đây đến khi về lại kệ.")),
    View.PICKUPS: (mark("Không có phiếu thu gom"), mark("Bấm Alt T khi người dân gọi nhờ đến nhà lấy hồ sơ.")),
    View.CODES: (mark("Quầy này chưa nhận mã bưu gửi nào"),
                 mark("Bấm Alt T rồi quét nhãn đầu và nhãn cuối của cuộn.")),
}
_COUNTED: Mapping[View, DossierList] = {
    View.TO_SEND: DossierList.TO_POST, View.ON_WAY: DossierList.POSTED, View.CAME_BACK: DossierList.UNDELIVERED,
}
OFFERS: Mapping[View, tuple[tuple[str, str], ...]] = {
    View.TO_SEND: ((mark("Gửi và in nhãn"), "Enter"), (mark("Lập bảng kê"), keys.GO.cap)),
    View.ON_WAY: ((mark("Ghi tin bưu chính"), "Enter"), (mark("Rút lại"), keys.OFF.cap),
                  (mark("In lại"), keys.AGAIN.cap), (mark("Tin báo"), keys.NOTICE.cap),
                  (mark("Lập bảng kê"), keys.GO.cap)),
    View.CAME_BACK: ((mark("Xếp lên kệ"), "Enter"),),
    View.PICKUPS: ((mark("Bước tiếp theo"), "Enter"), (mark("Phiếu mới"), keys.NEW.cap),
                   (mark("In lại"), keys.AGAIN.cap), (mark("Tiếp nhận hồ sơ"), keys.GO.cap)),
    View.CODES: ((mark("Nhận dải mã"), keys.NEW.cap), (mark("Hủy mã"), keys.VOID.cap)),
}
"""Words and key cap of each act of a view; the page knows what the keys do."""


@dataclass(frozen=True)
class _Look:
    columns: Callable[[Desk], tuple[Column[Any], ...]]
    source: Callable[[Desk], Source[Any]]
    widths: tuple[int, ...]
    codes: tuple[int, ...] = ()
    chips: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()
    spare: tuple[int, ...] = ()


def _read_pickups(desk: Desk) -> Any:
    with desk.office.database.reading() as connection:
        return open_pickups(connection)


def _read_ranges(desk: Desk) -> Any:
    with desk.office.database.reading() as connection:
        return ranges_of(connection, desk.office.enrolled.device)


_LOOKS: Mapping[View, _Look] = {
    View.TO_SEND: _Look(send_columns, SendSource, (92, 0, -5, -5, 150, 128), (0, 1), (5,), (), (3,)),
    View.ON_WAY: _Look(item_columns, lambda desk: ItemSource(desk, Work.POSTED), (0, 0, -4, -5, 0),
                       (0, 1), (3, 4)),
    View.CAME_BACK: _Look(back_columns, lambda desk: ItemSource(desk, Work.UNDELIVERED), (0, 0, -4, -5, -4),
                          (0, 1), (4,)),
    View.PICKUPS: _Look(pickup_columns, lambda desk: ShortSource(lambda: _read_pickups(desk)),
                        (0, -5, -5, -4, -3, 210), (0,), (5,), (), (4,)),
    View.CODES: _Look(range_columns, lambda desk: ShortSource(lambda: _read_ranges(desk)),
                      (-4, -4, -3, -2, -2, -2, -2), (0, 1), (), (3, 4, 5, 6)),
}


class Views(QObject):
    """`opened` carries the row on which Enter was pressed."""

    opened = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
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
        self.tables[view].reload()
        if not self.tables[view].currentIndex().isValid():
            self.tables[view].stand_on(0)
        self.tables[view].setFocus(Qt.FocusReason.OtherFocusReason)

    def current(self) -> Any:
        """The row the clerk stands on in the view in front, None when there is none."""
        return self.tables[self.view].current_row()

    def reload(self) -> None:
        self.tables[self.view].reload()

    def stand_on(self, view: View, key: object) -> None:
        """On the row with this key, where it has been fetched."""
        self.tables[view].stand_on(self.models[view].find(key))

    def counts(self) -> dict[View, int]:
        """As long as the lists; of the codes what is left."""
        known = known_now(self._desk)
        with self._desk.office.database.reading() as connection:
            counts = {view: count(connection, what, known) for view, what in _COUNTED.items()}
            counts[View.PICKUPS] = count_pickups(connection)
            rows = ranges_of(connection, self._desk.office.enrolled.device)
        counts[View.CODES] = sum(row.count.left for row in rows)
        return counts

    def _add(self, view: View) -> None:
        look = _LOOKS[view]
        table = RowTable(tr(NAMES[view]), lines=1 if view is View.CODES else 2)
        for column in look.codes:
            table.set_delegate(column, CodeDelegate())
        for column in look.chips:
            table.set_delegate(column, ChipDelegate(has_icon=True))
        for column in look.numbers:
            table.set_delegate(column, NumberDelegate())
        model: PagedTableModel[Any] = PagedTableModel(
            look.columns(self._desk), look.source(self._desk), lambda row: row.id, parent=table
        )
        table.setModel(model)
        table.set_widths(*look.widths)
        table.set_spare(*look.spare)
        title, sentence = _EMPTY[view]
        table.set_empty(EmptyState(tr(title), tr(sentence), icon="paper"))
        table.opened.connect(self.opened)
        self.tables[view], self.models[view] = table, model
        self.stack.addWidget(table)


def is_collected(row: Any) -> bool:
    return row is not None and row.state is PickupState.COLLECTED
