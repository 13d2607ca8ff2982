"""Exact words to send or to read out: one channel at a time, copied with one key, and noted as sent."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.notices import Channel, NoticeText
from ui.dialogs.sheet import Sheet
from ui.pages.handover.choice_row import ChoiceRow
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.text import Text


class NoticeSheet(Sheet):
    """`show_texts`, `open`; `confirmed` with `channel` when it was sent, `print_asked` for the paper."""

    print_asked = Signal()

    def __init__(self, host: QWidget, title: str, *, has_paper: bool = False) -> None:
        super().__init__(host, title, tr("Đã gửi, ghi lại"), width=820)
        self._texts: dict[Channel, NoticeText] = {}
        self.lead = Text("", "lead", is_wrapped=True)
        self.channels: ChoiceRow[Channel] = ChoiceRow(tr("Gửi bằng"), (
            (Channel.SMS, tr("Tin nhắn SMS")), (Channel.ZALO, tr("Zalo")), (Channel.PHONE, tr("Gọi điện")),
        ))
        for button in self.channels.buttons:
            button.clicked.connect(self._show)
        self.words = Text("", is_wrapped=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.length = Text("", "secondary")
        paper = Card()
        paper.body.addWidget(self.words)
        self.copy = ActionButton(tr("Chép lời"), "C")
        self.copy.clicked.connect(self.copy_words)
        self.print = ActionButton(tr("In bảng tổng hợp"), "P")
        self.print.clicked.connect(self.print_asked)
        self.print.setVisible(has_paper)
        self._has_paper = has_paper
        for widget in (self.lead, self.channels, paper, self.length):
            self.content.addWidget(widget)
        self.foot.insertWidget(1, self.copy)
        if has_paper:
            self.foot.insertWidget(2, self.print)

    @property
    def channel(self) -> Channel:
        return self.channels.answer

    def show_texts(self, lead: str, texts: Sequence[NoticeText]) -> None:
        self.lead.setText(lead)
        self._texts = {said.channel: said for said in texts}
        self.channels.set_answer(Channel.ZALO)
        self._show()

    def text(self) -> str:
        return self._texts[self.channel].text

    def copy_words(self) -> None:
        QApplication.clipboard().setText(self.text())
        self.length.setText(tr("Đã chép lời vào bộ nhớ tạm; dán vào Zalo hoặc điện thoại."))

    def _show(self) -> None:
        said = self._texts[self.channel]
        self.words.setText(said.text)
        self.length.setText(
            tr("{n} tin, {signs} ký tự không dấu", n=said.length.parts, signs=len(said.text))
            if said.length is not None else ""
        )
        self.act.set_label(
            tr("Đã gọi, ghi lại") if self.channel is Channel.PHONE else tr("Đã gửi, ghi lại")
        )
        if self.is_open:
            self._fit()

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_C:
            self.copy_words()
        elif event.key() == Qt.Key.Key_P and self._has_paper:
            self.print_asked.emit()
        elif not self.channels.take_digit(event.key()):
            super().keyPressEvent(event)
            return
        event.accept()
