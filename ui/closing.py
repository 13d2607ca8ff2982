"""Before the window closes the book is backed up, in a process of its own; closing never hangs on it.

    nothing new since the last backup      closes at once
    a backup under way                     said with its progress; closes by itself when it is done
    Enter, or no step for a minute         closes without it; the backup before stays
    the machine is being shut down         closes at once
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.errors import EnvironmentFault, KnownError
from app.services.backup.known import HERE
from ui.background.one_job import OneJob
from ui.delegates.dates import lowered, near_moment
from ui.dialogs.closing_sheet import ClosingSheet
from ui.main_window import MainWindow
from ui.messages import sentence
from ui.operations.backup import backup_job, is_backup_due, read_backup_view
from ui.operations.desk import Desk
from ui.pages.admin.backup_card import step_words
from ui.translations import tr

PATIENCE_MS = 60_000
"""Without a step for so long the medium does not answer."""


class ClosingBackup(QObject):
    """Stands between the wish to close `window` and its end. `remove` lets it close without more."""

    def __init__(
        self, app: QApplication, window: MainWindow, desk: Desk, parent: QObject | None = None, *,
        make_job: Callable[[Desk], OneJob] = lambda desk: backup_job(desk.office, is_at_close=True),
        patience_ms: int = PATIENCE_MS,
    ) -> None:
        super().__init__(parent)
        self._app, self._window, self._desk, self._make_job = app, window, desk, make_job
        self._may_close = False
        self._job: OneJob | None = None
        self.sheet: ClosingSheet | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(patience_ms)
        self._patience.timeout.connect(self._close_now)
        window.installEventFilter(self)

    def remove(self) -> None:
        """No more questions; a backup under way ends here."""
        self._window.removeEventFilter(self)
        self._stop()

    @property
    def is_going(self) -> bool:
        return self._job is not None

    # inside

    def _begin(self) -> None:
        if self.sheet is None:
            self.sheet = ClosingSheet(self._window)
            self.sheet.confirmed.connect(self._close_now)
            self.sheet.closed.connect(self._stop)
        self._job = job = self._make_job(self._desk)
        job.setParent(self)
        job.stepped.connect(self._on_step)
        job.ended.connect(self._on_ended)
        self.sheet.ask(self._kept())
        self._patience.start()
        job.start()

    def _kept(self) -> str:
        view = read_backup_view(self._desk)
        if not view.here:
            return tr("mọi việc đã lưu trong sổ, nhưng chưa có bản sao lưu nào.")
        at = lowered(near_moment(view.here[0].at, self._desk.clock()))
        return tr("mọi việc đã lưu trong sổ, bản sao lưu {at} vẫn còn.", at=at)

    def _on_step(self, said: dict[str, Any]) -> None:
        self._patience.start()
        if self.sheet is not None:
            self.sheet.tell(step_words(said), int(said.get("done", 0)), int(said.get("of", 0)))

    def _on_ended(self, answer: dict[str, Any]) -> None:
        self._patience.stop()
        if self._job is not None:
            self._job.deleteLater()
            self._job = None
        if answer.get("here") or self.sheet is None or not self.sheet.is_open:
            # What the medium did not take is remembered and stands on Quản trị and Đồng bộ: no reason to stay.
            self._close_now()
            return
        problem = (answer.get("problems") or {}).get(HERE) or {"code": "backup_failed", "values": {"reason": "–"}}
        if answer.get("reason") == "backup_busy":
            self._close_now()
            return
        said = sentence(EnvironmentFault(problem["code"], **problem["values"]), self._desk.language())
        self.sheet.say_failed(said.title, f"{said.what} {said.safe} ({said.code})")

    def _close_now(self) -> None:
        self._stop()
        self._may_close = True
        self._window.close()
        self._may_close = False

    def _stop(self) -> None:
        self._patience.stop()
        if self._job is not None:
            self._job.stop()
            self._job.deleteLater()
            self._job = None
        if self.sheet is not None and self.sheet.is_open:
            self.sheet.progress.finish()
            self.sheet.hide()

    def _is_due(self) -> bool:
        try:
            return is_backup_due(self._desk.office)
        except KnownError:
            return True

    # Qt's side

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Close or self._may_close or self._app.isSavingSession():
            return False
        if self.is_going or (self.sheet is not None and self.sheet.is_open):
            event.ignore()                         # asked again while it is said: Enter is the way
            return True
        if self._desk.office.counter is None or not self._is_due():
            return False
        event.ignore()
        self._begin()
        return True
