"""Tài khoản nhận chuyển khoản: of each agency, or one for all that have none of their own."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from app.services.till.bank_accounts import set_bank_account
from app.services.till.rule import BankAccount, read_money_rule
from ui.changes import Change
from ui.dialogs.act_sheet import ActSheet
from ui.operations.desk import Desk, clerk_at
from ui.translations import tr
from ui.widgets.choice import Choice
from ui.widgets.line_field import LineField
from ui.widgets.text import Text


class CashAccountSheet(ActSheet):
    """`show_accounts`, then `open(sheet.agency)`. An emptied number takes the account away."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Tài khoản nhận chuyển khoản"), tr("Ghi tài khoản"), width=760)
        self.agency = Choice(tr("Nhận tiền của"))
        self.agency.currentIndexChanged.connect(lambda _: self._show_account())
        self.bin = LineField(tr("Mã ngân hàng (6 số, BIN)"), hint="970400", is_figures=True)
        self.account = LineField(tr("Số tài khoản"), is_figures=True)
        self.holder, self.bank_name = LineField(tr("Chủ tài khoản")), LineField(tr("Tên ngân hàng"))
        self._known = Text("", "secondary", is_wrapped=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        for number, field in enumerate((self.bin, self.account, self.holder, self.bank_name)):
            grid.addWidget(field, number // 2, number % 2)
        self.content.addWidget(Text(tr("Nhận tiền của"), "secondary"))
        self.content.addWidget(self.agency)
        self.content.addLayout(grid)
        self.content.addWidget(self._known)
        self.content.addStretch(1)

    def show_accounts(self) -> None:
        self.agency.clear()
        self.agency.addItem(tr("Mọi cơ quan không có tài khoản riêng"), "")
        for each in self._desk.office.catalogue.agencies:
            self.agency.addItem(each.name, each.id)
        self._show_account()

    def carry_out(self) -> None:
        agency, number = str(self.agency.currentData()), self.account.text().strip()
        given = BankAccount(agency, self.bin.text().strip(), number, self.holder.text().strip(),
                            self.bank_name.text().strip())
        office = self._desk.office
        with office.database.writing() as connection:
            set_bank_account(connection, office.enrolled, clerk_at(self._desk), given, intent=self.intent,
                             now=self._desk.clock(), randomness=office.randomness)
        self._desk.frame.say(tr("Đã ghi tài khoản") if number else tr("Đã bỏ tài khoản"))
        self._desk.changes.publish(Change(has_settings=True, has_sync=True))

    def _show_account(self) -> None:
        with self._desk.office.database.reading() as connection:
            rule = read_money_rule(connection)
        agency = self.agency.currentData()
        held = next((each for each in rule.accounts if each.agency == agency), None)
        for field, text in ((self.bin, held.bin if held else ""), (self.account, held.account if held else ""),
                            (self.holder, held.holder if held else ""),
                            (self.bank_name, held.bank_name if held else "")):
            field.set_text(text)
        names = {each.id: each.name for each in self._desk.office.catalogue.agencies}
        known = "; ".join(f"{names.get(each.agency, each.agency) or tr('mọi cơ quan')}: {each.account}"
                          for each in rule.accounts)
        self._known.setText(tr("Đang có: {accounts}", accounts=known) if known else tr("Chưa có tài khoản nào."))
