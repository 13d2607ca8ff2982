"""Cameras that need no machine, for tests and for trying out a counter: drawn pictures instead of a lens.

Their frames go into the same capture session, sink and coding as those of a real camera.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameInput

CAMERAS: Mapping[str, str] = {
    "test:1": "Camera thử 2592×1944", "test:2": "Camera thử 1280×720", "test:3": "Camera thử, không có hình",
    "test:4": "Camera thử, đang bận",
}
FAILURES: Mapping[str, str] = {"test:4": "camera_busy"}
_SIZES = {"test:1": QSize(2592, 1944), "test:2": QSize(1280, 720), "test:3": QSize(640, 480)}
_EVERY_MS = 50


class Pictures(QObject):
    """Sends a page on a dark table, and a hand's breadth of something that moves, until `stop`."""

    def __init__(self, name: str, entry: QVideoFrameInput, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.size = _SIZES[name]
        self._entry = entry
        self._scenes = [] if name == "test:3" else [_scene(self.size, step) for step in (0, 1)]
        self._next = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._send)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _send(self) -> None:
        if self._scenes:
            self._entry.sendVideoFrame(QVideoFrame(self._scenes[self._next % 2]))
            self._next += 1


def _scene(size: QSize, step: int) -> QImage:
    picture = QImage(size, QImage.Format.Format_RGB32)
    picture.fill(QColor(58, 52, 46))
    high = size.height() * 92 // 100
    sheet = QRect(0, 0, high * 210 // 297, high)
    sheet.moveCenter(QRect(0, 0, size.width(), size.height()).center())
    painter = QPainter(picture)
    painter.fillRect(sheet, QColor(250, 248, 242))
    unit = high // 60
    for line in range(8, 52, 2):
        length = sheet.width() * (9 if line % 6 else 6) // 12
        painter.fillRect(sheet.left() + sheet.width() // 10, sheet.top() + line * unit, length, unit // 2 + 1,
                         QColor(40, 44, 52))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(190, 30, 45))
    painter.drawEllipse(sheet.right() - 14 * unit, sheet.bottom() - 14 * unit, 9 * unit, 9 * unit)
    painter.fillRect(4 * unit + step * unit, 4 * unit, 2 * unit, 2 * unit, QColor(240, 160, 0))
    painter.end()
    return picture
