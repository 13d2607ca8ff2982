"""One piece of work in a process of its own: it tells its steps as JSON lines, the last line is its answer.

Writing to a medium may hang for as long as it likes; a process can be left alone, a thread cannot.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QProcessEnvironment, Signal

LEAVING_MS = 500
LOG = logging.getLogger(__name__)


class OneJob(QObject):
    """`start` once; then `stepped` any number of times and `ended` once, with {} for one that gave no answer."""

    stepped = Signal(object)       # a dict
    ended = Signal(object)

    def __init__(self, arguments: Sequence[str], parent: QObject | None = None) -> None:
        """`arguments`: those of our own command line."""
        super().__init__(parent)
        self._arguments = ["-m", "app", *arguments]
        self._answer: dict[str, Any] = {}
        self._rest = b""
        self._is_over = False
        self._process = QProcess(self)
        surroundings = QProcessEnvironment.systemEnvironment()
        surroundings.insert("PYTHONIOENCODING", "utf-8")
        self._process.setProcessEnvironment(surroundings)
        self._process.readyReadStandardOutput.connect(self._on_output)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)
        # Whoever owns this may go without a word: a page that is left, a window that is closed.
        self.destroyed.connect(partial(_let_go, self._process))

    @property
    def is_going(self) -> bool:
        return self._process.state() != QProcess.ProcessState.NotRunning

    def start(self) -> None:
        self._process.start(sys.executable, self._arguments)

    def stop(self, wait_ms: int = LEAVING_MS) -> None:
        """It is not wanted any more; what it was about to write is worth nothing. `ended` does not come.

        Returns after `wait_ms` at the latest, also when a medium keeps the process from ending.
        """
        self._is_over = True
        if self.is_going:
            self._process.kill()
            self._process.waitForFinished(wait_ms)

    def _on_output(self) -> None:
        self._rest += bytes(self._process.readAllStandardOutput().data())
        *lines, self._rest = self._rest.split(b"\n")
        for line in lines:
            try:
                said = json.loads(line)
            except ValueError:
                LOG.info("the job said something that is no JSON line")
                continue
            if isinstance(said, dict) and said.get("event") == "step":
                self.stepped.emit(said)
            elif isinstance(said, dict):
                self._answer = said

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:       # only then does no `finished` follow
            self._end()

    def _on_finished(self) -> None:
        self._on_output()
        self._process.readAllStandardError()
        self._end()

    def _end(self) -> None:
        if not self._is_over:
            self._is_over = True
            self.ended.emit(self._answer)


def _let_go(process: QProcess, _: object = None) -> None:
    """End it before Qt destroys it: Qt would wait half a minute, in the window's own thread, for a process that a
    medium keeps from ending."""
    process.blockSignals(True)
    if process.state() != QProcess.ProcessState.NotRunning:
        process.kill()
        if not process.waitForFinished(LEAVING_MS):
            process.setParent(QCoreApplication.instance())
