"""A document camera as the window sees it: pictures come, stills come, and every way to fail has a code.

The camera is driven by a process of its own (`ui.background.camera_child`). One that falls silent is ended, one
that died is started again, with the same camera, a few times; after that a person asks for it (`restart`).
What is decoded here is a JPEG of at most 960 points that our own process has made.
"""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QProcess, QProcessEnvironment, QTimer, Signal
from PySide6.QtGui import QImage

from app.errors import EnvironmentFault
from app.framing import MAX_HEAD, BrokenFrame, Frame, read_frame, write_frame
from app.own_program import helper_command, helper_environment

PATIENCE_MS = 6_000
"""Silence after which the process is taken for hung; it says every second that it lives."""
_STARTING_MS = 30_000
PAUSES_MS = (300, 1_000, 3_000)
"""Before each new start; after the last one a person asks."""
_MOST_CONTENT = 64 << 20
_LENGTHS = struct.Struct(">II")
_ENDING_MS = 1_500


@dataclass(frozen=True, slots=True)
class CameraDevice:
    """One camera of this PC. `name` comes from the device."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Still:
    """`content`: the whole picture as JPEG. `small`: the same, decoded, to be shown."""

    content: bytes
    small: QImage


class Camera(QObject):
    """Make, use and `close` it in the GUI thread; nothing here waits, but `close` for at most some seconds."""

    found = Signal(object)         # tuple[CameraDevice, ...]
    opened = Signal(str)           # id
    preview = Signal(QImage)
    still = Signal(object)         # Still
    failed = Signal(object)        # EnvironmentFault; values: camera, will_restart

    def __init__(
        self, parent: QObject | None = None, *, arguments: Sequence[str] = (), patience_ms: int = PATIENCE_MS,
        pauses_ms: Sequence[int] = PAUSES_MS,
    ) -> None:
        """`arguments` go to the process (`--pictures`)."""
        super().__init__(parent)
        self._arguments, self._patience_ms, self._pauses_ms = tuple(arguments), patience_ms, tuple(pauses_ms)
        self._wanted = ""
        self._is_wanted = self._is_silent = self._has_spoken = False
        self._restarts = 0
        self._process: QProcess | None = None
        self._heard = QElapsedTimer()
        self._watch = QTimer(self)
        self._watch.setInterval(max(50, min(500, patience_ms // 4)))
        self._watch.timeout.connect(self._on_watch)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._launch)

    @property
    def wanted(self) -> str:
        """The camera that is open or shall be, by id."""
        return self._wanted

    @property
    def pid(self) -> int:
        """The process, for a support log and for tests that harm it; 0 while there is none."""
        return int(self._process.processId()) if self._process is not None else 0

    def start(self) -> None:
        """Start the process and list the cameras: `found`."""
        self._is_wanted = True
        if self._process is None and not self._again.isActive():
            self._launch()

    def open(self, camera: str) -> None:
        """Show `camera` from now on; another one is closed."""
        self._wanted = camera
        self._ask({"do": "open", "id": camera})

    def take_still(self) -> bool:
        """Ask for the next whole picture; False while there is no camera to give one."""
        if self._process is None or not self._wanted or not self._has_spoken:
            return False
        self._ask({"do": "still"})
        return True

    def restart(self) -> None:
        """A person wants it again: end what runs and begin anew, with all tries."""
        self._end()
        self._restarts = 0
        self._is_wanted = True
        self._launch()

    def close(self) -> None:
        """Give the camera back and end the process."""
        self._is_wanted = False
        self._end()

    # inside: the process

    def _launch(self) -> None:
        self._again.stop()
        process = self._process = QProcess(self)
        surroundings = QProcessEnvironment()
        for name, value in helper_environment().items():
            surroundings.insert(name, value)
        process.setProcessEnvironment(surroundings)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._on_output)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._is_silent = self._has_spoken = False
        command = helper_command("ui.background.camera_child", [str(os.getpid()), *self._arguments])
        self._heard.start()
        self._watch.start()
        process.start(command[0], command[1:])
        self._ask({"do": "list"})
        if self._wanted:
            self._ask({"do": "open", "id": self._wanted})

    def _end(self) -> None:
        self._watch.stop()
        self._again.stop()
        if self._process is None:
            return
        process, self._process = self._process, None
        process.readyReadStandardOutput.disconnect(self._on_output)
        process.finished.disconnect(self._on_finished)
        process.errorOccurred.disconnect(self._on_error)
        process.closeWriteChannel()    # it gives the camera back and goes
        if process.state() != QProcess.ProcessState.NotRunning and not process.waitForFinished(_ENDING_MS):
            process.kill()
            process.waitForFinished(_ENDING_MS)
        process.deleteLater()

    def _ask(self, head: dict[str, Any]) -> None:
        if self._process is not None:
            said = io.BytesIO()
            write_frame(said, head)
            self._process.write(said.getvalue())

    def _on_watch(self) -> None:
        patience = self._patience_ms if self._has_spoken else max(self._patience_ms, _STARTING_MS)
        if self._process is not None and self._heard.elapsed() > patience:
            self._is_silent = True
            self._process.kill()       # `finished` follows

    def _on_error(self, error: QProcess.ProcessError) -> None:
        # Only a failed start has no `finished` after it.
        if error == QProcess.ProcessError.FailedToStart:
            self._on_finished()

    def _on_finished(self) -> None:
        process, self._process = self._process, None
        self._watch.stop()
        if process is not None:
            process.deleteLater()
        if not self._is_wanted:
            return
        may_restart = self._restarts < len(self._pauses_ms)
        code = "camera_silent" if self._is_silent else "camera_died"
        if may_restart:
            self._again.start(self._pauses_ms[self._restarts])
            self._restarts += 1
        self.failed.emit(EnvironmentFault(code, camera=self._wanted, will_restart=may_restart))

    # inside: what it says

    def _on_output(self) -> None:
        try:
            while (frame := self._next_frame()) is not None:
                self._heard.restart()
                self._has_spoken = True
                self._on_frame(frame)
        except BrokenFrame:
            if self._process is not None:
                self._process.kill()

    def _next_frame(self) -> Frame | None:
        """The next whole message that has arrived. Raises BrokenFrame."""
        if self._process is None or self._process.bytesAvailable() < _LENGTHS.size:
            return None
        head, content = _LENGTHS.unpack(bytes(self._process.peek(_LENGTHS.size).data()))
        if head > MAX_HEAD or content > _MOST_CONTENT:
            raise BrokenFrame("too long")
        size = _LENGTHS.size + head + content
        if self._process.bytesAvailable() < size:
            return None
        return read_frame(io.BytesIO(bytes(self._process.read(size).data())), max_content=_MOST_CONTENT)

    def _on_frame(self, frame: Frame) -> None:
        head, content = frame
        match head.get("event"):
            case "cameras":
                here = (CameraDevice(str(each["id"]), str(each["name"])) for each in head["cameras"])
                self.found.emit(tuple(here))
            case "opened":
                self.opened.emit(str(head["id"]))
            case "preview":
                self._ask({"do": "seen"})
                picture = _decoded(content)
                if not picture.isNull():
                    self._restarts = 0     # it works again: later trouble has its own tries
                    self.preview.emit(picture)
            case "still":
                cut = len(content) - int(head["small"])
                self.still.emit(Still(content[:cut], _decoded(content[cut:])))
            case "failed":
                code = str(head.get("code"))
                values = {"camera": self._wanted, "will_restart": False, "detail": str(head.get("detail", ""))}
                self.failed.emit(_trouble(code, values))


def _trouble(code: str, values: Mapping[str, object]) -> EnvironmentFault:
    """What the process said; a word it cannot have said is the general one."""
    match code:
        case "camera_none":
            return EnvironmentFault("camera_none", **values)
        case "camera_busy":
            return EnvironmentFault("camera_busy", **values)
        case "camera_silent":
            return EnvironmentFault("camera_silent", **values)
    return EnvironmentFault("camera_refused", **values)


def _decoded(content: bytes) -> QImage:
    return QImage.fromData(content, "JPG")  # type: ignore[arg-type]  # the stub knows bytes, not the format
