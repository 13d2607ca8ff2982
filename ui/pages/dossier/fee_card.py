"""What this dossier costs, line by line, what was collected for it, and how the result goes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from app.domain.fee_words import paper_note
from app.domain.intake import FeeTiming, Intake
from app.domain.money import format_money
from app.domain.till.entries import ReceiptState
from app.services.till.binding import DossierReceipt
from ui.models.receipt_words import mark_words, what_words
from ui.pages.dossier.facts import TIMINGS, fee_rows, return_words, total
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.money_field import money_text
from ui.widgets.text import Text


class FeeCard(Card):
    """Amounts at the right; a sum only where every part of it is known."""

    reprint_asked = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Phí, lệ phí"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        self._receipts = QGridLayout()
        self._receipts.setHorizontalSpacing(16)
        self._receipts.setVerticalSpacing(2)
        self._receipts.setColumnStretch(0, 1)
        self._collected = Text(tr("Đã thu"), "heading")
        self.reprint = ActionButton(tr("In lại biên lai"), "I")
        self.reprint.clicked.connect(self.reprint_asked)
        head = QHBoxLayout()
        head.addWidget(self._collected)
        head.addStretch(1)
        head.addWidget(self.reprint)
        self.body.addLayout(head)
        self.body.addLayout(self._receipts)
        self._return = Text("", "secondary", is_wrapped=True)
        self.body.addWidget(self._return)
        self._collected.hide()
        self.reprint.hide()

    def show_receipts(self, receipts: Sequence[DossierReceipt], now: datetime) -> None:
        """Each receipt or slip with its amount; below it what for, how, when, and what became of it."""
        _empty(self._receipts)
        self._collected.setVisible(bool(receipts))
        self.reprint.setVisible(any(each.state is ReceiptState.USED for each in receipts))
        for number, each in enumerate(receipts):
            self._receipts.addWidget(Text(each.name, "code"), 2 * number, 0)
            self._receipts.addWidget(Text(money_text(each.amount), "figures"), 2 * number, 1,
                                     Qt.AlignmentFlag.AlignRight)
            self._receipts.addWidget(Text(what_words(each, now), "secondary", is_wrapped=True), 2 * number + 1, 0)
            words, tone = mark_words(each)
            if words:
                said = Text(words, "secondary")
                said.set_tone(tone)
                self._receipts.addWidget(said, 2 * number + 1, 1,
                                         Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)

    def show_intake(self, intake: Intake) -> None:
        _empty(self._grid)
        lines = fee_rows(intake)
        for number, ((name, amount), fee) in enumerate(zip(lines, intake.fees, strict=True)):
            self._grid.addWidget(Text(name, is_wrapped=True), 2 * number, 0)
            self._grid.addWidget(Text(amount, "figures"), 2 * number, 1, Qt.AlignmentFlag.AlignRight)
            if note := paper_note(fee):
                self._grid.addWidget(Text(note, "secondary", is_wrapped=True), 2 * number + 1, 0, 1, 2)
        amount_of_all = total(intake.fees)
        if len(lines) > 1 and amount_of_all is not None:
            self._grid.addWidget(Text(tr("Cộng"), "heading"), 2 * len(lines), 0)
            self._grid.addWidget(Text(format_money(amount_of_all), "code"), 2 * len(lines), 1,
                                 Qt.AlignmentFlag.AlignRight)
        if not lines:
            self._grid.addWidget(Text(tr("Không thu phí, lệ phí")), 0, 0)
        self.set_note(tr(TIMINGS[intake.fee_timing]) if lines or intake.fee_timing is FeeTiming.EXEMPT else "")
        reason = tr("Lý do miễn: {reason}", reason=intake.exemption_reason) if intake.exemption_reason else ""
        proof = tr("Giấy tờ chứng minh: {proof}", proof=intake.exemption_proof) if intake.exemption_proof else ""
        way = return_words(intake)
        if intake.return_address:
            way = f"{way}: {intake.return_address}"
        self._return.setText(" · ".join(part for part in (reason, proof, way) if part))


def _empty(grid: QGridLayout) -> None:
    while (item := grid.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()                          # until Qt comes round to deleting it
            widget.deleteLater()
