"""Opens "vì sao ngày này?" for a promise, and "vì sao số tiền này?" for the fees."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.dossier import Due
from app.domain.intake import ChosenProcedure
from ui.dialogs.derivation import calendar_doubts, derivation
from ui.dialogs.why_date import Part, WhyDate
from ui.models.fee_words import working_lines
from ui.pages.intake.charging import charged_fees
from ui.pages.intake.form import IntakeForm
from ui.pages.intake.further_dates import date_parts
from ui.pages.intake.words import moment_words, time_words, total_words
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


def show_why_amount(host: QWidget, form: IntakeForm) -> WhyDate:
    """The sheet, open, with the working of each fee; it goes by itself when it is closed."""
    sheet = WhyDate(host, tr("Vì sao số tiền này?"))
    fees = charged_fees(form)
    alone = working_lines(fees[0]) if len(fees) == 1 else ()
    parts = tuple(Part(fee.name, working_lines(fee)) for fee in fees) if len(fees) != 1 else ()
    version = form.procedure.catalogue_version if form.procedure is not None else ""
    versions = tr("Danh mục bản {version}.", version=version)
    sheet.show_steps(tr("Phải thu {amount}", amount=total_words(form)), alone, (), versions, parts)
    sheet.closed.connect(sheet.deleteLater)
    sheet.open()
    return sheet
