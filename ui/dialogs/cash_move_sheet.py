"""Đưa tiền vào, lấy tiền ra: between the office's safe and the drawer, with a reason."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.services.till.session import move_cash
from ui.dialogs.cash_sheet import Answer, CashSheet, OnFailure, is_written
from ui.operations.desk import Desk
from ui.operations.till import carry_out
from ui.translations import tr
from ui.widgets.choice import Choice
from ui.widgets.line_field import LineField
from ui.widgets.money_field import MoneyField, money_text
from ui.widgets.text import Text


class CashMoveSheet(CashSheet):
    """`show_empty`, then `open(sheet.way)`."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Đưa tiền vào, lấy tiền ra"), tr("Ghi"), width=640)
        self.way = Choice(tr("Chiều tiền"))
        self.way.addItem(tr("Đưa tiền vào ngăn"), 1)
        self.way.addItem(tr("Lấy tiền ra khỏi ngăn"), -1)
        self.amount = MoneyField(tr("Số tiền"))
        self.amount.edited.connect(lambda _: self.amount.set_message(""))
        self.reason = LineField(tr("Lý do (đổi tiền lẻ, nộp quỹ giữa ca…)"))
        self.reason.edited.connect(lambda _: self.reason.set_message(""))
        self.content.addWidget(Text(tr("Chiều tiền"), "secondary"))
        for widget in (self.way, self.amount, self.reason):
            self.content.addWidget(widget)
        self.content.addStretch(1)

    def show_empty(self) -> None:
        self.way.setCurrentIndex(0)
        self.amount.set_amount(None)
        self.amount.set_message("")
        self.reason.set_text("")
        self.reason.set_message("")

    def may_confirm(self) -> bool:
        return is_written(self.amount, tr("Ghi số tiền.")) and is_written(self.reason, tr("Ghi lý do."))

    def start(self, on_done: Answer, on_failure: OnFailure) -> None:
        amount = (self.amount.amount() or 0) * int(self.way.currentData())
        carry_out(self._desk, move_cash, amount, self.reason.text(), intent=self.intent, on_done=on_done,
                  on_failure=on_failure)

    def told(self, found: str) -> None:
        self._desk.frame.say(tr("Đã ghi {way} {amount}", way=self.way.currentText().lower(),
                                amount=money_text(self.amount.amount() or 0)))
