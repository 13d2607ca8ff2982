"""Which key does what: the nine places, the window's own keys, and how a page binds and tells its own.

A page states its keys as `Key` values, binds them with `bind`, and F1 lists exactly what was bound; so a key
that works is a key that is told, and the other way round.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.translations import mark


class Place(Enum):
    """The nine places of the window, in the order of the rail."""

    HOME = "home"
    INTAKE = "intake"
    SEARCH = "search"
    HANDOVER = "handover"
    RETURN = "return"
    CASH = "cash"
    SYNC = "sync"
    REPORT = "report"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class PlaceLook:
    """How a place stands in the rail: `mark`ed name, key, icon of resources/icons."""

    name: str
    key: str
    icon: str


PLACES: Mapping[Place, PlaceLook] = {
    Place.HOME: PlaceLook(mark("Hôm nay"), "Home", "home"),
    Place.INTAKE: PlaceLook(mark("Tiếp nhận"), "F2", "intake"),
    Place.SEARCH: PlaceLook(mark("Tra cứu"), "F3", "search"),
    Place.HANDOVER: PlaceLook(mark("Bàn giao"), "F4", "handover"),
    Place.RETURN: PlaceLook(mark("Trả kết quả"), "F5", "return"),
    Place.CASH: PlaceLook(mark("Thu phí"), "F6", "cash"),
    Place.SYNC: PlaceLook(mark("Đồng bộ"), "F7", "sync"),
    Place.REPORT: PlaceLook(mark("Báo cáo"), "F8", "report"),
    Place.SETTINGS: PlaceLook(mark("Quản trị"), "F9", "settings"),
}


@dataclass(frozen=True, slots=True)
class Key:
    """One key and what it does. `sequence` as Qt writes it ("F12", "Ctrl+K"); `does` a `mark`ed phrase."""

    sequence: str
    does: str

    @property
    def cap(self) -> str:
        """As printed beside a button: "Ctrl K", "Esc", "Enter"."""
        if self.sequence == "+":                   # the key itself, not what joins keys
            return self.sequence
        return " ".join(_CAPS.get(part, part) for part in self.sequence.split("+"))


_CAPS = {"Escape": "Esc", "Return": "Enter", "Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}


FIND = "Ctrl+K"

WINDOW_KEYS = (
    Key(FIND, mark("Tìm hồ sơ theo mã, tên, số điện thoại")),
    Key("F1", mark("Xem các phím của màn hình này")),
    Key("Ctrl+L", mark("Đổi ngôn ngữ")),
    Key("Ctrl+H", mark("Đổi giao diện sáng, tương phản cao")),
    Key("F10", mark("Khóa màn hình, đổi người làm")),
    Key("Ctrl+M", mark("Mã hỗ trợ để đọc qua điện thoại")),
)


def bind(
    widget: QWidget, keys: Mapping[Key, Callable[[], object]], *, is_for_window: bool = False
) -> Sequence[QShortcut]:
    """Makes each key do its work while the focus is inside `widget` (or anywhere in the window).

    Repeats of a held key are ignored: ten Enters are one Enter.
    """
    context = (
        Qt.ShortcutContext.WindowShortcut if is_for_window
        else Qt.ShortcutContext.WidgetWithChildrenShortcut
    )
    bound = []
    for key, work in keys.items():
        shortcut = QShortcut(QKeySequence(key.sequence), widget)
        shortcut.setContext(context)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(work)
        bound.append(shortcut)
    return bound
