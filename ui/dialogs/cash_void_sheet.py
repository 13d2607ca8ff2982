"""Hủy khoản thu: the whole collection goes back and its receipts are void; two people, one reason."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.services.till.listing import EntryLine
from app.services.till.undoing import Undone, void_collection
from ui.dialogs.cash_second import SecondPerson
from ui.dialogs.cash_sheet import Answer, CashSheet, OnFailure, is_written
from ui.models.cash_rows import MEANS, about_words
from ui.operations.desk import Desk
from ui.operations.till import carry_out
from ui.translations import tr
from ui.widgets.fact_row import FactRow
from ui.widgets.line_field import LineField
from ui.widgets.money_field import money_text
from ui.widgets.text import Text


class CashVoidSheet(CashSheet):
    """`show_entry`, then `open(sheet.reason.line)`."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Hủy khoản thu"), tr("Hủy khoản thu và biên lai"), width=720)
        self._code, self._of = "", ""
        self._about = FactRow("", is_large=True)
        self._lead = Text("", "lead", is_wrapped=True)
        self.reason = LineField(tr("Lý do hủy"))
        self.reason.edited.connect(lambda _: self.reason.set_message(""))
        self.second = SecondPerson()
        for widget in (self._about, self._lead, self.reason, self.second):
            self.content.addWidget(widget)
        self.content.addStretch(1)

    def show_entry(self, row: EntryLine) -> None:
        held = row.entry
        self._code, self._of = held.code, held.op_id
        self._about.set_label(about_words(row))
        self._about.set_value(money_text(held.amount))
        self._about.set_note(" · ".join((*row.names, tr(MEANS[held.means]))))
        self._lead.setText(tr("Biên lai {receipts} thành biên lai hủy, giữ đủ các liên. Dòng thu cũ vẫn đọc được.",
                              receipts=", ".join(row.receipts)))
        self.reason.set_text("")
        self.reason.set_message("")
        self.second.show_clerks(self._desk)

    def may_confirm(self) -> bool:
        return is_written(self.reason, tr("Ghi lý do.")) and self.second.is_chosen()

    def start(self, on_done: Answer, on_failure: OnFailure) -> None:
        carry_out(
            self._desk, void_collection, self._of, reason=self.reason.text(), second=self.second.id,
            proof=self.second.proof,
            intent=self.intent, on_done=on_done, on_failure=on_failure, codes=(self._code,) if self._code else (),
        )

    def told(self, found: Undone) -> None:
        self._desk.frame.say(tr("Đã hủy khoản thu, trả lại {amount}", amount=money_text(found.amount)), "warn")
