"""The post's page by its keys: what is on screen is what stands in the book, and a paper follows each act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.dossier import State
from app.domain.intake import FeeTiming
from app.domain.life.facts import PostWord
from app.domain.life.states import Delivery
from app.domain.pickup import PickupState
from app.domain.result_code import result_text
from app.services.post.rule import OfferedRange, PostRule, use_post_rule
from app.store.queries.pickups import open_pickups
from tests.app.services.post.counter import PARCEL, item, sample_call
from tests.ui.dossier.desk import present
from tests.ui.post.desk import Bench, bench, busy_day, named
from ui.pages.post.page import PostPage
from ui.pages.post.views import View
from ui.widgets.page import Page


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path) as made:
        made.play.range(100, 149)
        yield made


def opened(qtbot: QtBot, held: Bench) -> PostPage:
    return present(qtbot, PostPage(held.desk), 1240, 660)


def press(page: PostPage, key: Qt.Key, alt: bool = False) -> None:
    """At whatever has the focus, as a hand does."""
    target: QWidget = QApplication.focusWidget() or page
    QTest.keyClick(target, key, Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier)


def typed(text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    for letter in text:                            # QTest.keyClicks ends the process at a letter beyond Latin 1
        QApplication.sendEvent(focus, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))


def slips(held: Bench) -> list[str]:
    return [slip for slip, _, _ in held.around.tray.papers]


def test_every_count_is_as_long_as_its_list(qtbot: QtBot, tmp_path: Path) -> None:
    with bench(tmp_path) as held:
        busy_day(held.play)
        page = opened(qtbot, held)
        expected = {View.TO_SEND: 3, View.ON_WAY: 3, View.CAME_BACK: 1, View.PICKUPS: 3}
        for view, amount in expected.items():
            page.show_view(view)
            assert page.views.models[view].rowCount() == amount
            assert page.bar.label(view).endswith(f"  {amount}")
        assert page.bar.label(View.CODES).endswith("  45")


def test_a_result_is_sent_by_keys_alone(qtbot: QtBot, held: Bench) -> None:
    code = named(held.play, 0)
    page = opened(qtbot, held)
    press(page, Qt.Key.Key_Return)
    sheet = page.acting.send_sheet()
    assert sheet.is_open and sheet.code == code
    assert sheet.line.line.hasFocus()
    typed("Tổ 3, Thôn Giả Định")
    press(page, Qt.Key.Key_Return)                 # the commune of 2025 is asked for, nothing is stored
    assert sheet.is_open and sheet.commune.line.hasFocus() and "xã" in sheet.commune.message()
    typed("Phường Mẫu")
    press(page, Qt.Key.Key_Tab)
    typed("Tỉnh Mẫu")
    press(page, Qt.Key.Key_Return)
    assert not sheet.is_open
    assert held.play.life(code).item_code == item(100)
    assert slips(held) == ["post_label"]
    assert page.views.models[View.TO_SEND].rowCount() == 0 and page.bar.label(View.ON_WAY).endswith("  1")


def test_a_label_off_the_roll_is_taken_for_the_result_in_hand(qtbot: QtBot, held: Bench) -> None:
    code = named(held.play, 0)
    page = opened(qtbot, held)
    assert page.take_scan(result_text(code))
    sheet = page.acting.send_sheet()
    assert sheet.is_open and sheet.code == code
    assert page.take_scan(item(117))
    for field, text in ((sheet.line, "Tổ 3"), (sheet.commune, "Phường Mẫu"), (sheet.province, "Tỉnh Mẫu")):
        field.set_text(text)
    sheet.confirm()
    assert held.play.life(code).item_code == item(117)


def test_a_label_of_another_counter_is_refused_and_the_sheet_stays(qtbot: QtBot, held: Bench) -> None:
    code = named(held.play, 0)
    page = opened(qtbot, held)
    press(page, Qt.Key.Key_Return)
    sheet = page.acting.send_sheet()
    page.take_scan(item(777))
    for field, text in ((sheet.line, "Tổ 3"), (sheet.commune, "Phường Mẫu"), (sheet.province, "Tỉnh Mẫu")):
        field.set_text(text)
    sheet.confirm()
    assert sheet.is_open and sheet.refused.isVisibleTo(sheet)
    assert held.play.life(code).delivery is Delivery.SHELF and slips(held) == []


def test_a_printer_out_of_order_loses_no_posting(qtbot: QtBot, held: Bench) -> None:
    code = named(held.play, 0)
    page = opened(qtbot, held)
    held.around.tray.is_broken = True
    page.acting.send(code)
    sheet = page.acting.send_sheet()
    for field, text in ((sheet.line, "Tổ 3"), (sheet.commune, "Phường Mẫu"), (sheet.province, "Tỉnh Mẫu")):
        field.set_text(text)
    sheet.confirm()
    assert held.play.life(code).delivery is Delivery.POSTED
    assert len(held.around.frame.warnings) == 1
    held.around.tray.is_broken = False
    page.show_view(View.ON_WAY)
    press(page, Qt.Key.Key_I, alt=True)
    assert slips(held) == ["post_label"]


def test_f12_lists_everything_that_is_here_once(qtbot: QtBot, held: Bench) -> None:
    for turn in range(2):
        held.play.post(named(held.play, turn))
    page = opened(qtbot, held)
    press(page, Qt.Key.Key_F12)
    assert slips(held) == ["post_manifest"]
    press(page, Qt.Key.Key_F12)
    assert slips(held) == ["post_manifest"] and len(held.around.frame.warnings) == 1


def test_the_word_of_the_post_is_entered_and_ends_the_dossier(qtbot: QtBot, held: Bench) -> None:
    sent = held.play.post(named(held.play, 0, fee_timing=FeeTiming.AFTER))
    held.play.later(hours=26)
    page = opened(qtbot, held)
    assert page.take_scan(sent.item_code)
    sheet = page.acting.word_sheet()
    assert sheet.is_open and sheet.item_code == sent.item_code
    press(page, Qt.Key.Key_Return)
    assert held.play.life(sent.code).business is State.RETURNED
    assert any("200.000" in words for _, words in held.around.frame.words)


@pytest.mark.parametrize("clock", ["", "25:10", "9h99", "trưa"])
def test_a_word_without_its_time_is_not_stored(qtbot: QtBot, held: Bench, clock: str) -> None:
    sent = held.play.post(named(held.play, 0))
    page = opened(qtbot, held)
    page.take_scan(sent.item_code)
    sheet = page.acting.word_sheet()
    sheet.clock.set_text(clock)
    sheet.confirm()
    assert sheet.is_open and sheet.clock.message()
    assert held.play.life(sent.code).post is None


def test_undelivered_asks_why_and_goes_back_to_the_shelf(qtbot: QtBot, held: Bench) -> None:
    sent = held.play.post(named(held.play, 0))
    held.play.later(hours=3)
    page = opened(qtbot, held)
    press(page, Qt.Key.Key_2, alt=True)
    press(page, Qt.Key.Key_Return)
    word = page.acting.word_sheet()
    word.word.set_value(PostWord.UNDELIVERED)
    word.reason.line.setText("Người nhận đã chuyển đi nơi khác.")
    word.confirm()
    assert held.play.life(sent.code).delivery is Delivery.UNDELIVERED
    press(page, Qt.Key.Key_3, alt=True)
    press(page, Qt.Key.Key_Return)
    back = page.acting.back_sheet()
    assert back.is_open and back.code == sent.code and not back.reason.isVisibleTo(back)
    press(page, Qt.Key.Key_Return)
    assert held.play.life(sent.code).delivery is Delivery.SHELF
    assert slips(held) == ["shelf_label"]


def test_a_cover_is_called_off_while_it_is_here(qtbot: QtBot, held: Bench) -> None:
    sent = held.play.post(named(held.play, 0))
    page = opened(qtbot, held)
    press(page, Qt.Key.Key_2, alt=True)
    press(page, Qt.Key.Key_R, alt=True)
    sheet = page.acting.back_sheet()
    press(page, Qt.Key.Key_Return)
    assert sheet.is_open                           # it asks why
    sheet.reason.line.setText("Dán nhầm nhãn")
    sheet.confirm()
    assert held.play.life(sent.code).delivery is Delivery.SHELF
    assert held.play.pool().total.void == 1


def test_codes_that_run_low_are_told_and_a_new_roll_is_two_scans(qtbot: QtBot, held: Bench) -> None:
    with held.play.connect() as connection:
        use_post_rule(connection, PostRule(few=60))
    page = opened(qtbot, held)
    assert page.alarm.isVisibleTo(page) and "50" in page.alarm.title()
    press(page, Qt.Key.Key_T, alt=True)
    sheet = page.acting.range_sheet()
    assert page.view is View.CODES and sheet.is_open
    page.take_scan(item(500))
    page.take_scan(item(599))
    assert "100" in sheet.amount.text()
    sheet.confirm()
    assert held.play.pool().total.left == 150
    assert not page.alarm.isVisibleTo(page)


def test_a_range_of_the_settings_is_offered_and_taken_with_one_key(qtbot: QtBot, held: Bench) -> None:
    with held.play.connect() as connection:
        use_post_rule(connection, PostRule(ranges=(OfferedRange(item(500), item(599)),)))
    page = opened(qtbot, held)
    assert page.alarm.isVisibleTo(page)
    page.alarm.asked.emit()
    page.acting.range_sheet().confirm()
    assert held.play.pool().total.handed == 150


def test_a_code_is_made_void_with_its_reason(qtbot: QtBot, held: Bench) -> None:
    page = opened(qtbot, held)
    press(page, Qt.Key.Key_H, alt=True)
    sheet = page.acting.void_sheet()
    page.take_scan(item(120))
    sheet.confirm()
    assert sheet.is_open and sheet.reason.message()
    sheet.reason.set_text("Nhãn rách")
    sheet.confirm()
    assert held.play.pool().total.void == 1


def test_a_pick_up_is_called_moved_and_handed_to_reception(qtbot: QtBot, held: Bench) -> None:
    page = opened(qtbot, held)
    wanted: list[str] = []
    page.pickup_requested.connect(wanted.append)
    press(page, Qt.Key.Key_4, alt=True)
    press(page, Qt.Key.Key_T, alt=True)
    sheet = page.acting.call_sheet()
    typed("ly lich")
    press(page, Qt.Key.Key_Return)
    call = sample_call()
    for field, text in ((sheet.name, call.name), (sheet.line, "Tổ 9"), (sheet.commune, "Phường Mẫu"),
                        (sheet.province, "Tỉnh Mẫu")):
        field.set_text(text)
    sheet.phone.set_number("0905000456")
    sheet.confirm()
    assert not sheet.is_open and slips(held) == ["pickup_slip"]
    press(page, Qt.Key.Key_F12)
    assert wanted == []                            # nothing has been fetched yet
    press(page, Qt.Key.Key_Return)
    press(page, Qt.Key.Key_Return)
    assert slips(held) == ["pickup_slip", "pickup_slip"]
    with held.play.reading() as connection:
        (row,) = open_pickups(connection)
    assert row.state is PickupState.COLLECTED
    press(page, Qt.Key.Key_F12)
    assert wanted == [row.id]


def test_the_slip_of_a_pick_up_opens_its_next_step(qtbot: QtBot, held: Bench) -> None:
    asked = held.play.call()
    page = opened(qtbot, held)
    assert page.take_scan(asked.number)
    assert page.acting.move_sheet().is_open
    assert asked.number in page.acting.move_sheet().title.text()


def test_one_code_on_two_covers_is_said_over_the_lists(qtbot: QtBot, held: Bench) -> None:
    one = held.play.post(named(held.play, 0))
    other = held.play.post(named(held.play, 1), replace(PARCEL, item_code=item(130)))
    with held.play.connect() as connection:        # as if another counter had used the label of `one`
        connection.exec_driver_sql(
            "UPDATE postings SET item_code = ? WHERE code = ?", (one.item_code, other.code))
    page = opened(qtbot, held)
    assert page.clash.isVisibleTo(page)
    assert one.code in page.clash.accessibleName() and other.code in page.clash.accessibleName()


def test_a_code_that_cannot_be_is_refused_with_a_sound(qtbot: QtBot, held: Bench) -> None:
    page = opened(qtbot, held)
    assert page.take_scan("EA000001000VN")
    assert held.around.clicks.refused == 1 and page.clash.isVisibleTo(page)
    assert not page.take_scan("quá ngắn")


def test_the_age_of_the_last_word_is_on_the_row(qtbot: QtBot, held: Bench) -> None:
    sent = held.play.post(named(held.play, 0))
    now = held.play.later(days=5)
    held.play.say(sent.item_code, PostWord.IN_TRANSIT, now - timedelta(days=2))
    page = opened(qtbot, held)
    page.show_view(View.ON_WAY)
    model = page.views.models[View.ON_WAY]
    assert model.index(0, 3).data() == "Đang chuyển, 2 ngày trước"
    held.play.later(days=6)
    assert model.index(0, 3).data() == "Đang chuyển, 8 ngày trước"


def test_every_key_that_is_told_is_bound_once(qtbot: QtBot, held: Bench) -> None:
    page = opened(qtbot, held)
    told = [key.sequence for key in Page.keys(page)]
    assert len(told) == len(set(told)) >= 13
