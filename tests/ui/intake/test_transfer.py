"""A fee paid by transfer at reception: the square is shown once the dossier is stored, and the next form waits."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.domain.till.accounts import Means
from app.domain.till.entries import TransferState
from app.services.till.rule import MoneyRule, write_money_rule
from app.services.till.statements import waiting_transfers
from tests.app.services.till.desk import CashDesk
from tests.ui.cash.desk import ACCOUNT, FLOAT
from tests.ui.intake.conftest import Counter

Key = Qt.Key


def received_by(counter: Counter, means: Means) -> str:
    with counter.office.application.database.writing() as connection:
        write_money_rule(connection, MoneyRule((ACCOUNT,)))
    counter.fill()
    counter.page.steps.edited.emit(replace(counter.page.form(), means=means))
    counter.press(Key.Key_F12)
    counter.press(Key.Key_Return)
    return counter.rows()[0].code


def test_the_square_is_shown_after_a_reception_paid_by_transfer(counter: Counter) -> None:
    code = received_by(counter, Means.TRANSFER)
    sheet = counter.page.covers.square.sheet
    assert sheet is not None and sheet.is_open
    assert code.replace("-", "").replace(".", "") in sheet.purpose.value().replace("-", "").replace(".", "")
    counter.press(Key.Key_Return)
    assert not sheet.is_open
    assert counter.focus() == "Tìm thủ tục"
    with counter.office.application.database.reading() as connection:
        (waiting,) = waiting_transfers(connection)
    assert (waiting.called, waiting.state) == (code, TransferState.CLAIMED)


def test_cash_shows_no_square(counter: Counter) -> None:
    received_by(counter, Means.CASH)
    assert not counter.page.covers.is_open


@pytest.mark.parametrize("is_open", [False, True])
def test_money_taken_while_no_session_is_open_is_said(counter: Counter, is_open: bool) -> None:
    if is_open:
        CashDesk(counter.office).open(FLOAT)
    code = received_by(counter, Means.CASH)
    (said,) = [words for words in counter.at.frame.said if words.startswith(f"Đã lưu {code}")]
    assert ("thu ngoài ca" in said) != is_open
