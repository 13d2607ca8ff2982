"""A small cell with a number, set by the digit keys: how many originals, certified copies, photocopies."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import theme


class CountSpin(QWidget):
    """0…`most`. A digit sets the number, a second digit typed at once after it makes two; + − add and take one.

    Backspace is 0. Arrows and Enter are not taken: they belong to the list around it.
    """

    value_edited = Signal(int)

    def __init__(self, name: str, value: int = 0, most: int = 99, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value, self._most = value, most
        self._is_fresh = True      # the next digit replaces; after it one more may be appended
        self._name = name
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_value(value)

    def value(self) -> int:
        return self._value

    def set_value(self, value: int) -> None:
        """Shows `value` without `value_edited`."""
        self._value = max(0, min(value, self._most))
        self.setAccessibleName(f"{self._name}: {self._value}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(44, 36)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text.isdecimal() and text.isascii():
            appended = self._value * 10 + int(text)
            is_appending = not self._is_fresh and 0 < appended <= self._most
            self._is_fresh = False
            self._edit(appended if is_appending else int(text))
        elif text in ("+", "-"):
            self._edit(self._value + (1 if text == "+" else -1))
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._is_fresh = True
            self._edit(0)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._is_fresh = True
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _edit(self, value: int) -> None:
        before = self._value
        self.set_value(value)
        if self._value != before:
            self.value_edited.emit(self._value)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_focused = self.hasFocus()
        pen = QPen(look.color("focus"), 3) if is_focused else QPen(look.color("line-control"), 1)
        inset = 3.5 if is_focused else 5.5
        painter.setPen(pen)
        painter.setBrush(look.color("field" if self.isEnabled() else "field-off"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset - 2, inset, 2 - inset, -inset), 5, 5)
        painter.setFont(look.font("code" if self._value else "figures"))
        painter.setPen(look.color("ink" if self._value and self.isEnabled() else "ink-2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._value))
