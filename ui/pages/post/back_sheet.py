"""Bưu gửi về lại quầy: a place on the shelf, and why it came back where nobody has said so yet."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.reason_library import Act
from app.domain.shelf import tidy_shelf
from app.services.life.reasons import read_reasons
from app.services.post.following import call_off, take_back
from ui.dialogs.act_sheet import ActSheet
from ui.operations.desk import Desk
from ui.operations.post import carry_out
from ui.translations import tr
from ui.widgets.line_field import LineField
from ui.widgets.reason_field import ReasonField
from ui.widgets.text import Text


class BackSheet(ActSheet):
    """`show_back` for what the post brought back, `show_off` for what is taken out of the bag; then `open`."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Xếp lại lên kệ"), tr("Xếp lên kệ và in nhãn"), width=760)
        self.code = ""
        self._is_off = False
        self._about = Text("", "lead", is_wrapped=True)
        self.reason = ReasonField(tr("Lý do"))
        self.reason.submitted.connect(self.confirm)
        self.shelf = LineField(tr("Kệ"), is_figures=True)
        self.shelf.edited.connect(lambda _: self.shelf.set_message(""))
        for widget in (self._about, self.reason, self.shelf):
            self.content.addWidget(widget)
        self.content.addStretch(1)

    def show_back(self, code: str, shelf: str, *, is_said: bool) -> None:
        """`is_said`: the post's reason is in the book already."""
        self._show(code, shelf, is_off=False)
        self.title.setText(tr("Bưu gửi của {code} về lại quầy", code=code))
        self._about.setText(tr("Xếp bì lên kệ, gọi người dân hỏi lại địa chỉ. Gửi lại sẽ dùng mã bưu gửi mới."))
        self.reason.setVisible(not is_said)

    def show_off(self, code: str, shelf: str) -> None:
        self._show(code, shelf, is_off=True)
        self.title.setText(tr("Rút lại bưu gửi của {code}", code=code))
        self._about.setText(tr("Chỉ khi bì còn ở quầy. Mã bưu gửi trên bì bị hủy hẳn, kết quả về lại kệ."))
        self.reason.setVisible(True)

    def may_confirm(self) -> bool:
        if self.reason.isVisibleTo(self) and not self.reason.is_finished():
            return False
        if not tidy_shelf(self.shelf.text()):
            self.shelf.set_message(tr("Ghi chỗ trên kệ."))
            self.shelf.line.setFocus()
            return False
        return True

    def carry_out(self) -> None:
        reason = self.reason.text() if self.reason.isVisibleTo(self) else ""
        shelf = self.shelf.text()
        if self._is_off:
            back = carry_out(self._desk, call_off, self.code, reason, shelf=shelf, intent=self.intent,
                             codes=(self.code,))
        else:
            back = carry_out(self._desk, take_back, self.code, reason=reason, shelf=shelf, intent=self.intent,
                             codes=(self.code,))
        self._desk.frame.say(tr("Kết quả {code} ở kệ {shelf}", code=back.code, shelf=back.shelf))

    def _show(self, code: str, shelf: str, *, is_off: bool) -> None:
        self.code, self._is_off = code, is_off
        act = Act.SENT_BACK if is_off else Act.UNDELIVERED
        self.reason.set_library((lambda _: ()) if is_off else (lambda typed: read_reasons().find(act, typed)))
        self.shelf.set_text(shelf)
        self.shelf.set_message("")
