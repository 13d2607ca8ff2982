"""The pages of the chosen paper and what can be done with them, each act with its key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.background.pictures import Thumbnails
from ui.models.scanned_pages import PagesModel
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_thumbs import PageThumbs


class PagesCard(Card):
    """`asked` carries the code of an act whose button was pressed."""

    asked = Signal(str)

    def __init__(self, pictures: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(tr("Các trang"), is_flush=True, parent=parent)
        self.model = PagesModel(self)
        self.thumbs = PageThumbs(self.model, pictures)
        self._empty = EmptyState(tr("Chưa có trang nào"), icon="paper")
        self.thumbs.set_empty(self._empty)
        self.body.setContentsMargins(4, 0, 0, 10)
        self.body.addWidget(self.thumbs, 1)
        buttons = QGridLayout()
        buttons.setContentsMargins(8, 0, 12, 0)
        buttons.setSpacing(8)
        acts = (
            ("move", tr("Chuyển"), "M"), ("turn", tr("Xoay"), "R"), ("leave_out", tr("Bỏ ra"), "Del"),
            ("split", tr("Tách"), "T"), ("merge", tr("Gộp"), "G"), ("undo", tr("Hoàn tác"), "Ctrl Z"),
        )
        self.buttons: dict[str, ActionButton] = {}
        for place, (act, words, key) in enumerate(acts):
            button = self.buttons[act] = ActionButton(words, key)
            button.clicked.connect(lambda _=False, act=act: self.asked.emit(act))
            buttons.addWidget(button, place // 3, place % 3)
        buttons.setColumnStretch(3, 1)
        self.body.addLayout(buttons)

    def say(self, words: str, *, is_aiming: bool) -> None:
        """The words over the pages; in amber while chosen pages are being sent somewhere."""
        self.set_note(words)
        self._note.set_tone("warn" if is_aiming else "")

    def show_empty(self, title: str, sentence: str) -> None:
        self._empty.set_words(title, sentence)
