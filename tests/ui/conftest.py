"""The window's tests: one dressed application, and nothing of Qt left running after a test."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import collect_garbage
from ui.theme import Theme
from ui.translations import Language

NOON = datetime(2026, 11, 21, 11, 2, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
"""The moment the pictures of the design show; the clock of tests that need one."""


@pytest.fixture(scope="module", autouse=True)
def known_things(dressed: Theme, spoken: Language) -> None:
    """What earlier files imported and keep is no garbage: without this each test searched it twice."""
    collect_garbage()
    gc.freeze()


@pytest.fixture(autouse=True)
def dressed_app(dressed: Theme, spoken: Language) -> Iterator[None]:
    """Every test starts in the light theme and in Vietnamese."""
    yield
    if dressed.name != "light":
        dressed.use("light")
    spoken.use("vi")


@pytest.fixture
def qtbot(qtbot: QtBot, dressed: Theme) -> QtBot:
    """What a test shows by itself looks as it does in the window."""
    add = qtbot.addWidget

    def add_dressed(widget: QWidget, **more: Any) -> None:
        if not widget.styleSheet():
            dressed.dress(widget)
        add(widget, **more)

    qtbot.addWidget = add_dressed  # type: ignore[method-assign]
    return qtbot


@pytest.fixture
def look(dressed: Theme) -> Theme:
    return dressed


@pytest.fixture
def language(spoken: Language) -> Language:
    return spoken


@pytest.fixture(autouse=True)
def nothing_left_running(qapp: QApplication) -> Iterator[None]:
    """No active timer and no busy worker survives the test that made it."""
    yield
    collect_garbage()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    pool = QThreadPool.globalInstance()
    assert pool.waitForDone(5000), "a worker is still busy"
    owners = [qapp, *QApplication.topLevelWidgets()]
    running = [timer for owner in owners for timer in owner.findChildren(QTimer) if timer.isActive()]
    assert not running, f"timers left running: {[timer.parent() for timer in running]}"
