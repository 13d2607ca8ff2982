"""Gửi kết quả qua bưu chính: item code, receiver, address in two levels, originals, money at the door."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.item_code import read_item_code
from app.errors import Refusal
from app.services.post.posting import Parcel, ToSend, post_result
from ui.dialogs.act_sheet import ActSheet
from ui.operations.desk import Desk
from ui.operations.post import carry_out
from ui.translations import tr
from ui.widgets.line_field import LineField
from ui.widgets.money_field import MoneyField, money_text
from ui.widgets.phone_field import PhoneField
from ui.widgets.text import Text
from ui.widgets.tick import Tick


class SendSheet(ActSheet):
    """`show_result`, then `open`. A label scanned while it is open fills the item code."""

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, desk, tr("Gửi kết quả qua bưu chính"), tr("Gửi và in nhãn"), width=900)
        self.code = ""
        self._known: ToSend | None = None
        self._about = Text("", "lead", is_wrapped=True)
        self.item = LineField(tr("Mã bưu gửi, quét nhãn hoặc để mã kế tiếp"), is_figures=True)
        self.name = LineField(tr("Người nhận"))
        self.phone = PhoneField(tr("Điện thoại"))
        self.line = LineField(tr("Số nhà, đường, thôn, tổ"))
        self.commune = LineField(tr("Xã, phường, đặc khu (từ 01/07/2025)"))
        self.province = LineField(tr("Tỉnh, thành phố"))
        self._old = Text("", "secondary", is_wrapped=True)
        self.fee = MoneyField(tr("Phí, lệ phí còn thiếu"))
        self.postage = MoneyField(tr("Cước thu người nhận"))
        self._cod = Text("", "figures")
        self._ticks: list[tuple[str, Tick]] = []
        self._originals = QVBoxLayout()
        self._originals.setSpacing(0)
        self._arrange()
        self._fields = {
            "item": self.item, "name": self.name, "phone": self.phone, "line": self.line, "commune": self.commune,
            "province": self.province,
        }
        for field in (*self._fields.values(), self.fee, self.postage):
            field.edited.connect(lambda _, field=field: self._on_edited(field))

    def show_result(self, known: ToSend) -> None:
        """Everything that the dossier knows is there; the two new levels are asked of the citizen."""
        self._known, self.code = known, known.code
        self.title.setText(tr("Gửi kết quả {code}", code=known.code))
        asked = "" if known.is_asked_by_post else tr("Khi nộp, người dân chọn nhận tại quầy.")
        self._about.setText(" · ".join(part for part in (
            known.procedure_name, tr("kệ {shelf}", shelf=known.shelf) if known.shelf else "", asked) if part))
        self.item.set_text(read_item_code(known.next_code).shown if known.next_code else "")
        self.name.set_text(known.applicant_name)
        self.phone.set_number(known.phone)
        for field, text in ((self.line, known.address.line), (self.commune, known.address.commune),
                            (self.province, known.address.province)):
            field.set_text(text)
        old = known.address.old_text
        self._old.setText(tr("Địa chỉ đã ghi: {address}. In kèm trên nhãn.", address=old) if old else "")
        self._old.setVisible(bool(old))
        self.fee.setVisible(known.is_money_due)
        self.fee.set_amount(known.amount_due or None)
        self.postage.set_amount(None)
        self._show_originals(known)
        for field in (*self._fields.values(), self.fee, self.postage):
            field.set_message("")
        if not known.next_code:
            self.item.set_message(tr("Quầy đã hết mã bưu gửi. Nhận dải mã mới bằng Alt 5 rồi Alt T."))
        self._show_cod()

    def first_empty(self) -> QLineEdit:
        """Where the clerk has something to write."""
        return next((field.line for field in self._fields.values() if not field.text().strip()), self.name.line)

    def take_label(self, text: str) -> None:
        """A label off the roll, whatever its number."""
        self.item.set_text(text)
        self._on_edited(self.item)

    def may_confirm(self) -> bool:
        words = {
            "item": tr("Quét nhãn có mã bưu gửi."), "name": tr("Ghi tên người nhận."),
            "phone": tr("Ghi điện thoại để bưu tá gọi."), "line": tr("Ghi số nhà, đường, thôn, tổ."),
            "commune": tr("Hỏi và ghi xã, phường hoặc đặc khu mới."), "province": tr("Ghi tỉnh, thành phố."),
        }
        for name, field in self._fields.items():
            if not field.text().strip():
                field.set_message(words[name])
                field.line.setFocus()
                return False
        try:
            read_item_code(self.item.text())
        except Refusal:
            self.item.set_message(tr("Mã bưu gửi gõ sai: kiểm tra lại từng chữ số, hoặc quét nhãn."))
            self.item.line.setFocus()
            return False
        return True

    def carry_out(self) -> None:
        known = self._known
        assert known is not None
        parcel = Parcel(
            self.name.text(), self.phone.number(), self.line.text(), self.commune.text(), self.province.text(),
            known.address.old_text, item_code=self.item.text(),
            originals=tuple(name for name, tick in self._ticks if tick.isChecked()),
            fee=self.fee.amount() if known.is_money_due else None, postage=self.postage.amount() or 0,
        )
        sent = carry_out(self._desk, post_result, known.code, parcel, intent=self.intent, codes=(known.code,))
        self._desk.sound.accept()
        self._desk.frame.say(tr("Đã ghi gửi {code} với mã {item}", code=sent.code,
                                item=read_item_code(sent.item_code).shown))

    # inside

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.addWidget(self.item, 0, 0)
        grid.addWidget(self.name, 1, 0)
        grid.addWidget(self.phone, 1, 1)
        grid.addWidget(self.line, 2, 0, 1, 2)
        grid.addWidget(self.commune, 3, 0)
        grid.addWidget(self.province, 3, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        money = QHBoxLayout()
        money.setSpacing(14)
        money.addWidget(self.fee, 1)
        money.addWidget(self.postage, 1)
        money.addWidget(self._cod, 1, Qt.AlignmentFlag.AlignBottom)
        self.content.addWidget(self._about)
        self.content.addLayout(grid)
        self.content.addWidget(self._old)
        self.content.addLayout(money)
        self.content.addLayout(self._originals)
        self.content.addStretch(1)

    def _show_originals(self, known: ToSend) -> None:
        while (item := self._originals.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        self._ticks = []
        if known.originals:
            self._originals.addWidget(Text(tr("Bản gốc gửi kèm"), "secondary"))
        for one in known.originals:
            tick = Tick(one.name)
            tick.setChecked(True)
            self._ticks.append((one.id, tick))
            self._originals.addWidget(tick)

    def _on_edited(self, field: LineField) -> None:
        field.set_message("")
        self._show_cod()

    def _show_cod(self) -> None:
        amount = (self.fee.amount() or 0) + (self.postage.amount() or 0)
        self._cod.setText(tr("Bưu tá thu: {amount}", amount=money_text(amount)))
