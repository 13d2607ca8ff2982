"""Why persons are searched for, chosen once for the shift: a key and Enter, or words of one's own."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.errors import KnownError
from ui.dialogs.sheet import Sheet
from ui.messages import sentence
from ui.operations.desk import Desk
from ui.operations.search_purpose import choose_purpose, purpose_now
from ui.pages.search.purpose_words import PURPOSES, purpose_words
from ui.shortcuts import Key, bind
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.even_rows import EvenRows
from ui.widgets.line_field import LineField
from ui.widgets.text import Text


class SearchPurposeSheet(Sheet):
    """`ask`, then `chosen` with the purpose as it is kept."""

    chosen = Signal(str)

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, tr("Tra cứu người vào việc gì"), tr("Dùng mục đích này"), width=860)
        self._desk = desk
        self.field = LineField(tr("Mục đích"))
        self.field.edited.connect(lambda _: self.field.set_message(""))
        usual = EvenRows(gap=8, is_stretched=False)
        buttons = []
        for number, words in enumerate(PURPOSES, 1):
            button = ActionButton(tr(words), f"Alt {number}")
            fill = partial(self.fill, words)
            button.clicked.connect(lambda _=False, fill=fill: fill())
            bind(self, {Key(f"Alt+{number}", words): fill})
            buttons.append(button)
        usual.place(buttons)
        self.content.addWidget(self.field)
        self.content.addWidget(usual)
        self.content.addWidget(Text(
            tr("Mỗi lần tra theo tên, số giấy tờ, điện thoại được ghi vào nhật ký: mục đích, cách tìm, "
               "số hồ sơ hiện ra. Chữ bạn gõ không được ghi."), "secondary", is_wrapped=True))

    def ask(self) -> None:
        self.field.set_text(purpose_words(purpose_now(self._desk)))
        self.field.set_message("")
        self.open(self.field.line)
        self.field.line.selectAll()

    def fill(self, words: str) -> None:
        self.field.set_text(tr(words))
        self.field.set_message("")
        self.field.line.setFocus()

    def confirm(self) -> None:
        if self._is_answered:
            return
        said = self.field.text().strip()
        said = next((words for words in PURPOSES if tr(words) == said), said)
        try:
            kept = choose_purpose(self._desk, said)
        except KnownError as error:
            self.field.set_message(sentence(error, self._desk.language()).title)
            self.field.line.setFocus()
            return
        super().confirm()
        self.close_sheet()
        self.chosen.emit(kept)
