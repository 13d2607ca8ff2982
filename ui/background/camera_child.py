"""The camera's own process, `python -m ui.background.camera_child PARENT [--pictures SECONDS]`: frames by pipe.

    in    {"do": "list"} · {"do": "open", "id"} · {"do": "seen"} · {"do": "still"} · {"do": "close"}
    out   {"event": "cameras", "cameras": [{"id", "name"}]}
          {"event": "opened", "id", "width", "height"}
          {"event": "preview"} with a JPEG of at most `PREVIEW_PX`, at most twelve a second, each only after the
          one before was "seen"
          {"event": "still", "small": length} with the next whole picture, then a small one of `small` bytes
          {"event": "alive"} every second, from the thread that does the work: one that hangs says nothing
          {"event": "failed", "code", "detail"}: the camera is closed

Drivers of cameras hang and crash; here they take nothing with them. `--pictures` offers cameras that need no
machine (`ui.background.camera_pictures`): their frames enter where those of a real camera do. SECONDS is how long
a camera may take to its first picture.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import Any, BinaryIO

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtMultimedia import (
    QCamera,
    QCameraDevice,
    QMediaCaptureSession,
    QMediaDevices,
    QVideoFrame,
    QVideoFrameInput,
    QVideoSink,
)

from app.framing import BrokenFrame, Frame, read_frame, write_frame
from app.imaging.limits import die_with_parent
from app.memory_dumps import leave_no_memory_dump
from ui.background import camera_pictures
from ui.background.camera_format import best_format, why_not

PREVIEW_PX = 960
SMALL_PX = 240
STILL_QUALITY, PREVIEW_QUALITY = 90, 70
_BETWEEN_PREVIEWS = 1 / 12
_FIRST_PICTURE = 8.0
"""Seconds after opening in which a camera must show something; the slowest here took three."""
_LAST_WORD = 2.0


class CameraWork(QObject):
    """Does what is asked, one camera at a time, in the child's main thread."""

    def __init__(self, answers: BinaryIO, *, has_pictures: bool, patience: float) -> None:
        super().__init__()
        self._answers, self._has_pictures, self._patience = answers, has_pictures, patience
        self._id = ""
        self._is_seen, self._is_still_wanted, self._has_shown = True, False, False
        self._last = self._opened_at = 0.0
        self._session = QMediaCaptureSession()
        self._sink = QVideoSink()
        self._sink.videoFrameChanged.connect(self._on_frame)
        self._session.setVideoSink(self._sink)
        self._camera: QCamera | None = None
        self._pictures: camera_pictures.Pictures | None = None
        self._devices = QMediaDevices(self)
        self._devices.videoInputsChanged.connect(self._list)
        self._life = QTimer(self)
        self._life.setInterval(1000)
        self._life.timeout.connect(self._on_life)
        self._life.start()

    def on_asked(self, frame: Frame) -> None:
        match frame.head.get("do"):
            case "list":
                self._list()
            case "open":
                self._open(str(frame.head.get("id", "")))
            case "seen":
                self._is_seen = True
            case "still":
                self._is_still_wanted = bool(self._id)
            case "close":
                self._close()

    # inside

    def _say(self, head: dict[str, Any], content: bytes = b"") -> None:
        write_frame(self._answers, head, content)

    def _list(self) -> None:
        found = [{"id": _id_of(each), "name": each.description()} for each in QMediaDevices.videoInputs()]
        if self._has_pictures:
            found += [{"id": each, "name": name} for each, name in camera_pictures.CAMERAS.items()]
        self._say({"event": "cameras", "cameras": found})
        if self._camera is not None and all(each["id"] != self._id for each in found):
            self._fail("camera_none")      # unplugged

    def _open(self, wanted: str) -> None:
        self._close()
        if self._has_pictures and wanted in camera_pictures.CAMERAS:
            failure = camera_pictures.FAILURES.get(wanted)
            if failure is not None:
                self._fail(failure)
                return
            entry = QVideoFrameInput()
            self._session.setVideoFrameInput(entry)
            self._pictures = camera_pictures.Pictures(wanted, entry, self)
            size = self._pictures.size
        else:
            device = next((each for each in QMediaDevices.videoInputs() if _id_of(each) == wanted), None)
            if device is None:
                self._fail("camera_none")
                return
            camera = self._camera = QCamera(device)
            camera.errorOccurred.connect(self._on_error)
            formats = device.videoFormats()
            sizes = [(each.resolution().width(), each.resolution().height(), each.maxFrameRate())
                     for each in formats]
            size = QSize()
            if formats:
                chosen = formats[best_format(sizes)]
                camera.setCameraFormat(chosen)
                size = chosen.resolution()
            self._session.setCamera(camera)
            self._id = wanted          # a camera may fail while it starts
            camera.start()
            if self._camera is None:
                return
        self._id, self._opened_at = wanted, time.monotonic()
        self._say({"event": "opened", "id": wanted, "width": size.width(), "height": size.height()})

    def _close(self) -> None:
        self._id, self._is_still_wanted, self._is_seen, self._has_shown = "", False, True, False
        if self._pictures is not None:
            self._pictures.stop()
            self._session.setVideoFrameInput(None)  # type: ignore[arg-type]  # the stub leaves None out
            self._pictures.deleteLater()
            self._pictures = None
        if self._camera is not None:
            camera, self._camera = self._camera, None
            camera.errorOccurred.disconnect(self._on_error)
            camera.stop()
            self._session.setCamera(None)  # type: ignore[arg-type]  # the stub leaves None out
            camera.deleteLater()

    def _fail(self, code: str, detail: str = "") -> None:
        self._close()
        self._say({"event": "failed", "code": code, "detail": detail[:200]})

    def _on_error(self, error: QCamera.Error, words: str) -> None:
        if error != QCamera.Error.NoError:
            self._fail(why_not(self._id, words), words)

    def _on_life(self) -> None:
        if self._id and not self._has_shown and time.monotonic() - self._opened_at > self._patience:
            self._fail("camera_silent")
        self._say({"event": "alive"})

    def _on_frame(self, frame: QVideoFrame) -> None:
        if not self._id or not frame.isValid():
            return
        now = time.monotonic()
        is_due = self._is_seen and now - self._last >= _BETWEEN_PREVIEWS
        if not (is_due or self._is_still_wanted):
            return
        picture = frame.toImage()
        if picture.isNull():
            return
        self._has_shown = True
        if self._is_still_wanted:
            self._is_still_wanted = False
            small = _jpeg(_fitted(picture, SMALL_PX), PREVIEW_QUALITY)
            self._say({"event": "still", "small": len(small)}, _jpeg(picture, STILL_QUALITY) + small)
        if is_due:
            self._last, self._is_seen = now, False
            self._say({"event": "preview"}, _jpeg(_fitted(picture, PREVIEW_PX), PREVIEW_QUALITY))


def _id_of(device: QCameraDevice) -> str:
    return bytes(device.id().data()).decode("utf-8", "replace")


def _fitted(picture: QImage, longest: int) -> QImage:
    if max(picture.width(), picture.height()) <= longest:
        return picture
    whole, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return picture.scaled(longest, longest, whole, smooth)


def _jpeg(picture: QImage, quality: int) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "JPG", quality)  # type: ignore[call-overload]  # the stub wants bytes, Qt wants str
    buffer.close()
    return bytes(held.data())


class _Listener(QObject):
    """Reads what is asked in a thread of its own and hands it to the main thread."""

    asked = Signal(object)
    ended = Signal()

    def start(self) -> None:
        threading.Thread(target=self._listen, name="camera-asked", daemon=True).start()

    def _listen(self) -> None:
        try:
            while (frame := read_frame(sys.stdin.buffer, max_content=0)) is not None:
                self.asked.emit(frame)
        except BrokenFrame:
            pass
        self.ended.emit()
        time.sleep(_LAST_WORD)         # the driver may hang in closing: nobody waits for it longer
        os._exit(0)


def _take_over_stdout() -> BinaryIO:
    """The answers' pipe, out of reach of libraries that print."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)                # FFmpeg tells the whole world what it found
    os.close(nowhere)
    return answers


def main(arguments: list[str]) -> int:
    """Answer until the other side closes the pipe."""
    answers = _take_over_stdout()
    if sys.platform != "win32":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"        # it shows nothing itself
    app = QGuiApplication(["camera"])
    die_with_parent(int(arguments[0]))
    leave_no_memory_dump()
    has_pictures = "--pictures" in arguments
    patience = float(arguments[2]) if has_pictures else _FIRST_PICTURE
    work = CameraWork(answers, has_pictures=has_pictures, patience=patience)
    listener = _Listener()
    queued = Qt.ConnectionType.QueuedConnection
    listener.asked.connect(work.on_asked, queued)
    listener.ended.connect(app.quit, queued)
    listener.start()
    try:
        app.exec()
    except OSError:
        return 0                       # the other side is gone
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    os._exit(code)                     # no driver's destructor may hold the device any longer
