"""A button that shows its key. The key itself is bound by the page (ui/shortcuts.py), once, for focus anywhere."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.theme import FontRole, theme
from ui.widgets.key_hint import key_width, paint_key

Kind = Literal["primary", "plain", "bare"]
_GAP, _ICON = 9, 18


class ActionButton(QPushButton):
    """`text` with the key cap `key`: "primary" is the big action of a page (48 px), "plain" any other (36).

    "bare" has no box. `is_key_first` puts the cap before the words.
    """

    def __init__(
        self, text: str, key: str = "", *, kind: Kind = "plain", icon: str = "",
        is_key_first: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._label, self._key, self._icon = text, key, icon
        self._kind: Kind = kind
        self._is_key_first = is_key_first
        self.setProperty("kind", kind)
        self.setMinimumHeight(48 if kind == "primary" else 36)
        self.setSizePolicy(
            QSizePolicy.Policy.Expanding if kind == "primary" else QSizePolicy.Policy.Fixed,
            QSizePolicy.Policy.Fixed,
        )
        self.set_label(text)

    def label(self) -> str:
        return self._label

    def set_label(self, text: str) -> None:
        self._label = text
        self.setAccessibleName(text)
        self.setAccessibleDescription(self._key)
        self.updateGeometry()
        self.update()

    def _content_width(self) -> int:
        width = QFontMetrics(theme().font(self._font_role())).horizontalAdvance(self._label) + 2
        if self._icon:
            width += _ICON + _GAP
        if self._key:
            width += key_width(self._key) + (_GAP if self._label else 0)
        return width

    def _font_role(self) -> FontRole:
        return {"primary": "heading", "plain": "strong", "bare": "small"}[self._kind]  # type: ignore[return-value]

    def _ink(self) -> str:
        if not self.isEnabled():
            return "ink-2"
        return "action-ink" if self._kind == "primary" else "ink"

    def sizeHint(self) -> QSize:
        side = 20 if self._kind == "primary" else 11
        return QSize(self._content_width() + 2 * side, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # box and ring; the words are ours, so Qt's own text stays empty
        painter = QPainter(self)
        look = theme()
        is_on_action = self._kind == "primary" and self.isEnabled()
        left = (self.width() - self._content_width()) // 2
        middle = self.height() // 2
        if self._icon:
            pixmap = look.pixmap(self._icon, self._ink(), _ICON, self.devicePixelRatio())
            painter.drawPixmap(QPoint(left, middle - _ICON // 2), pixmap)
            left += _ICON + _GAP
        if self._key and self._is_key_first:
            paint_key(painter, left, middle, self._key, is_on_action=is_on_action)
            left += key_width(self._key) + _GAP - 2
        painter.setFont(look.font(self._font_role()))
        painter.setPen(look.color(self._ink()))
        width = painter.fontMetrics().horizontalAdvance(self._label) + 2
        painter.drawText(QRect(left, 0, width, self.height()), Qt.AlignmentFlag.AlignVCenter, self._label)
        if self._key and not self._is_key_first:
            start = left + width + (_GAP if self._label else 0) - 2
            paint_key(painter, start, middle, self._key, is_on_action=is_on_action)


class LinkButton(QPushButton):
    """Words that do something, underlined: "vì sao ngày này?", "xem đủ"."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", "link")
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
