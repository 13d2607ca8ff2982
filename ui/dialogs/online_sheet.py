"""A dossier that was filed on the national portal: its code, what is known of it here, and what is to be done."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.vietnam_time import local
from app.services.online import OnlineCode
from ui.dialogs.sheet import Sheet
from ui.shortcuts import Key, bind
from ui.theme import Tone
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.line_field import LineField
from ui.widgets.text import Text

HELP = Key("Alt+H", mark("Ghi nhận đã hỗ trợ nộp"))
REFUSE = Key("Alt+T", mark("Từ chối tiếp nhận"))
OPEN = Key("Alt+M", mark("Mở hồ sơ đã có"))


class OnlineSheet(Sheet):
    """`confirmed`: receive it at the desk under `code()`; "" takes the code off the form again.

    `looked` asks what is known of a typed code; the page answers with `show_known` or `refuse`.
    """

    looked = Signal(str)
    help_noted = Signal()          # we helped to file it; no dossier of ours
    refusal_asked = Signal()       # it cannot be received: form 03
    opened = Signal(str)           # our number of the dossier that has this code

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, tr("Hồ sơ đã nộp trên Cổng DVCQG"), tr("Tiếp nhận tại quầy"), width=1000)
        self._known: OnlineCode | None = None
        self._is_correction = False
        self.field = LineField(tr("Mã hồ sơ trên Cổng DVCQG: quét hoặc gõ"), hint="H00.00-000000-0000",
                               is_figures=True)
        self.field.edited.connect(self._on_edited)
        self.secret = Text(tr(
            "Công dân tự đăng nhập bằng tài khoản của mình. Không hỏi, không nhập hộ và không ghi lại mật khẩu "
            "hay mã OTP của công dân."
        ), "lead", is_wrapped=True)
        self.help = ActionButton(tr("Ghi nhận đã hỗ trợ nộp"), HELP.cap)
        self.help.clicked.connect(self._on_help)
        self.refusal = ActionButton(tr("Từ chối tiếp nhận"), REFUSE.cap)
        self.refusal.clicked.connect(self._on_refusal)
        self.there = ActionButton(tr("Mở hồ sơ đã có"), OPEN.cap)
        self.there.clicked.connect(self._on_there)
        self.foot.insertWidget(1, self.there)
        self.foot.insertWidget(3, self.refusal)
        self.foot.insertWidget(4, self.help)
        self.content.addWidget(self.field)
        self.content.addWidget(self.secret)
        self.content.addStretch(1)
        self.there.hide()
        # Not in keyPressEvent: the field would take a letter with Alt for a sign.
        bind(self, {HELP: self._on_help, REFUSE: self._on_refusal, OPEN: self._on_there})

    def show_code(self, code: str) -> None:
        """The code the form bears already, "" for none."""
        self._known = None
        self.field.set_text(code)
        self.field.set_message("")
        self._offer(is_here=False)
        if code:
            self.looked.emit(code)

    def code(self) -> str:
        return self._known.code if self._known is not None else ""

    def take_scan(self, text: str) -> None:
        self.field.set_text(text)
        self._on_edited(text)

    def show_known(self, known: OnlineCode) -> None:
        self._known = known
        if known.code != self.field.text().strip().upper():
            self.field.set_text(known.code)        # it stood inside an address
        tone, said = _state_words(known)
        self.field.set_message(said, tone)
        self._offer(is_here=bool(known.dossier))
        self._fit()

    def refuse(self, words: str, tone: Tone = "bad") -> None:
        """Why what was typed, or what was asked, will not do."""
        self.field.set_message(words, tone)
        self._fit()

    def may_confirm(self) -> bool:
        if not self.field.text().strip():
            return True                            # no code: an ordinary dossier
        return self._may_use()

    def only_code(self) -> None:
        """In a correction: the code is put right, nothing else is offered."""
        self._is_correction = True
        self._offer(is_here=False)

    def _offer(self, *, is_here: bool) -> None:
        self.there.setVisible(is_here)
        for button in (self.help, self.refusal):
            button.setVisible(not is_here and not self._is_correction)

    def _may_use(self) -> bool:
        if self._known is None:
            self.looked.emit(self.field.text())
        return self._known is not None and not self._known.dossier

    def _on_edited(self, text: str) -> None:
        self._known = None
        self._offer(is_here=False)
        self.field.set_message("")
        if len(text.strip()) >= 16:                # shorter is no code yet: nothing to complain about
            self.looked.emit(text)

    def _on_help(self) -> None:
        if self.help.isVisible() and self._may_use():
            self.help_noted.emit()

    def _on_refusal(self) -> None:
        if self.refusal.isVisible() and self._may_use():
            self.refusal_asked.emit()

    def _on_there(self) -> None:
        if self.isVisible() and self._known is not None and self._known.dossier:
            self.opened.emit(self._known.dossier)


def _state_words(known: OnlineCode) -> tuple[Tone, str]:
    if known.dossier:
        return "bad", tr("Hồ sơ này đã nhận ở đây, số {code}. Không tiếp nhận lần thứ hai.", code=known.dossier)
    if known.refused_at is not None:
        return "warn", tr("Hồ sơ này đã bị từ chối tiếp nhận lúc {at}.", at=_at(known.refused_at))
    if known.helped is not None:
        return "info", tr("{clerk} đã hỗ trợ nộp hồ sơ này lúc {at}.", clerk=known.helped.clerk_name,
                          at=_at(known.helped.at))
    return "ok", tr("Chưa nhận ở điểm này.")


def _at(moment: datetime) -> str:
    return f"{local(moment):%H:%M %d/%m/%Y}"
