"""A sheet over the window: as tall as what it says, as long as the window has room."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.measured import cut_off
from ui.dialogs.sheet import Sheet
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
