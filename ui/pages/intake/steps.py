"""The five steps in their card, scrolling as a whole only where the screen is too small for the open one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.domain.catalogue_search import CatalogueSearch
from ui.pages.intake.fees_step import FeesStep
from ui.pages.intake.findings import Finding
from ui.pages.intake.form import STEPS, IntakeForm, Step
from ui.pages.intake.papers_step import PapersStep
from ui.pages.intake.person_step import PersonStep
from ui.pages.intake.procedure_step import ProcedureStep
from ui.pages.intake.return_step import ReturnStep
from ui.pages.intake.step_widget import StepWidget
from ui.widgets.step_card import StepStack, StepState

_OF_PROCEDURE = frozenset({Step.PAPERS, Step.FEES})
"""Nothing is answered there while no procedure is chosen."""


class Steps(QScrollArea):
    """`edited` with the next form, `asked` with a step that was clicked or entered."""

    edited = Signal(object)        # IntakeForm
    asked = Signal(object)         # Step
    answered = Signal()            # the present step is through

    def __init__(self, search: CatalogueSearch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.procedure = ProcedureStep(search)
        self.person = PersonStep()
        self.papers = PapersStep()
        self.fees = FeesStep()
        self.handing_over = ReturnStep()
        self._all: tuple[StepWidget, ...] = (
            self.procedure, self.person, self.papers, self.fees, self.handing_over,
        )
        self._stack = StepStack()
        for step in self._all:
            self._stack.add_step(step)
            step.edited.connect(self.edited)
            step.asked.connect(self._on_asked)
            step.answered.connect(self.answered)
        inside = QWidget()
        inside.setProperty("surface", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def present(self, step: Step) -> StepWidget:
        return self._all[STEPS.index(step)]

    def show_form(self, form: IntakeForm, today: date, found: Sequence[Finding], reached: int) -> None:
        """Shows `form` in all steps; `reached` is the number of the farthest step the clerk has been in."""
        faulty = {finding.step for finding in found}
        for number, widget in enumerate(self._all):
            if widget.step is form.step:
                state = StepState.PRESENT
            elif number > reached or (form.procedure is None and widget.step in _OF_PROCEDURE):
                state = StepState.WAITING
            else:
                state = StepState.ATTENTION if widget.step in faulty else StepState.DONE
            if state is not widget.state:
                if state is StepState.PRESENT:
                    widget.set_title()             # an open step bears its own name, and is as wide as that
                widget.set_state(state)
            widget.show_form(form, today)
            widget.show_findings([finding for finding in found if finding.step is widget.step])

    def note_place(self, form: IntakeForm, found: Sequence[Finding]) -> None:
        """Only the focus moved on: the field that was left says now what is wrong with it."""
        for widget in self._all:
            widget.form = form
        here = self.present(form.step)
        here.show_findings([finding for finding in found if finding.step is here.step])

    def focus(self, step: Step, field: str = "") -> None:
        """Puts the focus into `step`, on `field` if it is there, and brings it into sight."""
        here = self.present(step)
        target = (here.field(field) if field else None) or here.first_field()
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            QTimer.singleShot(0, self, self._bring_into_sight)     # once the steps have their new heights

    def _bring_into_sight(self) -> None:
        here = QApplication.focusWidget()
        if here is not None and self.isAncestorOf(here):
            self.ensureWidgetVisible(here, 0, 24)

    def _on_asked(self) -> None:
        sender = self.sender()
        if isinstance(sender, StepWidget):
            self.asked.emit(sender.step)
