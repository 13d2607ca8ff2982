"""A card over a shade: one question, one action, one way back."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QHBoxLayout,
    QMainWindow,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.shortcuts import FIND, PLACES
from ui.theme import theme
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.aloud import tell_aloud
from ui.widgets.card import Card
from ui.widgets.text import Text

_EDGE = 24
_SIDE = 28
_ELSEWHERE = frozenset({FIND, *(look.key for look in PLACES.values())})
"""Keys that lead to another place: not before this question is answered."""

_BAR = 8
"""Room for the scroll bar, inside `_SIDE`: words and buttons end on one line."""


class Sheet(QWidget):
    """Covers `host`. Fill `content`, then `open`; either `confirmed` or `closed` follows, once."""

    confirmed = Signal()
    closed = Signal()

    def __init__(
        self, host: QWidget, title: str, action: str = "", *, way_back: str = "", width: int = 760
    ) -> None:
        super().__init__(host)
        self._host = host
        self._before: QWidget | None = None
        self._is_answered = True
        self._width = width
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._card = Card()
        self._card.body.setContentsMargins(_SIDE, 22, _SIDE - _BAR, 20)
        self._card.body.setSpacing(14)
        self.title = Text(title, "title", is_wrapped=True)
        self.title.setContentsMargins(0, 0, _BAR, 0)
        inside = QWidget()
        inside.setProperty("surface", "scrolled")
        self.content = QVBoxLayout(inside)
        self.content.setContentsMargins(0, 0, _BAR, 0)
        self.content.setSpacing(14)
        self._inside = inside
        self._scroll = QScrollArea()
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.back = ActionButton(way_back or tr("Quay lại"), "Esc")
        self.back.clicked.connect(self.close_sheet)
        self.act = ActionButton(action, "Enter", kind="primary")
        self.act.clicked.connect(self.confirm)
        self.foot = QHBoxLayout()          # further buttons come after these
        self.foot.setSpacing(12)
        self.foot.addWidget(self.back)
        self.foot.addStretch(1)
        self.foot.addWidget(self.act)
        self._reminder = Text(is_wrapped=True)
        self._reminder.setText(tr("Làm xong việc này, hoặc bấm Esc để quay lại, rồi mới sang chỗ khác."))
        self._reminder.set_tone("warn")
        self._reminder.hide()
        self._below = QVBoxLayout()
        self._below.setContentsMargins(0, 0, _BAR, 0)
        self._below.setSpacing(14)
        self._below.addWidget(self._reminder)
        self._below.addLayout(self.foot)
        self._has_action = bool(action)
        self._is_act_apart, self._act_place = False, 2
        self._card.body.addWidget(self.title)
        self._card.body.addWidget(self._scroll, 1)
        self._card.body.addLayout(self._below)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.addWidget(self._card, alignment=Qt.AlignmentFlag.AlignCenter)
        self.act.setVisible(self._has_action)      # not earlier: without a parent it would be a window
        host.installEventFilter(self)
        inside.installEventFilter(self)
        self.hide()

    @property
    def is_open(self) -> bool:
        return self.isVisible()

    def open(self, first: QWidget | None = None) -> None:
        """Shows the sheet and takes the focus, to `first` or to itself."""
        # Before the window is active nothing has the focus yet; the window knows who is to have it.
        self._before = QApplication.focusWidget() or self._host.window().focusWidget()
        self._is_answered = False
        self._reminder.hide()
        self.setAccessibleName(self.title.text())      # many are asked with other words each time
        self._fit()
        self.show()
        self.raise_()
        (first or self).setFocus(Qt.FocusReason.PopupFocusReason)

    def confirm(self) -> None:
        """The answer is yes, once."""
        if self._is_answered or not self.may_confirm():
            return
        self._is_answered = True
        self.confirmed.emit()

    def may_confirm(self) -> bool:
        """A sheet that needs words says here whether it has them."""
        return True

    def close_sheet(self) -> None:
        """Esc: back to where the clerk was; `closed` unless it was confirmed before."""
        if not self.isVisible():
            return
        was_answered, self._is_answered = self._is_answered, True
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None
        if not was_answered:
            self.closed.emit()

    def _fit(self) -> None:
        self.setGeometry(_room_in(self._host))
        width = min(self._width, self.width() - 2 * _EDGE)
        self._card.setFixedWidth(width)
        inner = width - 2 * _SIDE + _BAR
        self._part_the_foot(inner - _BAR)
        wanted = self._inside.heightForWidth(inner) if self._inside.hasHeightForWidth() else -1
        content = (wanted if wanted > 0 else self._inside.sizeHint().height()) + 4
        # A banner among it asks for more than its words need at this width: less would not be given to the rest.
        content = max(content, self._inside.minimumSizeHint().height())
        frame = 22 + 20 + 2 * 14 + 48 + self.title.heightForWidth(inner) + 4
        frame += 62 if self._is_act_apart else 0
        frame += 14 + self._reminder.heightForWidth(inner - _BAR) if self._reminder.isVisibleTo(self) else 0
        self._scroll.setFixedHeight(max(60, min(content, self.height() - 2 * _EDGE - frame)))

    def _part_the_foot(self, room: int) -> None:
        """The action gets a row of its own where all buttons together are too wide: 1366×768 at 200 %."""
        needed = self.foot.sizeHint().width()
        if self._is_act_apart:
            needed += self.foot.spacing() + self.act.sizeHint().width()
        is_apart = self.act.isVisibleTo(self) and needed > room
        if is_apart == self._is_act_apart:
            return
        self._is_act_apart = is_apart
        if is_apart:
            self._act_place = self.foot.indexOf(self.act)
            self.foot.removeWidget(self.act)
            self._below.addWidget(self.act)
        else:
            self._below.removeWidget(self.act)
            self.foot.insertWidget(self._act_place, self.act)

    def _stay(self) -> None:
        """Says why a key that leads elsewhere does nothing."""
        if not self._reminder.isVisibleTo(self):
            self._reminder.show()
            self._fit()
        tell_aloud(self._reminder)

    # Qt's side

    def event(self, event: QEvent) -> bool:
        # Asked before a shortcut of the window hears the key: taken here, it comes as an ordinary press.
        is_asked = event.type() == QEvent.Type.ShortcutOverride and self.isVisible()
        if is_asked and _leads_elsewhere(cast(QKeyEvent, event)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            event.accept()             # a key held down from the page before is no answer
        elif event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.back.hasFocus() or not self.act.isVisible():
                self.close_sheet()
            else:
                self.confirm()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.value() + (60 if event.key() == Qt.Key.Key_Down else -60))
        elif _leads_elsewhere(event):
            self._stay()
        event.accept()                 # nothing typed here reaches the page behind

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes round inside."""
        stops = [
            widget for widget in self.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(self) and widget.isEnabled()
        ]
        if not stops:
            return True
        here = QApplication.focusWidget()
        place = stops.index(here) if here in stops else (-1 if is_next else 0)
        stops[(place + (1 if is_next else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A word that appears under a field makes the content taller: the card grows while the window has room.
        awaited = QEvent.Type.LayoutRequest if watched is self._inside else QEvent.Type.Resize
        if event.type() == awaited and self.isVisible():
            self._fit()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme().color("shade"))


def _leads_elsewhere(press: QKeyEvent) -> bool:
    return QKeySequence(press.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText) in _ELSEWHERE


def _room_in(host: QWidget) -> QRect:
    """All of `host`; what stands round the page of a main window (strip and card of practice) is not covered."""
    above = host.menuWidget() if isinstance(host, QMainWindow) else None
    if above is None:
        return host.rect()
    room = host.rect().adjusted(0, above.height(), 0, 0)
    for dock in host.findChildren(QDockWidget):
        if dock.isVisible():                       # at the right, or where there is no room for it below
            is_beside = dock.height() > dock.width()
            room.adjust(0, 0, -dock.width() if is_beside else 0, 0 if is_beside else -dock.height())
    return room
