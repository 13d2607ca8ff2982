"""A choice between two or three words in a row: one stop of the Tab key, arrows change it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from ui.widgets.text import Text


class Segments(QWidget):
    """`options` are (value, word). `chosen` carries the value that a key or click took, never what code set."""

    chosen = Signal(object)

    def __init__(
        self, name: str, options: Sequence[tuple[Any, str]], *, is_labelled: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._values = [value for value, _ in options]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        if is_labelled:
            row.addWidget(Text(name, "secondary"))
        for number, (_, word) in enumerate(options):
            button = QRadioButton(word)
            button.setAccessibleName(f"{name}: {word}")
            self._group.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        self._group.idToggled.connect(self._on_toggled)
        self._is_told = True
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def value(self) -> Any:
        number = self._group.checkedId()
        return self._values[number] if number >= 0 else None

    def set_value(self, value: Any) -> None:
        """Shows `value` without `chosen`."""
        if value == self.value():
            return
        self._is_told = False
        self._group.button(self._values.index(value)).setChecked(True)
        self._is_told = True

    def set_offered(self, value: Any, *, is_offered: bool) -> None:
        """A value that makes no sense now is not offered."""
        self._group.button(self._values.index(value)).setVisible(is_offered)

    def stop(self) -> QWidget:
        """The button the focus goes to."""
        return self._group.checkedButton() or self._group.button(0)

    def _on_toggled(self, number: int, is_on: bool) -> None:
        if is_on and self._is_told:
            self.chosen.emit(self._values[number])


class SideBySide(QWidget):
    """Two choices in a row, one under the other where the screen is too narrow."""

    def __init__(self, first: QWidget, second: QWidget) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(18)
        self._row.addWidget(first)
        self._row.addWidget(second)
        self._row.addStretch(1)
        self._parts = (first, second)

    def minimumSizeHint(self) -> QSize:
        widest = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = sum(part.sizeHint().width() for part in self._parts) + 18
        is_wide = event.size().width() >= needed
        self._row.setDirection(
            QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        )
        self._row.setSpacing(18 if is_wide else 2)
