"""The book is here and its key is not: the letters that the province gives out bring it back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.errors import KnownError
from app.paths import DataFolder
from ui.background.alive import while_alive
from ui.background.tasks import BackgroundTasks
from ui.messages import Message, sentence
from ui.operations.recovery_key import give_key_back, in_groups, wrong_group
from ui.shortcuts import Key
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.line_field import LineField
from ui.widgets.page import Page
from ui.widgets.text import Text

OPEN = Key("F12", mark("Mở sổ bằng khóa khôi phục"))
WIDEST = 860


class KeyBackPage(Page):
    """`opened` when the key is back in its place; nothing of the book was changed until then."""

    opened = Signal()
    help_page = "first-run"

    def __init__(
        self, message: Message, folder: DataFolder, background: BackgroundTasks, language: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(message.title, "", parent)
        self._folder, self._background, self._language = folder, background, language
        self._is_busy = False
        self.what = Banner()
        self.what.say("bad", message.what, f"{message.safe} ({message.code})")
        self.refused = Banner()
        self.letters = LineField(tr("Khóa khôi phục: 13 nhóm, mỗi nhóm 5 chữ"), hint="0H4KQ-…", is_figures=True)
        self.letters.edited.connect(self._on_edited)
        self.letters.line.returnPressed.connect(self.open)
        self.act = ActionButton(tr("Mở sổ bằng khóa khôi phục"), OPEN.cap, kind="primary")
        self.act.clicked.connect(self.open)
        card = Card(tr("Lấy lại khóa từ tỉnh"))
        card.body.addWidget(Text(tr(
            "Gọi tỉnh và đọc tên quầy. Hai người ở tỉnh cùng lấy khóa khôi phục rồi đọc cho bạn từng nhóm, hoặc "
            "đưa mã vuông để quét vào ô dưới đây. Chữ cuối mỗi nhóm để kiểm: gõ nhầm nhóm nào máy báo nhóm đó."
        ), is_wrapped=True))
        card.body.addWidget(self.letters)
        card.body.addWidget(self.refused)
        card.body.addWidget(self.act)
        card.body.addWidget(Text(tr(
            "Chưa lấy được khóa thì cứ để máy như vậy: không xóa, không cài lại. Sổ vẫn nguyên trên ổ đĩa."
        ), "secondary", is_wrapped=True))
        for widget in (self.what, card):
            widget.setMaximumWidth(WIDEST)
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(widget, 20)
            row.addStretch(1)
            self.body.addLayout(row)
        self.body.addStretch(1)
        self.bind_keys({OPEN: self.open})

    def arrive(self) -> None:
        self.letters.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self) -> None:
        """Try what was typed; beside the window, because a disk may be slow."""
        if self._is_busy:
            return
        self._set_busy(is_busy=True)
        folder, typed = self._folder, self.letters.text()
        self._background.run(
            lambda: give_key_back(folder, typed), while_alive(self, lambda _: self._on_opened()),
            while_alive(self, self._on_refused),
        )

    def _on_opened(self) -> None:
        self.letters.set_text("")                  # not kept on a screen longer than it takes
        self.opened.emit()

    def _on_refused(self, error: Exception) -> None:
        self._set_busy(is_busy=False)
        if not isinstance(error, KnownError):
            raise error
        said = sentence(error, self._language)
        self.refused.say("warn", said.title, f"{said.detail()} ({said.code})")
        self.letters.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edited(self, typed: str) -> None:
        line = self.letters.line
        if line.cursorPosition() == len(typed) and not typed.endswith("-"):
            self.letters.set_text(in_groups(typed))
        wrong = wrong_group(typed)
        self.letters.set_message(tr("Nhóm {n} chưa đúng, hãy nghe và gõ lại nhóm đó.", n=wrong) if wrong else "")
        self.refused.silence()

    def _set_busy(self, *, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.act.setEnabled(not is_busy)
        if is_busy:
            self.refused.silence()
