"""Sao kê ngân hàng: what was recognised in the file is shown before it is taken."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.till.statement import Statement, StatementLine
from app.services.till.rule import read_money_rule
from app.services.till.statements import TakenIn, take_statement
from ui.delegates.cells import NumberDelegate
from ui.delegates.dates import day_text
from ui.dialogs.cash_sheet import Answer, CashSheet, OnFailure
from ui.models.counts import shown_count
from ui.operations.desk import Desk
from ui.operations.till import carry_out
from ui.translations import mark, tr
from ui.widgets.choice import Choice
from ui.widgets.money_field import money_text
from ui.widgets.paged_table import Column, ListSource, PagedTableModel
from ui.widgets.row_table import RowTable
from ui.widgets.text import Text

SHOWN = 6
COLUMN_NAMES = {
    "day": mark("Ngày"), "amount": mark("Số tiền vào"), "text": mark("Nội dung"),
    "reference": mark("Số tham chiếu"),
}
_COLUMNS: tuple[Column[StatementLine], ...] = (
    Column(mark("Ngày"), lambda line: day_text(line.day)),
    Column(mark("Số tiền vào"), lambda line: money_text(line.amount), is_number=True),
    Column(mark("Nội dung"), lambda line: line.text),
    Column(mark("Số tham chiếu"), lambda line: line.reference),
)


class CashStatementSheet(CashSheet):
    """`show_statement`, then `open(sheet.account)`; `stored` carries the `TakenIn`."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Nhận sao kê ngân hàng"), tr("Nhận các dòng này"), width=1040)
        self._statement: Statement | None = None
        self._name = ""
        self._lead, self._columns = Text("", "heading", is_wrapped=True), Text("", "secondary", is_wrapped=True)
        self.account = Choice(tr("Sao kê của tài khoản"))
        self.table = RowTable(tr("Các dòng đọc được"))
        self.model: PagedTableModel[StatementLine] = PagedTableModel(
            _COLUMNS, ListSource(()), lambda line: id(line), parent=self.table)
        self.table.set_delegate(1, NumberDelegate())
        self.table.setModel(self.model)
        self.table.set_widths(0, 0, -5, 0)
        self.table.setFixedHeight(SHOWN * 40 + 36)
        self.table.opened.connect(lambda _: self.confirm())
        for widget in (self._lead, self._columns, Text(tr("Sao kê của tài khoản"), "secondary"), self.account,
                       self.table):
            self.content.addWidget(widget)
        self.content.addStretch(1)

    def show_statement(self, name: str, statement: Statement) -> None:
        self._name, self._statement = name, statement
        total = sum(line.amount for line in statement.lines)
        self._lead.setText(tr("{file}: {n} dòng tiền vào, cộng {amount}; bỏ qua {m} dòng", file=name,
                              n=shown_count(len(statement.lines)), amount=money_text(total),
                              m=shown_count(statement.skipped)))
        self._columns.setText(tr("Nhận ra cột: {columns}", columns=" · ".join(
            f"{tr(COLUMN_NAMES[ours])} = {theirs}" for ours, theirs in statement.columns.items())))
        self.model.set_source(ListSource(statement.lines))
        with self._desk.office.database.reading() as connection:
            rule = read_money_rule(connection)
        self.account.clear()
        for bank in {each.account: each for each in rule.accounts}.values():
            self.account.addItem(" · ".join(part for part in (bank.account, bank.bank_name, bank.holder) if part),
                                 bank.account)

    def start(self, on_done: Answer, on_failure: OnFailure) -> None:
        assert self._statement is not None
        carry_out(self._desk, take_statement, str(self.account.currentData() or ""), self._statement,
                  name=self._name, intent=self.intent, on_done=on_done, on_failure=on_failure)

    def told(self, found: TakenIn) -> None:
        words = tr("Đã nhận {n} dòng sao kê mới", n=shown_count(found.added))
        if found.known:
            words += tr(", {n} dòng đã có từ trước", n=shown_count(found.known))
        self._desk.frame.say(words)
