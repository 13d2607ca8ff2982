"""The right column: the receipt coming true while the form is filled in, and the one big action."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.dossier import Due
from app.domain.intake import ReturnMethod
from ui.pages.intake.form import IntakeForm
from ui.pages.intake.further_dates import legs_words
from ui.pages.intake.words import (
    METHODS,
    joined,
    kept_words,
    moment_words,
    origin_words,
    taken_words,
    time_words,
    total_words,
    when_words,
)
from ui.translations import tr
from ui.widgets.action_button import ActionButton, LinkButton
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.fact_row import FactRow
from ui.widgets.key_hint import KeyHint

WIDTH, NARROW = 332, 272


@dataclass(frozen=True, slots=True)
class Promise:
    """What would be promised if the dossier were received now."""

    code: str = ""                 # the number that will be issued; "" when none is known
    code_note: str = ""            # why there is none, or that it is a stored one
    due: Due | None = None
    moment: datetime | None = None  # for which the date was worked out


class ReceiptColumn(QWidget):
    """Shows `Promise` and form; passes on what its buttons ask."""

    why_asked = Signal()
    why_amount_asked = Signal()
    received = Signal()            # F12
    parked = Signal()              # Esc
    guidance_asked = Signal()      # F11

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_narrow = False
        self._shown: tuple[object, ...] = ()
        self.setFixedWidth(WIDTH)
        self._code = FactRow(tr("Mã hồ sơ sẽ cấp"), is_large=True)
        self._due = FactRow(tr("Hẹn trả kết quả"), is_large=True)
        self._why = LinkButton(tr("Vì sao ngày này?"))
        self._why.clicked.connect(self.why_asked)
        self._why_key = KeyHint("?")
        self._due.add_aside(self._why)
        self._due.add_aside(self._why_key)
        self._papers = FactRow(tr("Giấy tờ nhận"))
        self._money = FactRow(tr("Phải thu"), is_large=True)
        self._why_amount = LinkButton(tr("Vì sao?"))
        self._why_amount.setAccessibleName(tr("Vì sao số tiền này?"))
        self._why_amount.clicked.connect(self.why_amount_asked)
        self._why_amount_key = KeyHint("Alt M")
        self._money.add_aside(self._why_amount)
        self._money.add_aside(self._why_amount_key)
        self._return = FactRow(tr("Trả kết quả"))
        self.duplicate = Banner()
        self.calendar = Banner()
        facts = QWidget()
        facts.setProperty("surface", "scrolled")
        column = QVBoxLayout(facts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for widget in (self._code, self._due, self.calendar, self._papers, self._money, self._return,
                       self.duplicate):
            column.addWidget(widget)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(facts)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._card = card = Card()
        card.setAccessibleName(tr("Giấy tiếp nhận sẽ in"))
        card.body.setContentsMargins(18, 16, 14, 12)
        card.body.addWidget(scroll, 1)
        self.main = ActionButton(tr("Đọc lại, lưu và in"), "F12", kind="primary")
        self.main.clicked.connect(self.received)
        self.park = ActionButton(tr("Để tạm"), "Esc")
        self.park.clicked.connect(self.parked)
        self.guide = ActionButton(tr("Hướng dẫn"), "F11")
        self.guide.clicked.connect(self.guidance_asked)
        small = QHBoxLayout()
        small.setSpacing(8)
        small.addWidget(self.park)
        small.addWidget(self.guide)
        small.addStretch(1)
        whole = QGridLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setVerticalSpacing(12)
        whole.addWidget(card, 0, 0)
        whole.addWidget(self.main, 1, 0)
        whole.addLayout(small, 2, 0)
        whole.setRowStretch(0, 1)

    def show_form(self, form: IntakeForm, promise: Promise) -> None:
        facts = (promise, form.procedure, form.papers, form.fees, form.fee_timing, form.exemption, form.channel,
                 form.return_method, form.return_address, form.correcting, form.national_code, form.pickup)
        if facts == self._shown:
            return
        self._shown = facts
        self._code.set_label(tr("Mã hồ sơ") if form.correcting else tr("Mã hồ sơ sẽ cấp"))
        self._code.set_value(promise.code)
        self._code.set_note(joined((promise.code_note, origin_words(form))))
        self._show_due(form, promise.due)
        taken = taken_words(form.papers)
        self._papers.set_value(taken)
        self._papers.set_note(kept_words(form.papers) if taken else "")
        self._money.set_value(total_words(form))
        self._money.set_note(when_words(form))
        self._why_amount.setVisible(bool(form.fees))
        self._why_amount_key.setVisible(bool(form.fees) and not self._is_narrow)
        self._return.set_value(tr(METHODS[form.return_method]) if form.procedure else "")
        is_post = form.return_method is ReturnMethod.POST
        self._return.set_note(form.return_address if is_post else "")

    def show_duplicates(self, codes: tuple[str, ...]) -> None:
        """Open dossiers of the same person and procedure."""
        if not codes:
            self.duplicate.silence()
            return
        self.duplicate.say("warn", tr("Người này còn {n} hồ sơ cùng thủ tục chưa xong", n=len(codes)),
                           ", ".join(codes))

    def set_busy(self, *, is_busy: bool, words: str = "") -> None:
        """While the dossier is being stored nothing may be asked a second time."""
        for button in (self.main, self.park, self.guide):
            button.setEnabled(not is_busy)
        self.main.set_label(words or tr("Đọc lại, lưu và in"))

    def set_narrow(self, *, is_narrow: bool) -> None:
        self.setFixedWidth(NARROW if is_narrow else WIDTH)
        self._card.body.setContentsMargins(*((12, 12, 6, 8) if is_narrow else (18, 16, 14, 12)))
        self._is_narrow = is_narrow
        self._why_key.setVisible(self._why.isVisibleTo(self) and not is_narrow)
        self._why_amount_key.setVisible(self._why_amount.isVisibleTo(self) and not is_narrow)

    def _show_due(self, form: IntakeForm, due: Due | None) -> None:
        is_known = form.procedure is not None and due is not None
        self._why.setVisible(is_known)
        self._why_key.setVisible(is_known and not self._is_narrow)
        if form.procedure is None or due is None:
            self._due.set_value("")
            self._due.set_note("")
            self.calendar.silence()
            return
        self._due.set_value(moment_words(due.at) if due.at else tr("Không có ngày hẹn"))
        self._due.set_note(joined((time_words(form.procedure.time), *legs_words(due))))
        years = sorted({warning.partition(":")[2] for warning in due.warnings})
        if due.warnings:
            self.calendar.say("warn", tr("Lịch nghỉ năm {years} chưa chính thức", years=", ".join(years)),
                              tr("Ngày hẹn có thể đổi."))
        else:
            self.calendar.silence()
