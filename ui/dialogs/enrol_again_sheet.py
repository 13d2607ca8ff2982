"""A new enrolment code for a PC whose counter went on elsewhere, or that the province has forgotten."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.errors import KnownError
from ui.background.alive import while_alive
from ui.dialogs.sheet import Sheet
from ui.messages import sentence
from ui.operations.desk import Desk
from ui.operations.enrol_again import enrol_again, gateway_address
from ui.translations import tr
from ui.widgets.banner import Banner
from ui.widgets.line_field import LineField
from ui.widgets.text import Text


class EnrolAgainSheet(Sheet):
    """`ask`; `confirmed` when this PC stands at its counter again, and the courier is to be woken."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, tr("Ghi danh lại máy này"), tr("Ghi danh"), width=760)
        self._desk = desk
        self._is_busy = False
        self.refused = Banner()
        self.meaning = Text("", is_wrapped=True)
        self.code = LineField(tr("Mã ghi danh dùng một lần"), is_figures=True)
        self.code.edited.connect(lambda _: self.code.set_message(""))
        self.address = LineField(tr("Địa chỉ cổng tiếp nhận của tỉnh"), hint="https://")
        self.said = Text("", "secondary", is_wrapped=True)
        for widget in (self.refused, self.meaning, self.code, self.address, self.said):
            self.content.addWidget(widget)
        self.content.addStretch(1)

    def ask(self) -> None:
        counter = self._desk.office.enrolled
        self.meaning.setText(tr(
            "Xin trưởng ca mã ghi danh cho {counter}. Ghi danh xong, máy này dùng dải số mới, gửi tiếp mọi việc "
            "đang chờ; máy khác đang đứng ở quầy này sẽ ngừng.", counter=counter.name,
        ))
        self.code.set_text("")
        self.code.set_message("")
        self.address.set_text(gateway_address(self._desk))
        self._show_busy(is_busy=False)
        self.refused.silence()
        self.open(self.code.line)

    def confirm(self) -> None:
        """Asks the province; the sheet stays until it has answered."""
        if self._is_busy or not self.is_open:
            return
        code, url = self.code.text().strip(), self.address.text().strip()
        if not code:
            self.code.set_message(tr("Gõ mã ghi danh trưởng ca cấp."))
            self.code.line.setFocus()
            return
        self.refused.silence()
        self._show_busy(is_busy=True)
        enrol_again(self._desk, url, code, while_alive(self, self._on_done), while_alive(self, self._on_failure))

    def close_sheet(self) -> None:
        if not self._is_busy:                      # the province may have used the code up already
            super().close_sheet()

    # inside

    def _on_done(self) -> None:
        self._show_busy(is_busy=False)
        self._is_answered = True
        self.close_sheet()
        self.confirmed.emit()

    def _on_failure(self, error: Exception) -> None:
        self._show_busy(is_busy=False)
        if not isinstance(error, KnownError):
            raise error
        said = sentence(error, self._desk.language())
        self.refused.say("bad", said.title, f"{said.detail()} ({said.code})")
        self.code.line.setFocus()

    def _show_busy(self, *, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.act.setEnabled(not is_busy)
        self.back.setEnabled(not is_busy)
        self.said.setText(tr("Đang ghi danh…") if is_busy else "")
