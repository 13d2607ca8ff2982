"""What the lock asks for: fields that show dots, each form with the one act that Enter does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.dialogs.secret_field import SecretField
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.choice import Choice
from ui.widgets.line_field import LineField
from ui.widgets.text import Text


class Form(QWidget):
    """Fields over one act; `accepted` when Enter or the button says so. Up and down leave for another clerk."""

    accepted = Signal()
    moved = Signal(int)

    def __init__(self, lead: str, fields: Sequence[LineField], act: str) -> None:
        super().__init__()
        self.fields = tuple(fields)
        self.lead = Text(lead, "secondary", is_wrapped=True)
        self.act = ActionButton(act, "Enter", kind="primary")
        self.act.clicked.connect(self.accepted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.lead)
        self.lead.setVisible(bool(lead))
        for field in self.fields:
            column.addWidget(field)
        column.addWidget(self.act)
        column.addStretch(1)
        if self.fields:
            self.setFocusProxy(self.fields[0])

    def empty(self) -> None:
        """Nothing typed stays."""
        for field in self.fields:
            field.line.clear()
            field.line.setModified(False)
            field.set_message("")

    def set_enabled(self, is_enabled: bool) -> None:
        for field in self.fields:
            field.line.setEnabled(is_enabled)
        self.act.setEnabled(is_enabled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._on_enter()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _on_enter(self) -> None:
        """The next field that is empty, else the act."""
        for field in self.fields:
            if not field.text():
                field.line.setFocus(Qt.FocusReason.TabFocusReason)
                return
        if self.act.isEnabled():
            self.accepted.emit()


class SecretForm(Form):
    """`accepted_to_change`: let in, and offered another secret at once."""

    accepted_to_change = Signal()

    def __init__(self) -> None:
        self.secret = SecretField(tr("Mã bí mật"))
        super().__init__("", (self.secret,), tr("Vào làm việc"))
        self.change = ActionButton(tr("Vào, rồi đổi mã bí mật"), "Ctrl Enter")
        self.change.clicked.connect(self.accepted_to_change)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.indexOf(self.act) + 1, self.change)

    def set_enabled(self, is_enabled: bool) -> None:
        super().set_enabled(is_enabled)
        self.change.setEnabled(is_enabled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.secret.text() and self.change.isEnabled():
                self.accepted_to_change.emit()
        else:
            super().keyPressEvent(event)


class CodeForm(Form):
    """The first time here, or after the province made out a new code."""

    def __init__(self) -> None:
        self.code = LineField(tr("Mã cá nhân tỉnh cấp (dùng một lần)"), is_figures=True)
        self.secret = SecretField(tr("Mã bí mật bạn tự chọn (từ 6 ký tự)"))
        self.again = SecretField(tr("Nhập lại mã bí mật"))
        super().__init__(
            tr("Không dùng ngày sinh, tên hay số giấy tờ. Không ai, kể cả tỉnh, đọc được mã này."),
            (self.code, self.secret, self.again), tr("Đặt mã bí mật và vào làm việc"),
        )

    def is_repeated(self) -> bool:
        """Both times the same; else a word under the second."""
        is_same = self.secret.text() == self.again.text()
        self.again.set_message("" if is_same else tr("Hai lần nhập chưa giống nhau."))
        if not is_same:
            self.again.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.again.line.selectAll()
        return is_same


class UnlockForm(Form):
    """A shift lead lets a clerk try again who typed a wrong secret ten times."""

    def __init__(self) -> None:
        self.lead_choice = Choice(tr("Trưởng ca mở khóa"))
        self.secret = SecretField(tr("Mã bí mật của trưởng ca"))
        super().__init__(
            tr("Đã nhập sai mười lần. Trưởng ca mở khóa bằng mã của mình, hoặc tỉnh cấp mã cá nhân mới."),
            (self.secret,), tr("Mở khóa"),
        )
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, self.lead_choice)

    def show_leads(self, leads: Sequence[tuple[str, str]]) -> None:
        """`leads`: id and name of who may unlock here."""
        self.lead_choice.clear()
        for clerk, name in leads:
            self.lead_choice.addItem(name, clerk)
        has_leads = bool(leads)
        for widget in (self.lead_choice, self.secret, self.act):
            widget.setVisible(has_leads)

    def lead_id(self) -> str:
        return str(self.lead_choice.currentData() or "")


class NothingForm(Form):
    """She cannot sign in here now: why, and who can help."""

    def __init__(self) -> None:
        super().__init__(" ", (), "")
        self.act.setVisible(False)

    def say(self, words: str) -> None:
        self.lead.setText(words)
