"""The practice room round a counter's window: its strip, its cable, its people, its papers, its guide.

The room is made before the office is opened, and opens it: the province first, beside the window, because the
first time a whole office is made.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.errors import KnownError
from app.paths import DataFolder
from sync.gateway.process import GatewayProcess
from ui.background.alive import while_alive
from ui.background.tasks import BackgroundTasks
from ui.counter_window import CounterWindow
from ui.messages import sentence
from ui.pages.cannot_open import CannotOpenPage
from ui.practice import keys
from ui.practice.again_sheet import AgainSheet
from ui.practice.office import open_practice
from ui.practice.opening_page import OpeningPage
from ui.practice.paper_sheet import PaperSheet, newest_paper
from ui.practice.people import cards
from ui.practice.province import Cable
from ui.practice.strip import PracticeStrip
from ui.shortcuts import Place, bind
from ui.translations import tr


class PracticeRoom(QObject):
    """`open` instead of the counter's own; `close` before it. `again_asked` when all of it is to begin anew."""

    opened = Signal()
    again_asked = Signal()
    looked_at_paper = Signal()

    def __init__(
        self, counter: CounterWindow, folder: DataFolder, *,
        prepare: Callable[[DataFolder], GatewayProcess] = open_practice,
    ) -> None:
        super().__init__(counter.window)
        self._counter, self._folder, self._prepare = counter, folder, prepare
        self._work = BackgroundTasks(self, threads=1)
        self._cards = cards()
        self.cable: Cable | None = None
        self.paper: PaperSheet | None = None
        self._again: AgainSheet | None = None
        window = counter.window
        self.strip = PracticeStrip()
        window.setMenuWidget(self.strip)           # above whatever stands in the window, a lock screen too
        self.strip.card_asked.connect(self.scan_card)
        self.strip.cable_asked.connect(self.turn_cable)
        self.strip.paper_asked.connect(self.show_paper)
        bind(window, {
            keys.CARD: self.scan_card, keys.CABLE: self.turn_cable, keys.PAPER: self.show_paper,
        }, is_for_window=True)
        window.windowTitleChanged.connect(self._on_title)
        self._on_title(window.windowTitle())

    def open(self) -> None:
        """The province, then the office; the window says meanwhile what is being done."""
        self._show(OpeningPage)
        self._work.run(
            lambda: self._prepare(self._folder), while_alive(self, self._on_prepared),
            while_alive(self, self._on_failed),
        )

    def close(self) -> None:
        """The province has ended when this returns."""
        self._work.close()
        if self.cable is not None:
            self.cable.close()

    @property
    def is_plugged(self) -> bool:
        return self.cable is None or self.cable.is_plugged

    # what the clerk does

    def scan_card(self) -> None:
        """The next invented citizen hands over her card."""
        if self._is_open():
            self._counter.scans.scanned.emit(next(self._cards), False)

    def turn_cable(self) -> None:
        """Out or in: the province really ends, or starts again; the courier finds it out by itself."""
        if self.cable is not None and not self.cable.is_moving:
            self.cable.turn()
            self._show_cable()

    def show_paper(self) -> None:
        """The paper that was printed last, as it would lie in the tray."""
        if not self._is_open():
            return
        if self.paper is None:
            self.paper = PaperSheet(self._counter.window)
        if self.paper.is_open:
            self.paper.close_sheet()
        elif self.paper.show_newest(self._folder.papers):
            self.looked_at_paper.emit()
        else:
            self._counter.window.say(tr("Chưa in tờ nào. Tiếp nhận một hồ sơ trước (F2)."), "info")

    def has_paper(self) -> bool:
        """Whether any paper was printed here."""
        return newest_paper(self._folder.papers) is not None

    def ask_again(self) -> None:
        """Everything practised so far is to be forgotten: asked once more, then said by `again_asked`."""
        if self._again is None:
            self._again = AgainSheet(self._counter.window)
            self._again.confirmed.connect(self.again_asked)
        self._again.open()

    # inside

    def _is_open(self) -> bool:
        return self._counter.desk is not None and self.cable is not None

    def _on_prepared(self, province: GatewayProcess) -> None:
        self.cable = Cable(province, self)
        self.cable.moved.connect(self._on_moved)
        self.cable.failed.connect(self._on_cable_failed)
        self._counter.window.forget_pages()
        if self._counter.open():
            self.opened.emit()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        said = sentence(error, self._counter.language.name)
        self._show(lambda: CannotOpenPage(said))

    def _on_moved(self) -> None:
        self._show_cable()
        self._counter.send_now()                   # the next contact says how it stands: no need to wait for it

    def _on_cable_failed(self, error: Exception) -> None:
        self._counter.window.say(tr("Chưa cắm lại được, bấm lần nữa."), "bad")

    def _show_cable(self) -> None:
        assert self.cable is not None
        self.strip.show_cable(is_plugged=self.cable.is_plugged, is_moving=self.cable.is_moving)

    def _show(self, make: Callable[[], object]) -> None:
        window = self._counter.window
        window.forget_pages()
        window.register_place(Place.HOME, make)  # type: ignore[arg-type]  # both are pages
        window.go(Place.HOME)

    def _on_title(self, title: str) -> None:
        first = tr("LUYỆN TẬP")
        if not title.startswith(first):
            self._counter.window.setWindowTitle(f"{first} · {title}" if title else first)


def room_of(window: object) -> PracticeRoom | None:
    """The room round `window`, None in real work."""
    return window.findChild(PracticeRoom) if isinstance(window, QObject) else None
