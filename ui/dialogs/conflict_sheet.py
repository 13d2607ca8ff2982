"""Two counters did what cannot both stand: both acts side by side, what would hold, and a person's note."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.life.event import Event
from app.domain.vietnam_time import local
from app.services.life.agency_papers import recount_due
from app.services.life.conflicts import OpenConflict, Outcome, settle_conflicts
from ui.dialogs.act_sheet import ActSheet
from ui.models.event_words import event_words
from ui.models.life_words import custody_words, delivery_words
from ui.models.state_words import state_words
from ui.operations.desk import Desk
from ui.operations.dossier_acts import carry_out
from ui.translations import tr
from ui.widgets.choice import Choice
from ui.widgets.line_field import LineField
from ui.widgets.text import Text

KEEP, INSTEAD, RECOUNT = "keep", "instead", "recount"
"""What a person may decide."""


class ConflictSheet(ActSheet):
    """`show_conflict`, then `open`. One conflict at a time: the next one comes when this one is settled."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Hai việc không thể cùng đúng"), tr("Quyết định"), width=900)
        self._code = ""
        self._conflict: OpenConflict | None = None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.choice = Choice(tr("Việc nào đúng"))
        self.note = LineField(tr("Đã hỏi ai, vì sao quyết định như vậy"))
        self.note.edited.connect(lambda _: self.note.set_message(""))
        self.content.addWidget(Text(tr("Hỏi lại hai bên trước khi chọn. Điều bạn quyết định được ghi vào nhật ký "
                                       "và các quầy đều thấy."), "secondary", is_wrapped=True))
        self.content.addLayout(self._grid)
        self.content.addWidget(self.choice)
        self.content.addWidget(self.note)
        self.content.addStretch(1)

    def show_conflict(self, code: str, conflict: OpenConflict, device: str) -> None:
        self._code, self._conflict = code, conflict
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        sides = ((tr("Đang được ghi nhận"), conflict.against), (tr("Không khớp"), conflict.event))
        for column, (head, event) in enumerate(sides):
            self._grid.addWidget(Text(head, "secondary"), 0, column)
            for row, words in enumerate(_told(event, device), 1):
                self._grid.addWidget(Text(words, "heading" if row == 1 else "", is_wrapped=True), row, column)
        self.choice.clear()
        self.choice.addItem(tr("Giữ như đang ghi: {state}", state=outcome_words(conflict.stands)), KEEP)
        if conflict.instead is not None:
            self.choice.addItem(tr("Lấy việc kia: {state}", state=outcome_words(conflict.instead)), INSTEAD)
        if conflict.is_of_dates:
            self.choice.insertItem(0, tr("Tính lại ngày hẹn theo cả hai"), RECOUNT)
            self.choice.setCurrentIndex(0)
        self.note.set_text("")
        self.note.set_message("")

    def may_confirm(self) -> bool:
        if self.note.text().strip():
            return True
        self.note.set_message(tr("Ghi vì sao quyết định như vậy."))
        self.note.line.setFocus()
        return False

    def carry_out(self) -> None:
        assert self._conflict is not None
        chosen = self.choice.currentData()
        if chosen == RECOUNT:
            carry_out(
                self._desk, self._code, recount_due, self._code, has_rules=True, intent=f"{self.intent}:date"
            )
        outcome = self._conflict.instead if chosen == INSTEAD else None
        carry_out(
            self._desk, self._code, settle_conflicts, self._code, (self._conflict.event.id,), self.note.text(),
            outcome=outcome, intent=self.intent,
        )
        self._desk.frame.say(tr("Đã ghi quyết định về {code}", code=self._code))


def outcome_words(outcome: Outcome) -> str:
    """"Đã rút hồ sơ, giấy đã trả": the states that would hold."""
    parts = (state_words(outcome.business)[0], custody_words(outcome.custody)[0],
             delivery_words(outcome.delivery)[0])
    return " · ".join(part for part in parts if part)


def _told(event: Event | None, device: str) -> tuple[str, ...]:
    if event is None:
        return (tr("nhiều việc trước đó"),)
    title, note = event_words(event.facts)
    where = tr("Máy này") if event.device == device else tr("Quầy khác")
    said = (title, f"{local(event.at):%H:%M %d/%m/%Y} · {event.name} · {where}", note)
    return tuple(part for part in said if part)
