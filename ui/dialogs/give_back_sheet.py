"""Trả lại giấy tờ của hồ sơ đã kết thúc: what came back from the agency, and what the citizen takes along."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.life.life import Original
from app.domain.life.states import Holder
from app.services.life.reading import KnownLife
from app.services.life.withdrawal import give_papers_back, papers_came_back
from ui.dialogs.act_sheet import ActSheet
from ui.models.life_words import holder_words
from ui.operations.desk import Desk
from ui.operations.dossier_acts import carry_out
from ui.translations import tr
from ui.widgets.line_field import LineField
from ui.widgets.text import Text
from ui.widgets.tick import Tick


class GiveBackSheet(ActSheet):
    """`show_dossier`, then `open`."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Trả lại giấy tờ"), tr("Trả cho công dân"), width=820)
        self._code = ""
        self._ticks: list[tuple[Original, Tick]] = []
        self.to_name = LineField(tr("Người nhận lại giấy tờ"))
        self.to_name.edited.connect(lambda _: self.to_name.set_message(""))
        self.brought_by = LineField(tr("Ai đem bản gốc về quầy"))
        self.brought_by.edited.connect(lambda _: self.brought_by.set_message(""))
        self.note = LineField(tr("Ghi chú"))
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self.content.addWidget(self.to_name)
        self.content.addLayout(self._list)
        self.content.addWidget(self.brought_by)
        self.content.addWidget(self.note)
        self.content.addStretch(1)

    def show_dossier(self, held: KnownLife) -> None:
        self._code, intake = held.code, held.body.intake
        assert intake.applicant is not None
        self.title.setText(tr("Trả lại giấy tờ của hồ sơ {code}", code=held.code))
        self.to_name.set_text(intake.submitter.person.full_name if intake.submitter else intake.applicant.name)
        self.to_name.set_message("")
        self.note.set_text("")
        self.brought_by.set_text("")
        self.brought_by.set_message("")
        self._show_originals([one for one in held.life.originals if one.holder is not Holder.CITIZEN])

    def may_confirm(self) -> bool:
        if not self.to_name.text().strip():
            self.to_name.set_message(tr("Ghi tên người nhận lại giấy tờ."))
            self.to_name.line.setFocus()
            return False
        is_brought = any(tick.isChecked() for one, tick in self._ticks if one.holder is not Holder.COUNTER)
        if is_brought and not self.brought_by.text().strip():
            self.brought_by.set_message(tr("Ghi ai đem bản gốc về."))
            self.brought_by.line.setFocus()
            return False
        return True

    def carry_out(self) -> None:
        chosen = [one for one, tick in self._ticks if tick.isChecked()]
        for one in chosen:
            if one.holder is not Holder.COUNTER:
                carry_out(
                    self._desk, self._code, papers_came_back, self._code, one.id, self.brought_by.text(),
                    intent=f"{self.intent}:{one.id}",
                )
        done = carry_out(
            self._desk, self._code, give_papers_back, self._code, self.to_name.text(),
            tuple(one.id for one in chosen), note=self.note.text(), intent=self.intent,
        )
        words = tr("Đã trả giấy tờ, còn nợ {n} bản gốc", n=len(done.owed)) if done.owed else tr("Đã trả giấy tờ")
        self._desk.frame.say(words, "warn" if done.owed else "ok")

    def _show_originals(self, owed: Sequence[Original]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        self._ticks = []
        if owed:
            self._list.addWidget(Text(tr("Bản gốc giao cho công dân"), "secondary"))
        for one in owed:
            is_here = one.holder is Holder.COUNTER
            words = one.name if is_here else tr(
                "{name} (đang ghi: {holder}; đánh dấu khi đã về quầy)", name=one.name,
                holder=holder_words(one.holder).lower())
            tick = Tick(words)
            tick.setChecked(is_here)
            self._ticks.append((one, tick))
            self._list.addWidget(tick)
        self.brought_by.setVisible(any(one.holder is not Holder.COUNTER for one in owed))
