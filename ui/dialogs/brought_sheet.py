"""Nhận bổ sung: what was asked for stands there to be ticked; the new date follows when it is stored."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.domain.intake import PaperGiven, PaperStatus
from app.domain.life.facts import Gap
from app.services.life.reading import KnownLife
from app.services.life.supplement import receive_supplement
from ui.delegates.dates import full_moment
from ui.dialogs.act_sheet import ActSheet
from ui.dialogs.paper_counts import PaperCounts, PaperList
from ui.operations.desk import Desk
from ui.operations.dossier_acts import carry_out
from ui.translations import tr
from ui.widgets.line_field import LineField
from ui.widgets.text import Text
from ui.widgets.tick import Tick

FREE_ROWS = 1


class BroughtSheet(ActSheet):
    """`show_dossier`, then `open`."""

    def __init__(self, host: QWidget, desk: Desk, title: str = "", action: str = "") -> None:
        super().__init__(
            host, desk, title or tr("Nhận bổ sung"), action or tr("Nhận bổ sung, tính ngày hẹn mới"), width=980
        )
        self._code = ""
        self._asked: list[str] = []
        self._kept: list[Tick] = []
        self.papers = PaperList(tr("Giữ bản gốc"))
        self.demands = Text("", is_wrapped=True)
        self.is_whole = Tick(tr("Đã đủ những gì yêu cầu"))
        self.note = LineField(tr("Ghi chú (bắt buộc khi chưa đủ)"))
        self.note.edited.connect(lambda _: self.note.set_message(""))
        for widget in (self.papers, self.demands, self.is_whole, self.note):
            self.content.addWidget(widget)
        self.content.addStretch(1)

    def show_dossier(self, held: KnownLife) -> None:
        """Everything that was asked for is ticked: the clerk takes away what is not there."""
        self.title.setText(tr("Nhận bổ sung hồ sơ {code}", code=held.code))
        self.show_asked(held.code, held.life.gaps)

    def show_asked(self, code: str, gaps: Sequence[Gap], free_rows: int = FREE_ROWS) -> None:
        """`gaps` ticked, and lines for what nobody asked for."""
        self._code = code
        self.papers.clear()
        self._asked, self._kept = [], []
        demands = []
        for gap in gaps:
            if not (gap.originals or gap.certified or gap.copies):
                demands.append(f"{gap.name}: {gap.note}")
                continue
            self._add(gap.name, gap.requirement, (gap.originals, gap.certified, gap.copies))
        for _ in range(free_rows):
            self._add("", "", (0, 0, 0))
        self.demands.setText(tr("Và: {demands}", demands="; ".join(demands)))
        self.demands.setVisible(bool(demands))
        self.is_whole.setChecked(True)
        self.note.set_text("")
        self.note.set_message("")

    def may_confirm(self) -> bool:
        is_said = bool(self.note.text().strip())
        if self.is_whole.isChecked() and (self.papers.ticked() or is_said):
            return True
        if is_said:
            return True
        self.note.set_message(tr("Ghi đã nhận gì, hoặc còn thiếu gì."))
        self.note.line.setFocus()
        return False

    def carry_out(self) -> None:
        brought = carry_out(
            self._desk, self._code, receive_supplement, self._code, self.brought(), has_rules=True,
            is_whole=self.is_whole.isChecked(), note=self.note.text(), intent=self.intent,
        )
        due = brought.due.at if brought.due is not None else None
        words = tr("hẹn trả mới {due}", due=full_moment(due)) if due else tr("hồ sơ không hẹn ngày")
        self._desk.frame.say(tr("Đã nhận bổ sung {code}, {words}", code=brought.code, words=words))

    def _add(self, name: str, requirement: str, counts: tuple[int, int, int]) -> None:
        row: PaperCounts = self.papers.add(name)
        row.show_counts(*counts)
        row.tick.setChecked(bool(name))
        kept = Tick(tr("Giữ bản gốc"), parent=self.papers)
        row.word.hide()
        self.papers.grid.addWidget(kept, len(self.papers.rows), 5)
        self._asked.append(requirement)
        self._kept.append(kept)

    def brought(self) -> tuple[PaperGiven, ...]:
        return tuple(
            PaperGiven(
                requirement, row.name, PaperStatus.PRESENT, True, *row.counts(), keeps_original=kept.isChecked()
            )
            for row, requirement, kept in zip(self.papers.rows, self._asked, self._kept, strict=True)
            if row.is_ticked
        )
