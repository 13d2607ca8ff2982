"""Step 4: what is to be paid, when, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.intake import FeeTiming
from app.domain.money import format_money
from ui.pages.intake.filled import read_amount
from ui.pages.intake.findings import Finding
from ui.pages.intake.form import FeeEntry, IntakeForm, Step
from ui.pages.intake.messages import finding_words
from ui.pages.intake.segments import Segments
from ui.pages.intake.step_widget import Field, StepWidget
from ui.pages.intake.words import TIMINGS, fees_summary, joined, total_words
from ui.translations import mark, tr
from ui.widgets.line_field import LineField
from ui.widgets.money_field import MoneyField
from ui.widgets.text import Text

KINDS = {"fee": mark("phí"), "charge": mark("lệ phí")}


class FeesStep(StepWidget):
    """The catalogue's amounts are said, not typed; where it knows none, the clerk types it."""

    step = Step.FEES

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(4, tr("Phí, lệ phí"), parent)
        self._shown: tuple[FeeEntry, ...] | None = None
        self._amounts: dict[int, MoneyField] = {}
        self._table = QWidget()
        self._lines = QGridLayout(self._table)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setHorizontalSpacing(16)
        self._lines.setVerticalSpacing(6)
        self._lines.setColumnStretch(0, 1)
        self._nothing = Text(tr("Thủ tục này không thu phí, lệ phí. Enter để sang bước sau."), "lead")
        self._timing = Segments(tr("Thu khi nào"), tuple((timing, tr(word)) for timing, word in TIMINGS.items()))
        self._timing.chosen.connect(lambda timing: self.emit_form(replace(self.form, fee_timing=timing)))
        self.reason = LineField(tr("Lý do miễn và giấy tờ chứng minh, được in trên giấy tiếp nhận"))
        self.reason.edited.connect(lambda text: self.emit_form(replace(self.form, exemption_reason=text)))
        for widget in (self._nothing, self._table, self._timing, self.reason):
            self.body.addWidget(widget)
        self._total = Text("", "code")
        self.set_aside(self._total)

    def show_form(self, form: IntakeForm, today: date) -> None:
        super().show_form(form, today)
        if self._outline(form.fees) != self._outline(self._shown):
            self._build(form.fees)
        self._shown = form.fees
        for number, field in self._amounts.items():
            amount = read_amount(form.fees[number].typed)
            if field.amount() != amount:
                field.set_amount(amount)
        self._nothing.setVisible(not form.fees)
        self._timing.setVisible(bool(form.fees))
        self._timing.set_value(form.fee_timing)
        self.reason.setVisible(bool(form.fees) and form.fee_timing is FeeTiming.EXEMPT)
        self.reason.set_text(form.exemption_reason)
        self._total.setText(total_words(form) if form.fees else "")
        self.set_summary(fees_summary(form))

    def show_findings(self, found: Sequence[Finding]) -> None:
        fault = next((finding for finding in found if finding.field == "exemption_reason"), None)
        is_told = fault is not None and not self.reason.line.hasFocus()
        self.reason.set_message(finding_words(fault) if fault and is_told else "")

    def fields(self) -> Sequence[Field]:
        form = self.form
        is_exempt = form.fee_timing is FeeTiming.EXEMPT
        places = [
            Field(f"fee:{number}", field.line, not is_exempt and not form.fees[number].typed)
            for number, field in self._amounts.items()
        ]
        places.append(Field("fee_timing", self._timing.stop(), False))
        if form.fees and is_exempt:
            places.append(Field("exemption_reason", self.reason.line, not form.exemption_reason.strip()))
        return places if form.fees else (Field("fees", self, True),)

    # inside

    @staticmethod
    def _outline(fees: tuple[FeeEntry, ...] | None) -> list[tuple[str, int | None]] | None:
        """What the rows are made of, without what is typed into them."""
        return None if fees is None else [(fee.name, fee.amount) for fee in fees]

    def _build(self, fees: tuple[FeeEntry, ...]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._amounts = {}
        for number, fee in enumerate(fees):
            self._lines.addWidget(Text(fee.name, is_wrapped=True), 2 * number, 0)
            if fee.amount is not None:
                amount = Text(format_money(fee.amount), "figures")
                self._lines.addWidget(amount, 2 * number, 1, Qt.AlignmentFlag.AlignRight)
            else:
                field = MoneyField("", hint=tr("gõ số tiền"))
                field.line.setAccessibleName(tr("Số tiền: {fee}", fee=fee.name))
                field.setFixedWidth(150)
                field.edited.connect(lambda kept, number=number: self._on_amount(number, kept))
                self._amounts[number] = field
                self._lines.addWidget(field, 2 * number, 1)
            detail = joined((tr(KINDS[fee.kind]) if fee.kind in KINDS else "", fee.basis, fee.note))
            self._lines.addWidget(Text(detail, "secondary", is_wrapped=True), 2 * number + 1, 0, 1, 2)

    def _on_amount(self, number: int, kept: str) -> None:
        fees = self.form.fees
        typed = replace(fees[number], typed=kept)
        self.emit_form(replace(self.form, fees=(*fees[:number], typed, *fees[number + 1:])))
