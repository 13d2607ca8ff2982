"""Nghĩa vụ tài chính đã nộp: the proof the citizen shows, and the clock runs on."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.services.life.payment import note_paid
from app.services.life.reading import KnownLife
from ui.delegates.dates import full_moment
from ui.dialogs.act_sheet import ActSheet
from ui.operations.desk import Desk
from ui.operations.dossier_acts import carry_out
from ui.translations import tr
from ui.widgets.line_field import LineField
from ui.widgets.money_field import MoneyField


class PaidSheet(ActSheet):
    """`show_dossier`, then `open`."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(
            host, desk, tr("Đã nộp nghĩa vụ tài chính"), tr("Ghi đã nộp, tính ngày hẹn mới"), width=640
        )
        self._code = ""
        self.proof = LineField(tr("Số giấy nộp tiền, chứng từ công dân xuất trình"))
        self.proof.edited.connect(lambda _: self.proof.set_message(""))
        self.amount = MoneyField(tr("Số tiền (nếu ghi trên chứng từ)"))
        self.content.addWidget(self.proof)
        self.content.addWidget(self.amount)
        self.content.addStretch(1)

    def show_dossier(self, held: KnownLife) -> None:
        self._code = held.code
        self.title.setText(tr("Hồ sơ {code}: đã nộp nghĩa vụ tài chính", code=held.code))
        self.proof.set_text("")
        self.proof.set_message("")
        self.amount.set_amount(None)

    def may_confirm(self) -> bool:
        if self.proof.text().strip():
            return True
        self.proof.set_message(tr("Ghi số của giấy nộp tiền."))
        self.proof.line.setFocus()
        return False

    def carry_out(self) -> None:
        paid = carry_out(
            self._desk, self._code, note_paid, self._code, self.proof.text(), has_rules=True,
            amount=self.amount.amount(), intent=self.intent,
        )
        due = paid.due.at if paid.due is not None else None
        words = tr("hẹn trả mới {due}", due=full_moment(due)) if due else tr("hồ sơ không hẹn ngày")
        self._desk.frame.say(tr("Đã ghi nộp nghĩa vụ tài chính {code}, {words}", code=paid.code, words=words))
