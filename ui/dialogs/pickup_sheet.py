"""Which papers picked up at home are received now: by the slip's number, a name or a telephone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from app.store.queries.pickups import PickupRow
from ui.dialogs.sheet import Sheet
from ui.models.collected_rows import CollectedModel
from ui.shortcuts import Key, bind
from ui.translations import mark, tr
from ui.widgets.empty_state import EmptyState
from ui.widgets.line_field import LineField
from ui.widgets.row_table import RowTable
from ui.widgets.text import Text

_LIST_HEIGHT = 292


class PickupSheet(Sheet):
    """`show_pickups` before `open`; `confirmed` with `pickup()`."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, tr("Giấy tờ thu gom tại nhà"), tr("Tiếp nhận"), width=980)
        self.model = CollectedModel(self)
        self.field = LineField(tr("Quét số phiếu thu gom, hoặc gõ tên, số điện thoại"))
        self.field.edited.connect(self._on_edited)
        self.list = RowTable(tr("Đã thu gom, chờ tiếp nhận"))
        self.list.setModel(self.model)
        self.list.set_widths(0, -3, 0, -5)
        self.list.set_empty(EmptyState(tr("Không có giấy tờ thu gom nào đang chờ tiếp nhận")))
        self.list.setFixedHeight(_LIST_HEIGHT)
        self.list.opened.connect(self.confirm)
        # Not in keyPressEvent: what scrolls the sheet would take the arrows before.
        steps = {Key("Down", mark("Dòng dưới")): partial(self._step, 1),
                 Key("Up", mark("Dòng trên")): partial(self._step, -1)}
        for shortcut in bind(self, steps):
            shortcut.setAutoRepeat(True)
        self.content.addWidget(self.field)
        self.content.addWidget(self.list)
        self.content.addWidget(
            Text(tr("Thời hạn giải quyết tính từ lúc tiếp nhận chính thức ở quầy."), "secondary")
        )

    def show_pickups(self, rows: Sequence[PickupRow]) -> None:
        self.model.show_rows(rows)
        self.list.stand_on(0)

    def take_scan(self, text: str) -> bool:
        """True when exactly one slip has this number: it is taken at once."""
        self.field.set_text(text.strip())
        self._on_edited(text)
        if self.model.rowCount() != 1:
            return False
        self.confirm()
        return True

    def pickup(self) -> PickupRow | None:
        return self.model.pickup(self.list.currentIndex().row())

    def refuse(self, words: str) -> None:
        """Why a scanned slip begins no reception."""
        self.field.set_message(words)
        self._fit()

    def may_confirm(self) -> bool:
        return self.pickup() is not None

    def _on_edited(self, text: str) -> None:
        self.field.set_message("")
        self.model.look_for(text)
        self.list.stand_on(0)

    def _step(self, by: int) -> None:
        row = self.list.currentIndex().row() + by
        self.list.stand_on(max(0, min(row, self.model.rowCount() - 1)))
