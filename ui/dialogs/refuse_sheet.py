"""Từ chối tiếp nhận: the reasons that are printed, their law, and where else the citizen may turn."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.dossier_papers import RefusalReason
from app.domain.intake import Intake
from app.domain.reason_library import Act
from app.services.life.reasons import reasons_for
from app.services.life.refusal import Refused
from ui.dialogs.act_sheet import ActSheet
from ui.operations.desk import Desk
from ui.operations.refuse import refuse
from ui.translations import tr
from ui.widgets.line_field import LineField
from ui.widgets.reason_field import ReasonField
from ui.widgets.text import Text


class RefuseSheet(ActSheet):
    """`show_intake`, then `open`; `done` holds the refusal once it is confirmed."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Từ chối tiếp nhận"), tr("Từ chối và in"), width=860)
        self._intake: Intake | None = None
        self.done: Refused | None = None
        self.what = Text("", is_wrapped=True)
        self.reason = ReasonField(tr("Lý do từ chối, in trên giấy"), has_basis=True)
        self.second = ReasonField(tr("Lý do khác (nếu có)"), has_basis=True)
        self.advice = LineField(tr("Hướng dẫn người nộp: nộp ở đâu, cần thêm gì (nếu có)"))
        self.note = Text(tr("Không có mã hồ sơ nào được cấp."), "secondary")
        for field in (self.reason, self.second):
            field.submitted.connect(self.confirm)
        for widget in (self.what, self.reason, self.second, self.advice, self.note):
            self.content.addWidget(widget)
        self.content.addStretch(1)

    def show_intake(self, intake: Intake) -> None:
        self._intake, self.done = intake, None
        name = intake.applicant.name if intake.applicant else ""
        procedure = intake.procedure.name if intake.procedure else ""
        self.what.setText(" · ".join(part for part in (intake.national_code, procedure, name) if part))
        for field in (self.reason, self.second):
            field.set_library(lambda typed: reasons_for(intake, Act.REFUSAL, typed))
        self.advice.set_text("")

    def may_confirm(self) -> bool:
        return self.reason.is_finished() and (not self.second.text() or self.second.is_finished())

    def carry_out(self) -> None:
        assert self._intake is not None
        reasons = tuple(
            RefusalReason(field.text(), field.basis()) for field in (self.reason, self.second) if field.text()
        )
        self.done = refuse(self._desk, self._intake, reasons, self.advice.text())
