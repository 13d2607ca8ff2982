"""What one go has come to: its dossiers, what each costs, what is to be taken in all; then the annex."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.intake import FeeTiming
from app.domain.money import format_money
from app.services.groups import Basket, Member
from ui.dialogs.sheet import Sheet
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.text import ElidedText, Text


class BasketSheet(Sheet):
    """`show_basket` before `open`. `confirmed`: the go is over, the annex is wanted; `left`: over without one."""

    left = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, tr("Nhóm hồ sơ"), tr("Kết thúc, in biên bản giao nhận"),
                         way_back=tr("Nhận tiếp"), width=980)
        self._lines = QWidget()
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 2)
        self._grid.setColumnStretch(3, 3)
        self.total = Text("", "readback-figures", is_wrapped=True)
        self.rest = Text("", "secondary", is_wrapped=True)
        self.content.addWidget(self._lines)
        self.content.addWidget(Text(tr("Phải thu ngay"), "secondary"))
        self.content.addWidget(self.total)
        self.content.addWidget(self.rest)
        self.content.addStretch(1)
        self.leave = ActionButton(tr("Kết thúc, không in"), "R")
        self.leave.clicked.connect(self._on_left)
        self.foot.insertWidget(1, self.leave)

    def show_basket(self, basket: Basket) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for number, member in enumerate(basket.members, 1):
            self._add(number, member)
        self.title.setText(tr("Nhóm {n} hồ sơ", n=len(basket.members)))
        self.total.setText(format_money(basket.now))
        self.rest.setText(". ".join(said for said in (
            tr("Thu sau, khi trả kết quả: {amount}", amount=format_money(basket.later)) if basket.later else "",
            tr("{n} hồ sơ chưa rõ mức thu", n=basket.unknown) if basket.unknown else "",
        ) if said))
        self.rest.setVisible(bool(self.rest.text()))

    def _add(self, number: int, member: Member) -> None:
        cells: tuple[QWidget, ...] = (
            Text(str(number), "secondary"), Text(member.code, "figures"), ElidedText(member.applicant_name),
            ElidedText(member.procedure_name), Text(fee_words(member), "figures"),
        )
        for place, cell in enumerate(cells):
            self._grid.addWidget(cell, number, place)
        self._grid.setAlignment(cells[-1], Qt.AlignmentFlag.AlignRight)

    def _on_left(self) -> None:
        if self.isVisible():
            self.left.emit()

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_R and not event.isAutoRepeat():
            self._on_left()
            event.accept()
        else:
            super().keyPressEvent(event)


def fee_words(member: Member) -> str:
    """"200.000 đ", "200.000 đ, thu sau", "theo thông báo", "miễn"."""
    if member.timing is FeeTiming.EXEMPT:
        return tr("miễn")
    amount = tr("theo thông báo") if member.fee is None else format_money(member.fee)
    is_later = member.timing is FeeTiming.AFTER and member.fee != 0
    return tr("{amount}, thu sau", amount=amount) if is_later else amount
