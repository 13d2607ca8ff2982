"""A report is made beside the window, with how far it is; another one asked for meanwhile takes its place."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.domain.reports.periods import Period
from app.errors import KnownError
from ui.background.alive import while_alive
from ui.background.tasks import Task
from ui.models.report_words import full_name
from ui.operations.desk import Desk, warn_of
from ui.operations.report import Made, make
from ui.translations import tr
from ui.widgets.progress_line import ProgressLine


class Making(QObject):
    """`made` carries what came of `start`; what stood in the way is said over the page."""

    made = Signal(object)          # Made

    def __init__(self, desk: Desk, line: ProgressLine, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._line = desk, line
        self._task: Task | None = None

    def start(self, report: str, period: Period) -> None:
        """From the book as it is now."""
        if self._task is not None:
            self._task.cancel()
        self._line.start(tr("Đang lập {report}", report=full_name(report)))
        try:
            task = make(self._desk, report, period, while_alive(self, self._on_made),
                        while_alive(self, self._on_failed))
        except KnownError as error:
            self._on_failed(error)
            return
        self._task = task if self._line.is_going else None     # a pool that works at once has answered

    def give_up(self) -> bool:
        """False when no report is being made."""
        if self._task is None:
            return False
        self._task.cancel()
        self._end()
        self._desk.frame.say(tr("Đã dừng; bấm R để lập lại"), "info")
        return True

    def _on_made(self, made: Made) -> None:
        self._end()
        self.made.emit(made)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        warn_of(self._desk, error)

    def _end(self) -> None:
        self._task = None
        self._line.finish()
