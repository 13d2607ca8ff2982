"""A window that stays open for days is backed up too: once a day, when the counter has been left alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.errors import EnvironmentFault
from app.services.backup.names import backups_in, book_id
from ui.background.nightly import PAUSE_MS, Nightly
from ui.background.one_job import OneJob
from ui.changes import Change
from ui.operations.backup import backup_job, is_backup_due
from ui.operations.desk import Desk


class QuietBackup(QObject):
    """Says nothing: what stands in the way is remembered for Quản trị."""

    def __init__(
        self, app: QApplication, desk: Desk, parent: QObject | None = None, *, quiet_ms: int = PAUSE_MS,
        make_job: Callable[[Desk], OneJob] = lambda desk: backup_job(desk.office),
    ) -> None:
        super().__init__(parent)
        self._desk, self._make_job = desk, make_job
        self._job: OneJob | None = None
        self._nights = Nightly(app, desk.clock, self._last, self._take, lambda: None, self, quiet_ms=quiet_ms)

    def stop(self) -> None:
        if self._job is not None:
            self._job.stop()
            self._job = None

    def _last(self) -> datetime | None:
        office = self._desk.office
        try:
            here = backups_in(office.folder.backups, book_id(office.database.path))
        except EnvironmentFault:
            return None
        return here[0].at if here else None

    def _take(self) -> None:
        if self._job is not None or not is_backup_due(self._desk.office):
            return
        self._job = self._make_job(self._desk)
        self._job.setParent(self)
        self._job.ended.connect(self._on_ended)
        self._job.start()

    def _on_ended(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None
        self._desk.changes.publish(Change(has_sync=True))
