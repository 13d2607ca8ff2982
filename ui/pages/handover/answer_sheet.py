"""Before answers are stored: who answers there, and how the counter knows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.life.states import Source
from ui.dialogs.sheet import Sheet
from ui.pages.handover.choice_row import ChoiceRow
from ui.translations import tr
from ui.widgets.line_field import LineField
from ui.widgets.text import Text


class AnswerSheet(Sheet):
    """`ask`; `confirmed` with `by_name` and `source`."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, "", tr("Lưu xác nhận"), width=720)
        self.summary = Text("", "fact", is_wrapped=True)
        self.rest = Text("", is_wrapped=True)
        self.name = LineField(tr("Người nhận ở cơ quan (họ tên)"))
        self.sources: ChoiceRow[Source] = ChoiceRow(
            tr("Biết qua"),
            ((Source.COUNTER, tr("Quét lại cùng người nhận")), (Source.PAPER, tr("Danh sách giấy đã ký"))),
        )
        for widget in (self.summary, self.rest, self.name, self.sources):
            self.content.addWidget(widget)
        self.name.edited.connect(lambda _: self.name.set_message(""))

    @property
    def by_name(self) -> str:
        return self.name.text().strip()

    @property
    def source(self) -> Source:
        return self.sources.answer

    def ask(self, title: str, summary: str, rest: int, source: Source, by_name: str) -> None:
        """`rest`: lines that stay open."""
        self.title.setText(title)
        self.summary.setText(summary)
        self.rest.setText(tr("Còn {n} dòng chưa xác nhận: danh sách vẫn mở.", n=rest))
        self.rest.setVisible(rest > 0)
        self.sources.set_answer(source)
        self.name.set_text(by_name)
        self.name.set_message("")
        self.open(self.name.line)

    def may_confirm(self) -> bool:
        if self.by_name:
            return True
        self.name.set_message(tr("Ghi tên người nhận."))
        self.name.line.setFocus()
        return False

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F12 and not event.isAutoRepeat():
            self.confirm()
            event.accept()
        elif not self.name.line.hasFocus() and self.sources.take_digit(event.key()):
            event.accept()
        else:
            super().keyPressEvent(event)
