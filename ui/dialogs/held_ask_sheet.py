"""Whose data, and why: a card scanned or a number typed, and the purpose, before anything is looked up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.citizen_card import read_card
from app.domain.held_about import HeldAbout, read_number
from app.domain.vietnam_time import local
from app.errors import KnownError, Refusal
from app.services.asked import read_purpose
from ui.background.alive import while_alive
from ui.dialogs.held_report_sheet import HeldReportSheet
from ui.dialogs.sheet import Sheet
from ui.messages import sentence
from ui.operations.desk import Desk, new_intent
from ui.operations.held_about import find_held
from ui.shortcuts import Key, bind
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.banner import Banner
from ui.widgets.even_rows import EvenRows
from ui.widgets.line_field import LineField
from ui.widgets.text import Text

USUAL = (
    mark("Công dân yêu cầu được biết"), mark("Người đại diện hợp pháp yêu cầu"),
    mark("Cơ quan có thẩm quyền yêu cầu bằng văn bản"),
)


class HeldAskSheet(Sheet):
    """`ask`; the report opens once it is found and its line is kept."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, tr("Quầy đang giữ gì về một người"), tr("Lập báo cáo"), width=820)
        self._desk = desk
        self._report: HeldReportSheet | None = None
        self._turn = 0                             # of the asking that is waited for
        self.refused = Banner()
        self.number = LineField(tr("Số giấy tờ của người hỏi: quét thẻ căn cước hoặc gõ"), is_figures=True)
        self.purpose = LineField(tr("Lý do lập báo cáo"))
        for field in (self.number, self.purpose):
            field.edited.connect(partial(self._clear, field))
        usual = EvenRows(gap=8, is_stretched=False)
        buttons = []
        for place, words in enumerate(USUAL, 1):
            button = ActionButton(tr(words), f"Alt {place}")
            fill = partial(self.fill, words)
            button.clicked.connect(lambda _=False, fill=fill: fill())
            bind(self, {Key(f"Alt+{place}", words): fill})
            buttons.append(button)
        usual.place(buttons)
        for widget in (self.refused, self.number, self.purpose, usual, Text(
            tr("Xem giấy tờ của người hỏi trước. Trả lời trong 2 ngày làm việc. Máy đọc cả sổ nên có thể lâu vài "
               "giây; nhật ký ghi lý do, người lập và số hồ sơ, không ghi số giấy tờ."),
            "secondary", is_wrapped=True,
        )):
            self.content.addWidget(widget)

    def ask(self) -> None:
        self._turn += 1
        self.number.set_text("")
        self.purpose.set_text("")
        self._rest()
        self.open(self.number.line)

    def fill(self, words: str) -> None:
        self.purpose.set_text(tr(words))
        self.purpose.set_message("")
        self.purpose.line.setFocus()

    def take_card(self, text: str, *, is_rewritten: bool = False) -> bool:
        """A scanned card fills the number; False for what is no card."""
        try:
            person = read_card(text, local(self._desk.clock()).date(), is_rewritten=is_rewritten).person
        except Refusal:
            return False
        if not person.personal_id:
            return False
        self._desk.sound.accept()
        self.number.set_text(person.personal_id)
        self.number.set_message("")
        self.purpose.line.setFocus()
        return True

    def confirm(self) -> None:
        if self._is_answered or not self.act.isEnabled():
            return
        for field, read in ((self.number, read_number), (self.purpose, read_purpose)):
            if not self._is_good(field, read):
                return
        self.refused.silence()
        self.act.setEnabled(False)
        self.act.set_label(tr("Đang tìm trong cả sổ…"))
        turn = self._turn
        try:
            find_held(
                self._desk, read_number(self.number.text()), read_purpose(self.purpose.text()),
                new_intent(self._desk), while_alive(self, partial(self._on_found, turn)),
                while_alive(self, partial(self._on_failed, turn)),
            )
        except KnownError as error:
            self._on_failed(turn, error)

    def _is_good(self, field: LineField, read: Callable[[str], str]) -> bool:
        try:
            read(field.text())
        except KnownError as error:
            said = sentence(error, self._desk.language())
            field.set_message(f"{said.title}. {said.press}")
            field.line.setFocus()
            return False
        return True

    def _on_found(self, turn: int, report: HeldAbout) -> None:
        if turn != self._turn:
            return                                 # it was left meanwhile, and asked again
        self._rest()
        if not self.isVisible():
            return                                 # it was left, or stands behind a lock: nothing is shown
        self._is_answered = True
        self.close_sheet()
        if self._report is None:
            self._report = HeldReportSheet(self._host, self._desk)
            self.destroyed.connect(self._report.deleteLater)
        self._report.show_report(report)

    def _on_failed(self, turn: int, error: Exception) -> None:
        if turn != self._turn:
            return
        self._rest()
        if not isinstance(error, KnownError):
            raise error
        said = sentence(error, self._desk.language())
        self.refused.say("bad", said.title, f"{said.detail()} ({said.code})")
        self._fit()

    def _rest(self) -> None:
        self.refused.silence()
        self.act.setEnabled(True)
        self.act.set_label(tr("Lập báo cáo"))
        for field in (self.number, self.purpose):
            field.set_message("")

    def _clear(self, field: LineField, _: str) -> None:
        field.set_message("")
