"""What a screen reader and the Tab key would find wrong with what is in sight: each fault as one line of words.

`unheard` looks at names and roles, `unreached` walks with the Tab key. Both take the window as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QWidget,
)

from ui.widgets.chip import Chip

DUMB = frozenset((QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Window))
"""Roles that say nothing of what can be done: only a place that takes the focus to be read may have them."""
MOST_STOPS = 200


def unheard(window: QWidget) -> list[str]:
    """Whatever takes the focus or says a state, and has no words for a screen reader."""
    found = []
    for widget in in_sight(window):
        if takes_focus(widget):
            found += _faults_of(widget)
        if isinstance(widget, QAbstractItemView):
            found += _silent_rows(widget)
        if isinstance(widget, Chip) and not said(widget):
            found.append(f"a chip without a word: {way(widget)}")
    return found


def unreached(window: QWidget) -> list[str]:
    """What takes the focus and is not stood on while Tab goes once round, and a stop that Tab cannot leave."""
    window.activateWindow()
    QApplication.processEvents()
    front = _front(window)
    wanted = {widget for widget in in_sight(front) if takes_focus(widget)
              and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
              and widget is not front}
    stood: list[QWidget] = []
    for _ in range(MOST_STOPS):
        before = QApplication.focusWidget()
        QTest.keyClick(before or window, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is None or now is before:
            return [f"Tab does not leave {way(before) if before else 'the window'}"] if len(wanted) > 1 else []
        if now in stood:
            break
        stood.append(now)
    reached = {widget for stop in stood for widget in (stop, stop.focusProxy()) if widget is not None}
    return [f"Tab does not reach {way(widget)}" for widget in wanted - reached
            if widget.isVisible() and not _is_of_group_with(widget, reached)]


def in_sight(window: QWidget) -> Iterator[QWidget]:
    """All parts that are shown and enabled, the window's own included."""
    for widget in (window, *window.findChildren(QWidget)):
        if widget.isVisible() and widget.isEnabled():
            yield widget


def takes_focus(widget: QWidget) -> bool:
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None and widget.width() > 0


def said(widget: QWidget) -> str:
    """What a screen reader says for `widget`."""
    told = QAccessible.queryAccessibleInterface(widget)
    return told.text(QAccessible.Text.Name).strip() if told is not None else ""


def way(widget: QWidget) -> str:
    """Where `widget` is, for whoever mends it: its class and the named things it lies in."""
    own = widget.accessibleName()
    names = [f"{type(widget).__name__} “{own[:30]}”" if own else type(widget).__name__]
    part = widget.parentWidget()
    while part is not None and len(names) < 5:
        names.append(f"{type(part).__name__} “{part.accessibleName()[:30]}”" if part.accessibleName()
                     else type(part).__name__)
        part = part.parentWidget()
    return " in ".join(names)


def _faults_of(widget: QWidget) -> list[str]:
    told = QAccessible.queryAccessibleInterface(widget)
    name = said(widget)
    if told is None or not name:
        return [f"no name: {way(widget)}"]
    found = []
    if name in (type(widget).__name__, widget.objectName()):
        found.append(f"a name of the code, {name}: {way(widget)}")
    acts = isinstance(widget, (QAbstractButton, QLineEdit, QAbstractItemView))
    if told.role() in DUMB and acts:
        found.append(f"no role: {way(widget)}")
    return found


def _silent_rows(view: QAbstractItemView) -> list[str]:
    model: QAbstractItemModel | None = view.model()
    if model is None or not model.rowCount(QModelIndex()):
        return []
    words = [str(model.data(model.index(0, column), role) or "")
             for column in range(_columns(model))
             for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)]
    return [] if any(word.strip() for word in words) else [f"rows without words: {way(view)}"]


def _is_of_group_with(widget: QWidget, reached: set[QWidget]) -> bool:
    """Of buttons of which one is chosen Tab stops at one; the arrows lead to the others."""
    return isinstance(widget, QAbstractButton) and widget.autoExclusive() and any(
        isinstance(other, QAbstractButton) and other.autoExclusive() and other.parent() is widget.parent()
        for other in reached)


def _front(window: QWidget) -> QWidget:
    """The sheet that lies over everything, else the window: Tab stays in it."""
    from ui.dialogs.sheet import Sheet

    sheets = [each for each in window.findChildren(Sheet) if each.isVisible()]
    return sheets[-1] if sheets else window



def _columns(model: QAbstractItemModel) -> int:
    # Of Qt's own lists the method is private.
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
