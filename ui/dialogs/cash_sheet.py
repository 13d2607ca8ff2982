"""A sheet that carries out one act with money: its intent is made when it opens, so ten Enters are one act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.errors import KnownError
from ui.background.alive import while_alive
from ui.dialogs.sheet import Sheet
from ui.messages import sentence
from ui.operations.desk import Desk, new_intent
from ui.widgets.banner import Banner
from ui.widgets.line_field import LineField

Answer = Callable[[Any], object]
OnFailure = Callable[[Exception], object]


def is_written(field: LineField, words: str) -> bool:
    """Something is typed in the field; else `words` under it and the focus in it."""
    if field.text().strip():
        return True
    field.set_message(words)
    field.line.setFocus()
    return False


class CashSheet(Sheet):
    """Fill it, then `open`. A subclass says in `start` what is carried out; `stored` carries its answer.

    The act runs beside the window. Until its answer the sheet takes neither Enter nor Esc; refused, it stays open
    and says why.
    """

    stored = Signal(object)

    def __init__(self, host: QWidget, desk: Desk, title: str, action: str, *, width: int = 760) -> None:
        super().__init__(host, title, action, width=width)
        self._desk = desk
        self._is_busy = False
        self.intent = ""
        self.refused = Banner()
        self.content.addWidget(self.refused)

    def open(self, first: QWidget | None = None) -> None:
        self.intent = new_intent(self._desk)
        self._is_busy = False
        self.refused.silence()
        super().open(first)

    def bring(self, widget: QWidget) -> None:
        """Scrolls to what has just got the focus, on a low screen."""
        self._scroll.ensureWidgetVisible(widget)

    def start(self, on_done: Answer, on_failure: OnFailure) -> None:
        """Begin the act. Raises KnownError when it cannot even begin."""
        raise NotImplementedError

    def told(self, found: Any) -> None:
        """What the window says once it is stored."""

    def confirm(self) -> None:
        if self._is_answered or self._is_busy or not self.may_confirm():
            return
        self._is_busy = True
        self.refused.silence()
        try:
            self.start(while_alive(self, self._on_done), while_alive(self, self._on_failure))
        except KnownError as error:
            self._on_failure(error)

    def close_sheet(self) -> None:
        if not self._is_busy:
            super().close_sheet()

    def _on_done(self, found: object) -> None:
        self._is_busy, self._is_answered = False, True
        self.close_sheet()                 # first: whoever hears of it may put the focus elsewhere
        self.told(found)
        self.stored.emit(found)
        self.confirmed.emit()

    def _on_failure(self, error: Exception) -> None:
        self._is_busy = False
        if not isinstance(error, KnownError):
            raise error
        said = sentence(error, self._desk.language())
        self.refused.say("bad", said.title, f"{said.detail()} ({said.code})")
        self._fit()
        self._scroll.ensureWidgetVisible(self.refused)
