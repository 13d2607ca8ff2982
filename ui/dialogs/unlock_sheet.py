"""Mở khóa: a shift lead lets a colleague try again who typed a wrong secret ten times."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.errors import KnownError
from app.services.counter import Clerk
from ui.background.alive import while_alive
from ui.dialogs.secret_field import SecretField
from ui.dialogs.sheet import Sheet
from ui.messages import sentence
from ui.operations.desk import Desk
from ui.translations import tr
from ui.widgets.banner import Banner
from ui.widgets.choice import Choice
from ui.widgets.text import Text


class UnlockSheet(Sheet):
    """`ask` with who is locked out; `unlocked` carries the name."""

    unlocked = Signal(str)

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, tr("Mở khóa cho một người"), tr("Mở khóa"), width=560)
        self._desk, self._is_trying = desk, False
        self.refused = Banner()
        self.who = Choice(tr("Mở khóa cho"))
        self.secret = SecretField(tr("Mã bí mật của bạn (trưởng ca)"))
        self.content.addWidget(self.refused)
        self.content.addWidget(Text(tr(
            "Hỏi tận mặt người đó trước khi mở. Mã bí mật của họ không đổi; việc mở khóa được ghi nhật ký."),
            "secondary", is_wrapped=True))
        self.content.addWidget(self.who)
        self.content.addWidget(self.secret)

    def ask(self, locked: Sequence[Clerk]) -> None:
        self.who.clear()
        for clerk in locked:
            self.who.addItem(clerk.name, clerk.id)
        self.refused.silence()
        self.secret.line.clear()
        self._set_trying(False)
        self.open(self.secret)

    def confirm(self) -> None:
        if self._is_trying or not self.secret.text():
            return
        office, lead = self._desk.office, self._desk.clerk()
        clerk, name, secret = str(self.who.currentData()), self.who.currentText(), self.secret.text()
        self.secret.line.clear()
        self._set_trying(True)

        def done(_: object) -> None:
            self._set_trying(False)
            self.close_sheet()
            self.unlocked.emit(name)

        self._desk.background.run(
            lambda: office.sign_ins.unlock(office.enrolled, lead, secret, clerk),
            while_alive(self, done), while_alive(self, self._on_failed),
        )

    def close_sheet(self) -> None:
        self.secret.line.clear()
        super().close_sheet()

    def _on_failed(self, error: Exception) -> None:
        self._set_trying(False)
        if not isinstance(error, KnownError):
            raise error
        said = sentence(error, self._desk.language())
        self.refused.say("bad", said.title, f"{said.detail()} ({said.code})")
        self._fit()
        self.secret.setFocus()

    def _set_trying(self, is_trying: bool) -> None:
        self._is_trying = is_trying
        self.act.setEnabled(not is_trying)
        self.secret.line.setEnabled(not is_trying)
