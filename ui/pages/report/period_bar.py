"""Which days a report is about: presets with their keys, the one before and after, and days typed freely."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.reports.periods import Period, Preset, preset_period
from ui.delegates.dates import day_text
from ui.models.report_words import period_words
from ui.pages.report import keys
from ui.pages.search.list_bar import ListButton
from ui.translations import mark, tr
from ui.widgets.even_rows import EvenRows

_NAMES = {
    Preset.DAY: mark("Ngày"), Preset.WEEK: mark("Tuần"), Preset.MONTH: mark("Tháng"),
    Preset.QUARTER: mark("Quý báo cáo"), Preset.HALF_YEAR: mark("6 tháng"), Preset.YEAR: mark("Năm báo cáo"),
    Preset.CALENDAR_YEAR: mark("Năm"),
}


class PeriodBar(EvenRows):
    """`changed` carries the period; `free_asked`: days are to be typed. Nothing lies after the present one."""

    changed = Signal(object)
    free_asked = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=8, is_stretched=False)
        self.setAccessibleName(tr("Kỳ báo cáo"))
        self._today = today
        self._preset: Preset | None = Preset.QUARTER
        self._back = 0
        self.period = preset_period(Preset.QUARTER, today)
        self._buttons: dict[Preset, ListButton] = {}
        for preset, key in keys.PERIODS.items():
            button = ListButton(tr(_NAMES[preset]), key.cap)
            button.clicked.connect(lambda _=False, preset=preset: self.choose(preset))
            self._buttons[preset] = button
        self.free = ListButton(tr("Kỳ khác"), keys.FREE.cap)
        self.free.clicked.connect(self.free_asked)
        self.place((*self._buttons.values(), self.free))
        self.show_chosen()

    def name(self) -> str:
        """"quý I năm 2026 · 15/12/2025 – 14/03/2026"."""
        said = period_words(self._preset, self.period)
        days = f"{day_text(self.period.first)} – {day_text(self.period.last)}"
        if self.period.days == 1:
            days = day_text(self.period.first)
        return f"{said} · {days}" if said else days

    def set_today(self, today: date) -> None:
        """A new day has begun; what was chosen stays chosen, and moves with it."""
        if today != self._today:
            self._today = today
            if self._preset is not None:
                self._take(preset_period(self._preset, today, self._back))

    def choose(self, preset: Preset) -> None:
        self._preset, self._back = preset, 0
        self._take(preset_period(preset, self._today))

    def choose_days(self, period: Period) -> None:
        self._preset, self._back = None, 0
        self._take(period)

    def step(self, periods: int) -> None:
        """So many periods on, or back."""
        if self._preset is not None and self._back - periods >= 0:
            self._back -= periods
            self._take(preset_period(self._preset, self._today, self._back))

    def show_chosen(self) -> None:
        """A press toggles a button; what is chosen stays lit."""
        for preset, button in self._buttons.items():
            button.setChecked(preset is self._preset)
        self.free.setChecked(self._preset is None)

    def _take(self, period: Period) -> None:
        self.period = period
        self.show_chosen()
        self.changed.emit(period)
