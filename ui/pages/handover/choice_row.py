"""A few answers of which one holds, each with its digit, for the foot of a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.pages.search.list_bar import ListButton

T = TypeVar("T")


class ChoiceRow(QWidget, Generic[T]):
    """Buttons for `answers`; the digits 1, 2 … choose while one of them has the focus."""

    def __init__(self, name: str, answers: Sequence[tuple[T, str]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._answers = [answer for answer, _ in answers]
        self.buttons = [ListButton(words, str(number)) for number, (_, words) in enumerate(answers, start=1)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for number, button in enumerate(self.buttons):
            button.clicked.connect(lambda _=False, number=number: self.choose(number))
            button.installEventFilter(self)
            row.addWidget(button)
        row.addStretch(1)
        self._chosen = 0
        self.choose(0)

    @property
    def answer(self) -> T:
        return self._answers[self._chosen]

    def set_answer(self, answer: T) -> None:
        self.choose(self._answers.index(answer))

    def choose(self, number: int) -> None:
        self._chosen = number
        for place, button in enumerate(self.buttons):
            button.setChecked(place == number)

    def take_digit(self, key: int) -> bool:
        """Whether `key` is the digit of an answer, which is then chosen."""
        number = key - Qt.Key.Key_1
        if 0 <= number < len(self.buttons):
            self.buttons[number].click()
            return True
        return False

    # Qt's side

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return (
            event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
            and self.take_digit(event.key())
        )
