"""Keys: every place has one, none is taken twice, and a bound key works once per press."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.shortcuts import PLACES, WINDOW_KEYS, Key, Place, bind


def test_every_place_has_its_look() -> None:
    assert list(PLACES) == list(Place)


def test_no_key_of_the_window_is_taken_twice() -> None:
    keys = [look.key for look in PLACES.values()] + [key.sequence for key in WINDOW_KEYS]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    "sequence", [look.key for look in PLACES.values()] + [key.sequence for key in WINDOW_KEYS]
)
def test_a_key_is_written_as_qt_reads_it(sequence: str) -> None:
    assert QKeySequence(sequence).toString() == sequence


def test_a_cap_is_written_as_on_the_keyboard() -> None:
    assert Key("Ctrl+K", "tìm").cap == "Ctrl K"


def test_a_bound_key_works_inside_its_widget_only(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    inside, outside = QWidget(), QLineEdit()
    field = QLineEdit()
    QVBoxLayout(inside).addWidget(field)
    column = QVBoxLayout(window)
    column.addWidget(inside)
    column.addWidget(outside)
    pressed: list[str] = []
    bind(inside, {Key("F12", "in"): lambda: pressed.append("F12")})
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for widget in (field, outside):
        widget.setFocus()
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_F12)
    assert pressed == ["F12"]
