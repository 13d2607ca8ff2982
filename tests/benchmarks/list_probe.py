"""The real window in a process of its own: keys that open lists, and the start screen; `lists` starts it.

    python -m tests.benchmarks.list_probe FOLDER KEYS
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.paths import DataFolder
from tests.benchmarks.window_probe import Painted, Said, _end_at_once
from ui.counter_window import CounterWindow
from ui.shortcuts import Place
from ui.theme import install_theme
from ui.translations import Language
from ui.widgets.paged_table import ListSource

KEYS = (Qt.Key.Key_1, Qt.Key.Key_5, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)
"""Alt and these: all, overdue, due today, due soon."""


def lists(folder: str, keys: str) -> Said:
    app = QApplication([])
    counter = CounterWindow(app, install_theme(app), Language(app), DataFolder(Path(folder)))
    counter.window.show()
    counter.open()
    assert counter.courier is not None
    counter.courier.stop()
    page: Any = counter.window.go(Place.SEARCH)
    app.processEvents()
    painted = Painted(page.table.viewport())
    listed: list[float] = []
    constant: list[float] = []
    for turn in range(int(keys)):
        key = KEYS[turn % len(KEYS)]
        seconds = timed(app, painted, lambda key=key: QTest.keyClick(  # type: ignore[misc]
            page.table, key, Qt.KeyboardModifier.AltModifier))
        if turn >= len(KEYS):                      # the first round only warms up
            listed.append(seconds)
        same = tuple(page.table.dossiers.rows())
        seconds = timed(app, painted, lambda same=same: page.table.show_rows(ListSource(same)))  # type: ignore[misc]
        if turn >= len(KEYS):
            constant.append(seconds)
    home: Any = counter.window.go(Place.HOME)
    app.processEvents()
    on_home = Painted(home.table.viewport())
    read, still = [], []
    for _ in range(max(3, int(keys) // 4)):
        read.append(timed(app, on_home, lambda: refresh(home)))
        still.append(timed(app, on_home, home.repaint))
    counter.close()
    return {"listed": listed or [1.0], "constant": constant or [1.0], "home": read, "still": still}


def refresh(home: Any) -> None:
    home.refresh()
    assert isinstance(home, QWidget)
    home.repaint()


def timed(app: QApplication, painted: Painted, press: Callable[[], object]) -> float:
    painted.has = False
    started = time.perf_counter()
    press()
    while not painted.has:
        app.processEvents()
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.excepthook = _end_at_once
    print(json.dumps(lists(*sys.argv[1:])))
