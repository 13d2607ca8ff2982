"""Kỳ khác: the first and the last day, typed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.reports.periods import Period
from app.errors import Refusal
from ui.delegates.dates import day_text
from ui.dialogs.sheet import Sheet
from ui.messages import sentence
from ui.models.typed_day import read_day
from ui.translations import tr
from ui.widgets.line_field import LineField


class PeriodSheet(Sheet):
    """`ask`, then `chosen` with the period."""

    chosen = Signal(object)

    def __init__(self, host: QWidget, language: str) -> None:
        super().__init__(host, tr("Kỳ báo cáo"), tr("Lập báo cáo"), width=560)
        self._language = language
        self._today = date.min
        self.period: Period | None = None
        self.first = LineField(tr("Từ ngày"), hint="15/12/2025", is_figures=True)
        self.last = LineField(tr("Đến ngày"), hint="14/03/2026", is_figures=True)
        days = QHBoxLayout()
        days.setSpacing(16)
        for field in (self.first, self.last):
            field.edited.connect(lambda _, field=field: field.set_message(""))
            days.addWidget(field)
        self.content.addLayout(days)
        self.confirmed.connect(self._choose)

    def ask(self, period: Period, today: date) -> None:
        self._today = today
        for field, day in ((self.first, period.first), (self.last, period.last)):
            field.set_text(day_text(day))
            field.set_message("")
        self.open(self.first.line)
        self.first.line.selectAll()

    def may_confirm(self) -> bool:
        first, last = (read_day(field.text(), self._today) for field in (self.first, self.last))
        for field, day in ((self.first, first), (self.last, last)):
            if day is None:
                field.set_message(tr("Gõ ngày/tháng/năm"))
                field.line.setFocus()
        if first is None or last is None:
            return False
        try:
            self.period = Period(first, last)
        except Refusal as refusal:
            self.last.set_message(sentence(refusal, self._language).title)
            self.last.line.setFocus()
            return False
        return True

    def _choose(self) -> None:
        self.close_sheet()
        self.chosen.emit(self.period)
