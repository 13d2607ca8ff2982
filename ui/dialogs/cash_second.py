"""The second person: another clerk of this counter who stands by what takes money back."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.people.roles import Act
from ui.dialogs.secret_field import SecretField
from ui.operations.desk import Desk
from ui.operations.second_person import who_may_stand_by
from ui.translations import tr
from ui.widgets.choice import Choice
from ui.widgets.text import Text


class SecondPerson(QWidget):
    """`show_clerks` when its sheet opens; `id` of who was chosen, "" for nobody yet, and her secret as `proof`.

    The secret is asked for where each clerk signs in as herself; only who may confirm is then offered.
    """

    def __init__(self) -> None:
        super().__init__()
        self.choice = Choice(tr("Người thứ hai cùng làm"))
        self.secret = SecretField(tr("Mã bí mật của người thứ hai"))
        self._message = Text("", "secondary", is_wrapped=True)
        self._message.set_tone("bad")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(Text(tr("Người thứ hai cùng làm"), "secondary"))
        column.addWidget(self.choice)
        column.addWidget(self.secret)
        column.addWidget(self._message)
        self.setFocusProxy(self.choice)
        self.choice.currentIndexChanged.connect(lambda _: self._say(""))

    @property
    def id(self) -> str:
        return str(self.choice.currentData() or "")

    @property
    def proof(self) -> str:
        """Her secret; taken once, nothing typed stays."""
        typed = self.secret.text()
        self.secret.line.clear()
        return typed

    def show_clerks(self, desk: Desk) -> None:
        self.choice.clear()
        self.choice.addItem(tr("Chọn người"), "")
        for clerk in who_may_stand_by(desk, Act.APPROVE_MONEY):
            self.choice.addItem(clerk.name, clerk.id)
        self.secret.setVisible(desk.office.enrolled.has_sign_in)
        self.secret.line.clear()
        self.secret.set_message("")
        self._say("")

    def is_chosen(self) -> bool:
        """Somebody was chosen, with her secret where one is asked for; else a word there and the focus on it."""
        if self.id and (self.secret.text() or self.secret.isHidden()):
            return True
        if self.id:
            self.secret.set_message(tr("Người thứ hai nhập mã bí mật của mình."))
            self.secret.setFocus()
            return False
        alone = self.choice.count() == 1
        self._say(tr("Quầy này chỉ có một người. Khi tỉnh thêm người mới làm được việc này.") if alone else
                  tr("Chọn người thứ hai; dùng phím ↓."))
        self.choice.setFocus()
        return False

    def _say(self, words: str) -> None:
        self._message.setText(words)
        self._message.setVisible(bool(words))
