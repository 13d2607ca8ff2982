"""Who works at this window, where each clerk signs in as herself: locked at first, after a while, and on F10.

What belongs to the machine (sending, alarms, the second copy, printing under way) goes on behind the lock. Each
clerk has pages of her own, so what she left is what she finds, and a paper that comes out later bears her name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app.domain.people.grant import Standing
from app.services.days import today_at_counter
from ui.main_window import MainWindow
from ui.operations.desk import Desk
from ui.seat_frame import SeatFrame

DEFAULT_MINUTES, MOST_MINUTES = 5, 60
AUTO_LOCK = "auto_lock_minutes"
"""In the office file: after how many minutes without a key or a click the window locks itself."""
SOON_MS = 3_000
_WORK = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})


class Session(QObject):
    """`clerk` is who works here now; "" before the first, and where the office knows no personal sign-in."""

    entered = Signal(str, bool)        # clerk, and whether she sits down at this window for the first time
    locked = Signal()
    secret_wanted = Signal(str)        # clerk, at her place: she wants another secret

    def __init__(
        self, app: QApplication, window: MainWindow, desk: Desk, is_busy: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window, self._desk, self._is_busy = window, desk, is_busy
        self._desks: dict[str, tuple[Desk, SeatFrame]] = {}
        self.clerk = ""
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self._on_quiet)
        self._app, self._is_watching = app, False

    @property
    def is_on(self) -> bool:
        counter = self._desk.office.counter
        return counter is not None and counter.has_sign_in

    @property
    def is_locked(self) -> bool:
        return self._window.seats.is_covered

    def desk_of(self, clerk: str) -> Desk:
        """The desk of one clerk: whatever her pages begin is hers, whoever works here when it ends."""
        if clerk not in self._desks:
            frame = SeatFrame(self._window, clerk)
            self._desks[clerk] = replace(self._desk, clerk=lambda: clerk, frame=frame), frame
        return self._desks[clerk][0]

    def look(self) -> None:
        """Lock where it must be: personal sign-in came with the last contact, or her right has gone with it."""
        if self.is_on and not self.is_locked and not self._holds():
            self.lock()

    def lock(self) -> None:
        """Nothing of a page stays in sight."""
        from ui.pages.sign_in.page import SignInPage

        self._quiet.stop()
        if not self._is_watching:                  # where nobody signs in, no key is looked at
            self._is_watching = True
            self._app.installEventFilter(self)
        page = SignInPage(self._desk, self.clerk or self._desk.office.enrolled.shift_clerk)
        page.signed_in.connect(self._on_signed_in)
        page.change_wanted.connect(self.secret_wanted)
        self._window.seats.cover(page)
        page.show_state(self._window.state)
        page.arrive()
        self.locked.emit()

    def follow(self) -> None:
        """Who took the shift over has proved herself at that: the window is hers."""
        if self.is_on and not self.is_locked:
            acting = self._desk.office.sign_ins.acting()
            if acting != self.clerk and self.clerk:
                self._on_signed_in(acting)

    def refresh(self) -> None:
        """What the lock shows of the machine: sent, waiting, the line."""
        from ui.pages.sign_in.page import SignInPage

        page = self._window.centralWidget()
        if isinstance(page, SignInPage):
            page.show_state(self._window.state)

    def _on_signed_in(self, clerk: str) -> None:
        self.clerk = clerk
        is_new = self._window.seats.sit(clerk)
        self.entered.emit(clerk, is_new)
        if clerk in self._desks:
            self._desks[clerk][1].catch_up()
        self._wait()

    def _holds(self) -> bool:
        office, counter = self._desk.office, self._desk.office.enrolled
        clerk = next((each for each in counter.clerks if each.id == self.clerk), None)
        rights = counter.rights(clerk) if clerk is not None else None
        if rights is None:
            return False
        with office.database.reading() as connection:
            return rights.on(today_at_counter(connection, self._desk.clock())) is Standing.GOOD

    def _wait(self) -> None:
        said = self._desk.office.enrolled.office.get(AUTO_LOCK)
        minutes = said if isinstance(said, int) and 1 <= said <= MOST_MINUTES else DEFAULT_MINUTES
        self._quiet.start(minutes * 60_000)

    def _on_quiet(self) -> None:
        if self._is_busy():                        # a paper is on its way: its word is for her eyes
            self._quiet.start(SOON_MS)
        elif self.is_on and not self.is_locked:
            self.lock()

    # Qt's side

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _WORK and self._quiet.isActive():
            self._wait()
        return False
