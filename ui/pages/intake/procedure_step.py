"""Step 1: which procedure, and which of its cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from app.domain.catalogue_search import CatalogueSearch, Hit
from app.domain.intake import ChosenProcedure
from app.domain.procedure import Procedure, ProcedureCase
from ui.models.procedure_hits import AnswerLine, CaseList, ProcedureHits
from ui.pages.intake.answer_delegate import HEIGHT, AnswerDelegate
from ui.pages.intake.form import IntakeForm, Step
from ui.pages.intake.step_widget import Field, StepWidget
from ui.pages.intake.words import case_detail, decided_words, hit_detail, procedure_summary
from ui.translations import tr
from ui.widgets.chip import Chip
from ui.widgets.search_box import SearchBox
from ui.widgets.text import Text


class ProcedureStep(StepWidget):
    """Two or three syllables, arrows, Enter; then the case where there are several.

    `chose` says the case that was taken; making a form of it needs the catalogue, so the page does that.
    """

    step = Step.PROCEDURE
    chose = Signal(object, object)                 # Procedure, ProcedureCase

    def __init__(self, search: CatalogueSearch, parent: QWidget | None = None) -> None:
        super().__init__(1, tr("Thủ tục"), parent)
        self._agencies: dict[str, str] = {}
        self._hits = ProcedureHits(search, self._hit_line)    # no child: the answers' popup may outlive this step
        self._cases = CaseList(self._case_line, self)
        self._looking_at: Procedure | None = None
        self._said_of: ChosenProcedure | None = None
        self._guided: Procedure | None = None      # not received here, only explained
        self._delegate = AnswerDelegate(self)
        self.search = SearchBox(tr("Tìm thủ tục"), tr("Gõ 2–3 tiếng, không cần dấu, hoặc mã thủ tục"))
        self.search.set_model(self._hits, self._delegate)
        self.search.typed.connect(self._on_typed)
        self.search.chose.connect(self._on_hit)
        self._note = Text("", "secondary", is_wrapped=True)
        self._which = Text(tr("Trường hợp nào?"), "secondary")
        self.case_view = CaseView(self._cases, self._delegate)
        self.case_view.setAccessibleName(tr("Trường hợp của thủ tục"))
        self.case_view.taken.connect(self._on_case)
        for widget in (self.search, self._note, self._which, self.case_view):
            self.body.addWidget(widget)
        self._version = Chip()
        self.set_aside(self._version)
        self._show_cases(None)

    def set_catalogue(self, search: CatalogueSearch, agencies: dict[str, str]) -> None:
        """Another catalogue came into use; `agencies` gives their names."""
        self._hits.set_search(search)
        self._agencies = agencies

    def show_form(self, form: IntakeForm, today: date) -> None:
        super().show_form(form, today)
        chosen = form.procedure
        if form.query != self.search.text():
            self.search.setText(form.query)
        title = f"{chosen.code} · {chosen.name}" if chosen else ""
        self.set_title("" if self.is_present else title)
        self.set_summary(procedure_summary(form))
        if chosen != self._said_of:
            self._said_of = chosen
            self._guided = None
            self._show_cases(None)
            self.say(tr("Đang chọn: {procedure}", procedure=title) if chosen else "")
        self._version.set_state(decided_words(form), "info")
        self._version.setVisible(bool(decided_words(form)))

    def looked_at(self) -> tuple[Procedure, ProcedureCase] | None:
        """What the clerk stands on now, for a guidance slip before anything is chosen."""
        if self._looking_at is not None and self.case_view.isVisible():
            return self._looking_at, self._cases.case(max(0, self.case_view.currentIndex().row()))
        index = self.search.current_answer()
        procedure = self._hits.hit(index.row()).procedure if index is not None else self._guided
        return (procedure, procedure.cases[0]) if procedure else None

    def open_cases(self, procedure: Procedure) -> None:
        """Asks for the case, or takes the only one."""
        if len(procedure.cases) == 1:
            self.chose.emit(procedure, procedure.cases[0])
            return
        self._show_cases(procedure)
        self.case_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_answers(self) -> bool:
        """Esc: one thing at a time. True when something was put away."""
        if self.search.is_open():
            self.search.close_answers()
            return True
        if self._looking_at is not None:
            self._show_cases(None)
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def fields(self) -> Sequence[Field]:
        is_open = self.form.procedure is None
        if self._looking_at is not None:
            return (Field("case", self.case_view, is_open), Field("search", self.search, is_open))
        return (Field("search", self.search, is_open),)

    def say(self, words: str) -> None:
        """A sentence under the search: nothing found, not received here."""
        self._note.setText(words)
        self._note.setVisible(bool(words))

    # inside

    def _on_typed(self, text: str) -> None:
        self._show_cases(None)
        self._guided = None
        self._hits.look_for(text, self.today)
        is_empty = bool(text.strip()) and self._hits.rowCount() == 0
        self.say(tr("Không thấy thủ tục nào. Thử tiếng khác hoặc mã thủ tục.") if is_empty else "")
        self.emit_form(replace(self.form, query=text))

    def _on_hit(self, index: QModelIndex) -> None:
        hit = self._hits.hit(index.row())
        if not hit.is_receivable:
            self.say(tr("Điểm này không nhận thủ tục này. Bấm F11 để in phiếu hướng dẫn cho người dân."))
            self._guided = hit.procedure
            return
        self.say("")
        self.open_cases(hit.procedure)

    def _on_case(self, row: int) -> None:
        if self._looking_at is not None:
            self.chose.emit(self._looking_at, self._cases.case(row))

    def _show_cases(self, procedure: Procedure | None) -> None:
        self._looking_at = procedure
        self._cases.show_cases(procedure.cases if procedure else ())
        for widget in (self._which, self.case_view):
            widget.setVisible(procedure is not None)
        self.case_view.fit()
        self._note.setVisible(bool(self._note.text()))

    def _hit_line(self, hit: Hit) -> AnswerLine:
        agency = self._agencies.get(hit.procedure.agency, "")
        return AnswerLine(hit.procedure.name, hit_detail(hit.procedure, agency),
                          "" if hit.is_receivable else tr("chỉ hướng dẫn"))

    def _case_line(self, case: ProcedureCase) -> AnswerLine:
        return AnswerLine(case.name, case_detail(case))


class CaseView(QListView):
    """The cases, as many as fit; Enter takes one, a digit takes that one."""

    taken = Signal(int)

    def __init__(self, model: CaseList, delegate: AnswerDelegate) -> None:
        super().__init__()
        self.setItemDelegate(delegate)
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self.taken.emit(index.row()))

    def fit(self) -> None:
        """As high as its rows, at most six."""
        rows = self.model().rowCount()
        self.setFixedHeight(max(1, min(6, rows)) * HEIGHT + 4)
        if rows:
            first = self.model().index(0, 0)
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        text = event.text()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.taken.emit(row)
        elif text.isascii() and text.isdigit() and 1 <= int(text) <= self.model().rowCount():
            self.taken.emit(int(text) - 1)
        else:
            super().keyPressEvent(event)
