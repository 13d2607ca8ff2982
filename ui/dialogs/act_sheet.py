"""A sheet that carries out one act: closed when the act is stored, open with the reason when it is refused."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.domain.people.roles import Act
from app.errors import KnownError
from ui.dialogs.sheet import Sheet
from ui.messages import sentence
from ui.operations.desk import Desk, new_intent
from ui.widgets.banner import Banner


class ActSheet(Sheet):
    """Fill it, then `open`. A subclass says what `carry_out` does; `intent` is of this opening."""

    def __init__(self, host: QWidget, desk: Desk, title: str, action: str, *, width: int = 760) -> None:
        super().__init__(host, title, action, width=width)
        self._desk = desk
        self.intent = ""
        self.refused = Banner()
        self.content.addWidget(self.refused)

    def open(self, first: QWidget | None = None) -> None:
        self.intent = new_intent(self._desk)
        self.refused.silence()
        super().open(first)

    def carry_out(self) -> None:
        """Do it. Raises KnownError when it cannot be."""
        raise NotImplementedError

    def confirm(self) -> None:
        if self._is_answered or not self.may_confirm():
            return
        try:
            self.carry_out()
        except KnownError as error:
            if error.code == "second_person_needed":
                self._ask_second(Act(str(error.values["act"])))
                return
            said = sentence(error, self._desk.language())
            self.refused.say("bad", said.title, f"{said.detail()} ({said.code})")
            self._fit()
            self._scroll.ensureWidgetVisible(self.refused)
            return
        self._is_answered = True
        self.close_sheet()                 # first: whoever hears of it may put the focus elsewhere
        self.confirmed.emit()

    def _ask_second(self, act: Act) -> None:
        from ui.dialogs.second_sheet import SecondSheet

        sheet = SecondSheet(self, self._desk)
        sheet.proved.connect(self._confirm_with)
        sheet.closed.connect(sheet.deleteLater)
        sheet.ask(act)

    def _confirm_with(self, second: str) -> None:
        alone, self._desk = self._desk, replace(self._desk, second=second)
        try:
            self.confirm()
        finally:
            self._desk = alone
