"""The cash page by its keys: what is on screen is what stands in the book, and a paper follows each act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.life.states import MoneyState
from app.domain.till.denominations import KINDS
from app.services.results.known import find_here
from app.services.results.returning import amount_due
from app.services.till.listing import list_money, list_session
from app.services.till.reading import entries_of_session, expected_in_drawer, last_closed
from tests.app.services.till.desk import cash, fee
from tests.ui.cash.desk import FLOAT, Bench, bench, press, typed
from tests.ui.dossier.desk import present
from ui.dialogs.cash_close_sheet import CashCloseSheet, ClosedSheet
from ui.dialogs.cash_collect_sheet import CashCollectSheet
from ui.dialogs.cash_move_sheet import CashMoveSheet
from ui.dialogs.cash_open_sheet import CashOpenSheet
from ui.dialogs.cash_refund_sheet import CashRefundSheet
from ui.dialogs.cash_void_sheet import CashVoidSheet
from ui.pages.cash.page import CashPage
from ui.pages.cash.views import View


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path) as made:
        yield made


def opened(qtbot: QtBot, held: Bench) -> CashPage:
    return present(qtbot, CashPage(held.desk), 1240, 660)


def slips(held: Bench) -> list[str]:
    return [slip for slip, _, _ in held.around.tray.papers]


def words(page: CashPage) -> str:
    return " ".join(label.text() for label in page.window().findChildren(QLabel) if label.isVisible())


def test_a_session_is_opened_by_counting_down_the_list(qtbot: QtBot, held: Bench) -> None:
    page = opened(qtbot, held)
    press(Qt.Key.Key_O)
    sheet = page.acting.sheet(CashOpenSheet)
    assert sheet.is_open and sheet.count.first.hasFocus()
    for kind in KINDS:
        if kind in FLOAT:
            typed(str(FLOAT[kind]))
        press(Qt.Key.Key_Return)
    assert sheet.count.total() == 500_000 and sheet.act.hasFocus()
    press(Qt.Key.Key_Return)
    assert not sheet.is_open
    session = held.play.session()
    assert session is not None and session.float == 500_000
    assert held.play.lines() == 1


def test_ten_enters_on_the_last_key_open_one_session(qtbot: QtBot, held: Bench) -> None:
    page = opened(qtbot, held)
    press(Qt.Key.Key_O)
    typed("1")
    sheet = page.acting.sheet(CashOpenSheet)
    for _ in range(10):
        sheet.confirm()
    assert held.play.lines() == 1


def test_a_count_that_nobody_wrote_is_asked_for(qtbot: QtBot, held: Bench) -> None:
    page = opened(qtbot, held)
    press(Qt.Key.Key_O)
    sheet = page.acting.sheet(CashOpenSheet)
    sheet.confirm()
    assert sheet.is_open and held.play.lines() == 0
    typed("0")
    sheet.confirm()
    assert not sheet.is_open and held.play.lines() == 1


def test_what_should_lie_in_the_drawer_is_nowhere_on_the_page_while_the_session_is_open(
    qtbot: QtBot, held: Bench
) -> None:
    held.play.open(FLOAT)
    for amount in (123_000, 45_600):
        held.play.collect(cash(fee(amount)))
    page = opened(qtbot, held)
    session = held.play.session()
    assert session is not None
    expected = held.play.read(expected_in_drawer, held.office.application.enrolled, session.id)
    assert expected == 668_600
    press(Qt.Key.Key_C)
    assert page.acting.sheet(CashCloseSheet).is_open
    assert "668.600" not in words(page)
    assert "2 khoản" in words(page)


def test_the_dues_of_a_scanned_dossier_are_collected_by_one_enter(qtbot: QtBot, held: Bench) -> None:
    code = held.owing()
    held.play.open(FLOAT)
    page = opened(qtbot, held)
    assert page.take_scan(code)
    sheet = page.acting.sheet(CashCollectSheet)
    assert sheet.is_open and [line.amount for line in sheet.lines()] == [200_000]
    press(Qt.Key.Key_Return)
    assert not sheet.is_open
    assert slips(held) == ["collection_slip"]
    rows = page.views.models[View.SESSION].rows()
    assert rows[0].entry.code == code and rows[0].entry.amount == 200_000
    assert page.bar.label(View.SESSION).endswith("  1")
    assert page.take_scan(code)                    # paid: nothing is left to take
    assert sheet.lines() == () and sheet.code.line.hasFocus()


def test_postage_is_typed_and_taken_outside_a_session(qtbot: QtBot, held: Bench) -> None:
    page = opened(qtbot, held)
    press(Qt.Key.Key_T)
    sheet = page.acting.sheet(CashCollectSheet)
    assert sheet.code.line.hasFocus()
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    typed("25000")
    assert sheet.amount.text() == "25.000"
    press(Qt.Key.Key_Return)                       # who pays is asked for
    assert sheet.is_open and sheet.payer.line.hasFocus()
    typed("Trần Văn Thử")
    press(Qt.Key.Key_Return)
    assert not sheet.is_open
    (row,) = page.views.models[View.SESSION].rows()
    assert row.entry.session == "" and row.entry.amount == 25_000
    assert "ngoài ca" in held.around.frame.words[-2][1]


def test_an_unknown_code_is_said_under_the_field(qtbot: QtBot, held: Bench) -> None:
    page = opened(qtbot, held)
    press(Qt.Key.Key_T)
    sheet = page.acting.sheet(CashCollectSheet)
    typed("H47.15-261123-0077")
    press(Qt.Key.Key_Return)
    assert sheet.is_open and sheet.code.message() and held.play.lines() == 0


def test_a_collection_is_made_void_by_two(qtbot: QtBot, held: Bench) -> None:
    held.play.open(FLOAT)
    held.play.collect()
    page = opened(qtbot, held)
    press(Qt.Key.Key_H)
    sheet = page.acting.sheet(CashVoidSheet)
    assert sheet.is_open
    typed("thu nhầm thủ tục")
    press(Qt.Key.Key_Return)                       # alone she cannot
    assert sheet.is_open and sheet.second.choice.hasFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert not sheet.is_open
    rows = page.views.models[View.SESSION].rows()
    assert rows[0].entry.amount == -200_000 and rows[0].entry.second_name
    assert rows[1].entry.is_void and page.bar.label(View.SESSION).endswith("  0")


def test_a_refund_names_the_amount_of_each_line(qtbot: QtBot, held: Bench) -> None:
    held.play.open(FLOAT)
    held.play.collect(cash(fee(200_000), fee(15_000, kind="charge")))
    page = opened(qtbot, held)
    press(Qt.Key.Key_R)
    sheet = page.acting.sheet(CashRefundSheet)
    sheet.amounts[0].set_amount(300_000)
    press(Qt.Key.Key_Return)
    assert sheet.is_open and sheet.amounts[0].message()
    sheet.amounts[0].set_amount(50_000)
    sheet.amounts[1].set_amount(0)
    sheet.reason.set_text("giảm một nửa theo quyết định mẫu")
    sheet.second.choice.setCurrentIndex(1)
    press(Qt.Key.Key_Return)
    assert not sheet.is_open
    rows = page.views.models[View.SESSION].rows()
    assert rows[0].entry.amount == -50_000 and rows[1].entry.undone == 50_000


def test_cash_goes_out_with_its_reason(qtbot: QtBot, held: Bench) -> None:
    held.play.open(FLOAT)
    page = opened(qtbot, held)
    press(Qt.Key.Key_D)
    sheet = page.acting.sheet(CashMoveSheet)
    assert sheet.way.hasFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Tab)
    typed("100000")
    press(Qt.Key.Key_Tab)
    typed("nộp quỹ giữa ca")
    press(Qt.Key.Key_Return)
    assert not sheet.is_open
    assert page.views.models[View.SESSION].rows()[0].entry.amount == -100_000


def test_the_close_is_blind_and_then_says_the_difference_and_prints_the_minutes(qtbot: QtBot, held: Bench) -> None:
    held.play.open(FLOAT)
    held.play.collect()
    page = opened(qtbot, held)
    press(Qt.Key.Key_C)
    sheet = page.acting.sheet(CashCloseSheet)
    for kind in KINDS:
        if kind == 100_000:
            typed("6")
        elif kind == 2_000:
            typed("49")
        press(Qt.Key.Key_Return)
    assert sheet.carried.line.hasFocus() and sheet.count.total() == 698_000
    typed("500000")
    press(Qt.Key.Key_Return)
    assert not sheet.is_open
    told = page.acting.sheet(ClosedSheet)
    assert told.is_open and "2.000" in told.difference.value() and "Thiếu" in told.difference.value()
    assert slips(held) == ["cash_minutes"]
    press(Qt.Key.Key_Return)
    assert not told.is_open
    closed = held.play.read(last_closed, held.office.application.enrolled.device)
    assert (closed.counted, closed.carried, closed.difference) == (698_000, 500_000, -2_000)


def test_nothing_is_done_with_a_row_that_is_not_a_collection(qtbot: QtBot, held: Bench) -> None:
    held.play.open(FLOAT)
    page = opened(qtbot, held)
    for key in (Qt.Key.Key_H, Qt.Key.Key_R, Qt.Key.Key_V):
        press(key)
    assert not page.acting.has_question
    assert [tone for tone, _ in held.around.frame.words] == ["info"] * 3


def test_a_long_session_is_read_page_by_page(held: Bench) -> None:
    held.play.open(FLOAT)
    session = held.play.session()
    assert session is not None
    for _ in range(4):
        held.play.collect()
    whole = [each.op_id for each in reversed(held.play.read(entries_of_session, session.id))]
    device = held.office.application.enrolled.device
    seen, after = [], None
    while True:
        rows, after = held.play.read(list_session, device, session.id, after, 2)
        seen += [row.entry.op_id for row in rows]
        if after is None:
            break
    assert seen == whole and len(seen) == 5


def test_all_money_is_read_day_by_day_and_no_line_twice(held: Bench) -> None:
    made = []
    for _ in range(3):
        made += [held.play.collect().op_id for _ in range(3)]
        held.office.clock.advance(timedelta(days=1))
    seen, after = [], None
    while True:
        rows, after = held.play.read(list_money, after, 2)
        seen += [row.entry.op_id for row in rows]
        if after is None:
            break
    assert seen == made[::-1]


def test_every_key_of_the_page_is_told(qtbot: QtBot, held: Bench) -> None:
    told = [told.cap for told in CashPage.keys(opened(qtbot, held))]
    assert set(told) == set("ODTHRCVPIFSWNBXA") | {f"Alt {number}" for number in range(1, 8)} | {"Enter"}
    assert len(told) == len(set(told))


def test_what_was_collected_is_not_asked_for_again_with_the_result(qtbot: QtBot, held: Bench) -> None:
    code = held.owing()
    assert held.play.read(find_here, code).life.money is MoneyState.DUE
    page = opened(qtbot, held)
    page.take_scan(code)
    press(Qt.Key.Key_Return)
    found = held.play.read(find_here, code)
    assert found.life.money is MoneyState.TAKEN and amount_due(found) == 0


def test_home_and_end_stay_inside_the_count(qtbot: QtBot, held: Bench) -> None:
    page = opened(qtbot, held)
    press(Qt.Key.Key_O)
    count = page.acting.sheet(CashOpenSheet).count
    press(Qt.Key.Key_End)
    assert count.fields[KINDS[-1]].line.hasFocus()
    press(Qt.Key.Key_Home)
    assert count.first.hasFocus()
