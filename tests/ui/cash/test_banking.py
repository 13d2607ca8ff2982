"""Transfers, statements, remittances and receipts by the keys of the cash page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.domain.till.entries import TransferState
from app.domain.transfer_token import transfer_purpose
from app.domain.vietqr import payload
from app.services.till.ranges import ranges_of
from app.services.till.rule import MoneyRule, OfferedReceipts, read_money_rule, write_money_rule
from app.services.till.statements import transfer
from tests.ui.cash.desk import ACCOUNT, FLOAT, Bench, bench, press, typed
from tests.ui.dossier.desk import present
from ui.dialogs.cash_account_sheet import CashAccountSheet
from ui.dialogs.cash_collect_sheet import CashCollectSheet
from ui.dialogs.cash_match_sheet import CashMatchSheet
from ui.dialogs.cash_receipt_sheets import CashRangeSheet, CashSpoilSheet
from ui.dialogs.cash_remit_sheets import CashRemitSheet, CashTakerSheet
from ui.dialogs.cash_statement_sheet import CashStatementSheet
from ui.dialogs.cash_transfer_sheet import CashTransferSheet
from ui.dialogs.cash_word_sheet import CashWordSheet
from ui.pages.cash.page import CashPage
from ui.pages.cash.views import View
from ui.widgets.qr_square import QrSquare

CSV = """Ngân hàng Mẫu;;;
Ngày giao dịch;Số tiền ghi nợ;Số tiền ghi có;Nội dung giao dịch
23/11/2026;;200.000;{purpose}
23/11/2026;;99.000;khong ro cua ai
23/11/2026;50.000;;phi tai khoan
"""


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path) as made:
        made.accounts()
        yield made


def opened(qtbot: QtBot, held: Bench) -> CashPage:
    return present(qtbot, CashPage(held.desk), 1240, 660)


def state(held: Bench, op_id: str) -> TransferState:
    found = held.play.read(transfer, op_id)
    assert found is not None
    return TransferState(found.state)


def read_square(square: QrSquare) -> str:
    """What a phone reads off the screen."""
    shot = square.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    held = Image.frombytes("L", (shot.bytesPerLine(), shot.height()), bytes(shot.constBits()))
    found = zxingcpp.read_barcodes(held.crop((0, 0, shot.width(), shot.height())))
    assert len(found) == 1
    return str(found[0].text)


def stand_on(page: CashPage, amount: int) -> None:
    """On the statement line with that amount."""
    amounts = [row.held.line.amount for row in page.views.models[View.STATEMENT].rows()]
    page.views.tables[View.STATEMENT].stand_on(amounts.index(amount))


def test_a_transfer_shows_the_square_that_a_banking_app_reads(qtbot: QtBot, held: Bench) -> None:
    code = held.owing()
    page = opened(qtbot, held)
    page.take_scan(code)
    sheet = page.acting.sheet(CashCollectSheet)
    press(Qt.Key.Key_Down)                         # by transfer
    press(Qt.Key.Key_Return)
    square = page.acting.sheet(CashTransferSheet)
    assert not sheet.is_open and square.is_open
    (row,) = page.views.models[View.SESSION].rows()
    purpose = transfer_purpose(code, row.entry.op_id)
    assert read_square(square.square) == payload(ACCOUNT.bin, ACCOUNT.account, amount=200_000, purpose=purpose)
    assert square.purpose.value() == purpose and "200.000" in square.amount.value()
    press(Qt.Key.Key_Return)
    assert not square.is_open
    assert state(held, row.entry.op_id) is TransferState.CLAIMED
    assert page.bar.label(View.TRANSFERS).endswith("  1")


def test_without_an_account_nothing_is_taken_by_transfer(qtbot: QtBot, held: Bench) -> None:
    with held.office.application.database.writing() as connection:
        write_money_rule(connection, MoneyRule())
    page = opened(qtbot, held)
    page.take_scan(held.owing())
    before = held.play.lines()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert page.acting.sheet(CashCollectSheet).is_open and held.play.lines() == before


def test_a_statement_is_shown_then_taken_and_a_sure_line_confirmed_by_enter(
    qtbot: QtBot, held: Bench, tmp_path: Path
) -> None:
    done = held.transferred()
    token = done.collection.taking.token
    file = tmp_path / "sao-ke.csv"
    file.write_text(CSV.format(purpose=f"MBVCB.77 {token} Nguyen Thi Mau"), "utf-8")
    page = opened(qtbot, held)
    page.banking.read_file(file)
    sheet = page.banking.sheet(CashStatementSheet)
    assert sheet.is_open and sheet.model.rowCount() == 2
    assert held.play.lines() == 1                  # nothing is taken before Enter
    press(Qt.Key.Key_Return)
    assert not sheet.is_open and page.view is View.STATEMENT
    assert page.views.models[View.STATEMENT].rowCount() == 2
    sure = next(row for row in page.views.models[View.STATEMENT].rows() if row.called)
    page.views.tables[View.STATEMENT].stand_on(page.views.models[View.STATEMENT].find(sure.id))
    page.views.tables[View.STATEMENT].setFocus()
    press(Qt.Key.Key_Return)
    assert state(held, done.op_id) is TransferState.CONFIRMED
    assert page.views.models[View.STATEMENT].rowCount() == 1
    page.banking.read_file(file)                   # the same file again
    press(Qt.Key.Key_Return)
    assert sheet.is_open and sheet.refused.isVisibleTo(sheet)


def test_a_line_that_names_nobody_is_matched_by_a_person(qtbot: QtBot, held: Bench) -> None:
    done = held.transferred()
    held.statement((200_000, "chuyen tien phi ho so"), (150_000, "khong ro"))
    page = opened(qtbot, held)
    press(Qt.Key.Key_4, alt=True)
    assert page.views.models[View.STATEMENT].rowCount() == 2
    stand_on(page, 150_000)
    press(Qt.Key.Key_Return)
    sheet = page.banking.sheet(CashMatchSheet)
    assert sheet.is_open and sheet.model.rowCount() == 0 and not sheet.act.isVisible()
    press(Qt.Key.Key_Escape)
    stand_on(page, 200_000)
    press(Qt.Key.Key_Return)
    assert sheet.is_open and sheet.model.rowCount() == 1
    press(Qt.Key.Key_Return)
    assert not sheet.is_open and state(held, done.op_id) is TransferState.CONFIRMED


def test_two_people_confirm_what_no_statement_says(qtbot: QtBot, held: Bench) -> None:
    done = held.transferred()
    page = opened(qtbot, held)
    press(Qt.Key.Key_3, alt=True)
    press(Qt.Key.Key_W)
    sheet = page.banking.sheet(CashWordSheet)
    typed("giấy báo có mẫu số 12")
    press(Qt.Key.Key_Return)
    assert sheet.is_open and state(held, done.op_id) is TransferState.CLAIMED
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert not sheet.is_open and state(held, done.op_id) is TransferState.CONFIRMED


def test_money_is_handed_on_with_its_list_and_acknowledged(qtbot: QtBot, held: Bench) -> None:
    held.play.open(FLOAT)
    held.play.collect()
    held.play.close({100_000: 7})
    page = opened(qtbot, held)
    press(Qt.Key.Key_N)                            # to the list
    assert page.view is View.REMITTANCES
    press(Qt.Key.Key_N)
    sheet = page.banking.sheet(CashRemitSheet)
    assert sheet.is_open and "200.000" in sheet.total.value()
    press(Qt.Key.Key_Return)
    assert not sheet.is_open
    assert [slip for slip, _, _ in held.around.tray.papers] == ["remittance_list"]
    (row,) = page.views.models[View.REMITTANCES].rows()
    assert row.made is not None and row.made.acknowledged_by == ""
    press(Qt.Key.Key_Return)
    taker = page.banking.sheet(CashTakerSheet)
    assert taker.is_open
    press(Qt.Key.Key_Return)
    assert taker.is_open and taker.taker.message()
    typed("Bà Mẫu, kế toán")
    press(Qt.Key.Key_Return)
    (row,) = page.views.models[View.REMITTANCES].rows()
    assert row.made is not None and row.made.acknowledged_by == "Bà Mẫu, kế toán"


def test_an_offered_range_is_taken_by_one_enter_and_a_number_spoiled_by_two(qtbot: QtBot, held: Bench) -> None:
    with held.office.application.database.writing() as connection:
        rule = read_money_rule(connection)
        offered = OfferedReceipts("01BLP2-001", "26AA-17T", "0000001", "0000050")
        write_money_rule(connection, replace(rule, receipts=(offered,)))
    page = opened(qtbot, held)
    press(Qt.Key.Key_B)
    sheet = page.banking.sheet(CashRangeSheet)
    assert sheet.is_open and sheet.last.text() == "0000050"
    press(Qt.Key.Key_Return)
    assert not sheet.is_open and page.bar.label(View.RECEIPTS).endswith("  50")
    press(Qt.Key.Key_X)
    spoil = page.banking.sheet(CashSpoilSheet)
    assert spoil.symbol.text() == "26AA-17T" and spoil.number.line.hasFocus()
    typed("7")
    spoil.reason.set_text("in hỏng")
    spoil.second.choice.setCurrentIndex(1)
    press(Qt.Key.Key_Return)
    assert not spoil.is_open
    (use,) = held.play.read(ranges_of, held.office.application.enrolled.device)
    assert (use.spoiled, use.left) == (1, 49)


def test_an_account_is_typed_in_and_a_wrong_one_is_refused(qtbot: QtBot, held: Bench) -> None:
    page = opened(qtbot, held)
    press(Qt.Key.Key_A)
    sheet = page.banking.sheet(CashAccountSheet)
    sheet.agency.setCurrentIndex(1)
    assert sheet.account.text() == ""
    sheet.bin.set_text("9704")
    sheet.account.set_text("111222333")
    sheet.confirm()
    assert sheet.is_open and sheet.refused.isVisibleTo(sheet)
    sheet.bin.set_text("970499")
    sheet.confirm()
    assert not sheet.is_open
    rule = held.play.read(read_money_rule)
    agency = held.office.application.catalogue.agencies[0].id
    assert rule.account_for(agency).account == "111222333" and rule.account_for("khác").account == ACCOUNT.account
