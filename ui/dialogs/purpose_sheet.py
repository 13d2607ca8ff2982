"""Why a list of persons is opened or saved: one line, kept in the journal before anything is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from ui.dialogs.act_sheet import ActSheet
from ui.models.counts import shown_count
from ui.operations.asked import ask_for_data
from ui.operations.desk import Desk
from ui.shortcuts import Key, bind
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.even_rows import EvenRows
from ui.widgets.line_field import LineField
from ui.widgets.text import Text

USUAL = (
    mark("Đôn đốc hồ sơ sắp và quá hạn"), mark("Đối chiếu số liệu báo cáo"),
    mark("Đối chiếu với cơ quan giải quyết"), mark("Trả lời người dân hỏi hồ sơ"),
)


class PurposeSheet(ActSheet):
    """`ask` opens it on the purpose given last; what is to follow happens once the purpose is kept."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Dùng danh sách này vào việc gì"), tr("Ghi mục đích và mở"), width=760)
        self._what, self._count = "", 0
        self._follow: Callable[[str], object] | None = None
        self.purpose = ""
        self._about = Text("", "lead", is_wrapped=True)
        self.field = LineField(tr("Mục đích"))
        self.field.edited.connect(lambda _: self.field.set_message(""))
        usual = EvenRows(gap=8, is_stretched=False)
        buttons = []
        for number, words in enumerate(USUAL, 1):
            button = ActionButton(tr(words), f"Alt {number}")
            fill = partial(self.fill, tr(words))
            button.clicked.connect(lambda _=False, fill=fill: fill())
            bind(self, {Key(f"Alt+{number}", words): fill})
            buttons.append(button)
        usual.place(buttons)
        self.content.addWidget(self._about)
        self.content.addWidget(self.field)
        self.content.addWidget(usual)
        self.content.addWidget(Text(tr("Mục đích được ghi vào nhật ký cùng tên bạn và số người trong danh sách."),
                                    "secondary", is_wrapped=True))
        self.confirmed.connect(self._go_on)

    def ask(self, what: str, count: int, follow: Callable[[str], object]) -> None:
        """`what` as the journal names it; `follow` gets the purpose as it was kept."""
        self._what, self._count, self._follow = what, count, follow
        self._about.setText(tr("Danh sách có tên của {count} người. Luật yêu cầu ghi mục đích trước khi xem "
                               "hoặc lưu.", n=count, count=shown_count(count)))
        self.field.set_text(self.purpose)
        self.field.set_message("")
        self.open(self.field.line)
        self.field.line.selectAll()

    def fill(self, words: str) -> None:
        self.field.set_text(words)
        self.field.set_message("")
        self.field.line.setFocus()

    def carry_out(self) -> None:
        self.purpose = ask_for_data(self._desk, self.field.text(), self._what, self._count, intent=self.intent)

    def _go_on(self) -> None:
        follow, self._follow = self._follow, None
        if follow is not None:
            follow(self.purpose)
