"""The rail at the left: the nine places with their keys and how much waits in each."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from ui.shortcuts import PLACES, Place
from ui.theme import theme
from ui.translations import tr

WIDTH = 96
_LOW = 680                         # below this height the rail becomes compact: 1366×768 at 125 % and more
_TALL_ITEM, _COMPACT_ITEM, _LEAST_ITEM = 67, 54, 40


class NavButton(QAbstractButton):
    """One place. Painted here: an icon, the name, the key, a badge."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.badge = 0
        self.is_compact = False
        self.is_coming = False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(_LEAST_ITEM)
        self.set_badge(0)

    def set_badge(self, count: int) -> None:
        self.badge = count
        name = tr(PLACES[self.place].name)
        self.setAccessibleName(tr("{name}, {n} việc chờ", name=name, n=count) if count else name)
        self.setAccessibleDescription(PLACES[self.place].key)
        self.setToolTip(f"{name} ({PLACES[self.place].key})")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, _COMPACT_ITEM if self.is_compact else _TALL_ITEM)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, spec = theme(), PLACES[self.place]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_here = self.isChecked()
        if is_here or self.underMouse():
            painter.fillRect(self.rect(), look.color("nav-lit"))
        if is_here:
            painter.fillRect(0, 0, 4, self.height(), look.color("focus"))
        ink = "nav-ink-2" if self.is_coming and not is_here else "nav-ink"
        icon_size = 18 if self.is_compact else 20
        icon = look.pixmap(spec.icon, ink, icon_size, self.devicePixelRatio())
        content = 38 if self.is_compact else 54
        top = (self.height() - content) // 2
        middle = self.width() // 2
        if self.is_compact:        # icon and key side by side, the name below
            key_width = QFontMetrics(look.font("key")).horizontalAdvance(spec.key)
            left = (self.width() - icon_size - 6 - key_width) // 2 - (12 if self.badge else 0)
            painter.drawPixmap(left, top, icon)
            key_box = QRect(left + icon_size + 6, top - 1, key_width + 4, icon_size + 2)
            name_box = QRect(0, top + icon_size + 2, self.width(), 18)
        else:
            painter.drawPixmap(middle - icon_size // 2, top, icon)
            name_box = QRect(0, top + 21, self.width(), 18)
            key_box = QRect(0, top + 39, self.width(), 16)
        painter.setFont(look.font("chip" if is_here else "small"))
        painter.setPen(look.color(ink))
        painter.drawText(name_box, Qt.AlignmentFlag.AlignCenter, tr(spec.name))
        painter.setFont(look.font("key"))
        painter.setPen(look.color("nav-ink-2"))
        painter.drawText(key_box, Qt.AlignmentFlag.AlignCenter, spec.key)
        if self.badge:
            self._paint_badge(painter, top)
        if self.hasFocus():
            painter.setPen(QPen(look.color("focus"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)        # a badge has left its own
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 6, 6)

    def _paint_badge(self, painter: QPainter, top: int) -> None:
        look = theme()
        text = str(self.badge) if self.badge < 100 else "99+"
        painter.setFont(look.font("key"))
        width = max(18, painter.fontMetrics().horizontalAdvance(text) + 11)
        left = self.width() if self.is_compact else self.width() // 2 + 14
        box = QRect(min(left, self.width() - width - 6), top - 2, width, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("nav-badge"))
        painter.drawRoundedRect(box, 9, 9)
        painter.setPen(look.color("nav-badge-ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class NavRail(QWidget):
    """Emits `place_requested`; shows which place is present with `set_place`."""

    place_requested = Signal(Place)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(tr("Các nơi làm việc"))
        self._buttons = {place: NavButton(place) for place in Place}
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        for place, button in self._buttons.items():
            button.clicked.connect(lambda _=False, place=place: self.place_requested.emit(place))
            if place is Place.SETTINGS:
                self._column.addStretch(1)
            self._column.addWidget(button)
        self._arrange(is_compact=False)

    def set_place(self, place: Place | None) -> None:
        """Marks the place the clerk is in; None when what is shown belongs to none."""
        for button in self._buttons.values():
            button.setAutoExclusive(place is not None)
            button.setChecked(button.place is place)

    def set_badges(self, badges: Mapping[Place, int]) -> None:
        for place, button in self._buttons.items():
            if button.badge != badges.get(place, 0):
                button.set_badge(badges.get(place, 0))

    def set_coming(self, place: Place, is_coming: bool) -> None:
        """Marks a place whose work comes with a later release."""
        self._buttons[place].is_coming = is_coming
        self._buttons[place].update()

    def button(self, place: Place) -> NavButton:
        return self._buttons[place]

    def _arrange(self, *, is_compact: bool) -> None:
        self._is_compact = is_compact
        self._column.setContentsMargins(0, 4 if is_compact else 59, 0, 0 if is_compact else 10)
        for button in self._buttons.values():
            button.is_compact = is_compact
            button.setMaximumHeight(button.sizeHint().height())
            button.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_compact = event.size().height() < _LOW
        if is_compact != self._is_compact:
            self._arrange(is_compact=is_compact)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("nav"))
        if not self._is_compact:
            painter.setFont(look.font("heading"))
            painter.setPen(look.color("nav-ink"))
            painter.drawText(QRect(0, 10, self.width(), 42), Qt.AlignmentFlag.AlignCenter, "Quầy\nMột Cửa")
        painter.fillRect(self.width() - 1, 0, 1, self.height(), look.color("nav-lit"))
