"""F1: the keys of the screen in front, over a shade; Esc puts it away, F1 again goes on to the help page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.practice import is_practice
from ui.shortcuts import PLACES, WINDOW_KEYS, Key
from ui.theme import theme
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.key_hint import KeyHint
from ui.widgets.text import Text

_STEPS = {Qt.Key.Key_Down: 40, Qt.Key.Key_Up: -40, Qt.Key.Key_PageDown: 300, Qt.Key.Key_PageUp: -300}


class KeysPanel(QWidget):
    """Covers `host`. `open_for` fills it for a page; `closed` when it is put away, then perhaps `help_asked`."""

    closed = Signal()
    help_asked = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._before: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 24, 24, 24)
        self._card: Card | None = None
        self._scroll: QScrollArea | None = None
        host.installEventFilter(self)
        self.hide()

    def open_for(self, title: str, keys: Sequence[Key]) -> None:
        self._before = QApplication.focusWidget()
        if self._card is not None:
            self._column.removeWidget(self._card)
            self._card.deleteLater()
        self._card = self._filled(title, keys)
        self._column.addWidget(self._card, alignment=Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName(tr("Các phím của {page}", page=title))
        self.setGeometry(self._host.rect())
        self._card.setMaximumHeight(self.height() - 48)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_panel(self) -> None:
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None
        self.closed.emit()

    def ask_help(self) -> None:
        """Away, and on to the help page."""
        self.close_panel()
        self.help_asked.emit()

    def _filled(self, title: str, keys: Sequence[Key]) -> Card:
        card = Card(tr("Các phím của {page}", page=title))
        self._scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setProperty("surface", "scrolled")
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(4, 4, 12, 4)
        columns.setSpacing(24)
        mine = [(key.cap, tr(key.does)) for key in keys]
        places = [(look.key, tr(look.name)) for look in PLACES.values()]
        window = [(key.cap, tr(key.does)) for key in (*WINDOW_KEYS, *_of_practice())]
        if len(mine) <= len(places):   # the shorter column takes the window's own keys
            columns.addWidget(_key_list((tr("Màn hình này"), mine), (tr("Ở mọi nơi"), window)))
            columns.addWidget(_key_list((tr("Các nơi làm việc"), places)))
        else:
            columns.addWidget(_key_list((tr("Màn hình này"), mine)))
            columns.addWidget(_key_list((tr("Các nơi làm việc"), places), (tr("Ở mọi nơi"), window)))
        scroll.setWidget(inside)
        scroll.setMinimumSize(min(inside.sizeHint().width() + 20, self._host.width() - 90),
                              min(inside.sizeHint().height() + 8, self._host.height() - 170))
        card.body.addWidget(scroll, 1)
        close = ActionButton(tr("Đóng"), "Esc")
        close.clicked.connect(self.close_panel)
        more = ActionButton(tr("Mở trang trợ giúp"), "F1")
        more.clicked.connect(self.ask_help)
        foot = QHBoxLayout()
        foot.addWidget(more)
        foot.addStretch(1)
        foot.addWidget(close)
        card.body.addLayout(foot)
        return card

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1:
            self.ask_help()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close_panel()
        elif (step := _STEPS.get(Qt.Key(event.key()))) is not None and self._scroll is not None:
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.value() + step)
        event.accept()             # nothing typed here reaches the page behind

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.close_panel()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._host.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme().color("shade"))


def _of_practice() -> Sequence[Key]:
    """The practice room's own keys; none in real work."""
    if not is_practice():
        return ()
    from ui.practice.keys import KEYS

    return KEYS


def _key_list(*parts: tuple[str, Sequence[tuple[str, str]]]) -> QFrame:
    box = QFrame()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(7)
    row = 0
    for title, keys in parts:
        if not keys:
            continue
        if row:
            grid.setRowMinimumHeight(row, 10)
            row += 1
        grid.addWidget(Text(title, "secondary"), row, 0, 1, 2)
        for cap, does in keys:
            row += 1
            grid.addWidget(KeyHint(cap), row, 0, alignment=Qt.AlignmentFlag.AlignRight)
            grid.addWidget(Text(does), row, 1)
        row += 1
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(row, 1)
    return box
