"""Giai đoạn 2: the citizen has the first result and brings what the second stage asks; its date follows."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.services.life.reading import KnownLife
from app.services.life.stage import begin_second_stage
from ui.delegates.dates import full_moment
from ui.dialogs.brought_sheet import BroughtSheet
from ui.operations.desk import Desk
from ui.operations.dossier_acts import carry_out
from ui.translations import tr

ROWS = 3
"""Lines to write papers in: the catalogue does not name those of a second stage."""


class StageSheet(BroughtSheet):
    """`show_dossier`, then `open`."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Bắt đầu giai đoạn 2"), tr("Nhận hồ sơ giai đoạn 2, hẹn ngày"))
        self.is_whole.hide()

    def show_dossier(self, held: KnownLife) -> None:
        self.title.setText(tr("Hồ sơ {code}: bắt đầu giai đoạn 2", code=held.code))
        self.show_asked(held.code, (), ROWS)

    def carry_out(self) -> None:
        begun = carry_out(
            self._desk, self._code, begin_second_stage, self._code, self.brought(), has_rules=True,
            note=self.note.text(), intent=self.intent,
        )
        due = begun.due.at if begun.due is not None else None
        words = tr("hẹn trả mới {due}", due=full_moment(due)) if due else tr("hồ sơ không hẹn ngày")
        self._desk.frame.say(tr("Đã nhận giai đoạn 2 của {code}, {words}", code=begun.code, words=words))
