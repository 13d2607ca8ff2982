"""Hoàn trả: money of lines goes back, whole or in part; the receipts stand. Two people, one reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.till.accounts import Means
from app.services.till.listing import EntryLine, Refundable
from app.services.till.undoing import Undone, refund
from ui.dialogs.cash_second import SecondPerson
from ui.dialogs.cash_sheet import Answer, CashSheet, OnFailure, is_written
from ui.models.cash_rows import MEANS, about_words
from ui.operations.desk import Desk
from ui.operations.till import carry_out
from ui.translations import tr
from ui.widgets.choice import Choice
from ui.widgets.line_field import LineField
from ui.widgets.money_field import MoneyField, money_text
from ui.widgets.text import Text


class CashRefundSheet(CashSheet):
    """`show_entry`, then `open(sheet.first_amount())`. The amounts begin as what is left of each line."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Hoàn trả tiền"), tr("Hoàn trả"), width=760)
        self._code, self._of = "", ""
        self.amounts: dict[int, MoneyField] = {}
        self._left: dict[int, int] = {}
        self._lines = QWidget()
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self._about = Text("", "lead", is_wrapped=True)
        self._total = Text("", "fact")
        self.means = Choice(tr("Trả bằng"))
        self.reason = LineField(tr("Lý do hoàn trả"))
        self.reason.edited.connect(lambda _: self.reason.set_message(""))
        self.second = SecondPerson()
        for widget in (self._about, self._lines, self._total, Text(tr("Trả bằng"), "secondary"), self.means,
                       self.reason, self.second):
            self.content.addWidget(widget)
        self.content.addStretch(1)

    def show_entry(self, row: EntryLine, lines: Sequence[Refundable]) -> None:
        held = row.entry
        self._code, self._of = held.code, held.op_id
        self._about.setText(about_words(row))
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.amounts, self._left = {}, {}
        for number, each in enumerate(line for line in lines if line.left):
            field = MoneyField(tr("Còn {amount}", amount=money_text(each.left)))
            field.line.setAccessibleName(tr("Hoàn trả của {name}", name=each.line.name))
            field.set_amount(each.left)
            field.edited.connect(lambda _: self._show_total())
            self.amounts[each.place], self._left[each.place] = field, each.left
            self._grid.addWidget(Text(each.line.name, is_wrapped=True), number, 0)
            self._grid.addWidget(field, number, 1)
        self.means.clear()
        for means in (Means.CASH, Means.TRANSFER)[:2 if held.means is Means.TRANSFER else 1]:
            self.means.addItem(tr(MEANS[means]), means.value)
        self.reason.set_text("")
        self.reason.set_message("")
        self.second.show_clerks(self._desk)
        self._show_total()

    def first_amount(self) -> QWidget:
        return next(iter(self.amounts.values())).line

    def may_confirm(self) -> bool:
        for place, field in self.amounts.items():
            if (field.amount() or 0) > self._left[place]:
                field.set_message(tr("Nhiều hơn số còn lại."))
                field.line.setFocus()
                return False
        if not self._sum():
            next(iter(self.amounts.values())).set_message(tr("Ghi số tiền hoàn trả."))
            self.first_amount().setFocus()
            return False
        return is_written(self.reason, tr("Ghi lý do.")) and self.second.is_chosen()

    def start(self, on_done: Answer, on_failure: OnFailure) -> None:
        amounts = {place: field.amount() or 0 for place, field in self.amounts.items()}
        carry_out(
            self._desk, refund, self._of, amounts, means=Means(str(self.means.currentData())),
            reason=self.reason.text(), second=self.second.id,
            proof=self.second.proof, intent=self.intent, on_done=on_done,
            on_failure=on_failure, codes=(self._code,) if self._code else (),
        )

    def told(self, found: Undone) -> None:
        self._desk.frame.say(tr("Đã ghi hoàn trả {amount}", amount=money_text(found.amount)), "warn")

    def _sum(self) -> int:
        return sum(field.amount() or 0 for field in self.amounts.values())

    def _show_total(self) -> None:
        for field in self.amounts.values():
            field.set_message("")
        self._total.setText(tr("Hoàn trả {amount}", amount=money_text(self._sum())))
