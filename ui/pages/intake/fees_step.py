"""Step 4: what is to be paid, by whom less, and when."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.intake import FeeTiming
from ui.pages.intake.charging import (
    charged_fees,
    groups,
    is_for_less,
    timing,
    total_due,
    with_group,
    with_timing,
)
from ui.pages.intake.fee_rows import FeeRows
from ui.pages.intake.findings import Finding
from ui.pages.intake.form import FeeEntry, IntakeForm, Step
from ui.pages.intake.messages import finding_words
from ui.pages.intake.segments import Segments
from ui.pages.intake.step_widget import Field, StepWidget
from ui.pages.intake.words import MEANS, TIMINGS, fees_summary, total_words
from ui.translations import tr
from ui.widgets.choice import Choice
from ui.widgets.line_field import LineField
from ui.widgets.text import Text


class FeesStep(StepWidget):
    """The catalogue's amounts are said, not typed; what it counts is counted, what it does not know is typed.

    `offer_transfer` says for which agencies a transfer can be taken; for others only cash is offered.
    """

    step = Step.FEES

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(4, tr("Phí, lệ phí"), parent)
        self._offered: tuple[tuple[str, str], ...] = ()
        self._transfers: Container[str] = ()
        self._rows = FeeRows()
        self._rows.typed.connect(
            lambda number, kept: self._put(number, replace(self.form.fees[number], typed=kept))
        )
        self._rows.counted.connect(
            lambda number, text: self._put(number, replace(self.form.fees[number], counted=text))
        )
        self._nothing = Text(tr("Thủ tục này không thu phí, lệ phí. Enter để sang bước sau."), "lead")
        self._group = Choice(tr("Đối tượng miễn, giảm"))
        self._group.activated.connect(self._on_group)
        self.reason = LineField(tr("Lý do miễn, được in trên giấy tiếp nhận"))
        self.reason.edited.connect(lambda text: self.emit_form(replace(self.form, exemption_reason=text)))
        self.proof = LineField(tr("Giấy tờ chứng minh đã xem: tên và số"))
        self.proof.edited.connect(lambda text: self.emit_form(replace(self.form, exemption_proof=text)))
        self._timing = Segments(tr("Thu khi nào"), tuple((when, tr(word)) for when, word in TIMINGS.items()))
        self._timing.chosen.connect(lambda when: self.emit_form(with_timing(self.form, when)))
        self._means = Segments(tr("Thu bằng"), tuple((way, tr(word)) for way, word in MEANS.items()))
        self._means.chosen.connect(lambda way: self.emit_form(replace(self.form, means=way)))
        for widget in (self._nothing, self._rows, self._group, self._timing, self._means, self.reason, self.proof):
            self.body.addWidget(widget)
        self._total = Text("", "code")
        self.set_aside(self._total)

    def show_form(self, form: IntakeForm, today: date) -> None:
        super().show_form(form, today)
        self._rows.show_fees(form.fees, charged_fees(form))
        self._show_groups(form)
        has_fees = bool(form.fees)
        self._nothing.setVisible(not has_fees)
        self._rows.setVisible(has_fees)
        self._timing.setVisible(has_fees)
        self._timing.set_value(timing(form))
        self._means.setVisible(self._asks_means(form))
        self._means.set_value(form.means)
        self.reason.setVisible(has_fees and is_for_less(form) and not form.exemption)
        self.reason.set_text(form.exemption_reason)
        self.proof.setVisible(has_fees and is_for_less(form))
        self.proof.set_text(form.exemption_proof)
        self._total.setText(total_words(form) if has_fees else "")
        self.set_summary(fees_summary(form))

    def show_findings(self, found: Sequence[Finding]) -> None:
        told = {finding.field: finding_words(finding) for finding in found}
        for name, line in (("exemption_reason", self.reason), ("exemption_proof", self.proof)):
            line.set_message("" if line.line.hasFocus() else told.get(name, ""))
        for number, field in self._rows.fields():
            self._rows.show_fault(number, "" if field.line.hasFocus() else told.get(f"fee:{number}", ""))

    def fields(self) -> Sequence[Field]:
        form = self.form
        if not form.fees:
            return (Field("fees", self, True),)
        is_exempt = timing(form) is FeeTiming.EXEMPT
        places = [
            Field(f"fee:{number}", field.line, not is_exempt and charged is None)
            for (number, field), charged in zip(self._rows.fields(), self._asked_amounts(), strict=True)
        ]
        if self._offered:
            places.append(Field("exemption", self._group, False))
        places.append(Field("fee_timing", self._timing.stop(), False))
        if self._asks_means(form):
            places.append(Field("means", self._means.stop(), False))
        if is_for_less(form):
            if not form.exemption:
                places.append(Field("exemption_reason", self.reason.line, not form.exemption_reason.strip()))
            places.append(Field("exemption_proof", self.proof.line, not form.exemption_proof.strip()))
        return places

    def offer_transfer(self, agencies: Container[str]) -> None:
        """The agencies for which the office knows an account."""
        self._transfers = agencies

    # inside

    def _asks_means(self, form: IntakeForm) -> bool:
        can_choose = form.procedure is not None and form.procedure.agency in self._transfers
        return can_choose and form.correcting is None and timing(form) is FeeTiming.BEFORE and total_due(form) != 0

    def _asked_amounts(self) -> list[int | None]:
        charged = charged_fees(self.form)
        return [charged[number].amount for number, _ in self._rows.fields()]

    def _show_groups(self, form: IntakeForm) -> None:
        offered = groups(form)
        named = tuple((group.code, group.name) for group in offered)
        if named != self._offered:
            self._offered = named
            self._group.clear()
            self._group.addItem(tr("Không thuộc đối tượng miễn, giảm"), "")
            for code, name in named:
                self._group.addItem(tr("Đối tượng: {group}", group=name), code)
        self._group.setVisible(bool(named))
        self._group.setCurrentIndex(max(0, self._group.findData(form.exemption)))
        proof = next((group.proof for group in offered if group.code == form.exemption), "")
        self.proof.line.setPlaceholderText(proof)

    def _on_group(self, at: int) -> None:
        self.emit_form(with_group(self.form, self._group.itemData(at)))

    def _put(self, number: int, fee: FeeEntry) -> None:
        fees = self.form.fees
        self.emit_form(replace(self.form, fees=(*fees[:number], fee, *fees[number + 1:])))
