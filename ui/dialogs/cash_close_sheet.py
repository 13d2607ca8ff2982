"""Chốt ca: counted blind, then told. What lies in the drawer is written down before anybody sees what should."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.amount_words import amount_words
from app.services.till.rule import read_money_rule
from app.services.till.session import Closed, close_session
from ui.dialogs.cash_count import CashCount
from ui.dialogs.cash_sheet import Answer, CashSheet, OnFailure
from ui.dialogs.sheet import Sheet
from ui.operations.desk import Desk
from ui.operations.till import carry_out
from ui.translations import tr
from ui.widgets.choice import Choice
from ui.widgets.fact_row import FactRow
from ui.widgets.line_field import LineField
from ui.widgets.money_field import MoneyField, money_text
from ui.widgets.text import Text


class CashCloseSheet(CashSheet):
    """`show_empty`, then `open(sheet.count.first)`; `stored` carries the `Closed`."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Chốt ca quỹ"), tr("Chốt ca và in biên bản"), width=940)
        self.count = CashCount()
        self.carried = MoneyField(tr("Để lại cho ca sau (nằm trong số đếm)"))
        self.carried.edited.connect(lambda _: self.carried.set_message(""))
        self.taker = Choice(tr("Người nhận ca"))
        self.reason = LineField(tr("Điều cần ghi vào biên bản (không bắt buộc)"))
        self.count.finished.connect(self.carried.line.setFocus)
        self.count.stood.connect(self.bring)
        self.foot.insertWidget(2, self.count.sum)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(Text(
            tr("Đếm cả ngăn tiền. Máy chỉ cho biết thừa thiếu sau khi đã chốt; chênh lệch là một dòng trong "
               "biên bản, không phải sửa."), "lead", is_wrapped=True))
        right.addWidget(self.carried)
        right.addWidget(Text(tr("Người nhận ca"), "secondary"))
        right.addWidget(self.taker)
        right.addWidget(self.reason)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(28)
        columns.addWidget(self.count, 5)
        columns.addLayout(right, 6)
        self.content.addLayout(columns)
        self.content.addStretch(1)

    def show_empty(self) -> None:
        self.count.clear()
        self.carried.set_amount(None)
        self.carried.set_message("")
        self.reason.set_text("")
        self.taker.clear()
        self.taker.addItem(tr("Không bàn giao, cất quỹ"), "")
        for clerk in self._desk.office.enrolled.clerks:
            if clerk.id != self._desk.clerk():
                self.taker.addItem(clerk.name, clerk.id)

    def may_confirm(self) -> bool:
        if not self.count.is_counted():
            return False
        if (self.carried.amount() or 0) > self.count.total():
            self.carried.set_message(tr("Nhiều hơn số đã đếm."))
            self.carried.line.setFocus()
            return False
        return True

    def start(self, on_done: Answer, on_failure: OnFailure) -> None:
        carry_out(
            self._desk, close_session, self.count.count(), carried=self.carried.amount() or 0,
            taker=str(self.taker.currentData() or ""), reason=self.reason.text(), intent=self.intent,
            on_done=on_done, on_failure=on_failure,
        )


class ClosedSheet(Sheet):
    """What the count found, in figures and words; `show_closed`, then `open`."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, tr("Đã chốt ca quỹ"), tr("Xong"), width=640)
        self._desk = desk
        self.difference = FactRow(tr("Chênh lệch"), is_large=True)
        self._counted = FactRow(tr("Đếm được"))
        self._expected = FactRow(tr("Theo sổ"))
        self._number = Text("", "lead", is_wrapped=True)
        for widget in (self.difference, self._counted, self._expected, self._number):
            self.content.addWidget(widget)
        self.content.addStretch(1)
        self.back.hide()                           # nothing can be taken back here: Esc is Enter
        self.confirmed.connect(self.close_sheet)

    def show_closed(self, closed: Closed) -> None:
        held, gap = closed.session, closed.difference
        with self._desk.office.database.reading() as connection:
            linh = read_money_rule(connection).linh
        if gap:
            words = tr("Thiếu {amount}", amount=money_text(-gap)) if gap < 0 else tr(
                "Thừa {amount}", amount=money_text(gap))
            self.difference.set_value(words, "warn")
            self.difference.set_note(amount_words(abs(gap), linh=linh))
        else:
            self.difference.set_value(tr("Khớp, không thừa không thiếu"), "ok")
            self.difference.set_note("")
        self._counted.set_value(money_text(held.counted or 0))
        self._expected.set_value(money_text(held.expected or 0))
        self._number.setText(
            tr("Biên bản {number} đang in. Chênh lệch ghi thành một dòng, khoản thu nào cũng giữ nguyên.",
               number=held.number) if gap else tr("Biên bản {number} đang in.", number=held.number))
