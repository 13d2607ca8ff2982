"""Which dossiers a figure counts is found beside the window; another list asked for meanwhile takes its place."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ui.background.alive import while_alive
from ui.background.tasks import Task
from ui.operations.desk import Desk, warn_of
from ui.operations.report import FigureList, find_dossiers
from ui.translations import tr
from ui.widgets.progress_line import ProgressLine


class Finding(QObject):
    """`found` carries the list with its dossiers; what stood in the way is said over the page."""

    found = Signal(object)         # FigureList

    def __init__(self, desk: Desk, line: ProgressLine, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._line = desk, line
        self._task: Task | None = None

    def start(self, figure: FigureList) -> None:
        self.drop()
        self._line.start(tr("Đang tìm hồ sơ của con số"))
        task = find_dossiers(self._desk, figure, while_alive(self, self._on_found),
                             while_alive(self, self._on_failed))
        self._task = task if self._line.is_going else None     # a pool that works at once has answered

    def drop(self) -> bool:
        """Without a word: something else is asked for. False when nothing is looked for."""
        if self._task is None:
            return False
        self._task.cancel()
        self._end()
        return True

    def give_up(self) -> bool:
        """False when nothing is looked for."""
        if not self.drop():
            return False
        self._desk.frame.say(tr("Đã dừng; bấm Enter trên con số để tìm lại"), "info")
        return True

    def _on_found(self, figure: FigureList) -> None:
        self._end()
        self.found.emit(figure)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        warn_of(self._desk, error)

    def _end(self) -> None:
        self._task = None
        self._line.finish()
