"""What was one clerk's in the window is not said to another, nor over a lock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.conftest import NOON
from ui.main_window import MainWindow
from ui.seat_frame import SeatFrame
from ui.shortcuts import Place
from ui.translations import Language


@contextmanager
def window_of_two(qtbot: QtBot) -> Iterator[tuple[MainWindow, SeatFrame, SeatFrame]]:
    window = MainWindow(lambda: NOON)
    qtbot.addWidget(window)
    window.show()
    window.seats.cover(QLabel("khóa"))
    assert window.seats.sit("một")
    window.register_place(Place.HOME, lambda: QLabel("của một"))
    window.go(Place.HOME)
    yield window, SeatFrame(window, "một"), SeatFrame(window, "hai")
    window.close()


def in_front(window: MainWindow) -> str:
    page = window.page()
    assert isinstance(page, QLabel)
    return page.text()


def test_a_word_about_her_work_waits_until_she_is_back(qtbot: QtBot) -> None:
    with window_of_two(qtbot) as (window, one, two):
        two.warn("bad", "của hai")
        two.say("cũng của hai")
        assert not window.frame.warned and not window.frame.has_spoken
        window.seats.cover(QLabel("khóa"))
        one.warn("bad", "của một")
        one.go(Place.HOME)
        assert not window.frame.warned, "nor over a lock"
        assert not window.seats.sit("một")
        one.catch_up()
        assert window.frame.warned == "của một"
        window.seats.cover(QLabel("khóa"))
        assert window.seats.sit("hai") and not window.frame.warned, "her banner stayed with her pages"
        two.catch_up()
        assert window.frame.warned == "của hai"


def test_pages_are_put_aside_and_come_back_one_by_one(qtbot: QtBot) -> None:
    with window_of_two(qtbot) as (window, _one, _two):
        window.register_place(Place.SEARCH, lambda: QLabel("tìm"))
        window.go(Place.SEARCH)
        window.seats.cover(QLabel("khóa"))
        assert [each.text() for each in window.findChildren(QLabel)] == ["khóa"]
        window.seats.sit("một")
        assert in_front(window) == "tìm"
        window.go(Place.HOME)
        assert in_front(window) == "của một"


def test_another_clerk_can_sit_down_without_a_lock_between(qtbot: QtBot) -> None:
    with window_of_two(qtbot) as (window, _one, _two):
        assert window.seats.sit("hai") and not window.seats.is_covered
        window.register_place(Place.HOME, lambda: QLabel("của hai"))
        window.go(Place.HOME)
        assert in_front(window) == "của hai"
        assert not window.seats.sit("một") and in_front(window) == "của một"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_menu_does_not_stay_open_over_the_lock(qtbot: QtBot) -> None:
    with window_of_two(qtbot) as (window, _one, _two):
        menu = QMenu(window)
        menu.addAction("số điện thoại")
        menu.popup(window.mapToGlobal(window.rect().center()))
        qtbot.waitUntil(menu.isVisible)
        window.seats.cover(QLabel("khóa"))
        assert not menu.isVisible()


def test_another_language_builds_everybodys_pages_anew(qtbot: QtBot, language: Language) -> None:
    with window_of_two(qtbot) as (window, _one, _two):
        window.seats.cover(QLabel("khóa"))
        window.seats.sit("hai")
        language.use("en")
        qtbot.waitUntil(lambda: not list(window.seats.other_pages()))
        assert window.seats.sit("một"), "her seat is new again"
