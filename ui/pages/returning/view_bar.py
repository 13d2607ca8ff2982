"""The ways of this place in a row, each with its key; the one in front is lit."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.pages.returning.keys import VIEWS
from ui.pages.search.list_bar import ListButton
from ui.translations import mark, tr

NAMES = (mark("Trả tại quầy"), mark("Nhận kết quả về"), mark("Chờ trả"))


class ViewBar(QWidget):
    """`chosen` carries the number of the view. `add` is for a way that opens a page of its own."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._buttons: list[ListButton] = []
        for number, (name, key) in enumerate(zip(NAMES, VIEWS, strict=True)):
            button = ListButton(tr(name), key.cap)
            button.clicked.connect(lambda _=False, number=number: self.chosen.emit(number))
            self._row.addWidget(button)
            self._buttons.append(button)

    def show_chosen(self, number: int) -> None:
        for place, button in enumerate(self._buttons):
            button.setChecked(place == number)

    def add(self, button: QWidget) -> None:
        self._row.addWidget(button)
