"""Nộp tiền: everything that waits for one owner is handed on with its list; then who took it says so."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.services.till.listing import MadeRemittance
from app.services.till.remitting import Remitted, Waiting, acknowledge_remittance, remit
from ui.delegates.dates import day_text
from ui.dialogs.cash_sheet import Answer, CashSheet, OnFailure, is_written
from ui.models.counts import shown_count
from ui.operations.desk import Desk
from ui.operations.till import carry_out
from ui.translations import tr
from ui.widgets.fact_row import FactRow
from ui.widgets.line_field import LineField
from ui.widgets.money_field import money_text
from ui.widgets.text import Text


class CashRemitSheet(CashSheet):
    """`show_waiting`, then `open`."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Nộp tiền"), tr("Nộp và in danh sách"), width=640)
        self._waiting: Waiting | None = None
        self.total = FactRow(tr("Cộng"), is_large=True)
        self._cash, self._transferred = FactRow(tr("Tiền mặt rút từ quỹ")), FactRow(
            tr("Đã nằm ở tài khoản của nơi nhận"))
        for widget in (self.total, self._cash, self._transferred,
                       Text(tr("Danh sách in ra có từng khoản; khoản đã hủy, đã hoàn được trừ."), "lead",
                            is_wrapped=True)):
            self.content.addWidget(widget)
        self.content.addStretch(1)

    def show_waiting(self, waiting: Waiting) -> None:
        self._waiting = waiting
        self.title.setText(tr("Nộp cho {name}", name=waiting.owner_name))
        self.total.set_value(money_text(waiting.total))
        self.total.set_note(tr("{n} dòng", n=shown_count(len(waiting.lines))))
        self._cash.set_value(money_text(waiting.cash))
        self._transferred.set_value(money_text(waiting.transferred))

    def start(self, on_done: Answer, on_failure: OnFailure) -> None:
        assert self._waiting is not None
        carry_out(self._desk, remit, self._waiting.stream, self._waiting.owner, intent=self.intent,
                  on_done=on_done, on_failure=on_failure)

    def told(self, found: Remitted) -> None:
        self._desk.frame.say(tr("Đã nộp {amount}, danh sách {number}",
                                amount=money_text(found.cash + found.transferred), number=found.number))


class CashTakerSheet(CashSheet):
    """Who took the money of a list; `show_made`, then `open(sheet.taker.line)`."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Xác nhận đã nhận tiền"), tr("Ghi đã nhận"), width=640)
        self._of = ""
        self._about = Text("", "lead", is_wrapped=True)
        self.taker = LineField(tr("Người nhận tiền"))
        self.taker.edited.connect(lambda _: self.taker.set_message(""))
        self.reference = LineField(tr("Số giấy nộp tiền, phiếu thu của nơi nhận (nếu có)"))
        for widget in (self._about, self.taker, self.reference):
            self.content.addWidget(widget)
        self.content.addStretch(1)

    def show_made(self, made: MadeRemittance) -> None:
        self._of = made.op_id
        self._about.setText(tr("{number}, {day}: {amount} nộp cho {name}", number=made.number,
                               day=day_text(made.business_date), amount=money_text(made.total),
                               name=made.owner_name))
        self.taker.set_text("")
        self.taker.set_message("")
        self.reference.set_text("")

    def may_confirm(self) -> bool:
        return is_written(self.taker, tr("Ghi tên người nhận tiền."))

    def start(self, on_done: Answer, on_failure: OnFailure) -> None:
        carry_out(self._desk, acknowledge_remittance, self._of, by=self.taker.text(),
                  reference=self.reference.text(), intent=self.intent, on_done=on_done, on_failure=on_failure)

    def told(self, found: str) -> None:
        self._desk.frame.say(tr("Đã ghi người nhận tiền"))
