"""The rail's places: a count that waits and the focus ring do not paint over each other."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.shortcuts import Place
from ui.theme import theme
from ui.widgets.nav_rail import NavButton


def test_a_focused_place_with_a_count_still_shows_its_name(qtbot: QtBot) -> None:
    button = NavButton(Place.HOME)
    qtbot.addWidget(button)
    button.set_badge(24)
    button.resize(button.sizeHint())
    button.show()
    button.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is button)
    shown = button.grab().toImage()
    badge = theme().color("nav-badge")
    filled = sum(
        shown.pixelColor(x, y) == badge for x in range(shown.width()) for y in range(shown.height())
    )
    assert 0 < filled < shown.width() * shown.height() / 4
