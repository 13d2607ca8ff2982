"""Work that waits until a window has been seen.

`QTimer.singleShot(0, …)` after `show` is not enough: Qt runs that before the window system asks for a paint.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class AfterFirstPaint(QObject):
    """Runs `work` once, as soon as the first paint of `window` and of all that lies in it is done."""

    def __init__(self, window: QWidget, work: Callable[[], object]) -> None:
        super().__init__(window)
        self._work = work
        window.installEventFilter(self)

    def _run(self) -> None:
        self._work()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            # The window's own paint event is the first of many; all of them come before what waits in the queue.
            QTimer.singleShot(0, self, self._run)
        return False
