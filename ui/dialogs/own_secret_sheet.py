"""Đổi mã bí mật: the old one, a new one twice, and while she types a word on whether the new one will do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.people.secret import FAULTS, secret_fault
from app.errors import KnownError, Refusal
from ui.background.alive import while_alive
from ui.dialogs.secret_field import SecretField
from ui.dialogs.sheet import Sheet
from ui.messages import sentence, wording
from ui.operations.desk import Desk, clerk_at
from ui.translations import tr
from ui.widgets.banner import Banner
from ui.widgets.text import Text


class OwnSecretSheet(Sheet):
    """`ask`; `changed` once the new secret holds. What was typed is gone when the sheet is."""

    changed = Signal()

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, tr("Đổi mã bí mật của tôi"), tr("Đổi mã bí mật"), width=600)
        self._desk, self._is_trying = desk, False
        self.refused = Banner()
        self.old = SecretField(tr("Mã bí mật đang dùng"))
        self.new = SecretField(tr("Mã bí mật mới (từ 6 ký tự)"))
        self.again = SecretField(tr("Nhập lại mã mới"))
        self.content.addWidget(self.refused)
        self.content.addWidget(Text(tr(
            "Chọn vài từ chỉ bạn nhớ. Không dùng ngày sinh, tên, số giấy tờ hay dãy như 123456. "
            "Không ai đọc được mã này, kể cả trưởng ca và tỉnh."), "secondary", is_wrapped=True))
        for field in self._fields:
            self.content.addWidget(field)
        self.new.edited.connect(lambda _: self._judge())
        self.again.edited.connect(lambda _: self._judge_again())

    @property
    def _fields(self) -> Sequence[SecretField]:
        return self.old, self.new, self.again

    def ask(self) -> None:
        self._empty()
        self.refused.silence()
        self._set_trying(False)
        self.open(self.old)

    def confirm(self) -> None:
        """The next field that is empty, else a try, beside the window: the check is slow on purpose."""
        if self._is_trying:
            return
        empty = next((field for field in self._fields if not field.text()), None)
        if empty is not None:
            empty.line.setFocus(Qt.FocusReason.TabFocusReason)
            return
        if self._judge() or self._judge_again():
            wrong = self.new if self.new.message() else self.again
            wrong.line.setFocus(Qt.FocusReason.OtherFocusReason)
            wrong.line.selectAll()
            return
        office, clerk = self._desk.office, self._desk.clerk()
        old, new = self.old.text(), self.new.text()
        self.refused.silence()
        self._set_trying(True)
        self._desk.background.run(
            lambda: office.sign_ins.change_secret(office.enrolled, clerk, old, new),
            while_alive(self, self._on_done), while_alive(self, self._on_failed),
        )

    # inside

    def _judge(self) -> str:
        """The fault of the new secret, said under it; a secret that will do has a good word."""
        if not self.new.text():
            self.new.set_message("")
            return ""
        clerk = clerk_at(self._desk)
        fault = secret_fault(self.new.text(), (clerk.id, clerk.name, *clerk.accounts.values()))
        if fault:
            self.new.set_message(wording(Refusal(fault), self._desk.language()).title, "warn")
        else:
            self.new.set_message(tr("Mã này dùng được."), "ok")
        return fault

    def _judge_again(self) -> bool:
        """Whether the second is another than the first."""
        is_other = self.again.text() != self.new.text()
        self.again.set_message(tr("Hai lần nhập chưa giống nhau.") if is_other and self.again.text() else "")
        return is_other

    def _on_done(self, _: object) -> None:
        self._set_trying(False)
        self._empty()
        self.close_sheet()
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._set_trying(False)
        if not isinstance(error, KnownError):
            raise error
        said = sentence(error, self._desk.language())
        self.refused.say("bad", said.title, f"{said.detail()} ({said.code})")
        wrong = self.new if error.code in (*FAULTS, "secret_same") else self.old
        wrong.line.selectAll() if wrong is self.new else wrong.line.clear()
        wrong.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit()

    def _set_trying(self, is_trying: bool) -> None:
        self._is_trying = is_trying
        self.act.setEnabled(not is_trying)
        for field in self._fields:
            field.line.setEnabled(not is_trying)

    def _empty(self) -> None:
        for field in self._fields:
            field.line.clear()
            field.line.setModified(False)
            field.set_message("")

    # Qt's side

    def close_sheet(self) -> None:
        self._empty()                              # Esc too: nothing typed stays
        super().close_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_trying and event.key() == Qt.Key.Key_Escape:
            event.accept()                         # it may just have been changed: she has to see which it is
            return
        super().keyPressEvent(event)


def change_own_secret(host: QWidget, desk: Desk) -> OwnSecretSheet:
    """The sheet over `host`, which it does not outlive; a word in passing when it is done."""
    sheet = OwnSecretSheet(host, desk)
    sheet.changed.connect(lambda: desk.frame.say(tr("Đã đổi mã bí mật. Từ giờ dùng mã mới.")))
    sheet.closed.connect(sheet.deleteLater)
    sheet.ask()
    return sheet
