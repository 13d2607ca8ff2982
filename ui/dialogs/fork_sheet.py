"""Begin with other numbers after a fork: who decides confirms it with the name of the counter."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.text import fold
from ui.dialogs.act_sheet import ActSheet
from ui.operations.begin_anew import begin_anew
from ui.operations.desk import Desk
from ui.translations import tr
from ui.widgets.line_field import LineField
from ui.widgets.text import Text


class ForkSheet(ActSheet):
    """`ask`; `confirmed` when the new numbers were asked for, and the courier is to be woken."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Bắt đầu dải số mới"), tr("Bắt đầu dải số mới"), width=760)
        self._counter = ""
        self.whose = Text("", "heading", is_wrapped=True)
        self.name = LineField(tr("Gõ tên quầy này để xác nhận"))
        self.name.edited.connect(lambda _: self.name.set_message(""))
        for words in (
            tr("Quầy dùng số khác từ lần liên lạc tới; số cũ không bao giờ dùng lại."),
            tr("Việc đã làm vẫn còn: tỉnh giữ riêng phần rẽ nhánh và nhập sau. Giấy đã in vẫn có giá trị."),
            tr("Chỉ làm khi không còn máy nào khác đang dùng sổ của quầy này."),
        ):
            self.content.addWidget(Text(words, is_wrapped=True))
        self.content.addWidget(self.whose)
        self.content.addWidget(self.name)
        self.content.addStretch(1)

    def ask(self) -> None:
        counter = self._desk.office.enrolled
        self._counter = counter.name
        self.whose.setText(f"{counter.name}, {counter.office_name}")
        self.name.set_text("")
        self.name.set_message("")
        self.open(self.name.line)

    def may_confirm(self) -> bool:
        if _plain(self.name.text()) == _plain(self._counter):
            return True
        self.name.set_message(tr("Gõ đúng tên quầy: {counter}", counter=self._counter))
        self.name.line.setFocus()
        return False

    def carry_out(self) -> None:
        begin_anew(self._desk)


def _plain(name: str) -> str:
    return "".join(fold(name).split())
