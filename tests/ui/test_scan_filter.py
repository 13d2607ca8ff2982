"""A scan never lands in a field; a person's typing lands unharmed, with its shortcuts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.errors import Refusal
from ui.scan_filter import ScanFilter

CARD = "049090000017|212345678|Nguyễn Thị Mẫu Ánh|07031990|Nữ|Thôn Giả Định, xã Điện Thọ|12082021"
CODE = "H47.15-261121-0042"


class Desk(QWidget):
    """A window with a field and a button, and everything that happened to it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.field, self.button = QLineEdit(), QPushButton("nút")
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.button)
        self.happened: list[str] = []
        self.button.clicked.connect(lambda: self.happened.append("clicked"))
        self.field.returnPressed.connect(lambda: self.happened.append("enter"))
        self.filter = ScanFilter(app)
        self.filter.scanned.connect(lambda text: self.happened.append(f"scan {text}"))
        self.filter.refused.connect(self._on_refused)
        self.filter.install()

    def _on_refused(self, refusal: Refusal) -> None:
        self.happened.append(f"refused {refusal.code}")

    def key(self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.windowHandle(), key, modifiers)

    def type_at_once(self, text: str) -> None:
        for letter in text:
            if letter.isascii():
                self.key(letter)
            else:
                QTest.sendKeyEvent(QTest.KeyAction.Click, self.windowHandle(), Qt.Key.Key_unknown, letter,
                                   Qt.KeyboardModifier.NoModifier)

    def shortcut(self, sequence: str) -> None:
        shortcut = QShortcut(QKeySequence(sequence), self)
        shortcut.activated.connect(lambda: self.happened.append(f"shortcut {sequence}"))


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(qapp)
    qtbot.addWidget(desk)
    desk.show()
    desk.activateWindow()
    qtbot.waitUntil(desk.isActiveWindow)
    yield desk
    desk.filter.remove()
    desk.filter.deleteLater()


def spoken(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition, timeout=2000)


@pytest.mark.parametrize("text", [CARD, CODE, "049090000017", "000.00.15.H47-260921-0001"])
def test_a_scan_in_a_text_field_leaves_the_field_empty(desk: Desk, text: str) -> None:
    desk.field.setFocus()
    desk.type_at_once(text)
    desk.key(Qt.Key.Key_Return)
    assert desk.happened == [f"scan {text}"]
    assert desk.field.text() == ""


def test_a_scan_on_a_button_presses_nothing(desk: Desk) -> None:
    desk.button.setFocus()
    desk.type_at_once("TEN CO DAU CACH 049090000017")
    desk.key(Qt.Key.Key_Return)
    assert desk.happened == ["scan TEN CO DAU CACH 049090000017"]


def test_a_scan_sets_off_no_single_letter_shortcut(desk: Desk) -> None:
    for letter in ("H", "4", "Return"):
        desk.shortcut(letter)
    desk.button.setFocus()
    desk.type_at_once(CODE)
    desk.key(Qt.Key.Key_Return)
    assert desk.happened == [f"scan {CODE}"]


def test_a_scan_without_end_key_is_taken_after_its_pause(desk: Desk, qtbot: QtBot) -> None:
    desk.field.setFocus()
    desk.type_at_once(CODE)
    spoken(qtbot, lambda: desk.happened == [f"scan {CODE}"])
    assert desk.field.text() == ""


def test_the_same_scan_again_at_once_is_one_scan(desk: Desk) -> None:
    for _ in range(2):
        desk.type_at_once(CODE)
        desk.key(Qt.Key.Key_Return)
    assert desk.happened == [f"scan {CODE}"]


def test_a_command_inside_a_scan_is_not_obeyed_and_refuses_the_scan(desk: Desk) -> None:
    desk.shortcut("F9")
    desk.field.setFocus()
    desk.type_at_once("04909000")
    desk.key(Qt.Key.Key_F9)
    desk.type_at_once("0017")
    desk.key(Qt.Key.Key_Return)
    assert desk.happened == ["refused scan_has_commands"]
    assert desk.field.text() == ""


def test_letters_of_a_person_arrive_in_order(desk: Desk, qtbot: QtBot) -> None:
    desk.field.setFocus()
    for letter in "mau":
        desk.key(letter)
        spoken(qtbot, lambda wanted=letter: desk.field.text().endswith(wanted))
    assert desk.field.text() == "mau"
    assert desk.happened == []


def test_two_quick_letters_and_enter_arrive_in_order(desk: Desk) -> None:
    desk.field.setFocus()
    desk.type_at_once("an")
    desk.key(Qt.Key.Key_Return)
    assert desk.field.text() == "an"
    assert desk.happened == ["enter"]


def test_backspace_works_at_once(desk: Desk) -> None:
    desk.field.setText("mẫu")
    desk.field.setFocus()
    desk.key(Qt.Key.Key_Backspace)
    assert desk.field.text() == "mẫ"


def test_a_letter_shortcut_works_where_no_field_wants_the_letter(desk: Desk, qtbot: QtBot) -> None:
    desk.shortcut("P")
    desk.shortcut("F2")
    desk.button.setFocus()
    desk.key("p")
    spoken(qtbot, lambda: desk.happened == ["shortcut P"])
    desk.key(Qt.Key.Key_F2)
    assert desk.happened == ["shortcut P", "shortcut F2"]


def test_a_letter_shortcut_stays_a_letter_in_a_field(desk: Desk, qtbot: QtBot) -> None:
    desk.shortcut("P")
    desk.field.setFocus()
    desk.key("p")
    spoken(qtbot, lambda: desk.field.text() == "p")
    assert desk.happened == []


def test_a_shortcut_right_after_a_letter_works_once(desk: Desk) -> None:
    desk.shortcut("Ctrl+K")
    desk.field.setFocus()
    desk.key("a")
    desk.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert desk.field.text() == "a"
    assert desk.happened == ["shortcut Ctrl+K"]


def test_space_presses_a_button_once(desk: Desk, qtbot: QtBot) -> None:
    desk.button.setFocus()
    desk.key(" ")
    spoken(qtbot, lambda: desk.happened == ["clicked"])
    assert not desk.button.isDown()


def test_tab_moves_the_focus(desk: Desk) -> None:
    desk.field.setFocus()
    desk.key(Qt.Key.Key_Tab)
    assert desk.button.hasFocus()


def commit(field: QWidget, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(field, event)


def test_a_word_of_an_input_method_arrives(desk: Desk, qtbot: QtBot) -> None:
    desk.field.setFocus()
    commit(desk.field, "Nguyễn")
    spoken(qtbot, lambda: desk.field.text() == "Nguyễn")


def test_a_scan_that_an_input_method_committed_whole_stays_out_of_the_field(desk: Desk) -> None:
    desk.field.setFocus()
    commit(desk.field, CARD)
    desk.key(Qt.Key.Key_Return)
    assert desk.happened == [f"scan {CARD}"]
    assert desk.field.text() == ""


def test_composing_text_is_shown_while_it_is_composed(desk: Desk) -> None:
    desk.field.setFocus()
    QCoreApplication.sendEvent(desk.field, QInputMethodEvent("nguyê", []))
    assert desk.field.text() == ""
    assert desk.field.inputMethodQuery(Qt.InputMethodQuery.ImSurroundingText) == ""


def test_a_window_that_closes_while_a_key_is_held_is_no_harm(desk: Desk, qapp: QApplication) -> None:
    other = QLineEdit()
    other.show()
    other.activateWindow()
    QTest.keyClick(other.windowHandle(), "a")
    other.close()
    other.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    del other
    desk.filter.remove()
    assert desk.happened == []


def test_alt_codes_of_a_scanner_become_letters(desk: Desk) -> None:
    """Scanners set to "ALT mode" send each letter as Alt with keypad digits."""
    window = desk.windowHandle()
    keypad = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier
    desk.field.setFocus()
    for letter in "049090000017":
        for digit in f"0{ord(letter):03d}":
            QTest.keyPress(window, getattr(Qt.Key, f"Key_{digit}"), keypad)
        QTest.keyRelease(window, Qt.Key.Key_Alt, Qt.KeyboardModifier.NoModifier)
    desk.key(Qt.Key.Key_Return)
    assert desk.happened == ["scan 049090000017"]
    assert desk.field.text() == ""
