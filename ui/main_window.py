"""The window: a rail of places, a top line, a bottom line, and between them one page at a time.

What stands in it is a clerk's frame (`ui.clerk_frame`); the window holds the keys, the lines to the outside and,
where several clerks sign in, the frames of all of them (`ui.window_seats`). It knows no dossier and asks no
database. Values come in by methods, wishes go out as signals. After a change of language everything is built anew
and the clerk is where she was.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QWidget

from ui.clerk_frame import ClerkFrame, Clock, PageFactory
from ui.first_paint import AfterFirstPaint
from ui.shortcuts import PLACES, WINDOW_KEYS, Place
from ui.theme import Tone, theme
from ui.widgets.counter_state import CounterName, CounterState
from ui.widgets.nav_rail import NavRail
from ui.widgets.page import Page
from ui.widgets.state_line import StateLine
from ui.widgets.top_line import TopLine
from ui.window_seats import WindowSeats


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
    support_requested = Signal()
    help_shown = Signal(str)              # a help page was opened

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._is_closed = False
        self._state = CounterState()
        self._name = CounterName("", "", "")
        self.shortcuts: list[QShortcut] = []
        self.setMinimumSize(640, 360)          # 1366×768 at 200 %: what does not fit scrolls
        self.resize(1366, 768)
        self._field: QLineEdit | None = None
        self._bind_keys()
        theme().dress(self)
        self.frame = self.new_frame()          # of who sits at the window
        self.setCentralWidget(self.frame.widget)
        self.seats = WindowSeats(self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    # the frame of who sits here

    def new_frame(self) -> ClerkFrame:
        """One without a page, for a clerk who comes for the first time; it speaks for the window."""
        return self._joined(ClerkFrame(self._clock, self._name, self._state))

    def take_frame(self, frame: ClerkFrame) -> None:
        """From now on this one stands for the window; showing it is the caller's."""
        self.frame = frame
        frame.show_name(self._name)
        frame.show_state(self._state)

    @property
    def rail(self) -> NavRail:
        return self.frame.rail

    @property
    def top_line(self) -> TopLine:
        return self.frame.top_line

    @property
    def state_line(self) -> StateLine:
        return self.frame.state_line

    def register_place(self, place: Place, factory: PageFactory) -> None:
        """`factory` builds the page of `place` when it is first asked for, and again after a language switch."""
        self.frame.register_place(place, factory)

    def forget_pages(self) -> None:
        """The pages built so far are built anew when they are next asked for."""
        self.frame.forget_pages()

    def go(self, place: Place) -> QWidget:
        """Shows the page of `place` and returns it; closes a page that was opened beside."""
        return self.frame.go(place)

    def open_beside(self, place: Place, factory: PageFactory, *, is_over: bool = False) -> QWidget:
        """Shows a page that is no place of its own; `go_back` leaves it. See `ClerkFrame.open_beside`."""
        return self.frame.open_beside(place, factory, is_over=is_over)

    def go_back(self) -> None:
        """From a page beside to the page or place it was opened over."""
        self.frame.go_back()

    def page(self) -> QWidget | None:
        """The page in front."""
        return self.frame.page()

    def place(self) -> Place:
        """The place that is lit in the rail."""
        return self.frame.place()

    # values in

    @property
    def state(self) -> CounterState:
        return self._state

    def show_state(self, state: CounterState) -> None:
        self._state = state
        self.frame.show_state(state)

    def show_name(self, name: CounterName) -> None:
        self._name = name
        self.frame.show_name(name)
        self.setWindowTitle(" · ".join(part for part in ("Quầy Một Cửa", name.office, name.counter) if part))

    def say(self, text: str, tone: Tone = "ok") -> None:
        """A word in passing; what needs a person goes to `warn`."""
        self.frame.say(text, tone)

    def warn(self, tone: Tone, title: str, detail: str = "", action: str = "", key: str = "") -> None:
        """A bar over every page until `silence`; `banner_pressed` when its action is pressed."""
        self.frame.warn(tone, title, detail, action, key)

    def silence(self) -> None:
        self.frame.silence()

    def take_scan(self, text: str, is_rewritten: bool = False) -> None:
        """A scan, from wherever the focus was: first for the page in front, then `scanned`."""
        page = self.page()
        if not (isinstance(page, Page) and page.take_scan(text, is_rewritten=is_rewritten)):
            self.scanned.emit(text, is_rewritten)

    # keys

    def focus_find(self) -> None:
        """Ctrl K: the find box, with what stands in it selected."""
        self.frame.focus_find()

    def show_keys(self) -> None:
        """F1: the keys of the page in front; pressed again, its help; once more, away."""
        self.frame.show_keys()

    def show_help(self, name: str = "") -> None:
        """Help page `name`, or that of the place in front, inside the window."""
        self.frame.show_help(name)

    # inside

    def _joined(self, frame: ClerkFrame) -> ClerkFrame:
        frame.place_asked.connect(self._on_place_requested)
        frame.find_submitted.connect(self.find_submitted)
        frame.help_requested.connect(self.help_requested)
        frame.banner_pressed.connect(self.banner_pressed)
        frame.help_shown.connect(self.help_shown)
        return frame

    def _bind_keys(self) -> None:
        works: dict[str, Callable[[], object]] = {
            "Ctrl+K": self.focus_find,
            "F1": self.show_keys,
            "Ctrl+L": self.language_requested.emit,
            "Ctrl+H": self.theme_requested.emit,
            "F10": self.lock_requested.emit,
            "Ctrl+M": self.support_requested.emit,
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
        if event.type() == QEvent.Type.LanguageChange and self.centralWidget() and not self.seats.is_covered:
            self.seats.forget_others()
            before = self.frame
            self.takeCentralWidget()
            self.frame = self._joined(before.anew(self._name, self._state))
            self.setCentralWidget(self.frame.widget)
            self.frame.show_as(before)
            before.remove()

    def closeEvent(self, event: QCloseEvent) -> None:
        pages = [page for page in (*self.frame.pages(), *self.seats.other_pages()) if isinstance(page, Page)]
        if all(page.may_close() for page in pages):
            self.frame.stop()
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
