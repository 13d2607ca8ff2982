"""Người thứ hai xác nhận: another clerk chooses her name and types her secret, over what she confirms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.people.roles import Act
from app.errors import KnownError, Refusal
from ui.dialogs.secret_field import SecretField
from ui.dialogs.sheet import Sheet
from ui.messages import sentence, wording
from ui.operations.desk import Desk
from ui.operations.second_person import act_needed, prove, who_may_stand_by
from ui.translations import tr
from ui.widgets.banner import Banner
from ui.widgets.choice import Choice
from ui.widgets.text import Text


class SecondSheet(Sheet):
    """`ask`; `proved` carries the id of who stands by, once."""

    proved = Signal(str)

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, tr("Người thứ hai xác nhận"), tr("Xác nhận"), width=560)
        self._desk, self._act, self._is_trying = desk, Act.APPROVE_DUE, False
        self._lead = Text("", "lead", is_wrapped=True)
        self.who = Choice(tr("Người thứ hai cùng làm"))
        self.secret = SecretField(tr("Mã bí mật của người thứ hai"))
        self.refused = Banner()
        for widget in (self._lead, self.refused, self.who, self.secret):
            self.content.addWidget(widget)

    def ask(self, act: Act) -> None:
        """Who may confirm `act`, nobody's secret typed yet."""
        self._act = act
        needed = wording(Refusal("second_person_needed", act=str(act)), self._desk.language())
        self.who.clear()
        for clerk in who_may_stand_by(self._desk, act):
            self.who.addItem(clerk.name, clerk.id)
        has_one = self.who.count() > 0
        self._lead.setText(needed.what if has_one else tr(
            "Ở quầy này chưa có ai được tỉnh giao việc xác nhận. Trưởng ca báo tỉnh để được giao."))
        for widget in (self.who, self.secret):
            widget.setVisible(has_one)
        self.act.setEnabled(has_one)
        self.secret.line.clear()
        self.refused.silence()
        self.open(self.secret if has_one else None)

    def confirm(self) -> None:
        if self._is_trying or not self.act.isEnabled() or not self.secret.text():
            return
        self._set_trying(True)
        clerk, secret = str(self.who.currentData()), self.secret.text()
        self.secret.line.clear()

        def done() -> None:
            self._set_trying(False)
            self.close_sheet()
            self.proved.emit(clerk)

        prove(self._desk, clerk, secret, self._act, done, self._on_failed)

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


def with_second(host: QWidget, desk: Desk, kind: str, act: Callable[[Desk], object]) -> None:
    """`act` on an operation of type `kind`: at once where one person may, else once another has proved herself."""
    needed = act_needed(desk, kind)
    if needed is None:
        act(desk)
        return
    sheet = SecondSheet(host, desk)
    sheet.proved.connect(lambda second: act(replace(desk, second=second)))
    sheet.closed.connect(sheet.deleteLater)
    sheet.ask(needed)
