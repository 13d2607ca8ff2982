"""A check of every part that goes on while the clerk works elsewhere: it lives with the window, not the page."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.self_check import Checked, Part, read_checked
from app.errors import KnownError
from ui.operations import self_check as acts
from ui.operations.desk import Desk


class CheckRun(QObject):
    """`start` once. Whoever comes later finds in `found` what was seen so far and in `looking` what is looked at;
    `answer` is None while it goes."""

    stepped = Signal(object)       # a dict, as `ui.command_line.self_check` says it
    ended = Signal(object)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self.is_dropped = False
        self.found: dict[Part, Checked] = {}
        self.looking: dict[str, Any] | None = None
        self.answer: dict[str, Any] | None = None
        self._job = acts.check_job(desk.office)
        self._job.setParent(self)
        self._job.stepped.connect(self._on_step)
        self._job.ended.connect(self._on_ended)

    def start(self) -> None:
        self._job.start()

    def drop(self) -> None:
        """Its end was seen, or nobody wants it any more."""
        self.is_dropped = True                    # until it is deleted the window still has it
        self._job.stop()
        self.deleteLater()

    def _on_step(self, said: dict[str, Any]) -> None:
        if "checked" in said:
            checked = read_checked(said["checked"])
            self.found[checked.part] = checked
        else:
            self.looking = said
        self.stepped.emit(said)

    def _on_ended(self, answer: dict[str, Any]) -> None:
        self.answer = answer
        if "parts" in answer:
            with suppress(KnownError):             # a disk that refuses stands in its own line
                acts.keep_found(self._desk, tuple(self.found.values()))
        self.ended.emit(answer)


def run_at(window: QWidget) -> CheckRun | None:
    """The check that was begun in this window and whose end nobody has seen."""
    return next((each for each in window.findChildren(CheckRun) if not each.is_dropped), None)
