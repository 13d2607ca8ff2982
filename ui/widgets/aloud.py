"""Tells a screen reader at once, for what appears without the focus going there."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def tell_aloud(widget: QWidget) -> None:
    """An alert with the widget's accessible name."""
    from PySide6.QtGui import QAccessible, QAccessibleEvent  # classes that the first paint can do without

    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))
