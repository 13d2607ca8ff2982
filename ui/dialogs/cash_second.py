"""The second person: another clerk of this counter who stands by what takes money back."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.operations.desk import Desk
from ui.translations import tr
from ui.widgets.choice import Choice
from ui.widgets.text import Text


class SecondPerson(QWidget):
    """`show_clerks` when its sheet opens; `id` of who was chosen, "" for nobody yet."""

    def __init__(self) -> None:
        super().__init__()
        self.choice = Choice(tr("Người thứ hai cùng làm"))
        self._message = Text("", "secondary", is_wrapped=True)
        self._message.set_tone("bad")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(Text(tr("Người thứ hai cùng làm"), "secondary"))
        column.addWidget(self.choice)
        column.addWidget(self._message)
        self.setFocusProxy(self.choice)
        self.choice.currentIndexChanged.connect(lambda _: self._say(""))

    @property
    def id(self) -> str:
        return str(self.choice.currentData() or "")

    def show_clerks(self, desk: Desk) -> None:
        self.choice.clear()
        self.choice.addItem(tr("Chọn người"), "")
        for clerk in desk.office.enrolled.clerks:
            if clerk.id != desk.clerk():
                self.choice.addItem(clerk.name, clerk.id)
        self._say("")

    def is_chosen(self) -> bool:
        """Somebody was chosen; else a word under the list and the focus on it."""
        if self.id:
            return True
        alone = self.choice.count() == 1
        self._say(tr("Quầy này chỉ có một người. Khi tỉnh thêm người mới làm được việc này.") if alone else
                  tr("Chọn người thứ hai; dùng phím ↓."))
        self.choice.setFocus()
        return False

    def _say(self, words: str) -> None:
        self._message.setText(words)
        self._message.setVisible(bool(words))
