"""Rút hồ sơ: who takes it back and why, and what goes into the citizen's hands now."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.life.states import Custody
from app.domain.reason_library import Act
from app.services.life.reading import KnownLife
from app.services.life.reasons import reasons_for
from app.services.life.withdrawal import withdraw
from ui.dialogs.act_sheet import ActSheet
from ui.dialogs.original_ticks import OriginalTicks
from ui.models.life_words import custody_words
from ui.operations.desk import Desk
from ui.operations.dossier_acts import carry_out
from ui.translations import tr
from ui.widgets.line_field import LineField
from ui.widgets.reason_field import ReasonField
from ui.widgets.text import Text
from ui.widgets.tick import Tick


class WithdrawSheet(ActSheet):
    """`show_dossier`, then `open`."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Rút hồ sơ"), tr("Rút hồ sơ"), width=820)
        self._code = ""
        self.reason = ReasonField(tr("Lý do công dân rút hồ sơ"))
        self.reason.submitted.connect(self.confirm)
        self.by_name = LineField(tr("Người đến rút"))
        self.by_name.edited.connect(lambda _: self.by_name.set_message(""))
        self.papers_back = Tick(tr("Trả lại toàn bộ giấy tờ đã nộp ngay bây giờ"))
        self.elsewhere = Text("", is_wrapped=True)
        self.originals = OriginalTicks()
        for widget in (self.reason, self.by_name, self.papers_back, self.elsewhere, self.originals):
            self.content.addWidget(widget)
        self.content.addStretch(1)

    def show_dossier(self, held: KnownLife) -> None:
        self._code, intake = held.code, held.body.intake
        assert intake.applicant is not None
        self.title.setText(tr("Rút hồ sơ {code}", code=held.code))
        self.reason.set_library(lambda typed: reasons_for(intake, Act.WITHDRAWAL, typed))
        self.by_name.set_text(intake.submitter.person.full_name if intake.submitter else intake.applicant.name)
        self.by_name.set_message("")
        is_here = held.life.custody is Custody.COUNTER
        self.papers_back.setVisible(is_here)
        self.papers_back.setChecked(is_here)
        where = custody_words(held.life.custody)[0]
        self.elsewhere.setText(tr("{where}. Khi giấy về quầy, trả cho công dân ở trang hồ sơ này.", where=where))
        self.elsewhere.setVisible(not is_here)
        self.originals.show_originals(held.life.originals)

    def may_confirm(self) -> bool:
        if not self.reason.is_finished():
            return False
        if self.by_name.text().strip():
            return True
        self.by_name.set_message(tr("Ghi tên người đến rút."))
        self.by_name.line.setFocus()
        return False

    def carry_out(self) -> None:
        done = carry_out(
            self._desk, self._code, withdraw, self._code, self.reason.text(), self.by_name.text(),
            originals=self.originals.chosen(),
            papers_given_back=self.papers_back.isVisibleTo(self) and self.papers_back.isChecked(),
            intent=self.intent,
        )
        words = tr("Đã rút hồ sơ {code}, còn nợ {n} bản gốc", code=done.code, n=len(done.owed)) if done.owed else (
            tr("Đã rút hồ sơ {code}", code=done.code))
        self._desk.frame.say(words, "warn" if done.owed else "ok")
