"""The pages of the chosen paper and what can be done with them, each act with its key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.background.pictures import Thumbnails
from ui.models.scanned_pages import PagesModel
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_thumbs import PageThumbs

_COLUMNS = ((700, 6), (386, 3), (0, 2))
"""From which width on how many buttons stand side by side."""


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
        self._grid = buttons = QGridLayout()
        buttons.setContentsMargins(8, 0, 12, 0)
        buttons.setSpacing(8)
        acts = (
            ("move", tr("Chuyển"), "M"), ("turn", tr("Xoay"), "R"), ("leave_out", tr("Bỏ ra"), "Del"),
            ("split", tr("Tách"), "T"), ("merge", tr("Gộp"), "G"), ("undo", tr("Hoàn tác"), "Ctrl Z"),
        )
        self.buttons: dict[str, ActionButton] = {}
        for act, words, key in acts:
            button = self.buttons[act] = ActionButton(words, key)
            button.clicked.connect(lambda _=False, act=act: self.asked.emit(act))
        self._columns = 0
        self._lay_out(3)
        self.body.addLayout(buttons)

    def _lay_out(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, button in enumerate(self.buttons.values()):
            self._grid.addWidget(button, place // columns, place % columns)
        for column in range(7):
            self._grid.setColumnStretch(column, int(column == columns))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(next(columns for least, columns in _COLUMNS if event.size().width() >= least))

    def say(self, words: str, *, is_aiming: bool) -> None:
        """The words over the pages; in amber while chosen pages are being sent somewhere."""
        self.set_note(words)
        self._note.set_tone("warn" if is_aiming else "")

    def show_empty(self, title: str, sentence: str) -> None:
        self._empty.set_words(title, sentence)
