"""Work that waits until a window has been seen.

A timer of 0 ms set after `show` is not enough: Qt fires it before the window system asks for the first paint.
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
            # The window's own paint event is the first of many; all of them come before the next timer.
            QTimer.singleShot(0, self, self._run)
        return False
