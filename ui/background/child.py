"""A child process that speaks JSON lines: the courier beside the window, kept alive and ended cleanly.

`python -m app sync --serve` reads "wake" on stdin and ends when stdin ends; every line it prints is one JSON
object. When it dies it is started again, later each time it dies young.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QProcess, QProcessEnvironment, QTimer, Signal

LOG = logging.getLogger(__name__)

FIRST_PAUSE_MS = 1_000
LONGEST_PAUSE_MS = 60_000
GROWN_UP_MS = 60_000
"""A child that lived so long is healthy: its next end starts the pauses from the beginning."""
LONGEST_LINE = 1 << 20


class Child(QObject):
    """Starts `program arguments`, restarts it when it ends by itself, stops it with `stop`."""

    said = Signal(object)          # a dict: one JSON object of the child
    started = Signal()
    ended = Signal(int)            # exit code; a restart follows unless `stop` was called

    def __init__(
        self, program: str, arguments: Sequence[str], surroundings: dict[str, str] | None = None,
        parent: QObject | None = None, *, first_pause_ms: int = FIRST_PAUSE_MS,
    ) -> None:
        super().__init__(parent)
        self._program, self._arguments = program, list(arguments)
        self._first_pause_ms = first_pause_ms
        self._pause_ms = first_pause_ms
        self._is_wanted = False
        self._rest = b""
        self._age = QElapsedTimer()
        self._restart = QTimer(self)
        self._restart.setSingleShot(True)
        self._restart.timeout.connect(self._launch)
        self._process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        for name, value in {"PYTHONIOENCODING": "utf-8", **(surroundings or {})}.items():
            environment.insert(name, value)
        self._process.setProcessEnvironment(environment)
        self._process.readyReadStandardOutput.connect(self._on_output)
        self._process.readyReadStandardError.connect(self._on_complaint)
        self._process.started.connect(self._on_started)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)

    def start(self) -> None:
        """Starts the child; does nothing when it runs already."""
        self._is_wanted = True
        if self._process.state() == QProcess.ProcessState.NotRunning and not self._restart.isActive():
            self._launch()

    def wake(self) -> None:
        """Asks for a contact now; a child that is waiting to be restarted is started at once."""
        if self._process.state() == QProcess.ProcessState.Running:
            self._process.write(b"wake\n")
        elif self._is_wanted and self._restart.isActive():
            self._restart.stop()
            self._launch()

    def stop(self, wait_ms: int = 5_000) -> None:
        """Ends the child: first by closing its stdin, then firmly. Returns when it is gone."""
        self._is_wanted = False
        self._restart.stop()
        if self._process.state() == QProcess.ProcessState.NotRunning:
            return
        self._process.closeWriteChannel()
        if not self._process.waitForFinished(wait_ms):
            LOG.info("the child did not end in time and is killed")
            self._process.kill()
            self._process.waitForFinished(wait_ms)

    @property
    def is_running(self) -> bool:
        return self._process.state() == QProcess.ProcessState.Running

    def _launch(self) -> None:
        self._rest = b""
        self._age.start()
        self._process.start(self._program, self._arguments)

    def _on_started(self) -> None:
        self.started.emit()

    def _on_output(self) -> None:
        self._rest += bytes(self._process.readAllStandardOutput().data())
        *lines, self._rest = self._rest.split(b"\n")
        if len(self._rest) > LONGEST_LINE:
            self._rest = b""
        for line in lines:
            if (message := _parsed(line)) is not None:
                self.said.emit(message)

    def _on_complaint(self) -> None:
        text = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace").strip()
        if text:
            LOG.info("child: %s", text)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        # Only a failed start has no `finished` after it.
        if error == QProcess.ProcessError.FailedToStart:
            LOG.info("the child could not be started: %s", self._process.errorString())
            self._on_finished(-1, QProcess.ExitStatus.CrashExit)

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._on_output()
        if self._age.isValid() and self._age.elapsed() >= GROWN_UP_MS:
            self._pause_ms = self._first_pause_ms
        self.ended.emit(code)
        if self._is_wanted:
            self._restart.start(self._pause_ms)
            self._pause_ms = min(self._pause_ms * 2, LONGEST_PAUSE_MS)


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        message = json.loads(line)
    except (json.JSONDecodeError, UnicodeDecodeError):
        LOG.info("the child said something that is no JSON line")
        return None
    return message if isinstance(message, dict) else None
