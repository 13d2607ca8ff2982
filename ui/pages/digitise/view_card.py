"""The large page, what is doubtful about it, and the keys that enlarge it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.glyph import Glyph
from ui.widgets.page_view import Fit, PageView
from ui.widgets.text import Text

_ROOM_FOR_ALL = 380


class ViewCard(Card):
    """Holds the `PageView`; `say_doubt` a sentence over it, "" for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Trang đang xem"), is_flush=True, parent=parent)
        self.view = PageView()
        self._glyph = Glyph("warn", "warn-ink", 18)
        self._doubt = Text("", "secondary", is_wrapped=True)
        self._doubt.set_tone("warn")
        self._line = QWidget()
        said = QHBoxLayout(self._line)
        said.setContentsMargins(12, 8, 12, 0)
        said.setSpacing(8)
        said.addWidget(self._glyph, alignment=Qt.AlignmentFlag.AlignTop)
        said.addWidget(self._doubt, 1)
        self.body.setContentsMargins(0, 0, 0, 10)
        self.body.addWidget(self._line)
        self.body.addWidget(self.view, 1)
        self._sizes: list[ActionButton] = []
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        for words, key, work in (
            (tr("To"), "+", self.view.zoom_in), (tr("Nhỏ"), "−", self.view.zoom_out),
            (tr("Vừa"), "F", self.view.toggle_fit),
        ):
            button = ActionButton(words, key)
            button.clicked.connect(work)
            self._sizes.append(button)
            row.addWidget(button)
        row.addStretch(1)
        self.wide = ActionButton(tr("Rộng"), "V")
        row.addWidget(self.wide)
        self.body.addLayout(row)
        self.view.zoomed.connect(self._show_zoom)
        self.say_doubt("")

    def say_doubt(self, sentence: str) -> None:
        self._doubt.setText(sentence)
        self._line.setVisible(bool(sentence))

    def show_wide(self, *, is_wide: bool) -> None:
        """Whether it has all the room beside the checklist."""
        self.wide.set_label(tr("Thu lại") if is_wide else tr("Rộng"))

    def doubt(self) -> str:
        return self._doubt.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for button in self._sizes[:2]:             # where there is no room for all, the keys + and − are left
            button.setVisible(event.size().width() >= _ROOM_FOR_ALL)

    def _show_zoom(self) -> None:
        how = self.view.how_fit
        if how is Fit.WIDTH:
            self.set_note(tr("vừa chiều ngang"))
        elif how is Fit.PAGE:
            self.set_note(tr("cả trang"))
        else:
            self.set_note(f"{self.view.scale:.0%}")
