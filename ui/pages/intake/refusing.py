"""Alt X: the form on the desk cannot be received. It becomes a refusal with its paper, and no dossier."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.dialogs.refuse_sheet import RefuseSheet
from ui.operations.desk import Desk
from ui.pages.intake.filled import intake_of
from ui.pages.intake.form import IntakeForm
from ui.pages.intake.turnover import Turnover, Word
from ui.translations import tr


class Refusing(QObject):
    """A refusal names a procedure and a person: what is missing of them is said over the steps."""

    def __init__(self, desk: Desk, form: Callable[[], IntakeForm], turnover: Turnover, host: QWidget) -> None:
        super().__init__(host)
        self._desk, self._form, self._turnover, self._host = desk, form, turnover, host
        self._sheet: RefuseSheet | None = None

    @property
    def is_open(self) -> bool:
        return self._sheet is not None and self._sheet.is_open

    def open(self) -> None:
        form = self._form()
        if self.is_open or form.correcting is not None:
            return
        intake = intake_of(form)
        if intake.procedure is None or intake.applicant is None or not intake.applicant.name:
            self._turnover.said.emit(Word(
                "info", tr("Chọn thủ tục và ghi tên người nộp trước"), tr("Giấy từ chối in hai điều đó."),
            ))
            return
        sheet = self._sheet = RefuseSheet(self._host.window(), self._desk)
        self._host.destroyed.connect(sheet.deleteLater)
        sheet.confirmed.connect(self._on_refused)
        sheet.show_intake(intake)
        sheet.open(sheet.reason)

    def close_sheet(self) -> None:
        if self._sheet is not None:
            self._sheet.close_sheet()

    def _on_refused(self) -> None:
        assert self._sheet is not None and self._sheet.done is not None
        number = self._sheet.done.number
        self._turnover.end(self._form(), Word(
            "info", tr("Đã từ chối tiếp nhận, giấy số {number}", number=number),
            tr("Không có mã hồ sơ nào được cấp."),
        ))
