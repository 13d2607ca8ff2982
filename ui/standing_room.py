"""Where the window stands when it opens: all of it is to be seen, its title bar and its last line too."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_FRAME = QSize(16, 48)
"""What a desktop lays around a window: at most so much of it (GNOME's title bar, Windows' two edges)."""


def has_room(window: QSize, room: QSize) -> bool:
    """Whether a window of this size stands on so much free screen together with its frame."""
    needed = window + _FRAME
    return needed.width() <= room.width() and needed.height() <= room.height()


def show_whole(window: QWidget) -> None:
    """Show it in its size; on a screen without room for that, on all of the screen: 1366×768, and any at 125 %."""
    if has_room(window.size(), window.screen().availableSize()):
        window.show()
    else:
        window.showMaximized()
