"""What of the window in sight is cut off, measured by geometry: each fault as one line of words."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QLineEdit, QToolButton, QWidget

from tests.ui.heard import in_sight, way

SLACK = 1
"""Pixels that rounding of a scale may take away."""
SPARE = 4
"""Pixels that a button can give of the room beside its words."""


def cut_off(window: QWidget, screen: QSize) -> list[str]:
    """Buttons, fields and words that do not fit into the window or into what they lie in, and do not scroll.

    `screen`: what the window had for itself.
    """
    found = []
    if window.width() > screen.width() or window.height() > screen.height():
        found.append(f"the window is {window.width()}×{window.height()} on {screen.width()}×{screen.height()}")
    for widget in in_sight(window):
        if not isinstance(widget, (QAbstractButton, QLabel, QLineEdit)):
            continue
        if (left := _lost(widget)) and widget.width() > 0:
            found.append(f"{left}: {_words(widget)} {way(widget)}")
    return found


def _lost(widget: QWidget) -> str:
    if isinstance(widget, QLabel) and not widget.text() and widget.pixmap().isNull():
        return ""
    rect = QRect(QPoint(), widget.size())
    for part, seen in _around(widget):
        inside = QRect(seen, rect.size())
        grown = part.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
        if not grown.contains(inside):
            return f"{inside.getRect()} beyond {part.width()}×{part.height()} of {type(part).__name__}"
    if isinstance(widget, QAbstractButton) and not isinstance(widget, QToolButton):    # Qt's own cross in a field
        least = widget.minimumSizeHint()
        if widget.hasHeightForWidth():
            least.setHeight(widget.heightForWidth(widget.width()))
        if widget.width() + SPARE < least.width() or widget.height() + SLACK < least.height():
            return f"squeezed to {widget.width()}×{widget.height()} of {least.width()}×{least.height()}"
    if isinstance(widget, QLabel) and widget.wordWrap():
        wanted = widget.heightForWidth(widget.width())
        if wanted > widget.height() + SLACK:
            return f"{widget.height()} high of {wanted}"
    elif isinstance(widget, QLabel) and not widget.toolTip() and widget.pixmap().isNull():
        wanted = widget.minimumSizeHint().width()
        if wanted > widget.width() + SLACK:
            return f"{widget.width()} wide of {wanted}"
    return ""


def _around(widget: QWidget) -> Iterator[tuple[QWidget, QPoint]]:
    """Every part that `widget` lies in and that clips it, with its place there; what scrolls ends the way."""
    place, part = QPoint(), widget
    while not part.isWindow() and (outer := part.parentWidget()) is not None:
        place += part.pos()
        area = outer.parentWidget()
        if isinstance(area, QAbstractScrollArea) and outer is area.viewport():
            # Down it scrolls; across only where there is a bar.
            if area.horizontalScrollBar().maximum() == 0:
                yield outer, QPoint(place.x(), 0)
            return
        yield outer, place
        part = outer


def _words(widget: QWidget) -> str:
    text = widget.accessibleName() or getattr(widget, "text", str)()
    return f"“{text[:50]}”"
