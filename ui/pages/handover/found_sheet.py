"""A dossier that was missing turned up: where."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.life.states import Custody
from ui.dialogs.sheet import Sheet
from ui.pages.handover.choice_row import ChoiceRow
from ui.translations import tr
from ui.widgets.line_field import LineField


class FoundSheet(Sheet):
    """`ask`; `confirmed` with `where` and `note`."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, "", tr("Ghi đã tìm thấy"), way_back=tr("Thôi"), width=720)
        self.places: ChoiceRow[Custody] = ChoiceRow(
            tr("Tìm thấy ở đâu"), ((Custody.COUNTER, tr("Ở quầy")), (Custody.AGENCY, tr("Ở cơ quan")))
        )
        self.note_field = LineField(tr("Ghi chú: thấy ở đâu, ai giữ"))
        self.content.addWidget(self.places)
        self.content.addWidget(self.note_field)

    @property
    def where(self) -> Custody:
        return self.places.answer

    @property
    def note(self) -> str:
        return self.note_field.text().strip()

    def ask(self, code: str) -> None:
        self.title.setText(tr("Đã tìm thấy hồ sơ {code}", code=code))
        self.places.choose(0)
        self.note_field.set_text("")
        self.open(self.places.buttons[0])

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.note_field.line.hasFocus() and self.places.take_digit(event.key()):
            event.accept()
        else:
            super().keyPressEvent(event)
