"""Biên lai: a range of numbers is taken in off the cover of the book; a spoiled number is written down by two."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.domain.till.series import ReceiptRange, shown_number
from app.services.till.ranges import ranges_of, spoil_receipt, take_receipt_range
from ui.dialogs.cash_second import SecondPerson
from ui.dialogs.cash_sheet import Answer, CashSheet, OnFailure, is_written
from ui.models.cash_bank_rows import RANGE_KINDS
from ui.models.counts import shown_count
from ui.operations.desk import Desk
from ui.operations.till import carry_out
from ui.translations import tr
from ui.widgets.choice import Choice
from ui.widgets.line_field import LineField
from ui.widgets.text import Text


class CashRangeSheet(CashSheet):
    """`show_range`, then `open`."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Nhận dải số biên lai"), tr("Nhận dải số"), width=760)
        self.form = LineField(tr("Mẫu số"), hint="01BLP2-001")
        self.symbol = LineField(tr("Ký hiệu"), hint="28AA-17T")
        self.first, self.last = LineField(tr("Từ số"), is_figures=True), LineField(tr("Đến số"), is_figures=True)
        self.kind, self.agency = Choice(tr("Dùng cho")), Choice(tr("Của cơ quan"))
        for key, words in RANGE_KINDS.items():
            self.kind.addItem(tr(words), key)
        self._lead = Text("", "lead", is_wrapped=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        for number, field in enumerate((self.form, self.symbol, self.first, self.last)):
            grid.addWidget(field, number // 2, number % 2)
            field.edited.connect(lambda _, field=field: field.set_message(""))
        grid.addWidget(Text(tr("Dùng cho"), "secondary"), 2, 0)
        grid.addWidget(Text(tr("Của cơ quan"), "secondary"), 2, 1)
        grid.addWidget(self.kind, 3, 0)
        grid.addWidget(self.agency, 3, 1)
        self.content.addWidget(self._lead)
        self.content.addLayout(grid)
        self.content.addStretch(1)

    def show_range(self, offered: ReceiptRange | None) -> None:
        """Empty, or what the office gave this counter: one Enter takes it."""
        self.agency.clear()
        self.agency.addItem(tr("Mọi cơ quan"), "")
        for each in self._desk.office.catalogue.agencies:
            self.agency.addItem(each.name, each.id)
        texts = ("", "", "", "") if offered is None else (
            offered.form, offered.symbol, shown_number(offered.first), shown_number(offered.last))
        for field, text in zip((self.form, self.symbol, self.first, self.last), texts, strict=True):
            field.set_text(text)
            field.set_message("")
        self.kind.setCurrentIndex(max(0, self.kind.findData(offered.kind if offered else "")))
        self.agency.setCurrentIndex(max(0, self.agency.findData(offered.owner if offered else "")))
        self._lead.setText(
            tr("Dải được giao cho quầy này; đối chiếu với quyển biên lai rồi Enter.") if offered else
            tr("Gõ như in trên bìa quyển biên lai."))

    def may_confirm(self) -> bool:
        fields = (self.form, self.symbol, self.first, self.last)
        return all(is_written(field, tr("Ghi ô này.")) for field in fields)

    def start(self, on_done: Answer, on_failure: OnFailure) -> None:
        carry_out(
            self._desk, take_receipt_range, self.form.text(), self.symbol.text(), self.first.text(),
            self.last.text(), kind=str(self.kind.currentData()), owner=str(self.agency.currentData()),
            intent=self.intent, on_done=on_done, on_failure=on_failure,
        )

    def told(self, found: ReceiptRange) -> None:
        self._desk.frame.say(tr("Đã nhận {n} số biên lai {symbol}", n=shown_count(len(found)),
                                symbol=found.symbol))


class CashSpoilSheet(CashSheet):
    """`show_empty`, then `open(sheet.number.line)`."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Ghi số biên lai hỏng"), tr("Ghi số hỏng"), width=720)
        self.symbol, self.number = LineField(tr("Ký hiệu")), LineField(tr("Số"), is_figures=True)
        self.reason = LineField(tr("Rách, in hỏng, mất: ghi rõ"))
        self.reason.edited.connect(lambda _: self.reason.set_message(""))
        self.second = SecondPerson()
        row = QHBoxLayout()
        row.setSpacing(14)
        for field in (self.symbol, self.number):
            row.addWidget(field, 1)
            field.edited.connect(lambda _, field=field: field.set_message(""))
        self.content.addLayout(row)
        self.content.addWidget(self.reason)
        self.content.addWidget(self.second)
        self.content.addStretch(1)

    def show_empty(self) -> None:
        """With the symbol of the range in use."""
        office = self._desk.office
        with office.database.reading() as connection:
            held = [use for use in ranges_of(connection, office.enrolled.device) if use.left]
        self.symbol.set_text(held[0].numbers.symbol if held else "")
        self.number.set_text("")
        for field in (self.symbol, self.number):
            field.set_message("")
        self.reason.set_text("")
        self.reason.set_message("")
        self.second.show_clerks(self._desk)

    def may_confirm(self) -> bool:
        is_named = all(is_written(field, tr("Ghi ô này.")) for field in (self.symbol, self.number))
        return is_named and is_written(self.reason, tr("Ghi lý do.")) and self.second.is_chosen()

    def start(self, on_done: Answer, on_failure: OnFailure) -> None:
        carry_out(self._desk, spoil_receipt, self.symbol.text(), self.number.text(), reason=self.reason.text(),
                  second=self.second.id, proof=self.second.proof, intent=self.intent, on_done=on_done,
                  on_failure=on_failure)

    def told(self, found: str) -> None:
        self._desk.frame.say(tr("Đã ghi biên lai {name} hỏng", name=found), "warn")
