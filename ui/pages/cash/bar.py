"""The lists to choose from, each with its count and key; and under them the acts of the one in front."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal

from ui.models.counts import shown_count
from ui.pages.cash.keys import VIEWS
from ui.pages.cash.views import NAMES, View
from ui.pages.search.list_bar import ListButton
from ui.translations import tr
from ui.widgets.even_rows import EvenRows


class CashBar(EvenRows):
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
        """Of a view that is not in it there is nothing to count."""
        for view, amount in counts.items():
            self._buttons[view].set_label(f"{tr(NAMES[view])}  {shown_count(amount)}")

    def show_chosen(self, chosen: View) -> None:
        for view, button in self._buttons.items():
            button.setChecked(view is chosen)

    def label(self, view: View) -> str:
        return self._buttons[view].label()
