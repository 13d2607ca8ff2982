"""Which originals of a dossier travel with it and which stay at the counter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.dialogs.sheet import Sheet
from ui.pages.search.list_bar import ListButton
from ui.translations import tr
from ui.widgets.text import Text


class OriginalsSheet(Sheet):
    """`show_originals`, `open`; `confirmed` with `left`, the ids of those that stay."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, "", tr("Giữ lựa chọn"), way_back=tr("Thôi"), width=720)
        self.content.addWidget(Text(tr("Bản gốc được chọn đi cùng hồ sơ; bản còn lại ở quầy."), "lead"))
        self._ids: list[str] = []
        self._buttons: list[ListButton] = []

    @property
    def left(self) -> tuple[str, ...]:
        return tuple(
            name for name, button in zip(self._ids, self._buttons, strict=True) if not button.isChecked()
        )

    def show_originals(self, code: str, originals: Sequence[tuple[str, str]], left: Sequence[str]) -> None:
        self.title.setText(tr("Bản gốc của hồ sơ {code}", code=code))
        for button in self._buttons:
            self.content.removeWidget(button)
            button.deleteLater()
        self._ids = [name for name, _ in originals]
        self._buttons = []
        for number, (name, words) in enumerate(originals, start=1):
            button = ListButton(words, str(number) if number < 10 else "")
            button.setChecked(name not in left)
            self.content.addWidget(button)
            self._buttons.append(button)

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_1
        if 0 <= number < len(self._buttons):
            self._buttons[number].click()
            event.accept()
        else:
            super().keyPressEvent(event)
