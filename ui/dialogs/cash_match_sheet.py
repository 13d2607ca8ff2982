"""Dòng sao kê này của khoản nào: a person chooses among the transfers that wait for the same amount."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.services.till.statements import LooseLine, Transfer, confirm_transfer
from ui.delegates.cells import CodeDelegate, NumberDelegate
from ui.delegates.dates import day_text
from ui.dialogs.cash_sheet import Answer, CashSheet, OnFailure
from ui.models.cash_rows import transfer_columns
from ui.operations.desk import Desk
from ui.operations.till import carry_out
from ui.translations import tr
from ui.widgets.money_field import money_text
from ui.widgets.paged_table import ListSource, PagedTableModel
from ui.widgets.row_table import RowTable
from ui.widgets.text import Text

SHOWN = 5


class CashMatchSheet(CashSheet):
    """`show_line`, then `open(sheet.table)`; Enter on a transfer confirms it by this line."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Dòng sao kê này trả cho khoản nào"), tr("Xác nhận khoản đang chọn"),
                         width=1040)
        self._line: LooseLine | None = None
        self._amount, self._text = Text("", "fact"), Text("", "lead", is_wrapped=True)
        self._nothing = Text("", is_wrapped=True)
        self.table = RowTable(tr("Khoản chuyển khoản cùng số tiền"))
        self.model: PagedTableModel[Transfer] = PagedTableModel(
            transfer_columns(desk), ListSource(()), lambda row: row.op_id, parent=self.table)
        self.table.set_delegate(4, NumberDelegate())
        self.table.set_delegate(5, CodeDelegate())
        self.table.setModel(self.model)
        self.table.set_widths(0, 0, -4, -3, 0, 0, 0)
        self.table.set_spare(3, 6)
        self.table.setFixedHeight(SHOWN * 40 + 36)
        self.table.opened.connect(lambda _: self.confirm())
        for widget in (self._amount, self._text, self._nothing, self.table):
            self.content.addWidget(widget)
        self.content.addStretch(1)

    def show_line(self, line: LooseLine, waiting: Sequence[Transfer]) -> None:
        """Of `waiting`, the transfers that wait, those that the line may pay are shown, the named ones first."""
        self._line = line
        self._amount.setText(f"{money_text(line.line.amount)} · {day_text(line.line.day)}")
        self._text.setText(line.line.text)
        fitting = [each for each in waiting if (each.account, each.amount) == (line.account, line.line.amount)]
        fitting.sort(key=lambda each: each.op_id not in line.transfers)
        named = next((each for each in waiting if each.op_id in line.transfers), None)
        self.model.set_source(ListSource(fitting))
        self.table.setVisible(bool(fitting))
        self.act.setVisible(bool(fitting))
        self._nothing.setVisible(not fitting)
        if named is not None:
            self._nothing.setText(tr(
                "Khách báo {claimed} cho {called}, sao kê ghi {paid}. "
                "Gọi khách, hủy khoản thu rồi thu lại đúng số.",
                claimed=money_text(named.amount), called=named.called, paid=money_text(line.line.amount)))
        else:
            self._nothing.setText(tr("Không có khoản nào đang chờ đúng số tiền này ở tài khoản này. Dòng sao kê "
                                     "được giữ lại ở đây."))
        self.table.stand_on(0)

    def first(self) -> QWidget:
        return self.table if self.model.rowCount() else self

    def start(self, on_done: Answer, on_failure: OnFailure) -> None:
        chosen, line = self.table.current_row(), self._line
        assert isinstance(chosen, Transfer) and line is not None
        carry_out(self._desk, confirm_transfer, chosen.op_id, line.statement, line.n, intent=self.intent,
                  on_done=on_done, on_failure=on_failure)

    def told(self, found: str) -> None:
        self._desk.frame.say(tr("Đã xác nhận chuyển khoản theo sao kê"))
