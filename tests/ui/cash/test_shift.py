"""A change of shift says that a cash session is open, and leads to its count."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.cash.desk import FLOAT, Bench, bench, press
from tests.ui.dossier.desk import present
from ui.dialogs.cash_close_sheet import CashCloseSheet
from ui.main_window import MainWindow
from ui.pages.home.page import HomePage
from ui.pages.home.shift_sheet import ShiftSheet
from ui.places import Places
from ui.shortcuts import Place


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path) as made:
        yield made


def asked(page: HomePage) -> ShiftSheet:
    page.hand_over_shift()
    sheet = page.window().findChild(ShiftSheet)
    assert isinstance(sheet, ShiftSheet) and sheet.is_open
    return sheet


def test_an_open_cash_session_is_said_and_closed_first(qtbot: QtBot, held: Bench) -> None:
    held.play.open(FLOAT)
    page = present(qtbot, HomePage(held.desk), 1240, 660)
    sheet = asked(page)
    assert sheet.cash_open.isVisible() and held.play.clerk.name in sheet.cash_open.title()
    with qtbot.waitSignal(page.cash_close_requested):
        press(Qt.Key.Key_C, alt=True)
    assert not sheet.is_open


def test_with_no_session_open_nothing_is_said_and_the_key_does_nothing(qtbot: QtBot, held: Bench) -> None:
    page = present(qtbot, HomePage(held.desk), 1240, 660)
    sheet = asked(page)
    assert not sheet.cash_open.isVisible()
    press(Qt.Key.Key_C, alt=True)
    assert sheet.is_open


class Quiet:
    def send_now(self) -> None:
        pass


def test_the_way_leads_to_the_count_that_closes_it(qtbot: QtBot, held: Bench) -> None:
    held.play.open(FLOAT)
    window = MainWindow(held.office.clock.now)
    qtbot.addWidget(window)
    places = Places(window, held.desk, Quiet())
    window.resize(1366, 768)
    window.show()
    places.close_cash()
    assert window.place() is Place.CASH
    sheet = window.findChild(CashCloseSheet)
    assert isinstance(sheet, CashCloseSheet) and sheet.is_open
    window.top_line.stop()
