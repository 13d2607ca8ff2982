"""Chuyển khoản: the VietQR square turned to the citizen, with account, amount and purpose in large letters."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.till.entries import TransferState
from app.domain.transfer_token import transfer_purpose
from app.domain.vietqr import payload
from app.errors import KnownError
from app.services.till.rule import BankAccount, read_money_rule
from app.services.till.statements import Transfer, transfer
from ui.dialogs.sheet import Sheet
from ui.messages import sentence
from ui.operations.desk import Desk
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.banner import Banner
from ui.widgets.fact_row import FactRow
from ui.widgets.money_field import money_text
from ui.widgets.qr_square import QrSquare
from ui.widgets.text import Text


class CashTransferSheet(Sheet):
    """`show_collection`, then `open` when it says so. Closing it changes nothing: the transfer stays claimed.

    `print_asked` carries the collection: the same on paper.
    """

    print_asked = Signal(str)

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, tr("Quét để chuyển khoản"), tr("Khách báo đã chuyển"), way_back=tr("Đóng"),
                         width=860)
        self._desk = desk
        self.content_of_square = ""
        self._of = ""
        self.print = ActionButton(tr("In phiếu chuyển khoản"), "P")
        self.print.clicked.connect(self._on_print)
        self.foot.insertWidget(1, self.print)
        self.square = QrSquare(tr("Mã VietQR của khoản này"))
        self.refused = Banner()
        self.amount = FactRow(tr("Số tiền"), is_large=True)
        self.account = FactRow(tr("Tài khoản"), is_large=True)
        self.purpose = FactRow(tr("Nội dung, giữ nguyên"), is_large=True)
        right = QVBoxLayout()
        right.setSpacing(14)
        for fact in (self.amount, self.account, self.purpose):
            right.addWidget(fact)
        right.addWidget(Text(
            tr("Khoản này ghi là khách báo đã chuyển. Chỉ sao kê ngân hàng mới xác nhận tiền đã về."), "lead",
            is_wrapped=True))
        right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(28)
        row.addWidget(self.square)
        row.addLayout(right, 1)
        self.content.addWidget(self.refused)
        self.content.addLayout(row)
        self.content.addStretch(1)
        self.confirmed.connect(self.close_sheet)

    def show_collection(self, op_id: str) -> bool:
        """The square of that collection; False when it is no transfer."""
        with self._desk.office.database.reading() as connection:
            found = transfer(connection, op_id)
            rule = read_money_rule(connection)
        if found is None:
            return False
        self._of = op_id
        self.print.setVisible(found.state is TransferState.CLAIMED)
        self._show(found, next((each for each in rule.accounts if each.account == found.account), None))
        return True

    def _on_print(self) -> None:
        self.print_asked.emit(self._of)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_P and not event.isAutoRepeat() and self.print.isVisible():
            self._on_print()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _show(self, found: Transfer, bank: BankAccount | None) -> None:
        purpose = transfer_purpose(found.called, found.op_id)
        self.amount.set_value(money_text(found.amount))
        self.amount.set_note(found.payer)
        self.account.set_value(found.account)
        self.purpose.set_value(purpose)
        self.refused.silence()
        self.square.setVisible(bank is not None)
        if bank is None:
            self.account.set_note(tr("Tài khoản này không còn trong cài đặt: đọc số cho khách tự gõ."))
            return
        self.account.set_note(" · ".join(part for part in (bank.holder, bank.bank_name) if part))
        try:
            self.content_of_square = payload(bank.bin, bank.account, amount=found.amount, purpose=purpose)
        except KnownError as error:
            said = sentence(error, self._desk.language())
            self.square.hide()
            self.refused.say("warn", said.title, f"{said.detail()} ({said.code})")
            return
        self.square.show_code(self.content_of_square)
