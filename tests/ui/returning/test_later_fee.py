"""A later fee (thu sau) taken with the result goes into the cash book, prints its receipt and shows its square."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.life.states import Delivery, MoneyState
from app.domain.result_code import result_text
from app.services.till.dues import collected_for
from app.services.till.rule import MoneyRule, write_money_rule
from app.services.till.statements import waiting_transfers
from tests.ui.cash.desk import ACCOUNT
from tests.ui.returning.bench import CARD, Bench, owing_with_original, write
from ui.pages.returning.page import ReturnPage


def given(held: Bench, qtbot: QtBot, means: str) -> tuple[str, ReturnPage]:
    """A result whose fee is paid by `means` when it is given out."""
    code = held.counter.ready(owing_with_original("nợ"))
    page = held.page(qtbot)
    for text in (code, result_text(code), CARD):
        assert page.take_scan(text)
    QTest.keyClick(QApplication.activeWindow(), Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    page.give_view.money.means.set_value(means)
    write(page.give_view.money.amount.line, "200000")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F12)
    return code, page


def collected(held: Bench, code: str) -> int:
    with held.counter.office.application.database.reading() as connection:
        return collected_for(connection, code)


def account(held: Bench) -> None:
    with held.counter.office.application.database.writing() as connection:
        write_money_rule(connection, MoneyRule((ACCOUNT,)))


def test_cash_lies_in_the_book_and_the_receipt_is_printed(held: Bench, qtbot: QtBot) -> None:
    code, page = given(held, qtbot, "cash")
    assert held.counter.life(code).money is MoneyState.TAKEN
    assert collected(held, code) == 200_000
    assert [slip for slip, _, _ in held.around.tray.papers] == ["result_receipt", "collection_slip"]
    assert not page.square.is_open


def test_a_transfer_is_claimed_and_its_square_shown(held: Bench, qtbot: QtBot) -> None:
    account(held)
    code, page = given(held, qtbot, "transfer")
    assert held.counter.life(code).delivery is Delivery.RETURNED
    assert page.square.is_open
    with held.counter.office.application.database.reading() as connection:
        assert [each.called for each in waiting_transfers(connection)] == [code]


def test_what_the_province_took_online_is_not_in_this_cash_book(held: Bench, qtbot: QtBot) -> None:
    code, _ = given(held, qtbot, "online")
    assert held.counter.life(code).money is MoneyState.TAKEN and collected(held, code) == 0


def test_without_an_account_a_transfer_is_refused_and_nothing_is_given_out(held: Bench, qtbot: QtBot) -> None:
    code, _ = given(held, qtbot, "transfer")
    assert held.counter.life(code).delivery is Delivery.SHELF and collected(held, code) == 0
