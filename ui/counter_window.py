"""The counter at work: window, office, pages, scans, printing and the courier, put together once.

First the frame is painted; then the office is opened, because SQLAlchemy and the catalogue take longer to
import than the window takes to appear. What cannot be opened is said in the window, not in a console.
"""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.errors import KnownError
from app.paths import DataFolder
from ui.background.child import Child
from ui.background.tasks import BackgroundTasks
from ui.changes import Change, Changes
from ui.main_window import MainWindow
from ui.messages import sentence, unforeseen
from ui.scan_filter import ScanFilter
from ui.shortcuts import Place
from ui.sound import ScanSound
from ui.theme import THEMES, Theme
from ui.translations import ENGLISH, VIETNAMESE, Language, tr
from ui.widgets.counter_state import CounterName

if TYPE_CHECKING:
    from ui.background.at_work_keeper import AtWorkKeeper
    from ui.background.quiet_backup import QuietBackup
    from ui.background.scan_desk import ScanDesk
    from ui.background.second_copy import SecondCopyKeeper
    from ui.closing import ClosingBackup
    from ui.courier_line import CourierLine
    from ui.opening import Opening
    from ui.operations.desk import Desk
    from ui.places import Places
    from ui.session import Session
    from ui.window_support import WindowSupport

LOG = logging.getLogger(__name__)
REFRESH_MS = 15_000
"""Ages and the clock's own findings change by themselves; everything else is told by `changes`."""
IDLE_MS = 60_000


class CounterWindow(QObject):
    """Owns everything that lives while the window does. `open` after the first paint, `close` before the end."""

    def __init__(self, app: QApplication, theme: Theme, language: Language, folder: DataFolder) -> None:
        super().__init__()
        self._app, self._theme, self._folder = app, theme, folder
        self.language = language
        self.window = MainWindow(lambda: datetime.now(UTC))
        self.changes = Changes(self)
        self.background = BackgroundTasks(self)
        self.background.failed.connect(self._on_unforeseen)
        self.sound = ScanSound(self)
        self.scans = ScanFilter(app)
        self.courier: Child | None = None
        self.second_copy: SecondCopyKeeper | None = None
        self.desk: Desk | None = None
        self.scan_desk: ScanDesk | None = None
        self.session: Session | None = None
        self._places: dict[str, Places] = {}       # by clerk; "" where nobody signs in
        self._opening: Opening | None = None
        self._closing: ClosingBackup | None = None
        self._quiet_backup: QuietBackup | None = None
        self._support: WindowSupport | None = None
        self._at_work: AtWorkKeeper | None = None
        self._is_new = False                       # enrolled just now
        self._line: CourierLine | None = None
        self._refresh = QTimer(self)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self.refresh)
        self._idle = QTimer(self)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self._checkpoint)
        self._idle.timeout.connect(self._look_at_clock)
        self.window.language_requested.connect(self._switch_language)
        self.window.theme_requested.connect(self._switch_theme)

    # opening and closing

    def open(self) -> bool:
        """Open the office and show the first page; False when it cannot be opened, which the window then says."""
        from ui.opening import Opening

        if self._support is None:
            from ui.window_support import WindowSupport

            self._support = WindowSupport(self.window, self._folder, self.language, self)
            self.window.support_requested.connect(self._support.open_sheet)
        if self._opening is None:
            self._opening = Opening(
                self._app, self.window, self._folder, self.background, self.language, self.open, self
            )
        office = self._opening.office()
        if office is None:
            return False
        from ui.background.scan_desk import ScanDesk
        from ui.background.second_copy import SecondCopyKeeper
        from ui.desk_room import make_desk
        from ui.paper_printer import clear_papers

        clear_papers(office)               # of a window that was killed
        self.scan_desk = ScanDesk(office, self)
        self.second_copy = SecondCopyKeeper(self._child("second-copy", "--serve"), self)
        self.desk = make_desk(
            office, language=lambda: self.language.name, changes=self.changes, background=self.background,
            frame=self.window, sound=self.sound, scans=self.scan_desk, second_copy=self.second_copy,
        )
        if office.counter is None:
            self._ask_enrolment()
        else:
            self._begin()
        return True

    def close(self) -> None:
        """Nothing is lost by closing: forms are kept, work under way is waited for, the courier ends."""
        if self._closing is not None:
            self._closing.remove()
        if self._quiet_backup is not None:
            self._quiet_backup.stop()
        self._refresh.stop()
        self._idle.stop()
        self.scans.remove()
        self.window.close()
        if self.courier is not None:
            self.courier.stop()
        if self.second_copy is not None:
            self.second_copy.stop()    # first: a paper that waits for it goes on
        self.background.close()
        if self.scan_desk is not None:
            self.scan_desk.close()     # a scan under way ends here; its pages so far are safe
        if self._at_work is not None:
            self._at_work.end()
        if self.desk is not None:
            from ui.paper_printer import clear_papers

            clear_papers(self.desk.office)
            self.desk.office.close()
            self.desk = None
        if self._support is not None:
            self._support.close()
        self.window.deleteLater()

    def _begin(self) -> None:
        """An enrolled counter starts to work."""
        assert self.desk is not None
        from ui.background.at_work_keeper import AtWorkKeeper
        from ui.nights import begin_nights
        from ui.pages.first_run.restart import say_frozen
        from ui.session import Session

        self.session = Session(self._app, self.window, self.desk, lambda: self.background.is_busy, self)
        self.session.entered.connect(self._on_entered)
        self.session.secret_wanted.connect(self._on_secret_wanted)
        self.window.lock_requested.connect(self._on_lock_requested)
        self.window.help_shown.connect(self._on_help_shown)
        self.scans.scanned.connect(self._on_scanned)
        self.scans.refused.connect(self._on_scan_refused)
        self.scans.install()
        self.window.scanned.connect(self._on_free_scan)
        self.window.find_submitted.connect(self._find)
        self.changes.happened.connect(self._on_changed)
        self._begin_second_copy()
        if self.session.is_on:
            self.session.lock()
        else:
            self._take_place("", self.desk)
        self._show_name()
        self.refresh()
        self._refresh.start()
        self._idle.start()
        self._look_at_clock()
        begin_nights(self._app, self.desk, self.background, self._folder.root, self)
        self._start_courier()
        self._begin_closing()
        self._at_work = AtWorkKeeper(self._app, self.window, self.desk, self)
        self._at_work.begin()
        if not self.session.is_on and self.places is not None:
            self.places.offer_recovery()
            self._offer_first_run()
        say_frozen(self.desk)

    def _offer_first_run(self) -> None:
        """Right after enrolment, to the first who comes."""
        assert self.desk is not None
        from ui.operations.first_run import wants_preparing

        if self._is_new and self.places is not None and wants_preparing(self.desk.office):
            self.places.open_first_run()
        self._is_new = False

    # who works here

    @property
    def places(self) -> Places | None:
        """The pages of who sits at the window; None before anybody has signed in."""
        return self._places.get(self.window.seats.owner)

    def _take_place(self, owner: str, desk: Desk) -> Places:
        from ui.places import Places

        self._places[owner] = found = Places(self.window, desk, self)
        return found

    def _on_entered(self, clerk: str, is_new: bool) -> None:
        assert self.session is not None
        is_first = not any(self._places)
        if is_new:
            self.window.forget_pages()
            places = self._take_place(clerk, self.session.desk_of(clerk))
            if is_first:
                places.offer_recovery()
                self._offer_first_run()
            else:
                self.window.go(Place.HOME)
        self._show_name()
        self.refresh()

    def _on_help_shown(self, name: str) -> None:
        """The page of known problems was looked at: nothing on it is new any more."""
        from ui.help_pages import PROBLEMS_PAGE
        from ui.operations.known_problems import note_seen

        if name == PROBLEMS_PAGE and self.desk is not None and note_seen(self.desk, self.window.state):
            self.refresh()

    def _on_secret_wanted(self, clerk: str) -> None:
        from ui.dialogs.own_secret_sheet import change_own_secret

        page = self.window.page()
        if self.session is not None and page is not None:
            change_own_secret(page, self.session.desk_of(clerk))

    def _on_lock_requested(self) -> None:
        assert self.session is not None
        if self.session.is_on:
            self.session.lock()
        else:
            self.window.say(tr("Văn phòng này chưa dùng đăng nhập cá nhân."), "info")

    def _find(self, text: str) -> None:
        if self.places is not None:
            self.places.find(text)

    def _ask_enrolment(self) -> None:
        assert self.desk is not None
        from ui.pages.enrol import enrol_page

        self.window.register_place(Place.HOME, partial(enrol_page, self.desk, self._folder, self._on_enrolled))
        self.window.go(Place.HOME)

    def _on_enrolled(self) -> None:
        assert self.desk is not None
        self.desk.office.reread()
        self.window.forget_pages()
        self._is_new = True
        self._begin()

    def _begin_closing(self) -> None:
        """The window closes with a backup; what was said about the opening is said now that its page stands."""
        assert self.desk is not None and self._opening is not None
        from ui.background.quiet_backup import QuietBackup
        from ui.closing import ClosingBackup

        self._closing = ClosingBackup(self._app, self.window, self.desk, self)
        self._quiet_backup = QuietBackup(self._app, self.desk, self)
        self._opening.settle_in()

    def _begin_second_copy(self) -> None:
        assert self.desk is not None and self.second_copy is not None
        from ui.operations.second_copy import begin_second_copy

        self.second_copy.changed.connect(self.refresh)
        begin_second_copy(self.desk, self.second_copy)

    def _child(self, *command: str) -> Child:
        return Child(sys.executable, ["-m", "app", *command, "--data", str(self._folder.root)], parent=self)

    # the courier

    def _start_courier(self) -> None:
        from ui.courier_line import CourierLine

        self.courier = self._child("sync", "--serve")
        self._line = CourierLine(self.courier, self)
        self._line.files_told.connect(self._on_files_told)
        self._line.under_way.connect(self._on_contact_under_way)
        self._line.contact_ended.connect(self._on_contact_ended)
        self._line.went_away.connect(self.refresh)
        self.courier.start()

    def send_now(self) -> None:
        """Ask the courier for a contact now."""
        if self.courier is not None:
            self.courier.wake()

    def _on_files_told(self, waiting: int, size: int) -> None:
        if self.places is not None:
            self.places.show_files(waiting, size)
        self.refresh()

    def _on_contact_under_way(self) -> None:
        if self.places is not None:
            self.places.set_sending(is_sending=True)
        self.refresh()

    def _on_contact_ended(self, report: dict[str, Any]) -> None:
        if self.desk is not None:
            # Leases, names, clock and packages may have changed; the pages read them from the office.
            self.desk.office.reread()
            if self.session is not None:
                self.session.look()
        if self.places is not None:
            self.places.set_sending(is_sending=False)
        news = bool(report.get("entries"))
        self.changes.publish(
            Change(has_sync=True, has_notices=news, has_catalogue=bool(report.get("packages")), is_everything=news)
        )

    @property
    def is_line_up(self) -> bool:
        """Whether the courier's last contact went through."""
        return self._line is not None and self._line.is_up

    # scans

    def _on_scanned(self, text: str, is_rewritten: bool) -> None:
        if self.window.seats.is_covered:           # nobody is there for whom it could be
            self.sound.refuse()
            return
        self.window.take_scan(text, is_rewritten)

    def _on_free_scan(self, text: str, is_rewritten: bool) -> None:
        if self.places is not None:
            self.places.open_scan(text, is_rewritten=is_rewritten)

    def _on_scan_refused(self, refusal: KnownError) -> None:
        self.sound.refuse()
        said = sentence(refusal, self.language.name)
        self.window.say(f"{said.title}. {said.press} ({said.code})", "bad")

    # the frame

    def refresh(self) -> None:
        """The bottom line and the badges, read again from the book."""
        if self.desk is None or self.desk.office.counter is None:
            return
        from ui.counter_figures import counter_state

        self.window.show_state(counter_state(self.desk, self._line.last if self._line is not None else {}))
        if self._support is not None:
            self._support.look(self.desk)
        if self.session is not None:
            self.session.refresh()

    def _show_name(self) -> None:
        """Office, counter and who works it: the province may rename them, a change of shift another clerk."""
        assert self.desk is not None
        counter = self.desk.office.enrolled
        acting = self.session.clerk if self.session is not None else ""
        name = next((each.name for each in counter.clerks if each.id == acting), counter.shift_name)
        self.window.show_name(CounterName(counter.office_name, counter.name, name))

    def _on_changed(self, change: Change) -> None:
        self.refresh()
        if change.has_settings and self.session is not None:
            self.session.follow()
        if change.has_settings or change.has_sync or change.is_everything:
            self._show_name()
        if change.dossiers and self.courier is not None:
            self.courier.wake()
        if self.second_copy is not None:
            self.second_copy.wake()

    def _checkpoint(self) -> None:
        desk = self.desk
        if desk is not None and not self.background.is_busy:
            self.background.run(desk.office.database.checkpoint)

    def _look_at_clock(self) -> None:
        from ui.operations.watch_clock import watch_clock

        if self.desk is not None:
            watch_clock(self.desk)

    def _switch_language(self) -> None:
        # After the key that asked for it: every page is built anew, and none may be gone while its key is handled.
        other = ENGLISH if self.language.name == VIETNAMESE else VIETNAMESE
        QTimer.singleShot(0, self, lambda: self.language.use(other))

    def _switch_theme(self) -> None:
        self._theme.use(THEMES[(THEMES.index(self._theme.name) + 1) % len(THEMES)])

    def _on_unforeseen(self, error: BaseException) -> None:
        if isinstance(error, KnownError):
            message = sentence(error, self.language.name)
        else:
            LOG.error("work beside the window failed", exc_info=error)
            message = unforeseen(error, self.language.name)
        self.window.warn("bad", message.title, f"{message.detail()} ({message.code})")

