"""Closing what the province sent back: only with a person's word on how it was dealt with."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.services.stuck import Stuck
from ui.dialogs.sheet import Sheet
from ui.models.state_words import reason_words, verdict_words
from ui.translations import tr
from ui.widgets.line_field import LineField
from ui.widgets.text import Text


class SettleSheet(Sheet):
    """How was it dealt with? `confirmed` with `note.text()`; `line` is what is closed."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, tr("Ghi cách xử lý"), tr("Ghi và đóng việc này"), width=720)
        self.line: Stuck | None = None
        self._what = Text("", "heading", is_wrapped=True)
        self._why = Text("", "lead", is_wrapped=True)
        self.note = LineField(tr("Đã xử lý thế nào, sẽ ghi vào nhật ký cùng tên bạn"))
        self.note.edited.connect(lambda _: self.note.set_message(""))
        for widget in (self._what, self._why, self.note):
            self.content.addWidget(widget)
        self.content.addStretch(1)

    def ask(self, line: Stuck) -> None:
        self.line = line
        self._what.setText(" · ".join(part for part in (verdict_words(line.reason)[0], line.code) if part))
        self._why.setText(reason_words(line.values["field"], line.values["why"]))
        self.note.set_text("")
        self.note.set_message("")
        self.open(self.note.line)

    def may_confirm(self) -> bool:
        if self.note.text().strip():
            return True
        self.note.set_message(tr("Ghi vài chữ: đã sửa gì, đã gọi ai."))
        self.note.line.setFocus()
        return False
