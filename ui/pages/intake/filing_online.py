"""Alt O: the form on the desk is about a dossier of the national portal. Received here, or only helped with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.errors import KnownError
from ui.dialogs.online_sheet import OnlineSheet
from ui.messages import sentence
from ui.operations.desk import Desk
from ui.operations.online import known_of, note_help
from ui.pages.intake.filled import intake_of
from ui.pages.intake.form import IntakeForm
from ui.pages.intake.turnover import Turnover, Word
from ui.translations import tr

AT_COUNTER, ONLINE = 1, 2
"""KenhThucHien."""


class FilingOnline(QObject):
    """`edited` with the form that bears the code; `dossier_asked` for one that is here already."""

    edited = Signal(object)        # IntakeForm
    dossier_asked = Signal(str)
    refusal_asked = Signal()       # the form bears the code by then

    def __init__(
        self, desk: Desk, form: Callable[[], IntakeForm], turnover: Turnover, host: QWidget
    ) -> None:
        super().__init__(host)
        self._desk, self._form, self._turnover, self._host = desk, form, turnover, host
        self._sheet: OnlineSheet | None = None

    @property
    def is_open(self) -> bool:
        return self._sheet is not None and self._sheet.is_open

    def open(self) -> None:
        if self.is_open:
            return
        sheet = self._sheet = OnlineSheet(self._host.window())
        self._host.destroyed.connect(sheet.deleteLater)
        sheet.looked.connect(self._on_looked)
        sheet.confirmed.connect(self._on_received_here)
        sheet.help_noted.connect(self._on_helped)
        sheet.refusal_asked.connect(self._on_refusal)
        sheet.opened.connect(self._on_opened)
        sheet.closed.connect(self._put_away)
        if self._form().correcting is not None:
            sheet.only_code()
        sheet.show_code(self._form().national_code)
        sheet.open(sheet.field.line)

    def take_scan(self, text: str) -> bool:
        """A scan while the sheet is open is its code, or nothing."""
        assert self._sheet is not None
        self._sheet.take_scan(text)
        if self._sheet.code():
            self._desk.sound.accept()
        else:
            self._desk.sound.refuse()
        return True

    def close_sheet(self) -> None:
        if self._sheet is not None:
            self._sheet.close_sheet()
            self._put_away()

    def _on_looked(self, text: str) -> None:
        assert self._sheet is not None
        try:
            known = known_of(self._desk, text)
        except KnownError as error:
            self._say(error)
            return
        correcting = self._form().correcting
        if correcting is not None and known.dossier == correcting.code:
            known = replace(known, dossier="")     # the dossier that is being corrected has it
        self._sheet.show_known(known)

    def _on_received_here(self) -> None:
        assert self._sheet is not None
        code = self._sheet.code()
        self.close_sheet()
        self._bear(code)

    def _bear(self, code: str) -> None:
        form = self._form()
        if code != form.national_code:
            self.edited.emit(replace(form, national_code=code, channel=ONLINE if code else AT_COUNTER))

    def _on_helped(self) -> None:
        assert self._sheet is not None
        form = self._form()
        try:
            done, today = note_help(self._desk, self._sheet.code(), intake_of(form))
        except KnownError as error:
            self._say(error)
            return
        self.close_sheet()
        self._turnover.end(form, Word(
            "ok", tr("Đã ghi nhận hỗ trợ nộp hồ sơ {code}", code=done.national_code),
            tr("Hôm nay đã hỗ trợ nộp {n} hồ sơ. Không có giấy tiếp nhận của quầy.", n=today),
        ))

    def _on_refusal(self) -> None:
        assert self._sheet is not None
        code = self._sheet.code()
        self.close_sheet()
        self._bear(code)
        self.refusal_asked.emit()

    def _on_opened(self, code: str) -> None:
        self.close_sheet()
        self.dossier_asked.emit(code)

    def _say(self, error: KnownError) -> None:
        assert self._sheet is not None
        said = sentence(error, self._desk.language())
        self._sheet.refuse(f"{said.title}. {said.press} ({said.code})")

    def _put_away(self) -> None:
        if self._sheet is not None:
            self._sheet.deleteLater()
        self._sheet = None
