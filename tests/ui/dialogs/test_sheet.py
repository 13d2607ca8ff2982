"""A sheet over the window: as tall as what it says, as long as the window has room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.measured import cut_off
from ui.dialogs.sheet import Sheet
from ui.shortcuts import FIND, PLACES
from ui.widgets.action_button import ActionButton
from ui.widgets.line_field import LineField


def settle() -> None:
    for _ in range(8):
        QApplication.processEvents()


def opened(qtbot: QtBot, height: int) -> tuple[Sheet, list[LineField], QScrollArea]:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1000, height)
    host.show()
    sheet = Sheet(host, "Gửi kết quả", "Gửi")
    fields = [LineField(f"Ô {number}") for number in range(4)]
    for field in fields:
        sheet.content.addWidget(field)
    sheet.open(fields[0].line)
    settle()
    area = sheet.findChild(QScrollArea)
    assert area is not None
    return sheet, fields, area


def test_a_word_under_a_field_makes_the_card_taller_and_going_makes_it_smaller(qtbot: QtBot) -> None:
    sheet, fields, area = opened(qtbot, 760)
    before = area.height()
    for field in fields:
        field.set_message("Cần ghi ô này để gửi được. " * 6)
    settle()
    assert area.height() > before and area.verticalScrollBar().maximum() == 0
    for field in fields:
        field.set_message("")
    settle()
    assert area.height() == before
    sheet.close_sheet()


def test_where_the_window_has_no_room_the_words_scroll(qtbot: QtBot) -> None:
    sheet, fields, area = opened(qtbot, 480)
    for field in fields:
        field.set_message("Cần ghi ô này để gửi được. " * 6)
    settle()
    assert area.verticalScrollBar().maximum() > 0
    assert sheet.act.mapTo(sheet, sheet.act.rect().bottomLeft()).y() <= sheet.height()
    sheet.close_sheet()


def test_buttons_that_have_no_room_beside_each_other_stand_in_two_rows(qtbot: QtBot) -> None:
    sheet, _, _ = opened(qtbot, 480)
    more = ActionButton("Từ chối tiếp nhận", "X")
    sheet.foot.insertWidget(1, more)
    sheet.act.set_label("Kết thúc, in biên bản giao nhận")
    host = sheet.parentWidget()
    for width, is_apart in ((1000, False), (560, True), (1000, False)):
        host.resize(width, 480)
        settle()
        assert (sheet.act.y() > more.y()) is is_apart
        assert cut_off(host, host.size()) == []
    sheet.close_sheet()


@pytest.mark.parametrize("key", [*(look.key for look in PLACES.values()), FIND])
def test_a_key_that_leads_elsewhere_waits_for_the_answer_and_says_so(qtbot: QtBot, key: str) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1000, 700)
    gone = []
    shortcut = QShortcut(QKeySequence(key), host)
    shortcut.activated.connect(lambda: gone.append(key))
    host.show()
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)
    sheet = Sheet(host, "Gửi kết quả", "Gửi")
    press = QKeySequence(key)[0]
    sheet.open()
    for focus in (sheet, sheet.act):
        focus.setFocus()
        QTest.keyClick(focus, press.key(), press.keyboardModifiers())
        settle()
        assert gone == [] and any("sang chỗ khác" in words for words in words_in_sight(sheet))
    sheet.close_sheet()
    sheet.open()
    assert not any("sang chỗ khác" in words for words in words_in_sight(sheet)), "asked anew"
    sheet.close_sheet()
    host.setFocus()
    QTest.keyClick(host, press.key(), press.keyboardModifiers())
    assert gone == [key], "and without a sheet the key leads there"


def words_in_sight(sheet: Sheet) -> list[str]:
    return [label.text() for label in sheet.findChildren(QLabel) if label.isVisible()]


def test_a_sheet_that_was_opened_before_the_window_was_active_gives_the_keys_back(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1000, 700)
    field = LineField("Mã hồ sơ")
    QVBoxLayout(host).addWidget(field)
    gone = []
    QShortcut(QKeySequence("F6"), host).activated.connect(lambda: gone.append("F6"))
    field.line.setFocus()
    sheet = Sheet(host, "Việc đang dở", "Làm tiếp")
    sheet.open()
    host.show()
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)
    sheet.close_sheet()
    assert QApplication.focusWidget() is field.line
    sheet.act.setFocus()                               # a hidden sheet that still had it would hold no key back
    QTest.keyClick(host, Qt.Key.Key_F6)
    assert gone == ["F6"]
