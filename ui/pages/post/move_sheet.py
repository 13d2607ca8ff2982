"""The next step of a pick-up: somebody left, nobody was at home, these papers were taken, or it is off."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.intake import PaperGiven
from app.domain.pickup import NEED_REASON, PickupState, moves_from
from app.services.post.pickups import move_pickup
from app.store.queries.pickups import PickupRow
from ui.dialogs.act_sheet import ActSheet
from ui.models.post_rows import pickup_words
from ui.operations.desk import Desk
from ui.operations.post import carry_out
from ui.pages.intake.segments import Segments
from ui.translations import mark, tr
from ui.widgets.line_field import LineField
from ui.widgets.text import Text
from ui.widgets.tick import Tick

STEPS = {
    PickupState.ASKED: mark("Hẹn lại"), PickupState.COLLECTING: mark("Đi thu gom"),
    PickupState.COLLECTED: mark("Đã thu gom"), PickupState.CANCELLED: mark("Hủy"),
}


class MoveSheet(ActSheet):
    """`show_pickup`, then `open`."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Bước tiếp theo"), tr("Ghi bước này"), width=820)
        self._row: PickupRow | None = None
        self._about = Text("", "lead", is_wrapped=True)
        self._place = QVBoxLayout()
        self.step: Segments | None = None
        self.collector = LineField(tr("Người đi thu gom"))
        self.visit = LineField(tr("Hẹn đến lúc"))
        self.reason = LineField(tr("Vì sao"))
        self.reason.edited.connect(lambda _: self.reason.set_message(""))
        self._heading = Text(tr("Giấy tờ đã nhận tại nhà"), "secondary")
        self._ticks: list[tuple[PaperGiven, Tick]] = []
        self._papers = QVBoxLayout()
        self._papers.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.collector, 1)
        row.addWidget(self.visit, 1)
        self.content.addWidget(self._about)
        self.content.addLayout(self._place)
        self.content.addLayout(row)
        self.content.addWidget(self.reason)
        self.content.addWidget(self._heading)
        self.content.addLayout(self._papers)
        self.content.addStretch(1)

    def show_pickup(self, row: PickupRow, papers: tuple[PaperGiven, ...], step: PickupState | None = None) -> None:
        """`papers` are those of the call; all are ticked, the clerk takes away what did not come."""
        self._row = row
        self.title.setText(tr("Phiếu thu gom {number}", number=row.number))
        self._about.setText(f"{row.name} · {row.phone} · {row.address} · {pickup_words(row)[0]}")
        if self.step is not None:
            self._place.removeWidget(self.step)
            self.step.setParent(None)
            self.step.deleteLater()
        steps = moves_from(row.state)
        self.step = Segments(tr("Bước"), tuple((each, tr(STEPS[each])) for each in steps))
        usual = PickupState.COLLECTED if PickupState.COLLECTED in steps else steps[0]
        self.step.set_value(step if step in steps else usual)
        self.step.chosen.connect(lambda _: self._show_step())
        self._place.addWidget(self.step)
        self.collector.set_text(row.collector)
        self.visit.set_text(row.visit)
        self.reason.set_text("")
        self.reason.set_message("")
        self._show_papers(papers)
        self._show_step()

    def may_confirm(self) -> bool:
        if self.reason.isVisibleTo(self) and not self.reason.text().strip():
            self.reason.set_message(tr("Ghi lý do."))
            self.reason.line.setFocus()
            return False
        return True

    def carry_out(self) -> None:
        row, to = self._row, self._to()
        assert row is not None
        papers = tuple(paper for paper, tick in self._ticks if tick.isChecked())
        moved = carry_out(
            self._desk, move_pickup, row.id, to, reason=self.reason.text(),
            collector_name=self.collector.text(), visit=self.visit.text(),
            papers=papers if to is PickupState.COLLECTED else None, intent=self.intent,
        )
        self._desk.frame.say(tr("Phiếu {number}: {step}", number=moved.number, step=tr(STEPS[to]).lower()))

    def _to(self) -> PickupState:
        assert self.step is not None
        to: PickupState = self.step.value()
        return to

    def _show_papers(self, papers: tuple[PaperGiven, ...]) -> None:
        for _, tick in self._ticks:
            self._papers.removeWidget(tick)
            tick.setParent(None)
            tick.deleteLater()
        self._ticks = []
        for paper in papers:
            tick = Tick(paper.name)
            tick.setChecked(True)
            self._ticks.append((paper, tick))
            self._papers.addWidget(tick)

    def _show_step(self) -> None:
        row, to = self._row, self._to()
        assert row is not None
        is_collected = to is PickupState.COLLECTED
        self.reason.setVisible((row.state, to) in NEED_REASON)
        self.collector.setVisible(to in (PickupState.COLLECTING, PickupState.COLLECTED))
        self.visit.setVisible(to is PickupState.ASKED)
        self._heading.setVisible(is_collected and bool(self._ticks))
        for _, tick in self._ticks:
            tick.setVisible(is_collected)
        if self.is_open:
            self._fit()
