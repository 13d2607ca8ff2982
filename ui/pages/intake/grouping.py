"""The go that the form on the desk belongs to: said over the steps, opened as a basket, ended or left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.money import format_money
from app.services.groups import Basket
from ui.dialogs.basket_sheet import BasketSheet
from ui.operations.desk import Desk
from ui.operations.group import basket, print_annex
from ui.pages.intake import keys
from ui.pages.intake.form import IntakeForm
from ui.translations import tr
from ui.widgets.banner import Banner


class Grouping(QObject):
    """`bar` says how many dossiers and how much so far. The book is asked when the group changes, not at a key."""

    ended = Signal()               # the form on the desk leaves the group

    def __init__(self, desk: Desk, form: Callable[[], IntakeForm], host: QWidget) -> None:
        super().__init__(host)
        self._desk, self._form, self._host = desk, form, host
        self._basket = Basket("", ())
        self._sheet: BasketSheet | None = None
        self.bar = Banner()
        self.bar.asked.connect(self.open)

    @property
    def is_open(self) -> bool:
        return self._sheet is not None and self._sheet.is_open

    def show(self, *, is_forced: bool = False) -> None:
        group = self._form().group if self._form().correcting is None else ""
        if group == self._basket.group and not is_forced:
            return
        self._basket = basket(self._desk, group) if group else Basket("", ())
        if not group:
            self.bar.silence()
            return
        amount = len(self._basket.members)
        self.bar.say(
            "info", tr("Đang nhận nhóm: {n} hồ sơ, phải thu ngay {amount}", n=amount,
                       amount=format_money(self._basket.now)),
            tr("{same_person}: lưu rồi nhận tiếp cho người này · {same_procedure}: người khác, cùng thủ tục · "
               "{last}: hồ sơ cuối của nhóm", same_person=keys.SAME_PERSON.cap,
               same_procedure=keys.SAME_PROCEDURE.cap, last=keys.RECEIVE.cap),
            tr("Giỏ, kết thúc"), keys.BASKET.cap,
        )

    def open(self) -> None:
        """Alt B; nothing to show outside a group."""
        if self.is_open or not self._basket.members:
            return
        sheet = self._sheet = BasketSheet(self._host.window())
        self._host.destroyed.connect(sheet.deleteLater)
        sheet.show_basket(self._basket)
        sheet.confirmed.connect(self._on_ended)
        sheet.left.connect(self._on_left)
        sheet.closed.connect(self._put_away)
        sheet.open()

    def close_sheet(self) -> None:
        if self._sheet is not None:
            self._sheet.close_sheet()
            self._put_away()

    def _on_ended(self) -> None:
        group = self._basket.group
        self.close_sheet()
        print_annex(self._desk, group, self.ended.emit)

    def _on_left(self) -> None:
        self.close_sheet()
        self._desk.frame.say(
            tr("Đã kết thúc nhóm, chưa in biên bản. Mở một hồ sơ của nhóm để in khi cần."), "info"
        )
        self.ended.emit()

    def _put_away(self) -> None:
        if self._sheet is not None:
            self._sheet.deleteLater()
        self._sheet = None
