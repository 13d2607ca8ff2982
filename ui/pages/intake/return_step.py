"""Step 5: where the result is handed over, and a word for the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.intake import ReturnMethod
from ui.pages.intake.findings import Finding
from ui.pages.intake.form import IntakeForm, OwnerKind, Step
from ui.pages.intake.messages import finding_words
from ui.pages.intake.segments import Segments
from ui.pages.intake.step_widget import Field, StepWidget
from ui.pages.intake.words import METHODS, return_summary
from ui.translations import tr
from ui.widgets.line_field import LineField
from ui.widgets.text import Text


class ReturnStep(StepWidget):
    """At the counter unless somebody asks for the post; then to the owner's address unless another is typed."""

    step = Step.RETURN

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(5, tr("Trả kết quả"), parent)
        self._method = Segments(tr("Nhận kết quả"), tuple((method, tr(word)) for method, word in METHODS.items()))
        self._method.chosen.connect(self._on_method)
        self.address = LineField(tr("Địa chỉ nhận, tên và số điện thoại người nhận nếu khác"))
        self.address.edited.connect(lambda text: self.emit_form(replace(self.form, return_address=text)))
        self.note = LineField(tr("Ghi chú (nếu có)"))
        self.note.edited.connect(lambda text: self.emit_form(replace(self.form, note=text)))
        for widget in (self._method, self.address, self.note):
            self.body.addWidget(widget)
        self._chosen = Text("")
        self.set_aside(self._chosen)

    def show_form(self, form: IntakeForm, today: date) -> None:
        super().show_form(form, today)
        is_post = form.return_method is ReturnMethod.POST
        self._method.set_value(form.return_method)
        self.address.setVisible(is_post)
        self.address.set_text(form.return_address)
        self.note.set_text(form.note)
        self._chosen.setText("" if self.is_present else tr(METHODS[form.return_method]))
        self.set_summary(return_summary(form))

    def show_findings(self, found: Sequence[Finding]) -> None:
        for field, line in (("return_address", self.address), ("note", self.note)):
            fault = next((finding for finding in found if finding.field == field), None)
            is_told = fault is not None and not line.line.hasFocus()
            line.set_message(finding_words(fault) if fault and is_told else "")

    def fields(self) -> Sequence[Field]:
        places = [Field("return_method", self._method.stop(), True)]
        if self.form.return_method is ReturnMethod.POST:
            places.append(Field("return_address", self.address.line, not self.form.return_address.strip()))
        places.append(Field("note", self.note.line, False))
        return places

    def _on_method(self, method: ReturnMethod) -> None:
        form = replace(self.form, return_method=method)
        if method is ReturnMethod.POST and not form.return_address.strip():
            is_organisation = form.owner_kind is OwnerKind.ORGANISATION
            form = replace(
                form, return_address=form.organisation.address if is_organisation else form.owner.address
            )
        self.emit_form(form)
