"""Xác nhận không có dòng sao kê: two people say that a transfer came in; their reason stays readable."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.services.till.statements import Transfer, confirm_by_word
from ui.dialogs.cash_second import SecondPerson
from ui.dialogs.cash_sheet import Answer, CashSheet, OnFailure, is_written
from ui.operations.desk import Desk
from ui.operations.till import carry_out
from ui.translations import tr
from ui.widgets.fact_row import FactRow
from ui.widgets.line_field import LineField
from ui.widgets.money_field import money_text


class CashWordSheet(CashSheet):
    """`show_transfer`, then `open(sheet.reason.line)`."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Xác nhận khi sao kê không có"), tr("Xác nhận tiền đã về"), width=720)
        self._of = ""
        self._about = FactRow("", is_large=True)
        self.reason = LineField(tr("Căn cứ nào cho thấy tiền đã về"))
        self.reason.edited.connect(lambda _: self.reason.set_message(""))
        self.second = SecondPerson()
        for widget in (self._about, self.reason, self.second):
            self.content.addWidget(widget)
        self.content.addStretch(1)

    def show_transfer(self, row: Transfer) -> None:
        self._of = row.op_id
        self._about.set_label(" · ".join((row.called, row.payer)))
        self._about.set_value(money_text(row.amount))
        self._about.set_note(tr("Tài khoản {account}, mã {token}", account=row.account, token=row.token))
        self.reason.set_text("")
        self.reason.set_message("")
        self.second.show_clerks(self._desk)

    def may_confirm(self) -> bool:
        return is_written(self.reason, tr("Ghi lý do.")) and self.second.is_chosen()

    def start(self, on_done: Answer, on_failure: OnFailure) -> None:
        carry_out(self._desk, confirm_by_word, self._of, reason=self.reason.text(), second=self.second.id,
                  proof=self.second.proof,
                  intent=self.intent, on_done=on_done, on_failure=on_failure)

    def told(self, found: str) -> None:
        self._desk.frame.say(tr("Đã xác nhận chuyển khoản theo lời hai người"), "warn")
