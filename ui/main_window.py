"""The window: a rail of places, a top line, a bottom line, and between them one page at a time.

It arranges and passes on; it knows no dossier and asks no database. Values come in by methods, wishes go out
as signals. Pages are built by the factories given to `register_place`, each when its place is first asked
for, so the first paint waits for none of them. After a change of language everything is built anew and the
clerk is where she was.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.first_paint import AfterFirstPaint
from ui.shortcuts import PLACES, WINDOW_KEYS, Key, Place
from ui.theme import Tone, theme
from ui.translations import tr
from ui.widgets.counter_state import CounterName, CounterState
from ui.widgets.nav_rail import NavRail
from ui.widgets.page import Page
from ui.widgets.page_frame import PageFrame
from ui.widgets.state_line import StateLine
from ui.widgets.top_line import TopLine
from ui.window_seats import WindowSeats

if TYPE_CHECKING:                  # built when first needed: the first paint does without them
    from ui.widgets.banner import Banner
    from ui.widgets.help_view import HelpView
    from ui.widgets.keys_panel import KeysPanel
    from ui.widgets.toast import Toast

Clock = Callable[[], datetime]
PageFactory = Callable[[], QWidget]


class MainWindow(QMainWindow):
    """See the module. `clock` gives an aware now for the clock of the top line and for near dates."""

    place_requested = Signal(Place)       # the clerk asked for a place; the window goes there by itself
    find_submitted = Signal(str)          # Enter in the find box without choosing an answer
    scanned = Signal(str, bool)           # a scan that the page in front had no use for; was it rewritten
    help_requested = Signal()             # F1, after the list of keys was opened
    language_requested = Signal()
    theme_requested = Signal()
    banner_pressed = Signal()
    lock_requested = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._is_closed = False
        self.seats = WindowSeats(self)
        self.shortcuts: list[QShortcut] = []
        self._factories: dict[Place, PageFactory] = {}
        self._place = Place.HOME
        self._pages: dict[Place, QWidget] = {}
        self._frames: dict[QWidget, PageFrame] = {}
        self._beside: tuple[Place, PageFactory] | None = None
        self._under: list[tuple[Place, PageFactory]] = []      # pages beside that the one in front was opened from
        self._beside_page: QWidget | None = None
        self._said: tuple[Tone, str, str, str, str] | None = None
        self._banner: Banner | None = None
        self._toast: Toast | None = None
        self._panel: KeysPanel | None = None
        self._help: HelpView | None = None
        self._state = CounterState()
        self._name = CounterName("", "", "")
        self.setMinimumSize(640, 360)          # 1366×768 at 200 %: what does not fit scrolls
        self.resize(1366, 768)
        self._field: QLineEdit | None = None
        self._bind_keys()
        theme().dress(self)
        self.build_frame()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    # what pages stand in

    def register_place(self, place: Place, factory: PageFactory) -> None:
        """`factory` builds the page of `place` when it is first asked for, and again after a language switch."""
        self._factories[place] = factory
        self.rail.set_coming(place, False)

    def forget_pages(self) -> None:
        """The pages built so far are built anew when they are next asked for."""
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages = {}
        self._frames = {}

    def go(self, place: Place) -> QWidget:
        """Shows the page of `place` and returns it; closes a page that was opened beside."""
        self._drop_beside()
        self._place = place
        page = self._pages.get(place)
        if page is None:
            page = self._pages[place] = self._built(place)
            self._frames[page] = PageFrame(page)
            self._stack.addWidget(self._frames[page])
        self._show(page, place)
        return page

    def open_beside(self, place: Place, factory: PageFactory, *, is_over: bool = False) -> QWidget:
        """Shows a page that is no place of its own (one dossier, opened from Tra cứu); `go_back` leaves it.

        `is_over`: opened from another such page (a dossier's scans), to which `go_back` then returns.
        """
        under = [*self._under, self._beside] if is_over and self._beside is not None else []
        self._drop_beside()
        self._under = under
        page = factory()
        self._beside = (place, factory)
        self._beside_page = page
        self._frames[page] = PageFrame(page)
        self._stack.addWidget(self._frames[page])
        self._show(page, place)
        return page

    def go_back(self) -> None:
        """From a page beside to the page or place it was opened over."""
        if self._under:
            *under, (place, factory) = self._under
            self.open_beside(place, factory)
            self._under = under
        elif self._beside is not None:
            self.go(self._place)

    def page(self) -> QWidget | None:
        """The page in front."""
        frame = self._stack.currentWidget()
        return frame.page if isinstance(frame, PageFrame) else None

    def place(self) -> Place:
        """The place that is lit in the rail."""
        return self._beside[0] if self._beside is not None else self._place

    # values in

    def show_state(self, state: CounterState) -> None:
        self._state = state
        self.state_line.show_state(state)
        self.rail.set_badges(state.badges)

    def show_name(self, name: CounterName) -> None:
        self._name = name
        self.top_line.show_name(name)
        self.setWindowTitle(" · ".join(part for part in ("Quầy Một Cửa", name.office, name.counter) if part))

    def say(self, text: str, tone: Tone = "ok") -> None:
        """A word in passing; what needs a person goes to `warn`."""
        if self._toast is None:
            from ui.widgets.toast import Toast

            self._toast = Toast(self._frame)
        self._toast.say(text, tone)

    def warn(self, tone: Tone, title: str, detail: str = "", action: str = "", key: str = "") -> None:
        """A bar over every page until `silence`; `banner_pressed` when its action is pressed."""
        self._said = said = (tone, title, detail, action, key)
        if self._banner is None:
            from ui.widgets.banner import Banner

            self._banner = Banner()
            self._banner.asked.connect(self.banner_pressed)
            self._column.insertWidget(1, self._banner.framed())
        self._banner.say(*said)

    def silence(self) -> None:
        self._said = None
        if self._banner is not None:
            self._banner.silence()

    def take_scan(self, text: str, is_rewritten: bool = False) -> None:
        """A scan, from wherever the focus was: first for the page in front, then `scanned`."""
        page = self.page()
        if not (isinstance(page, Page) and page.take_scan(text, is_rewritten=is_rewritten)):
            self.scanned.emit(text, is_rewritten)

    # inside

    @property
    def state(self) -> CounterState:
        return self._state

    def build_frame(self) -> None:
        """Makes the frame from nothing: at the start, after a change of language, for a clerk who comes first."""
        self._pages = {}
        self._frames = {}
        self._beside_page = None
        self.rail = NavRail()
        self.rail.place_requested.connect(self._on_place_requested)
        self.top_line = TopLine(self._clock)
        self.top_line.find_submitted.connect(self.find_submitted)
        self.state_line = StateLine(self._clock)
        self.state_line.help_requested.connect(self.show_keys)
        self.state_line.sync_requested.connect(lambda: self._on_place_requested(Place.SYNC))
        self._stack = QStackedWidget()
        self._column = column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.top_line)
        column.addWidget(self._stack, 1)
        column.addWidget(self.state_line)
        self._frame = frame = QWidget()
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        before = None if self.seats.is_covered else self.takeCentralWidget()
        if before is not None:
            # Not at once: the key that asked for another language may still be on its way through the old page.
            before.hide()
            before.deleteLater()
        if not self.seats.is_covered:
            self.setCentralWidget(frame)
        self._banner = None
        self._toast = None
        self._panel = None
        self._help = None
        for place in Place:
            self.rail.set_coming(place, place not in self._factories)
        self.show_name(self._name)
        self.show_state(self._state)
        if self._said is not None:
            self.warn(*self._said)
        # Focus goes round in the order of the talk: the page first, then the frame.
        self.setTabOrder(self._stack, self.top_line)
        self.setTabOrder(self.top_line, self.rail)

    def _built(self, place: Place) -> QWidget:
        if place in self._factories:
            return self._factories[place]()
        from ui.widgets.coming_page import ComingPage

        page = ComingPage(place)
        page.asked_home.connect(lambda: self._on_place_requested(Place.HOME))
        return page

    def _show(self, page: QWidget, place: Place) -> None:
        self.rail.set_place(place)
        if self._stack.indexOf(self._frames[page]) < 0:        # put aside with a lock (`window_seats`)
            self._stack.addWidget(self._frames[page])
        self._stack.setCurrentWidget(self._frames[page])
        for cover in (self._panel, self._help):
            if cover is not None:
                cover.hide()
        if isinstance(page, Page):
            page.arrive()
        if not page.isAncestorOf(self.focusWidget() or self):
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop_beside(self) -> None:
        if self._beside_page is not None:
            frame = self._frames.pop(self._beside_page)
            self._stack.removeWidget(frame)
            frame.deleteLater()
        self._beside = None
        self._beside_page = None
        self._under = []

    def _bind_keys(self) -> None:
        works: dict[str, Callable[[], object]] = {
            "Ctrl+K": self.focus_find,
            "F1": self.show_keys,
            "Ctrl+L": self.language_requested.emit,
            "Ctrl+H": self.theme_requested.emit,
            "F10": self.lock_requested.emit,
        }
        for key in WINDOW_KEYS:
            self._bind(key.sequence, works[key.sequence])
        for place, look in PLACES.items():
            self._bind(look.key, partial(self._on_place_requested, place))

    def _bind(self, sequence: str, work: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(sequence), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(work)
        self.shortcuts.append(shortcut)

    def _on_place_requested(self, place: Place) -> None:
        self.place_requested.emit(place)
        self.go(place)

    def focus_find(self) -> None:
        """Ctrl K: the find box, with what stands in it selected."""
        self.top_line.find_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top_line.find_box.selectAll()

    def show_keys(self) -> None:
        """F1: the keys of the page in front; pressed again, its help; once more, away."""
        if self._help is not None and self._help.isVisible():
            self._help.close_help()
            return
        if self._panel is None:
            from ui.widgets.keys_panel import KeysPanel

            self._panel = KeysPanel(self._frame)
            self._panel.help_asked.connect(self.show_help)
        elif self._panel.isVisible():
            self._panel.ask_help()
            return
        page = self.page()
        keys: tuple[Key, ...] = tuple(page.keys()) if isinstance(page, Page) else ()
        title = (page.accessibleName() if page else "") or tr(PLACES[self.place()].name)
        self._panel.open_for(title, keys)
        self.help_requested.emit()

    def show_help(self) -> None:
        """The help page of the place in front, inside the window."""
        from ui.help_pages import DOSSIER_PAGE, PAGE_OF

        if self._help is None:
            from ui.widgets.help_view import HelpView

            self._help = HelpView(self._frame)
        page = self.page()
        own = page.help_page if isinstance(page, Page) else ""
        self._help.open_at(own or (PAGE_OF[self._place] if self._beside is None else DOSSIER_PAGE))

    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        if self._field is not None and shiboken6.isValid(self._field):
            self._field.removeEventFilter(self)
        self._field = now if isinstance(now, QLineEdit) else None
        if self._field is not None:
            self._field.installEventFilter(self)

    # Qt's side

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In an empty field Home has no beginning to go to, so there too it is the key of the place.

        Not in a sheet's: that would stay open over another page.
        """
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QLineEdit)
            and event.key() == Qt.Key.Key_Home
            and not watched.text()
            and not _is_on_sheet(watched)
        ):
            event.ignore()
            return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if self._is_closed:            # nothing is built anew behind a closed door
            return
        if event.type() == QEvent.Type.LanguageChange and not self.seats.is_covered and self.centralWidget():
            self.seats.forget_others()
            beside, place = self._beside, self._place
            had_page = self.page() is not None
            self.top_line.stop()
            self.build_frame()
            if had_page:
                self.go(place)
            if beside is not None:
                self.open_beside(*beside)

    def closeEvent(self, event: QCloseEvent) -> None:
        mine = (*self._pages.values(), self._beside_page)
        pages = [page for page in (*mine, *self.seats.other_pages()) if isinstance(page, Page)]
        if all(page.may_close() for page in pages):
            self.top_line.stop()
            self.seats.close()
            self._is_closed = True
            event.accept()
        else:
            event.ignore()

    def paint_then(self, work: Callable[[], object]) -> None:
        """Runs `work` right after the first paint: the heavy imports, the database, the first page."""
        AfterFirstPaint(self, work)


def _is_on_sheet(widget: QWidget) -> bool:
    from ui.dialogs.sheet import Sheet  # not before the first paint

    over = widget.parentWidget()
    while over is not None and not isinstance(over, Sheet):
        over = over.parentWidget()
    return over is not None
