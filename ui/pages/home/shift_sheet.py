"""Bàn giao ca: what is left open, counted; who takes over; what only the clerks can count."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.route_papers import MinutesKind
from app.domain.shift_left import LeftSection, Stated
from app.errors import KnownError
from app.services.shift import next_clerks
from app.services.shift_left import read_left
from app.services.till.reading import open_session_of
from ui.dialogs.secret_field import SecretField
from ui.dialogs.sheet import Sheet
from ui.messages import sentence
from ui.models.shift_words import SECTIONS, line_words
from ui.operations.desk import Desk, new_intent
from ui.operations.shift import hand_over, take_over
from ui.shortcuts import Key, bind
from ui.translations import mark, tr
from ui.widgets.banner import Banner
from ui.widgets.choice import Choice
from ui.widgets.line_field import LineField
from ui.widgets.money_field import MoneyField
from ui.widgets.text import Text

SHOWN = 3
"""Lines of each section on screen; the paper has them all."""
WRITTEN = frozenset({MinutesKind.CASH, MinutesKind.RECEIPT_BOOK, MinutesKind.STOCK})
"""Sections that the clerks fill in themselves."""


CLOSE_CASH = Key("Alt+C", mark("Chốt ca quỹ trước"))


class ShiftSheet(Sheet):
    """`ask` counts and opens; Enter stores, prints two copies, and the next clerk works this counter.

    A cash session that is open is said first: it is one clerk's, and what the next one takes would lie in it.
    """

    close_cash_asked = Signal()

    def __init__(self, host: QWidget, desk: Desk) -> None:
        super().__init__(host, tr("Bàn giao ca"), tr("Bàn giao và in biên bản"), width=980)
        self._desk = desk
        self._intent = ""
        self._lead = Text("", "lead", is_wrapped=True)
        self.cash_open = Banner()
        self.cash_open.asked.connect(self._close_cash)
        bind(self, {CLOSE_CASH: self._close_cash})
        self.to = Choice(tr("Người nhận ca"))
        self.cash = MoneyField(tr("Tiền mặt bàn giao (nếu có)"))
        self.receipt_book = LineField(tr("Biên lai: quyển, số tiếp theo"))
        self.stock = LineField(tr("Máy in, giấy, thiết bị"))
        self.note = LineField(tr("Ý kiến của hai bên"))
        self.secret = SecretField(tr("Mã bí mật của người nhận ca"))
        self.refused = Banner()
        self._left = QWidget()
        self._grid = QGridLayout(self._left)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        fields = QGridLayout()
        fields.setHorizontalSpacing(16)
        fields.setVerticalSpacing(8)
        for number, field in enumerate((self.cash, self.receipt_book, self.stock, self.note)):
            fields.addWidget(field, number // 2, number % 2)
        self.content.addWidget(self.cash_open)
        self.content.addWidget(self._lead)
        self.content.addWidget(Text(tr("Người nhận ca"), "secondary"))
        self.content.addWidget(self.to)
        self.content.addWidget(self.secret)
        self.content.addWidget(self.refused)
        self.content.addLayout(fields)
        self.content.addWidget(self._left)
        self.confirmed.connect(self._store)

    def ask(self) -> None:
        """Everything is counted anew; nothing is stored before Enter."""
        office = self._desk.office
        counter = office.enrolled
        self._intent = new_intent(self._desk)
        with office.database.reading() as connection:
            self.show_left(read_left(connection, counter, Stated()))
            held = open_session_of(connection, counter.device)
        if held is None:
            self.cash_open.silence()
        else:
            self.cash_open.say("warn", tr("Ca quỹ của {name} còn mở", name=held.clerk_name),
                               tr("Tiền người nhận ca thu sau đó sẽ nằm trong ca này."), tr(CLOSE_CASH.does),
                               CLOSE_CASH.cap)
        self.to.clear()
        for clerk in next_clerks(counter):
            self.to.addItem(clerk.name, clerk.id)
        has_next = self.to.count() > 0
        self.act.setEnabled(has_next)
        self._lead.setText(
            tr("{name} giao ca. Hai bên kiểm đếm rồi bấm Enter; việc làm sau đó mang tên người nhận.",
               name=counter.shift_name)
            if has_next else tr("Quầy này chỉ có một người. Khi tỉnh thêm người mới bàn giao ca được.")
        )
        self.cash.set_amount(None)
        for field in (self.receipt_book, self.stock, self.note):
            field.set_text("")
        self.secret.setVisible(counter.has_sign_in)
        self.secret.line.clear()
        self.refused.silence()
        self.open(self.to)

    def show_left(self, sections: Sequence[LeftSection]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        counted = [section for section in sections if section.kind not in WRITTEN]
        for row, section in enumerate(counted):
            words = [line_words(line) for line in section.lines[:SHOWN]]
            if len(section.lines) > SHOWN:
                words.append(tr("và {n} dòng nữa trong biên bản", n=len(section.lines) - SHOWN))
            self._grid.addWidget(Text(tr(SECTIONS[section.kind]), "secondary"), row, 0)
            self._grid.addWidget(Text("; ".join(words) or tr("không có"), is_wrapped=True), row, 1)

    def may_confirm(self) -> bool:
        if self.secret.isVisibleTo(self) and not self.secret.text():
            self.secret.setFocus()
            return False
        return self.to.currentIndex() >= 0

    def _close_cash(self) -> None:
        if self.cash_open.isVisibleTo(self):
            self.close_sheet()
            self.close_cash_asked.emit()

    def _store(self) -> None:
        stated = Stated(self.cash.amount(), self.receipt_book.text(), self.stock.text(), self.note.text())
        to = str(self.to.currentData())
        if self._desk.office.enrolled.has_sign_in:
            secret = self.secret.text()
            self.secret.line.clear()
            take_over(self._desk, to, secret, stated, intent=self._intent, on_done=self.close_sheet,
                      on_failure=self._on_refused)
        elif hand_over(self._desk, to, stated, intent=self._intent) is not None:
            self.close_sheet()

    def _on_refused(self, error: Exception) -> None:
        """Her secret was not right: nothing is handed over, all that was written stands."""
        if not isinstance(error, KnownError):
            raise error
        said = sentence(error, self._desk.language())
        self.refused.say("bad", said.title, f"{said.detail()} ({said.code})")
        self._is_answered = False
        self._fit()
        self.secret.setFocus()
