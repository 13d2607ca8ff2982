"""Item codes: a range is taken in by its two ends, one code is made void with its reason."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.item_code import read_item_code, read_item_range
from app.errors import Refusal
from app.services.post.pool import take_range, void_code
from ui.dialogs.act_sheet import ActSheet
from ui.models.counts import shown_count
from ui.operations.desk import Desk
from ui.operations.post import carry_out
from ui.translations import tr
from ui.widgets.line_field import LineField
from ui.widgets.text import Text


class RangeSheet(ActSheet):
    """`show_range`, then `open`. The first scan fills the first end, the second the other."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Nhận dải mã bưu gửi"), tr("Nhận dải mã"), width=760)
        self.first = LineField(tr("Mã đầu của cuộn nhãn"), hint="EA 000 000 015 VN", is_figures=True)
        self.last = LineField(tr("Mã cuối của cuộn nhãn"), is_figures=True)
        self.amount = Text("", "lead", is_wrapped=True)
        row = QHBoxLayout()
        row.setSpacing(14)
        for field in (self.first, self.last):
            row.addWidget(field, 1)
            field.edited.connect(lambda _, field=field: self._on_edited(field))
        self.content.addWidget(Text(tr("Quét nhãn đầu và nhãn cuối, hoặc gõ cả chữ số kiểm tra."), "secondary",
                                    is_wrapped=True))
        self.content.addLayout(row)
        self.content.addWidget(self.amount)
        self.content.addStretch(1)

    def show_range(self, first: str = "", last: str = "") -> None:
        """Empty, or filled with a range of the settings."""
        for field, text in ((self.first, first), (self.last, last)):
            field.set_text(read_item_code(text).shown if text else "")
            field.set_message("")
        self._show_amount()

    def take_label(self, text: str) -> None:
        field = self.last if self.first.text().strip() else self.first
        field.set_text(text)
        self._on_edited(field)

    def may_confirm(self) -> bool:
        for field in (self.first, self.last):
            if not field.text().strip():
                field.set_message(tr("Quét hoặc gõ mã này."))
                field.line.setFocus()
                return False
        return True

    def carry_out(self) -> None:
        handed = carry_out(
            self._desk, take_range, self.first.text(), self.last.text(), intent=self.intent
        )
        self._desk.frame.say(tr("Đã nhận {n} mã bưu gửi", n=len(handed)))

    def _on_edited(self, field: LineField) -> None:
        field.set_message("")
        self._show_amount()

    def _show_amount(self) -> None:
        try:
            handed = read_item_range(self.first.text(), self.last.text())
        except Refusal:
            self.amount.setText("")
        else:
            self.amount.setText(tr("Dải này có {count} mã.", n=len(handed), count=shown_count(len(handed))))


class VoidSheet(ActSheet):
    """`show_code`, then `open`."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Hủy mã bưu gửi"), tr("Hủy mã"), width=760)
        self.item = LineField(tr("Mã bưu gửi"), is_figures=True)
        self.reason = LineField(tr("Vì sao hủy"), hint=tr("nhãn rách, in hỏng, thất lạc"))
        for field in (self.item, self.reason):
            field.edited.connect(lambda _, field=field: field.set_message(""))
        self.content.addWidget(Text(tr("Mã đã hủy không dùng lại được nữa."), "secondary", is_wrapped=True))
        self.content.addWidget(self.item)
        self.content.addWidget(self.reason)
        self.content.addStretch(1)

    def show_code(self, text: str = "") -> None:
        self.item.set_text(text)
        self.reason.set_text("")
        for field in (self.item, self.reason):
            field.set_message("")

    def take_label(self, text: str) -> None:
        self.item.set_text(text)
        self.item.set_message("")

    def may_confirm(self) -> bool:
        for field, words in ((self.item, tr("Quét hoặc gõ mã này.")), (self.reason, tr("Ghi lý do."))):
            if not field.text().strip():
                field.set_message(words)
                field.line.setFocus()
                return False
        return True

    def carry_out(self) -> None:
        item = carry_out(self._desk, void_code, self.item.text(), self.reason.text(), intent=self.intent)
        self._desk.frame.say(tr("Đã hủy mã {item}", item=item.shown))
