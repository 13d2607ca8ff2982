"""The cash page on a real book, and the services to play what happened before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.intake import FeeTiming
from app.domain.till.accounts import Means
from app.domain.till.statement import Statement, StatementLine
from app.services.till.collecting import Collected
from app.services.till.ranges import take_receipt_range
from app.services.till.rule import BankAccount, MoneyRule, write_money_rule
from app.services.till.statements import TakenIn, take_statement
from tests.app.services.till.desk import CashDesk, cash, fee, postage, transfer
from tests.office import Office, sample_intake
from tests.ui.dossier.desk import Around, at_desk
from ui.operations.desk import Desk

ACCOUNT = BankAccount("", "970400", "0123456789", "CONG AN TINH MAU", "Ngân hàng Mẫu")
NAMES = ("Nguyễn Thị Mẫu Ánh", "Trần Văn Thử", "Lê Hoàng Ví Dụ", "Phạm Thị Giả Định", "Đỗ Minh Mẫu")
FLOAT = {50_000: 4, 20_000: 10, 10_000: 10}
"""500.000 đ."""


@dataclass
class Bench:
    office: Office
    desk: Desk
    around: Around
    play: CashDesk

    def owing(self, name: str = NAMES[0], turn: int = 0) -> str:
        """A dossier whose 200.000 đ are still to be paid."""
        intake = replace(sample_intake(f"nợ-{turn}", name=name), fee_timing=FeeTiming.AFTER)
        return self.office.receive(intake).dossier.code

    def accounts(self) -> None:
        with self.office.application.database.writing() as connection:
            write_money_rule(connection, MoneyRule((ACCOUNT,)))

    def statement(self, *lines: tuple[int, str]) -> TakenIn:
        day = self.office.clock.now().date()
        held = Statement(tuple(StatementLine(day, amount, text) for amount, text in lines), 0, {})
        found: TakenIn = self.play.act(take_statement, ACCOUNT.account, held, name="sao-ke-mau.csv")
        return found

    def transferred(self, amount: int = 200_000) -> Collected:
        return self.play.collect(replace(transfer(fee(amount)), bank_account=ACCOUNT.account, token=""))

    def range(self, first: str = "0000001", last: str = "0000050") -> None:
        self.play.act(take_receipt_range, "01BLP2-001", "26AA-17T", first, last)


@contextmanager
def bench(folder: Path) -> Iterator[Bench]:
    with at_desk(folder) as (office, desk, around):
        yield Bench(office, desk, around, CashDesk(office))


def busy_day(held: Bench, turns: int = 20) -> None:
    """Collections of all kinds in an open session; one void, one refunded, transfers in each state."""
    held.accounts()
    held.range()
    held.play.open(FLOAT)
    made = []
    for turn in range(turns):
        held.office.clock.advance(timedelta(minutes=7))
        name, code = NAMES[turn % len(NAMES)], held.owing(NAMES[turn % len(NAMES)], turn) if turn % 3 == 0 else ""
        lines = (fee(200_000), fee(15_000, kind="charge")) if turn % 4 == 0 else (postage(25_000 + turn * 100),)
        if turn % 5 == 4:
            lines, means = (fee(200_000 + 1_000 * turn),), Means.TRANSFER
        else:
            means = Means.CASH
        taking = replace(cash(*lines), means=means, payer=name,
                         bank_account=ACCOUNT.account if means is Means.TRANSFER else "")
        made.append(held.play.collect(taking, code=code))
    held.play.move(-300_000, "nộp quỹ giữa ca")
    held.play.void(made[0].op_id)
    held.play.refund(made[4 if made[4].collection.taking.means is Means.CASH else 1].op_id, {0: 10_000})


def press(key: Qt.Key, alt: bool = False) -> None:
    """At whatever has the focus, as a hand does."""
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier)


def typed(text: str, into: QWidget | None = None) -> None:
    focus = into or QApplication.focusWidget()
    assert focus is not None
    for letter in text:                            # QTest.keyClicks ends the process at a letter beyond Latin 1
        QApplication.sendEvent(focus, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))
