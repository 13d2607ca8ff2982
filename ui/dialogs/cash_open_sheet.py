"""Mở ca quỹ: the float is counted, kind by kind, before the first citizen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.services.till.reading import CashSession, last_closed
from app.services.till.session import open_session
from ui.dialogs.cash_count import CashCount
from ui.dialogs.cash_sheet import Answer, CashSheet, OnFailure
from ui.operations.desk import Desk
from ui.operations.till import carry_out
from ui.translations import tr
from ui.widgets.money_field import money_text
from ui.widgets.text import Text


class CashOpenSheet(CashSheet):
    """`show_empty`, then `open(sheet.count.first)`."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Mở ca quỹ"), tr("Mở ca"), width=620)
        self._lead = Text("", "lead", is_wrapped=True)
        self.count = CashCount()
        self.count.finished.connect(self.act.setFocus)
        self.count.stood.connect(self.bring)
        self.foot.insertWidget(2, self.count.sum)
        self.content.addWidget(self._lead)
        self.content.addWidget(self.count)
        self.content.addStretch(1)

    def show_empty(self) -> None:
        """What the session before said it left is told: it is counted in front of both."""
        office = self._desk.office
        with office.database.reading() as connection:
            before = last_closed(connection, office.enrolled.device)
        words = tr("Đếm tiền đầu ca từng loại; Enter sang loại sau.")
        if before is not None and before.carried:
            words += " " + tr("Ca trước ({name}) để lại {amount}.", name=before.clerk_name,
                              amount=money_text(before.carried))
        self._lead.setText(words)
        self.count.clear()

    def may_confirm(self) -> bool:
        return self.count.is_counted()

    def start(self, on_done: Answer, on_failure: OnFailure) -> None:
        carry_out(self._desk, open_session, self.count.count(), intent=self.intent, on_done=on_done,
                  on_failure=on_failure)

    def told(self, found: CashSession) -> None:
        self._desk.frame.say(tr("Đã mở ca quỹ, tiền đầu ca {amount}", amount=money_text(found.float)))
