"""A window in a process of its own, which says on stdout what it saw: see `window`, which starts it.

    python -m tests.benchmarks.window_probe bare
    python -m tests.benchmarks.window_probe real FOLDER
    python -m tests.benchmarks.window_probe typing FOLDER KEYS

Moments are of the machine's monotonic clock, which all processes share.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from app.store.queries.dossiers import DossierRow
    from ui.counter_window import CounterWindow
    from ui.pages.search.page import SearchPage

Said = dict[str, Any]


class FirstPaint(QObject):
    """Calls `then` once, when the first paint of `window` has come to its end.

    An urgent event posted while painting comes right after it, before the work that waits for the paint, too.
    """

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), Qt.EventPriority.HighEventPriority.value)
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.User:
            self._then()
            return True
        return super().event(event)


def memory_kb() -> int:
    line = next(each for each in Path("/proc/self/status").read_text().splitlines() if each.startswith("VmRSS"))
    return int(line.split()[1])


def bare() -> Said:
    """As little as a window can be."""
    from PySide6.QtWidgets import QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1366, 768)
    said: Said = {}

    def painted() -> None:
        said.update(painted=time.monotonic(), painted_kb=memory_kb())
        app.quit()

    FirstPaint(window, painted)
    window.show()
    app.exec()
    return said


def real(folder: str) -> Said:
    """The counter as `python -m app` opens it, until the start page is painted."""
    from types import SimpleNamespace

    from app.paths import DataFolder
    from ui import launch  # noqa: F401  the door itself
    from ui.command_line import window
    from ui.command_line.folder import data_folder

    said: Said = {}
    where: DataFolder = data_folder(SimpleNamespace(data=Path(folder)))  # type: ignore[arg-type]

    from ui import counter_window

    class Watched(counter_window.CounterWindow):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            FirstPaint(self.window, lambda: said.update(painted=time.monotonic(), painted_kb=memory_kb()))

        def open(self) -> bool:
            is_open = super().open()
            page = self.window.page()
            assert page is not None
            page.repaint()
            said.update(usable=time.monotonic(), usable_kb=memory_kb())
            self._app.quit()
            return is_open

    counter_window.CounterWindow = Watched  # type: ignore[assignment, misc]
    window._run(where)
    return said


def typing(folder: str, keys: str) -> Said:
    """Seconds from a key in the search box to painted rows: of the book, constant ones, and while sync is busy."""
    from app.paths import DataFolder
    from ui.counter_window import CounterWindow
    from ui.shortcuts import Place
    from ui.theme import install_theme
    from ui.translations import Language

    app = QApplication([])
    counter = CounterWindow(app, install_theme(app), Language(app), DataFolder(Path(folder)))
    counter.window.show()
    counter.open()
    assert counter.courier is not None
    counter.courier.stop()
    page: Any = counter.window.go(Place.SEARCH)
    app.processEvents()
    hand = Hand(app, page)
    hand.warm()
    found, constant = [], []
    for _ in range(int(keys)):
        found.append(hand.search_key())
        constant.append(hand.constant_key())
    contact = Contact(counter)
    while_sending: list[float] = []
    while len(while_sending) < int(keys) and contact.is_under_way(app):
        while_sending.append(hand.search_key())
    counter.close()
    return {"found": found, "constant": constant, "while_sending": while_sending, "problem": contact.problem}


class Hand:
    """Types names into the search box, letter by letter, and waits for each letter's rows to be painted."""

    def __init__(self, app: QApplication, page: SearchPage) -> None:
        self._app, self._page = app, page
        self._letters = self._names()
        self._constant: tuple[DossierRow, ...] = ()
        self._painted = Painted(page.table.viewport())

    def warm(self) -> None:
        for _ in range(20):
            self.search_key()
        self._constant = tuple(self._page.table.dossiers.rows())

    def search_key(self) -> float:
        return self._timed(lambda letter: self._press(letter))

    def constant_key(self) -> float:
        """The same key, the same table, the same number of rows; only that they are not looked for."""
        from ui.widgets.paged_table import ListSource

        def press(letter: str) -> None:
            self._page.box.blockSignals(True)
            self._press(letter)
            self._page.box.blockSignals(False)
            self._page.table.show_rows(ListSource(self._constant))

        return self._timed(press)

    def _timed(self, press: Callable[[str], None]) -> float:
        letter = next(self._letters)
        self._painted.has = False
        started = time.perf_counter()
        press(letter)
        while not self._painted.has:
            self._app.processEvents()
        return time.perf_counter() - started

    def _press(self, letter: str) -> None:
        from PySide6.QtTest import QTest

        QTest.keyClicks(self._page.box, letter)

    def _names(self) -> Iterator[str]:
        import random

        from app.domain.text import fold
        from tests.big_book import GIVEN, MIDDLES, SURNAMES

        noise = random.Random(9)
        while True:
            self._page.box.blockSignals(True)
            self._page.box.clear()
            self._page.box.blockSignals(False)
            yield from fold(" ".join(noise.choice(part) for part in (SURNAMES, MIDDLES, GIVEN)))


class Painted(QObject):
    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.has = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.has = self.has or event.type() == QEvent.Type.Paint
        return False


class Contact:
    """The courier's first contact, which sends everything that waits."""

    def __init__(self, counter: CounterWindow) -> None:
        self._has_begun = self._has_ended = False
        self.problem = ""
        counter._start_courier()
        assert counter.courier is not None
        counter.courier.said.connect(self._on_said)

    def is_under_way(self, app: QApplication) -> bool:
        while not self._has_begun:
            app.processEvents()
        return not self._has_ended

    def _on_said(self, message: dict[str, Any]) -> None:
        event = message.get("event")
        self._has_begun = self._has_begun or event == "contact_started"
        if event == "contact_ended":
            self._has_ended = True
            self.problem = str(message["report"].get("problem") or "")


def _end_at_once(*what: Any) -> None:
    """An error inside Qt's loop would leave the window standing for ever."""
    sys.__excepthook__(*what)
    os._exit(1)


if __name__ == "__main__":
    sys.excepthook = _end_at_once
    probes: dict[str, Callable[..., Said]] = {"bare": bare, "real": real, "typing": typing}
    print(json.dumps(probes[sys.argv[1]](*sys.argv[2:])))
