"""The practice province's cable: pulled out it really ends, plugged in it really starts again on the same port."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from sync.gateway.process import GatewayProcess
from ui.background.tasks import BackgroundTasks


class Cable(QObject):
    """One per practice window. `moved` once the province has ended or can be reached again."""

    moved = Signal()
    failed = Signal(object)        # Exception

    def __init__(self, province: GatewayProcess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._province = province
        self._work = BackgroundTasks(self, threads=1)
        self.is_plugged = True
        self.is_moving = False

    def turn(self) -> None:
        """Out when it is in, in when it is out; nothing while it is on its way."""
        if self.is_moving:
            return
        self.is_moving = True
        work = self._province.stop if self.is_plugged else self._start
        self._work.run(work, lambda _: self._on_moved(), self._on_failed)

    def close(self) -> None:
        """The province ends; returns when it has."""
        self._work.close()
        self._province.stop()

    def _start(self) -> None:
        self._province.start()

    def _on_moved(self) -> None:
        self.is_plugged = not self.is_plugged
        self.is_moving = False
        self.moved.emit()

    def _on_failed(self, error: Exception) -> None:
        self.is_moving = False
        self.moved.emit()
        self.failed.emit(error)
