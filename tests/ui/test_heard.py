"""Each place and the sheets over it, as a screen reader and the Tab key find them: named, told apart, reached.

The scenes are those of the pictures. The rest of them, some hundred, are judged whenever pictures are taken:
`python -m tests.ui.<page>.shots OUTDIR` writes what is wrong as a text beside each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.office import Office, office_in
from tests.ui.dossier.desk import make_desk
from tests.ui.heard import unheard, unreached
from tests.ui.home import shots as home
from tests.ui.measured import cut_off
from tests.ui.shooting import open_wide, put_away, window_of
from tests.ui.sync import shots as sync
from ui.main_window import MainWindow
from ui.operations.desk import Desk
from ui.places import Places
from ui.shortcuts import Place
from ui.theme import Theme
from ui.translations import Language
from ui.widgets.chip import Chip

Scene = Callable[[Office, Desk, MainWindow], None]
SHEETS: tuple[Scene, ...] = (
    home.home_late, home.home_shift, home.obstacles_note, home.lists_sheet, home.register, home.changed,
    sync.begin_anew, sync.days_sheet,
)


class _Silent:
    def send_now(self) -> None:
        raise AssertionError("nobody asked to send")


@pytest.fixture(scope="module")
def office(dressed: Theme, spoken: Language, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_in(tmp_path_factory.mktemp("office")) as office:
        home.busy(office)
        office.application.reread()
        yield office


@pytest.fixture
def window(office: Office) -> Iterator[MainWindow]:
    window = window_of(office)
    open_wide(window, 1366, 768)
    yield window
    put_away(window)


def faults(window: QWidget) -> list[str]:
    QApplication.processEvents()
    return [*unheard(window), *unreached(window)]


def test_every_place_is_heard_and_walked_through(office: Office, window: MainWindow) -> None:
    Places(window, make_desk(office)[0], _Silent())
    wrong = {}
    for place in Place:
        window.go(place)
        wrong[place] = faults(window)
    assert {place: found for place, found in wrong.items() if found} == {}


def test_every_place_is_whole_on_a_scaled_screen(office: Office, window: MainWindow) -> None:
    """1366×768 at 125, 150 and 200 %, as the window sees it."""
    Places(window, make_desk(office)[0], _Silent())
    wrong = {}
    for size in (QSize(1093, 614), QSize(911, 512), QSize(683, 384)):
        window.resize(size)
        for place in Place:
            window.go(place)
            for _ in range(3):             # a row that breaks in two asks for its height anew
                QApplication.processEvents()
            wrong[place, size.width()] = cut_off(window, size)
    assert {at: found for at, found in wrong.items() if found} == {}


@pytest.mark.parametrize("scene", SHEETS, ids=lambda scene: scene.__name__)
def test_a_sheet_is_heard_and_keeps_tab_inside(office: Office, window: MainWindow, scene: Scene) -> None:
    scene(office, make_desk(office)[0], window)
    assert faults(window) == []


def nameless_button(column: QVBoxLayout) -> None:
    column.addWidget(QPushButton())


def nameless_list(column: QVBoxLayout) -> None:
    column.addWidget(QListWidget())


def named_as_in_the_code(column: QVBoxLayout) -> None:
    field = QLineEdit()
    field.setAccessibleName("QLineEdit")
    column.addWidget(field)


def silent_chip(column: QVBoxLayout) -> None:
    column.addWidget(Chip("", "bad"))


def silent_rows(column: QVBoxLayout) -> None:
    rows = QListWidget()
    rows.setAccessibleName("Danh sách")
    rows.addItem("")
    column.addWidget(rows)


def out_of_reach(column: QVBoxLayout) -> None:
    column.addWidget(_Trap("một"))
    column.addWidget(QPushButton("hai"))


class _Trap(QPushButton):
    """Tab does not lead out of it."""

    def event(self, event: QEvent) -> bool:
        return event.type() == QEvent.Type.KeyPress or super().event(event)


@pytest.mark.parametrize(
    "fault", [nameless_button, nameless_list, named_as_in_the_code, silent_chip, silent_rows, out_of_reach],
    ids=lambda fault: fault.__name__,
)
def test_a_fault_is_found(qtbot: QtBot, fault: Callable[[QVBoxLayout], None]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    good = QPushButton("Một nút")
    column.addWidget(good)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    good.setFocus(Qt.FocusReason.OtherFocusReason)
    assert faults(window) == []
    fault(column)
    assert faults(window) != []
