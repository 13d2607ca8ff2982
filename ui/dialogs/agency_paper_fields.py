"""Number, day and signer of an agency's paper: what a clerk reads off it, never what she signs."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.life.facts import AgencyPaper
from ui.translations import tr
from ui.widgets.day_field import DayField
from ui.widgets.line_field import LineField


class AgencyPaperFields(QWidget):
    """`paper(kind)` once `are_right()`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = LineField(tr("Số, ký hiệu văn bản của cơ quan"))
        self.day = DayField(tr("Ngày văn bản"))
        self.signer = LineField(tr("Người ký"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.number, 3)
        row.addWidget(self.day, 2)
        row.addWidget(self.signer, 3)
        for field in (self.number, self.signer):
            field.edited.connect(lambda _, field=field: field.set_message(""))
        self.setFocusProxy(self.number)

    def clear(self) -> None:
        for field in (self.number, self.signer):
            field.set_text("")
            field.set_message("")
        self.day.set_day(None)

    def are_right(self) -> bool:
        """All three are there; else a word under the first that is not, and the focus in it."""
        if not self.day.is_right():
            return False
        missing = (
            (self.number, not self.number.text().strip(), tr("Ghi số của văn bản.")),
            (self.day, self.day.day() is None, tr("Ghi ngày của văn bản.")),
            (self.signer, not self.signer.text().strip(), tr("Ghi tên người ký văn bản.")),
        )
        for field, is_missing, words in missing:
            if is_missing:
                field.set_message(words)
                field.line.setFocus()
                return False
        return True

    def paper(self, kind: str) -> AgencyPaper:
        return AgencyPaper(kind, self.number.text().strip(), self.day.day(), self.signer.text().strip())
