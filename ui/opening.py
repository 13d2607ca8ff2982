"""The way from a painted window to an opened office, and every place where that way ends otherwise.

    the book opens                              the office
    an older book                               the page that says so while it is brought over, then as above
    a newer version may not take over yet       this program ends, the launcher starts the one before
    damaged, lost, or a restore was asked for   the page with the backups; then once more from the beginning
    its key is not where keys are kept          the page that takes it back from the province's letters; then again
    anything else                               the page that says what is wrong
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from app.bootstrap import Application
from app.errors import EnvironmentFault, KnownError
from app.own_program import NOT_TAKEN_OVER
from app.paths import DataFolder
from app.services.backup.restore import is_restore_asked, withdraw_restore
from app.services.upgrade.take_over import UpgradeAhead
from app.services.upgrade.word import WAITS
from ui.background.alive import while_alive
from ui.background.tasks import BackgroundTasks
from ui.main_window import MainWindow
from ui.messages import sentence
from ui.operations.restore import RestoreDone
from ui.operations.upgrade import GiveWay, open_office, settle_in, upgrade_office
from ui.shortcuts import Place
from ui.theme import Tone
from ui.translations import Language, tr

RESTORABLE = frozenset({"database_damaged", "database_key_wrong", "book_lost"})
KEY_LOST = "database_key_lost"


class Opening(QObject):
    """`office` once, or again after a restore; `begin_again` opens the office anew and shows its first page."""

    def __init__(
        self, app: QApplication, window: MainWindow, folder: DataFolder, background: BackgroundTasks,
        language: Language, begin_again: Callable[[], object], parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._app, self._window, self._folder, self._background = app, window, folder, background
        self._language, self._begin_again = language, begin_again
        self._restored: RestoreDone | None = None

    def office(self) -> Application | None:
        """The opened office; None when the window says why not, or this program gives way."""
        if is_restore_asked(self._folder):
            self._offer(EnvironmentFault("database_damaged"))
            return None
        try:
            return open_office(self._folder, may_upgrade=False)
        except UpgradeAhead:
            self._upgrade()
        except (GiveWay, KnownError) as error:
            self._on_not_opened(error)
        return None

    def settle_in(self) -> None:
        """The first page stands: what came back, or why a newer version gave way, is said over it."""
        word = settle_in(self._folder)
        if self._restored is not None:
            from ui.pages.restore_page import restored_words

            self._window.warn("info", tr("Đã khôi phục sổ từ bản sao lưu"), restored_words(self._restored))
            self._restored = None
        elif word is not None:
            said = sentence(EnvironmentFault(word.code, **word.values), self._language.name)
            tone: Tone = "info" if word.code in WAITS else "warn"
            self._window.warn(tone, said.title, f"{said.detail()} ({said.code})")

    # inside

    def _upgrade(self) -> None:
        """The upgrade takes as long as a backup: it is said, and done beside the window."""
        from ui.pages.upgrade_page import UpgradePage

        self._show(UpgradePage)
        self._background.run(
            lambda: upgrade_office(self._folder), while_alive(self, lambda _: self._again()),
            while_alive(self, self._on_not_opened),
        )

    def _on_not_opened(self, error: Exception) -> None:
        if isinstance(error, GiveWay):
            self._app.exit(NOT_TAKEN_OVER)
        elif not isinstance(error, KnownError):
            raise error
        elif error.code in RESTORABLE:
            self._offer(error)
        elif error.code == KEY_LOST:
            self._ask_key(error)
        else:
            self._say(error)

    def _offer(self, error: KnownError) -> None:
        from ui.pages.restore_page import RestorePage

        def make() -> QWidget:
            page = RestorePage(
                sentence(error, self._language.name), self._folder, self._background, lambda: datetime.now(UTC),
                self._language.name,
            )
            page.restored.connect(self._on_restored)
            page.retry_requested.connect(self._on_retry)
            return page

        self._show(make)

    def _ask_key(self, error: KnownError) -> None:
        from ui.pages.key_back_page import KeyBackPage

        def make() -> QWidget:
            page = KeyBackPage(
                sentence(error, self._language.name), self._folder, self._background, self._language.name
            )
            page.opened.connect(self._again)
            return page

        self._show(make)

    def _say(self, error: KnownError) -> None:
        from ui.pages.cannot_open import CannotOpenPage

        self._show(lambda: CannotOpenPage(sentence(error, self._language.name)))

    def _show(self, make: Callable[[], QWidget]) -> None:
        self._window.forget_pages()
        self._window.register_place(Place.HOME, make)
        self._window.go(Place.HOME)

    def _on_restored(self, done: RestoreDone) -> None:
        self._restored = done
        self._again()

    def _on_retry(self) -> None:
        withdraw_restore(self._folder)
        self._again()

    def _again(self) -> None:
        self._window.forget_pages()
        self._begin_again()
