"""Step 3: which papers are here, how many of each kind, compared, kept; and why one is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.domain.intake import PaperStatus
from ui.models.checklist import ChecklistModel
from ui.pages.intake.checklist_view import ChecklistView
from ui.pages.intake.findings import Finding
from ui.pages.intake.form import IntakeForm, Step
from ui.pages.intake.paper_answers import Papers, set_reason
from ui.pages.intake.step_widget import Field, StepWidget
from ui.pages.intake.words import papers_summary, row_words
from ui.translations import mark, tr
from ui.widgets.count_spin import CountSpin
from ui.widgets.line_field import LineField
from ui.widgets.step_card import StepState
from ui.widgets.text import ElidedText, Text


class PapersStep(StepWidget):
    """The list takes the room that is left and scrolls alone; under it the reason of the row in hand."""

    step = Step.PAPERS

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(3, tr("Thành phần hồ sơ"), parent)
        self.set_hint(tr("A: đủ như danh mục · Dấu cách: có/thiếu · 0–9: số bản · Đ: đối chiếu · G: giữ bản gốc"))
        self._model = ChecklistModel(row_words, self)
        self.view = ChecklistView(self._model)
        self.view.answered.connect(self._on_answered)
        self.view.reason_wanted.connect(self._on_reason_wanted)
        self.view.selectionModel().currentChanged.connect(self._on_row)
        self.reason = LineField("", hint=tr("L: lý do thiếu hoặc không áp dụng, được in trên giấy tiếp nhận"))
        self.reason.line.setAccessibleName(tr("Lý do thiếu hoặc không áp dụng"))
        self.reason.edited.connect(self._on_reason)
        # One line on purpose: a text that wraps would make the list as high as its content instead of scrolling.
        self._said = ElidedText("", "secondary")
        self._said.set_tone("bad")
        self._sets_label = Text(tr("Số bộ"), "secondary")
        self._sets = CountSpin(tr("Số bộ hồ sơ"), 1)
        self._sets.value_edited.connect(lambda sets: self.emit_form(replace(self.form, sets=sets)))
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.reason, 1)
        foot.addWidget(self._sets_label)
        foot.addWidget(self._sets)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self._said)
        self.body.addLayout(foot)
        self._show_said("")

    def set_state(self, state: StepState) -> None:
        super().set_state(state)
        # Open it may grow into the room that is left; folded it is as high as its words.
        vertical = QSizePolicy.Policy.Preferred if state is StepState.PRESENT else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, vertical)

    def show_form(self, form: IntakeForm, today: date) -> None:
        super().show_form(form, today)
        self._model.show_papers(form.papers)
        self._sets.set_value(form.sets)
        self._show_reason()
        self.set_summary(papers_summary(form.papers) if form.papers else "")

    def show_findings(self, found: Sequence[Finding]) -> None:
        """Says what is wrong with the row in hand, once something was answered: a fresh list is no mistake."""
        row = self.view.currentIndex().row()
        if not 0 <= row < len(self.form.papers):
            self._show_said("")
            return
        field = f"paper:{self.form.papers[row].requirement.code}"
        fault = next((finding for finding in found if finding.field == field and finding.code in _TOLD), None)
        self._show_said(tr(_TOLD[fault.code]) if fault else "")

    def fields(self) -> Sequence[Field]:
        return (
            Field("papers", self.view, True),
            Field("reason", self.reason.line, False),
            Field("sets", self._sets, False),
        )

    def field(self, name: str) -> QWidget | None:
        if name.startswith("paper:"):
            codes = [paper.requirement.code for paper in self.form.papers]
            code = name.removeprefix("paper:")
            self.view.stand_on(codes.index(code) if code in codes else 0)
            return self.view
        return super().field(name)

    def field_after(self, name: str) -> QWidget | None:
        return self.view if name == "reason" else None

    # inside

    def _on_answered(self, papers: Papers) -> None:
        self.emit_form(replace(self.form, papers=papers))

    def _on_reason(self, text: str) -> None:
        row = self.view.currentIndex().row()
        if 0 <= row < len(self.form.papers):
            self.emit_form(replace(self.form, papers=set_reason(self.form.papers, row, text)))

    def _on_reason_wanted(self) -> None:
        self.reason.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_row(self, current: QModelIndex, previous: QModelIndex) -> None:
        self._show_reason()

    def _show_reason(self) -> None:
        row = self.view.currentIndex().row()
        paper = self.form.papers[row] if 0 <= row < len(self.form.papers) else None
        self.reason.set_text(paper.reason if paper else "")
        self.reason.line.setEnabled(paper is not None and paper.status is not PaperStatus.PRESENT)

    def _show_said(self, words: str) -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))


_TOLD = {
    "paper_count_zero": mark("Có giấy nhưng số bản là 0: gõ số bản."),
    "required_paper_not_applicable": mark("Giấy bắt buộc: ghi lý do không áp dụng."),
    "text_unprintable": mark("Lý do có ký tự không in được: xóa và gõ lại."),
}
"""Said under the list about the row in hand. That a paper is not here yet is no mistake."""
