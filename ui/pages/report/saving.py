"""A report, or the list in front, into a file the clerk chooses; one at a time, with how far it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.reports.chart import Chart
from app.domain.reports.table import ReportTable
from ui.background.alive import while_alive
from ui.background.tasks import Task
from ui.operations.desk import Desk, warn_of
from ui.operations.report import FigureList, Ticker, save_list, save_table
from ui.translations import tr
from ui.widgets.progress_line import ProgressLine

AskFile = Callable[[QWidget, str, str], str]
Start = Callable[[Path, Ticker, Callable[[Path], object], Callable[[Exception], object]], Task]


def ask_for_file(over: QWidget, name: str, ending: str) -> str:
    """The system's own dialog; "" when it was left without a choice."""
    chosen, _ = QFileDialog.getSaveFileName(over, tr("Lưu báo cáo"), name, f"*{ending}")
    return chosen if not chosen or chosen.endswith(ending) else f"{chosen}{ending}"


def file_name(report: str, days: str, ending: str) -> str:
    """What the file is called until the clerk says otherwise: letters, digits, dots and dashes only."""
    return re.sub(r"[^0-9A-Za-zÀ-ỹ.\-]+", "-", f"bao-cao-{report}-{days}").strip("-") + ending


class Saving(QObject):
    """`cancel` ends it and leaves no file, nor touches one that was there before."""

    def __init__(self, desk: Desk, over: QWidget, line: ProgressLine, ask_file: AskFile = ask_for_file) -> None:
        super().__init__(over)
        self._desk, self._over, self._line, self.ask_file = desk, over, line, ask_file
        self._task: Task | None = None

    @property
    def is_going(self) -> bool:
        return self._task is not None

    def save_table(self, table: ReportTable, days: str, ending: str, charts: tuple[Chart, ...] = ()) -> None:
        self._save(
            file_name(table.id, days, ending), ending, len(table.rows),
            lambda target, ticker, done, failed: save_table(
                self._desk, table, charts, target, ticker, done, failed),
        )

    def save_list(self, figure: FigureList, days: str, ending: str) -> None:
        self._save(
            file_name(figure.key.replace(":", "-"), days, ending), ending, figure.count,
            lambda target, ticker, done, failed: save_list(self._desk, figure, target, ticker, done, failed),
        )

    def cancel(self) -> bool:
        """False when nothing was going on."""
        if self._task is None:
            return False
        self._task.cancel()
        self._end()
        self._desk.frame.say(tr("Đã dừng, không có tệp nào được lưu"), "info")
        return True

    def _save(self, name: str, ending: str, total: int, start: Start) -> None:
        if self._task is not None:
            self._desk.frame.say(tr("Đang lưu một tệp; chờ xong hoặc bấm Esc để dừng"), "info")
            return
        chosen = self.ask_file(self._over, name, ending)
        if not chosen:
            return
        target, ticker = Path(chosen), Ticker()
        ticker.told.connect(self._line.set_done)
        self._line.start(tr("Đang lưu {file}", file=target.name), total=total)
        task = start(target, ticker, while_alive(self, self._on_saved), while_alive(self, self._on_failed))
        # A pool that works at once has answered by now.
        self._task = task if self._line.is_going else None

    def _on_saved(self, target: Path) -> None:
        self._end()
        self._desk.frame.say(tr("Đã lưu {file}", file=target.name))

    def _on_failed(self, error: Exception) -> None:
        self._end()
        warn_of(self._desk, error)

    def _end(self) -> None:
        self._task = None
        self._line.finish()

