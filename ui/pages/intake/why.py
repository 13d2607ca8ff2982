"""Opens "vì sao ngày này?" for a promise."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.dossier import Due
from app.domain.intake import ChosenProcedure
from ui.dialogs.derivation import calendar_doubts, derivation
from ui.dialogs.why_date import WhyDate
from ui.pages.intake.further_dates import date_parts
from ui.pages.intake.words import moment_words, time_words
from ui.translations import tr


def show_why(host: QWidget, due: Due, chosen: ChosenProcedure, language: str) -> WhyDate:
    """The sheet, open; it goes by itself when it is closed."""
    sheet = WhyDate(host)
    promise = moment_words(due.at) if due.at else tr("Không có ngày hẹn cụ thể theo quy định")
    versions = tr("Thời hạn: {time}. Lịch nghỉ bản {calendar}, quy tắc tính bản {policy}.",
                  time=time_words(chosen.time), calendar=due.calendar_version, policy=due.policy_version)
    sheet.show_steps(promise, derivation(due.steps, language), calendar_doubts(due.warnings, language), versions,
                     date_parts(due, language))
    sheet.closed.connect(sheet.deleteLater)
    sheet.open()
    return sheet
