"""Yêu cầu bổ sung: every paper of the checklist to be ticked, so that all gaps are asked for at once."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.gaps import missing_gaps
from app.domain.life.facts import AgencyPaper, Gap
from app.domain.procedure import Requirement
from app.domain.reason_library import Act
from app.services.life.reading import KnownLife
from app.services.life.reasons import reasons_for
from app.services.life.supplement import ask_supplement
from ui.dialogs.act_sheet import ActSheet
from ui.dialogs.agency_paper_fields import AgencyPaperFields
from ui.dialogs.paper_counts import PaperCounts, PaperList
from ui.operations.desk import Desk
from ui.operations.dossier_acts import carry_out
from ui.translations import tr
from ui.widgets.banner import Banner
from ui.widgets.day_field import DayField
from ui.widgets.reason_field import ReasonField
from ui.widgets.text import Text
from ui.widgets.tick import Tick

FREE_ROWS = 2
"""Lines for what the checklist does not name."""
OTHER_DEMAND = "Yêu cầu khác"      # printed on the slip, which is Vietnamese


class SupplementSheet(ActSheet):
    """`show_dossier`, then `open`."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Yêu cầu bổ sung hồ sơ"), tr("Yêu cầu bổ sung và in phiếu"), width=1040)
        self._code = ""
        self._requirements: list[str] = []
        self.before = Banner()
        self.again = Tick(tr("Vẫn yêu cầu lần nữa, hồ sơ sẽ bị tính là quá hạn"))
        self.papers = PaperList(tr("Thiếu gì, sai gì"))
        self.nothing = Text(tr("Đánh dấu ít nhất một giấy tờ, hoặc ghi nội dung cần bổ sung."), "secondary")
        self.nothing.set_tone("bad")
        self.papers.changed.connect(self.nothing.hide)
        self.reason = ReasonField(tr("Lý do, được in trên phiếu"), has_basis=True)
        self.reason.submitted.connect(self.confirm)
        self.bring_by = DayField(tr("Bổ sung trước ngày (nếu có)"))
        self.by_agency = Tick(tr("Cơ quan giải quyết yêu cầu, theo văn bản"))
        self.paper = AgencyPaperFields()
        self.by_agency.toggled.connect(self._on_agency)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.bring_by, 2)
        row.addWidget(self.by_agency, 5)
        for widget in (self.before, self.again, self.papers, self.nothing, self.reason):
            self.content.addWidget(widget)
        self.content.addLayout(row)
        self.content.addWidget(self.paper)
        self.content.addStretch(1)

    def show_dossier(self, held: KnownLife, requirements: dict[str, Requirement]) -> None:
        """What was missing at reception is ticked already; `requirements` of the catalogue by their code."""
        self._code, intake = held.code, held.body.intake
        self.title.setText(tr("Yêu cầu bổ sung hồ sơ {code}", code=held.code))
        gaps = {gap.requirement: gap for gap in missing_gaps(intake, requirements)}
        self.papers.clear()
        self._requirements = []
        for paper in intake.papers:
            row = self.papers.add(paper.name)
            need = requirements.get(paper.requirement)
            usual = (need.originals, need.certified, need.copies) if need is not None else (0, 0, 0)
            row.set_usual(*(usual if any(usual) else (1, 0, 0)))
            self._requirements.append(paper.requirement)
            if (gap := gaps.get(paper.requirement)) is not None:
                row.show_counts(gap.originals, gap.certified, gap.copies)
                row.word.set_text(gap.note)
                row.tick.setChecked(True)
        for _ in range(FREE_ROWS):
            self.papers.add("")
            self._requirements.append("")
        self.reason.set_library(lambda typed: reasons_for(intake, Act.SUPPLEMENT, typed))
        self.bring_by.set_day(None)
        self.by_agency.setChecked(False)
        self.paper.clear()
        self._on_agency(False)
        self.nothing.hide()
        self.again.setChecked(False)
        self.again.setVisible(held.life.requests > 0)
        if held.life.requests:
            self.before.say(
                "warn", tr("Hồ sơ này đã yêu cầu bổ sung {n} lần", n=held.life.requests),
                tr("Quy định chỉ yêu cầu một lần. Từ lần thứ hai hồ sơ bị tính là quá hạn, dù còn thời gian."),
            )
        else:
            self.before.silence()

    def may_confirm(self) -> bool:
        if not self.papers.ticked():
            self.nothing.show()
            self.papers.rows[0].tick.setFocus()
            return False
        if not self.reason.is_finished() or not self.bring_by.is_right():
            return False
        return not self.by_agency.isChecked() or self.paper.are_right()

    def carry_out(self) -> None:
        paper: AgencyPaper | None = self.paper.paper("supplement") if self.by_agency.isChecked() else None
        asked = carry_out(
            self._desk, self._code, ask_supplement, self._code, self._gaps(), self.reason.text(),
            basis=self.reason.basis(), bring_by=self.bring_by.day(), is_again_meant=self.again.isChecked(),
            paper=paper, intent=self.intent,
        )
        self._desk.frame.say(tr("Đã yêu cầu bổ sung {code}, thời hạn tạm dừng", code=asked.code))

    def _gaps(self) -> tuple[Gap, ...]:
        return tuple(
            _gap(row, requirement)
            for row, requirement in zip(self.papers.rows, self._requirements, strict=True) if row.is_ticked
        )

    def _on_agency(self, is_by_agency: bool) -> None:
        self.paper.setVisible(is_by_agency)
        if self.is_open:
            self._fit()


def _gap(row: PaperCounts, requirement: str) -> Gap:
    """A free line without counts and without a word is itself what has to be done."""
    note = row.word.text().strip()
    if not requirement and not any(row.counts()) and not note:
        return Gap(OTHER_DEMAND, note=row.name)
    return Gap(row.name, requirement, *row.counts(), note=note)
