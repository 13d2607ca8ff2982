"""The frame: places, pages built when asked for, what it says, what it lets out, and nothing heavy imported."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import NOON
from ui.main_window import MainWindow
from ui.shortcuts import PLACES, Key, Place
from ui.theme import Theme
from ui.translations import Language
from ui.widgets.coming_page import COMING, ComingPage
from ui.widgets.counter_state import CounterName, CounterState, LineState
from ui.widgets.page import Page

STATE = CounterState(
    35, 35, 6, 29, timedelta(hours=1, minutes=52), 2, LineState.DOWN, NOON.replace(hour=9, minute=10),
    {Place.HANDOVER: 3, Place.SYNC: 120},
)
NAME = CounterName("Điểm tiếp nhận Mẫu 02", "Quầy 3", "Trần Thị Thử", "Sở Tư pháp")


class Desk(Page):
    """A page that remembers what it was told."""

    built = 0

    def __init__(self) -> None:
        super().__init__("Bàn thử")
        type(self).built += 1
        self.field = QLineEdit()
        self.body.addWidget(self.field)
        self.arrivals = 0
        self.scans: list[str] = []
        self.is_safe = True
        self.bind_keys({Key("Ctrl+P", "In lại"): lambda: self.scans.append("printed")})

    def arrive(self) -> None:
        self.arrivals += 1
        self.field.setFocus()

    def take_scan(self, text: str, *, is_rewritten: bool = False) -> bool:
        if text.startswith("0"):
            self.scans.append(text)
        return text.startswith("0")

    def may_close(self) -> bool:
        return self.is_safe


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    Desk.built = 0
    window = MainWindow(lambda: NOON)
    window.register_place(Place.HOME, Desk)
    window.show_name(NAME)
    window.show_state(STATE)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    page = window.page()
    if isinstance(page, Desk):
        page.is_safe = True
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press(window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.windowHandle(), key, held)


def test_nothing_heavy_is_imported_before_the_first_paint() -> None:
    script = (
        "import sys, ui.main_window, ui.context, ui.scan_filter, ui.sound, ui.background.child\n"
        "import ui.widgets.row_table\n"
        "heavy = {'sqlalchemy', 'sqlcipher3', 'alembic', 'requests', 'reportlab', 'PIL', 'pypdfium2', 'zxingcpp',"
        " 'cryptography', 'keyring', 'barcode', 'PySide6.QtNetwork', 'PySide6.QtPrintSupport'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_page_is_built_when_its_place_is_first_asked_for_and_kept(window: MainWindow) -> None:
    assert Desk.built == 0
    first = window.go(Place.HOME)
    window.go(Place.SETTINGS)
    assert window.go(Place.HOME) is first
    assert Desk.built == 1
    assert isinstance(first, Desk)
    assert first.arrivals == 2
    assert first.field.hasFocus()


@pytest.mark.parametrize("place", list(Place))
def test_every_place_has_its_key(window: MainWindow, qtbot: QtBot, place: Place) -> None:
    for other in set(Place) - {Place.HOME} - set(COMING):
        window.register_place(other, Desk)
    window.go(Place.SEARCH if place is not Place.SEARCH else Place.SYNC)
    key = getattr(Qt.Key, f"Key_{PLACES[place].key}")
    with qtbot.waitSignal(window.place_requested, check_params_cb=lambda asked: asked is place):
        press(window, key)
    assert window.place() is place
    assert window.rail.button(place).isChecked()


def test_home_in_a_filled_field_goes_to_its_beginning(window: MainWindow) -> None:
    window.register_place(Place.INTAKE, Desk)
    page = window.go(Place.INTAKE)
    assert isinstance(page, Desk)
    page.field.setText("mẫu")
    press(window, Qt.Key.Key_Home)
    assert (window.place(), page.field.cursorPosition()) == (Place.INTAKE, 0)


@pytest.mark.parametrize("place", list(COMING))
def test_a_place_of_a_later_release_says_what_it_will_do(window: MainWindow, place: Place) -> None:
    page = window.go(place)
    assert isinstance(page, ComingPage)
    said = " ".join(label.text() for label in page.findChildren(QLabel))
    assert COMING[place].until in said
    page.home.click()
    assert window.place() is Place.HOME


def test_a_page_beside_belongs_to_its_place_and_goes_when_left(window: MainWindow) -> None:
    window.go(Place.HOME)
    beside = window.open_beside(Place.SEARCH, Desk)
    gone: list[bool] = []
    beside.destroyed.connect(lambda: gone.append(True))
    assert window.page() is beside
    assert window.rail.button(Place.SEARCH).isChecked()
    window.go_back()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.place() is Place.HOME
    assert gone == [True]


def test_a_scan_goes_to_the_page_first_and_then_out(window: MainWindow, qtbot: QtBot) -> None:
    page = window.go(Place.HOME)
    assert isinstance(page, Desk)
    with qtbot.assertNotEmitted(window.scanned):
        window.take_scan("049090000017")
    assert page.scans == ["049090000017"]
    with qtbot.waitSignal(window.scanned, check_params_cb=lambda text, _: text == "H47.15-261121-0042"):
        window.take_scan("H47.15-261121-0042")


def test_the_find_box_is_one_key_away(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place.HOME)
    press(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.top_line.find_box.hasFocus()
    QTest.keyClicks(window.top_line.find_box, "nguyen")
    with qtbot.waitSignal(window.find_submitted, check_params_cb=lambda text: text == "nguyen"):
        press(window, Qt.Key.Key_Return)


def test_f1_lists_the_keys_of_the_page_and_gives_the_focus_back(window: MainWindow, qtbot: QtBot) -> None:
    page = window.go(Place.HOME)
    assert isinstance(page, Desk)
    with qtbot.waitSignal(window.help_requested):
        press(window, Qt.Key.Key_F1)
    said = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert {"In lại", "Ctrl P", "Hôm nay", "Home", "Ctrl K"} <= set(said)
    press(window, Qt.Key.Key_Escape)
    assert page.field.hasFocus()


def test_the_bottom_line_tells_every_figure(window: MainWindow) -> None:
    said = window.state_line.said()
    for words in ("Mất kết nối từ 09:10", "Trên máy 35", "bản thứ hai 35", "tỉnh đã nhận 6", "chờ gửi 29",
                  "1 giờ 52 phút", "mất 2 hồ sơ"):
        assert words in said


@pytest.mark.parametrize(
    ("width", "words"), [(1366, "chờ gửi 29 (cũ nhất 1 giờ 52 phút)"), (911, "chờ 29 (1 giờ 52 phút)")]
)
def test_the_bottom_line_shortens_its_words_and_keeps_its_figures(
    window: MainWindow, qapp: QApplication, width: int, words: str
) -> None:
    window.resize(width, 600)
    qapp.processEvents()
    sentences = [sentence.plain() for sentence in window.state_line.findChildren(QLabel)
                 if hasattr(sentence, "plain")]
    assert words in " ".join(sentences)
    for sentence in window.state_line.findChildren(QLabel):
        assert sentence.width() >= sentence.sizeHint().width()
        assert sentence.geometry().right() <= window.state_line.width()


def test_no_second_place_is_said_and_not_counted(window: MainWindow) -> None:
    window.show_state(replace(STATE, second_copy=None))
    assert "bản thứ hai chưa đặt" in window.state_line.said()


def test_what_waits_stands_on_the_rail(window: MainWindow) -> None:
    assert window.rail.button(Place.HANDOVER).badge == 3
    assert window.rail.button(Place.HOME).badge == 0
    assert window.rail.button(Place.HANDOVER).accessibleName() == "Bàn giao, 3 việc chờ"


def test_a_language_switch_builds_anew_and_stays_where_the_clerk_is(
    window: MainWindow, language: Language, qapp: QApplication
) -> None:
    window.go(Place.HOME)
    window.open_beside(Place.SEARCH, Desk)
    window.warn("warn", "Máy in không trả lời")
    language.use("en")
    qapp.processEvents()
    assert window.place() is Place.SEARCH
    assert window.rail.button(Place.HOME).accessibleName() == "Today"
    assert "waiting 29" in window.state_line.said()
    assert any(label.text() == "Máy in không trả lời" for label in window.findChildren(QLabel))
    window.go_back()
    assert window.place() is Place.HOME


def test_what_is_not_safe_keeps_the_window_open(window: MainWindow) -> None:
    page = window.go(Place.HOME)
    assert isinstance(page, Desk)
    page.is_safe = False
    assert not window.close()
    page.is_safe = True
    assert window.close()


def test_the_clock_shows_the_minute_it_is_told(qtbot: QtBot) -> None:
    moments = iter([NOON, NOON + timedelta(minutes=1)])
    now: list[datetime] = [next(moments)]
    window = MainWindow(lambda: now[0])
    qtbot.addWidget(window)
    shown = {label.text() for label in window.top_line.findChildren(QLabel)}
    assert "11:02" in shown
    now[0] = next(moments)
    window.top_line.tick()
    assert "11:03" in {label.text() for label in window.top_line.findChildren(QLabel)}
    window.close()


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614), (911, 512), (1920, 1080)])
@pytest.mark.parametrize("name", ["light", "contrast"])
def test_the_frame_fits_every_screen(
    window: MainWindow, look: Theme, qapp: QApplication, size: tuple[int, int], name: str
) -> None:
    look.use(name)
    window.resize(*size)
    window.go(Place.HOME)
    qapp.processEvents()
    assert (window.width(), window.height()) == size
    for place in Place:
        button = window.rail.button(place)
        assert button.height() >= 46
        assert button.geometry().bottom() <= window.rail.height()
    tops = [window.rail.button(place).y() for place in Place]
    assert all(later - earlier >= 46 for earlier, later in pairwise(tops))


def test_every_control_of_the_frame_has_a_name(window: MainWindow) -> None:
    window.go(Place.SETTINGS)
    nameless = [
        child for child in window.findChildren(QWidget)
        if child.focusPolicy() != Qt.FocusPolicy.NoFocus and not child.accessibleName()
        and not child.inherits("QScrollArea") and child.isVisible() and not isinstance(child, QLabel)
    ]
    assert nameless == []


def test_a_plain_widget_may_be_a_page(window: MainWindow) -> None:
    class Plain(QWidget):
        def __init__(self) -> None:
            super().__init__()
            QVBoxLayout(self).addWidget(QLabel("chữ"))

    window.register_place(Place.SYNC, Plain)
    assert isinstance(window.go(Place.SYNC), Plain)
    window.take_scan("abc")
