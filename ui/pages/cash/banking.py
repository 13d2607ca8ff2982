"""The sheets of bank, remittance and receipts, each made when it is first asked for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from app.domain.till.matching import Match
from app.domain.till.statement import Statement
from app.services.till.ranges import offered_ranges
from app.services.till.rule import read_money_rule
from app.services.till.statements import Transfer, confirm_transfer, waiting_transfers
from ui.background.alive import while_alive
from ui.dialogs.cash_account_sheet import CashAccountSheet
from ui.dialogs.cash_match_sheet import CashMatchSheet
from ui.dialogs.cash_receipt_sheets import CashRangeSheet, CashSpoilSheet
from ui.dialogs.cash_remit_sheets import CashRemitSheet, CashTakerSheet
from ui.dialogs.cash_statement_sheet import CashStatementSheet
from ui.dialogs.cash_word_sheet import CashWordSheet
from ui.dialogs.sheet import Sheet
from ui.models.cash_bank_rows import LooseRow, RemitRow
from ui.operations.desk import new_intent, warn_of
from ui.operations.read_statement import read_statement_file
from ui.operations.till import carry_out
from ui.pages.cash.acting import Sheets
from ui.translations import tr


class Banking(Sheets):
    """What the keys of bank, remittance and receipts do. `taken`: a statement has been taken in."""

    taken = Signal()
    _confirming: tuple[object, str] | None = None

    def take_statement(self) -> None:
        """The system's dialog for the file; without an account there is nothing a statement could be of."""
        with self._desk.office.database.reading() as connection:
            has_account = bool(read_money_rule(connection).accounts)
        if not has_account:
            self._desk.frame.say(tr("Ghi tài khoản nhận chuyển khoản trước (phím A)."), "info")
            return
        found, _ = QFileDialog.getOpenFileName(self._page, tr("Chọn tệp sao kê"), "",
                                               tr("Sao kê (*.xlsx *.csv *.txt)"))
        if found:
            self.read_file(Path(found))

    def read_file(self, path: Path) -> None:
        """Read beside the window, then shown before anything is taken."""
        def shown(statement: Statement) -> None:
            sheet = self.sheet(CashStatementSheet)
            sheet.show_statement(path.name, statement)
            sheet.open(sheet.account)

        read_statement_file(self._desk, path, while_alive(self, shown), lambda error: warn_of(self._desk, error))

    def confirm_line(self, row: LooseRow) -> None:
        """A sure line is confirmed by its Enter; of any other a person chooses the transfer."""
        held = row.held
        if held.match is Match.SURE:
            if self._confirming is None or self._confirming[0] != row.id:
                self._confirming = row.id, new_intent(self._desk)
            carry_out(
                self._desk, confirm_transfer, held.transfers[0], held.statement, held.n,
                intent=self._confirming[1],
                on_done=lambda _: self._desk.frame.say(tr("Đã xác nhận chuyển khoản theo sao kê")),
                on_failure=lambda error: warn_of(self._desk, error),
            )
            return
        with self._desk.office.database.reading() as connection:
            waiting = waiting_transfers(connection)
        sheet = self.sheet(CashMatchSheet)
        sheet.show_line(held, waiting)
        sheet.open(sheet.first())

    def confirm_by_word(self, row: Transfer) -> None:
        sheet = self.sheet(CashWordSheet)
        sheet.show_transfer(row)
        sheet.open(sheet.reason.line)

    def remit(self, row: RemitRow) -> None:
        """What waits is handed on; of what was handed on its taker is written down."""
        if row.waiting is not None:
            sheet = self.sheet(CashRemitSheet)
            sheet.show_waiting(row.waiting)
            sheet.open()
        elif row.made is not None and not row.made.acknowledged_by:
            taker = self.sheet(CashTakerSheet)
            taker.show_made(row.made)
            taker.open(taker.taker.line)
        else:
            self._desk.frame.say(tr("Danh sách này đã có người nhận."), "info")

    def take_range(self) -> None:
        """The range that the office's setting offers, or one typed off the book."""
        with self._desk.office.database.reading() as connection:
            offered = offered_ranges(connection, self._desk.office.enrolled)
        sheet = self.sheet(CashRangeSheet)
        sheet.show_range(offered[0] if offered else None)
        sheet.open(sheet if offered else sheet.form.line)

    def spoil(self) -> None:
        sheet = self.sheet(CashSpoilSheet)
        sheet.show_empty()
        sheet.open(sheet.number.line)

    def type_accounts(self) -> None:
        sheet = self.sheet(CashAccountSheet)
        sheet.show_accounts()
        sheet.open(sheet.agency)

    def dress(self, made: Sheet) -> None:
        if isinstance(made, CashStatementSheet):
            made.stored.connect(lambda _: self.taken.emit())
