"""What the five steps have in common: they show a form, say how it was edited, and know their fields in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.pages.intake.findings import Finding
from ui.pages.intake.form import IntakeForm, Step
from ui.widgets.step_card import StepCard, StepState


@dataclass(frozen=True, slots=True)
class Field:
    """One place to answer. `is_open`: it still wants an answer, so Enter stops there."""

    id: str
    widget: QWidget
    is_open: bool


class StepWidget(StepCard):
    """Subclasses set `step`, build into `body`, and fill in the four methods below.

    `edited` carries the next form. A step keeps no answers: what it shows is always the last form it was given.
    """

    edited = Signal(object)        # IntakeForm
    answered = Signal()            # the last place of the step was answered with a key

    step: Step

    def __init__(self, number: int, title: str, parent: QWidget | None = None) -> None:
        self._shown_title = self._shown_summary = ""
        super().__init__(number, title, parent)
        self.form = IntakeForm("")
        self.today = date.min

    def show_form(self, form: IntakeForm, today: date) -> None:
        """Shows `form`; widgets that already show the same are left alone, so a cursor never moves."""
        self.form, self.today = form, today

    def set_title(self, title: str = "") -> None:
        """As `StepCard.set_title`; asked at every key, so the same words again do nothing."""
        if title != self._shown_title:
            self._shown_title = title
            super().set_title(title)

    def set_summary(self, text: str) -> None:
        if text != self._shown_summary:
            self._shown_summary = text
            super().set_summary(text)

    def show_findings(self, found: Sequence[Finding]) -> None:
        """What is wrong or doubtful in this step, beside where it is mended."""

    def fields(self) -> Sequence[Field]:
        """The places to answer that are on screen, in the order of the talk."""
        return ()

    def first_field(self) -> QWidget | None:
        """Where the focus goes on arrival: the first open place, or the first place."""
        fields = self.fields()
        return next((field.widget for field in fields if field.is_open), fields[0].widget if fields else None)

    def field(self, name: str) -> QWidget | None:
        """The widget with that id, or None."""
        return next((field.widget for field in self.fields() if field.id == name), None)

    def field_at(self, widget: QWidget | None) -> str:
        """The id of the field that holds `widget`, "" when none does."""
        if widget is None:
            return ""
        for field in self.fields():
            if field.widget is widget or field.widget.isAncestorOf(widget):
                return field.id
        return ""

    def field_after(self, name: str) -> QWidget | None:
        """The next open place behind the field `name`; None: this step is through."""
        fields = self.fields()
        place = next((number for number, field in enumerate(fields) if field.id == name), -1)
        return next((field.widget for field in fields[place + 1:] if field.is_open), None)

    def emit_form(self, form: IntakeForm) -> None:
        if form != self.form:
            self.form = form
            self.edited.emit(form)

    @property
    def is_present(self) -> bool:
        return self.state is StepState.PRESENT
