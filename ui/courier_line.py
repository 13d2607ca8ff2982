"""The courier beside the window: what it said last, who hears of it, and whether its line is up."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from ui.background.child import Child


class CourierLine(QObject):
    """Keeps the child that syncs alive. `last` is its newest message, or the word that it ended."""

    files_told = Signal(int, int)  # scans that wait, and their bytes
    under_way = Signal()
    contact_ended = Signal(object)     # the report as a dict
    went_away = Signal()

    def __init__(self, child: Child, parent: QObject) -> None:
        super().__init__(parent)
        self.child = child
        self.last: dict[str, Any] = {}
        child.said.connect(self._on_said)
        child.ended.connect(self._on_ended)

    @property
    def is_up(self) -> bool:
        """Whether the last contact went through."""
        return self.last.get("event") == "contact_ended" and bool(self.last.get("report", {}).get("is_good"))

    def _on_said(self, message: dict[str, Any]) -> None:
        self.last = message
        match message.get("event"):
            case "files":
                self.files_told.emit(int(message.get("waiting", 0)), int(message.get("bytes", 0)))
            case "contact_ended":
                self.contact_ended.emit(message.get("report", {}))
            case _:
                self.under_way.emit()

    def _on_ended(self, code: int) -> None:
        self.last = {"event": "courier_ended", "code": code}
        self.went_away.emit()
