"""Files and pictures dragged in from other programs, caught on widgets that know nothing of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from ui.background.handed_over import handed_over, may_hand_over

Target = Callable[[QPoint], str | None]
"""Where what is dropped at a point of the widget shall go; None: not here."""


class FileDrops(QObject):
    """`watch` widgets; `dropped(things, target)` when something was let go over one. Drags of this program's own
    are left to the widget."""

    dropped = Signal(object, str)  # tuple[Given, ...]

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._targets: dict[QWidget, Target] = {}

    def watch(self, widget: QWidget, target: Target) -> None:
        widget.setAcceptDrops(True)
        self._targets[widget] = target
        widget.installEventFilter(self)

    # Qt's side

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QDropEvent):      # drags that enter and move are drops, too
            return False
        target = self._targets.get(watched) if isinstance(watched, QWidget) else None
        if target is None or event.source() is not None or not may_hand_over(event.mimeData()):
            return False
        to = target(event.position().toPoint())
        if to is None:
            event.ignore()
            return True
        event.setDropAction(Qt.DropAction.CopyAction)      # a file is never taken away from where it lies
        event.accept()
        if not isinstance(event, QDragMoveEvent):
            self.dropped.emit(handed_over(event.mimeData()), to)
        return True
