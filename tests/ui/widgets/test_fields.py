"""Fields to type in: grouping, messages, the number cell, the search box."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, QStringListModel, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.choice import Choice
from ui.widgets.count_spin import CountSpin
from ui.widgets.line_field import LineField
from ui.widgets.money_field import MoneyField, money_text
from ui.widgets.phone_field import PhoneField
from ui.widgets.search_box import SearchBox
from ui.widgets.tick import Tick


@pytest.mark.parametrize(("amount", "words"), [
    (0, "0 đ"), (999, "999 đ"), (1000, "1.000 đ"), (1234567, "1.234.567 đ"), (-2000, "−2.000 đ"),
])
def test_money_is_written_with_dots(amount: int, words: str) -> None:
    assert money_text(amount) == words


@pytest.mark.parametrize(("typed", "shown", "amount"), [
    ("1", "1", 1), ("1350000", "1.350.000", 1350000), ("00200000", "200.000", 200000), ("12a3", "123", 123),
    ("1234567890123", "123.456.789.012", 123456789012), ("", "", None),
])
def test_money_is_grouped_while_it_is_typed(qtbot: QtBot, typed: str, shown: str, amount: int | None) -> None:
    field = MoneyField("Số tiền")
    qtbot.addWidget(field)
    QTest.keyClicks(field.line, typed)
    assert field.text() == shown
    assert field.amount() == amount


def test_the_cursor_stays_at_its_digit_when_dots_come_and_go(qtbot: QtBot) -> None:
    field = MoneyField("Số tiền")
    qtbot.addWidget(field)
    field.set_amount(1234567)
    field.line.setCursorPosition(1)
    QTest.keyClicks(field.line, "9")
    assert (field.text(), field.line.cursorPosition()) == ("19.234.567", 2)
    QTest.keyClick(field.line, Qt.Key.Key_Backspace)
    assert (field.text(), field.line.cursorPosition()) == ("1.234.567", 1)


@pytest.mark.parametrize(("label", "hint", "name"), [
    ("Họ và tên", "như trên thẻ", "Họ và tên"), ("", "Giấy tờ hoặc nội dung khác", "Giấy tờ hoặc nội dung khác"),
])
def test_a_field_without_a_label_is_named_by_its_hint(qtbot: QtBot, label: str, hint: str, name: str) -> None:
    field = LineField(label, hint=hint)
    qtbot.addWidget(field)
    assert field.line.accessibleName() == name


def test_only_typing_is_told(qtbot: QtBot) -> None:
    field = MoneyField("Số tiền")
    qtbot.addWidget(field)
    told: list[object] = []
    field.amount_edited.connect(told.append)
    field.set_amount(5000)
    assert told == []
    QTest.keyClicks(field.line, "1")
    QTest.keyClick(field.line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field.line, Qt.Key.Key_Delete)
    assert told == [50001, None]


@pytest.mark.parametrize(("typed", "shown", "number"), [
    ("0905123123", "0905 123 123", "0905123123"),
    ("+84905123123", "+84 905 123 123", "+84905123123"),
    ("0905.123.123", "0905 123 123", "0905123123"),
    ("02363", "0236 3", "02363"),
])
def test_a_phone_number_is_grouped_as_it_is_read_aloud(
    qtbot: QtBot, typed: str, shown: str, number: str
) -> None:
    field = PhoneField("Điện thoại")
    qtbot.addWidget(field)
    QTest.keyClicks(field.line, typed)
    assert (field.text(), field.number()) == (shown, number)


def test_a_message_is_said_in_words_and_to_a_screen_reader(qtbot: QtBot) -> None:
    field = LineField("Họ và tên")
    qtbot.addWidget(field)
    field.show()
    field.set_message("Họ tên không có chữ nào", "bad")
    assert field.message() == "Họ tên không có chữ nào"
    assert field.line.accessibleName() == "Họ và tên"
    assert field.line.accessibleDescription() == "Họ tên không có chữ nào"
    assert field.line.property("tone") == "bad"
    field.set_message("")
    assert (field.line.property("tone"), field.line.accessibleDescription()) == ("", "")


@pytest.mark.parametrize(("keys", "value"), [
    ("2", 2), ("12", 12), ("123", 3), ("00", 0), ("1+", 2), ("1--", 0), ("5x", 5),
])
def test_the_number_cell_is_set_by_digits(qtbot: QtBot, keys: str, value: int) -> None:
    cell = CountSpin("Bản chính", value=1)
    qtbot.addWidget(cell)
    cell.show()
    cell.setFocus()
    QTest.keyClicks(cell, keys)
    assert cell.value() == value
    assert cell.accessibleName() == f"Bản chính: {value}"


def test_the_number_cell_tells_only_changes(qtbot: QtBot) -> None:
    cell = CountSpin("Bản chính", value=1)
    qtbot.addWidget(cell)
    told: list[int] = []
    cell.value_edited.connect(told.append)
    QTest.keyClicks(cell, "1")
    QTest.keyClick(cell, Qt.Key.Key_Backspace)
    cell.set_value(7)
    assert told == [0]


@pytest.fixture
def box(qtbot: QtBot) -> Iterator[SearchBox]:
    window = QWidget()
    qtbot.addWidget(window)
    box = SearchBox("Tìm thủ tục", "Gõ 2–3 tiếng", "Ctrl K")
    QVBoxLayout(window).addWidget(box)
    window.resize(700, 500)
    window.show()
    window.activateWindow()
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    yield box


def test_answers_are_walked_with_the_arrows_and_chosen_with_enter(qtbot: QtBot, box: SearchBox) -> None:
    model = QStringListModel(parent=box)
    box.set_model(model)
    box.typed.connect(lambda text: model.setStringList([f"{text} {number}" for number in range(20)]))
    QTest.keyClicks(box, "ly lich")
    assert box.is_open()
    assert box.hasFocus()
    for key, row in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_PageDown, 9), (Qt.Key.Key_Up, 8)):
        QTest.keyClick(box, key)
        answer = box.current_answer()
        assert answer is not None
        assert answer.row() == row
    with qtbot.waitSignal(box.chose, check_params_cb=lambda index: index.data() == "ly lich 8"):
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert not box.is_open()


def test_escape_closes_the_answers_and_keeps_the_words(qtbot: QtBot, box: SearchBox) -> None:
    model = QStringListModel(["một"], box)
    box.set_model(model)
    QTest.keyClicks(box, "a")
    model.setStringList(["một", "hai"])
    assert box.is_open()
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert not box.is_open()
    assert box.text() == "a"
    with qtbot.waitSignal(box.submitted, check_params_cb=lambda text: text == "a"):
        QTest.keyClick(box, Qt.Key.Key_Return)


def test_no_answer_no_list(qtbot: QtBot, box: SearchBox) -> None:
    model = QStringListModel(["một"], box)
    box.set_model(model)
    model.setStringList(["hai"])
    assert box.is_open()
    model.setStringList([])
    assert not box.is_open()


def test_a_tick_is_ticked_by_space_and_click(qtbot: QtBot) -> None:
    tick = Tick("Nhận tin nhắn")
    qtbot.addWidget(tick)
    tick.show()
    QTest.keyClick(tick, " ")
    assert tick.isChecked()
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton)
    assert not tick.isChecked()
    assert tick.accessibleName() == "Nhận tin nhắn"


def test_scrolling_past_a_choice_changes_nothing(qtbot: QtBot) -> None:
    choice = Choice("Cách trả")
    qtbot.addWidget(choice)
    choice.addItems(["Tại quầy", "Bưu chính"])
    choice.show()
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )
    QApplication.sendEvent(choice, wheel)
    assert choice.currentIndex() == 0
