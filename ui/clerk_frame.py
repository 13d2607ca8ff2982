"""One clerk's frame: rail, top line, bottom line, her pages, and what was said over them.

The window shows one frame at a time; where several clerks sign in each has her own, and it waits untouched while
another's is in front (`ui.window_seats`). A frame arranges and passes on; it knows no dossier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.shortcuts import PLACES, Key, Place
from ui.theme import Tone
from ui.translations import tr
from ui.widgets.counter_state import CounterName, CounterState
from ui.widgets.nav_rail import NavRail
from ui.widgets.page import Page
from ui.widgets.page_frame import PageFrame
from ui.widgets.state_line import StateLine
from ui.widgets.top_line import TopLine

if TYPE_CHECKING:                  # built when first needed: the first paint does without them
    from app.services.known_problems import Known
    from ui.widgets.banner import Banner
    from ui.widgets.help_view import HelpView
    from ui.widgets.keys_panel import KeysPanel
    from ui.widgets.toast import Toast

Clock = Callable[[], datetime]
PageFactory = Callable[[], QWidget]


class ClerkFrame(QObject):
    """`widget` is what the window shows. Pages are built by the factories given to `register_place`."""

    place_asked = Signal(Place)
    find_submitted = Signal(str)
    help_requested = Signal()
    banner_pressed = Signal()
    help_shown = Signal(str)

    def __init__(self, clock: Clock, name: CounterName, state: CounterState) -> None:
        super().__init__()
        self._clock = clock
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
        self._problems: tuple[Known, ...] = ()
        self._build()
        self.show_name(name)
        self.show_state(state)

    def _build(self) -> None:
        self.rail = NavRail()
        self.rail.place_requested.connect(self.place_asked)
        self.top_line = TopLine(self._clock)
        self.top_line.find_submitted.connect(self.find_submitted)
        self.state_line = StateLine(self._clock)
        self.state_line.help_requested.connect(self.show_keys)
        self.state_line.sync_requested.connect(lambda: self.place_asked.emit(Place.SYNC))
        self._stack = QStackedWidget()
        self._column = column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.top_line)
        column.addWidget(self._stack, 1)
        column.addWidget(self.state_line)
        self.widget = QWidget()
        row = QHBoxLayout(self.widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        for place in Place:
            self.rail.set_coming(place, True)
        # Focus goes round in the order of the talk: the page first, then the frame.
        QWidget.setTabOrder(self._stack, self.top_line)
        QWidget.setTabOrder(self.top_line, self.rail)

    # coming and going

    def anew(self, name: CounterName, state: CounterState) -> ClerkFrame:
        """The same place with the same pages to be built, as yet without one: in another language."""
        made = ClerkFrame(self._clock, name, state)
        for place, factory in self._factories.items():
            made.register_place(place, factory)
        made._place = self._place
        if self._said is not None:
            made.warn(*self._said)
        return made

    def show_as(self, other: ClerkFrame) -> None:
        """Where the clerk was in `other`, whose place this takes."""
        if other.page() is not None:
            self.go(other._place)
        if other._beside is not None:
            self.open_beside(*other._beside)

    def put_behind(self, hidden: QWidget) -> None:
        """Into `hidden`. Dressing takes long: only the page in front comes back at once with the frame, the others
        when they are asked for."""
        front = self._stack.currentWidget()
        for page in self._frames.values():
            if page is not front:
                self._stack.removeWidget(page)
                page.setParent(hidden)
        self.widget.setParent(hidden)

    def stop(self) -> None:
        """Its clock stands still: it is shown no more."""
        self.top_line.stop()

    def remove(self) -> None:
        """With all its pages, wherever they wait. Not at once: a key may still be on its way through one."""
        self.stop()
        self.widget.hide()
        for each in (self.widget, *self._frames.values()):
            each.deleteLater()
        self.deleteLater()

    # pages

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

    def pages(self) -> Iterator[QWidget]:
        """Every page that was built and not left."""
        yield from self._pages.values()
        if self._beside_page is not None:
            yield self._beside_page

    # values in

    def show_state(self, state: CounterState) -> None:
        self._problems = state.known_problems
        self.state_line.show_state(state)
        self.rail.set_badges(state.badges)

    def show_name(self, name: CounterName) -> None:
        self.top_line.show_name(name)

    def say(self, text: str, tone: Tone = "ok") -> None:
        """A word in passing; what needs a person goes to `warn`."""
        if self._toast is None:
            from ui.widgets.toast import Toast

            self._toast = Toast(self.widget)
        self._toast.say(text, tone)

    @property
    def warned(self) -> str:
        """The title of the bar over the pages; "" when there is none."""
        return self._said[1] if self._said is not None else ""

    @property
    def has_spoken(self) -> bool:
        """Whether a word in passing was ever said here."""
        return self._toast is not None

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

    # keys of the window

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

            self._panel = KeysPanel(self.widget)
            self._panel.help_asked.connect(lambda: self.show_help())
        elif self._panel.isVisible():
            self._panel.ask_help()
            return
        page = self.page()
        keys: tuple[Key, ...] = tuple(page.keys()) if isinstance(page, Page) else ()
        title = (page.accessibleName() if page else "") or tr(PLACES[self.place()].name)
        self._panel.open_for(title, keys)
        self.help_requested.emit()

    def show_help(self, name: str = "") -> None:
        """Help page `name`, or that of the place in front, inside the window."""
        from ui.help_pages import DOSSIER_PAGE, PAGE_OF

        if self._help is None:
            from ui.widgets.help_view import HelpView

            self._help = HelpView(self.widget)
            self._help.shown.connect(self.help_shown)
        page = self.page()
        own = name or (page.help_page if isinstance(page, Page) else "")
        self._help.tell(self._problems)
        self._help.open_at(own or (PAGE_OF[self._place] if self._beside is None else DOSSIER_PAGE))

    # inside

    def _built(self, place: Place) -> QWidget:
        if place in self._factories:
            return self._factories[place]()
        from ui.widgets.coming_page import ComingPage

        page = ComingPage(place)
        page.asked_home.connect(lambda: self.place_asked.emit(Place.HOME))
        return page

    def _show(self, page: QWidget, place: Place) -> None:
        self.rail.set_place(place)
        if self._stack.indexOf(self._frames[page]) < 0:        # put behind with a lock
            self._stack.addWidget(self._frames[page])
        self._stack.setCurrentWidget(self._frames[page])
        for cover in (self._panel, self._help):
            if cover is not None:
                cover.hide()
        if isinstance(page, Page):
            page.arrive()
        window = self.widget.window()
        if not page.isAncestorOf(window.focusWidget() or window):
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop_beside(self) -> None:
        if self._beside_page is not None:
            frame = self._frames.pop(self._beside_page)
            self._stack.removeWidget(frame)
            frame.deleteLater()
        self._beside = None
        self._beside_page = None
        self._under = []
