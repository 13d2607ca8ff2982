"""The five lists to choose from, each with its count and key; and under them the acts of the one in front."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.models.counts import shown_count
from ui.pages.post.keys import VIEWS
from ui.pages.post.views import NAMES, OFFERS, View
from ui.pages.search.list_bar import ListButton
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.even_rows import EvenRows


class PostBar(EvenRows):
    """`chosen` carries the view that a press took."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(gap=8, is_stretched=False)
        self.setAccessibleName(tr("Danh sách"))
        self._buttons: dict[View, ListButton] = {}
        for view, key in zip(View, VIEWS, strict=True):
            button = ListButton(tr(NAMES[view]), key.cap)
            button.clicked.connect(lambda _=False, view=view: self.chosen.emit(view))
            self._buttons[view] = button
        self.place(tuple(self._buttons.values()))

    def show_counts(self, counts: Mapping[View, int]) -> None:
        for view, amount in counts.items():
            self._buttons[view].set_label(f"{tr(NAMES[view])}  {shown_count(amount)}")

    def show_chosen(self, chosen: View) -> None:
        for view, button in self._buttons.items():
            button.setChecked(view is chosen)

    def label(self, view: View) -> str:
        return self._buttons[view].label()


class Offers(QWidget):
    """`asked` carries the key cap of the act that was pressed."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 8, 12, 4)
        self._row.setSpacing(10)
        self._row.addStretch(1)
        self._buttons: list[ActionButton] = []

    def show_view(self, view: View) -> None:
        self.show_acts(OFFERS[view])

    def show_acts(self, acts: Iterable[tuple[str, str]]) -> None:
        """Words, `mark`ed, and key cap of each."""
        for button in self._buttons:
            self._row.removeWidget(button)
            button.setParent(None)
            button.deleteLater()
        self._buttons = []
        for words, cap in acts:
            button = ActionButton(tr(words), cap)
            button.clicked.connect(lambda _=False, cap=cap: self.asked.emit(cap))
            self._row.insertWidget(self._row.count() - 1, button)
            self._buttons.append(button)
