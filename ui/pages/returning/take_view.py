"""Nhận kết quả về as it is seen: what to scan, the list of one agency, the line that is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.pages.returning.arrived_table import ArrivedTable
from ui.pages.returning.keys import GIVE, REMOVE
from ui.pages.returning.line_card import LineCard
from ui.pages.scrolled import Scrolled
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.columns import Columns
from ui.widgets.empty_state import EmptyState
from ui.widgets.line_field import LineField


class TakeView(QWidget):
    """Parts only; `taking.Taking` fills and reads them."""

    typed = Signal(str)
    taken = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.trouble = Banner()
        self.code = LineField(tr("Quét bìa, hoặc gõ mã rồi Enter"), is_figures=True)
        self.delivery = LineField(tr("Số phiếu bàn giao của cơ quan"), hint=tr("để trống: quầy in phiếu"))
        self.giver = LineField(tr("Người giao"))
        self.table = ArrivedTable()
        self.table.set_empty(EmptyState(
            tr("Chưa quét kết quả nào"),
            tr("Quét bìa từng hồ sơ: mỗi lần quét thêm một dòng, có sẵn chỗ trên kệ. F12 nhận cả danh sách."),
            icon="barcode",
        ))
        self.line = LineCard()
        self.card = Card(tr("Danh sách"), is_flush=True)
        self.card.body.addWidget(self.table)
        self.take = ActionButton(tr("Nhận danh sách"), GIVE.cap, kind="primary")
        self.take.clicked.connect(self.taken)
        self.remove = ActionButton(tr("Bỏ dòng này"), REMOVE.cap)
        self.remove.clicked.connect(self.removed)
        about = QHBoxLayout()
        about.setSpacing(12)
        about.addWidget(self.code, 4)
        about.addWidget(self.delivery, 4)
        about.addWidget(self.giver, 3)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.trouble)
        column.addLayout(about)
        column.addWidget(self.card, 1)
        side = QWidget()
        beside = QVBoxLayout(side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(10)
        beside.addWidget(Scrolled(self.line), 1)       # a line with originals scrolls before the whole page does
        beside.addWidget(self.remove)
        beside.addWidget(self.take)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Columns(main, side, side_width=340))
        self.code.line.returnPressed.connect(self._on_typed)

    def _on_typed(self) -> None:
        text = self.code.text().strip()
        if text:
            self.code.set_text("")
            self.typed.emit(text)
