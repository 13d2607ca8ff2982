"""Sheets and help are dialogs to a screen reader: Qt takes them for parts of the window, and announces nothing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QAccessibleInterface


class Announced(QWidget):
    """A part of the window that covers the rest and asks something: told as a dialog, by its accessible name."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        _tell_dialogs()


@cache
def _tell_dialogs() -> None:
    """Once for the process: Qt asks in turn whoever offers, and itself last."""
    from PySide6.QtGui import QAccessible  # classes that the first paint can do without

    QAccessible.installFactory(_dialog)


def _dialog(_: str, each: QObject) -> QAccessibleInterface | None:
    from PySide6.QtGui import QAccessible
    from PySide6.QtWidgets import QAccessibleWidget

    return QAccessibleWidget(each, QAccessible.Role.Dialog) if isinstance(each, Announced) else None
