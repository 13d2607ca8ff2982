"""Whose cash session is open and since when. What should lie in the drawer is not shown: the count is blind."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.domain.vietnam_time import local
from ui.delegates.dates import lowered, near_moment
from ui.models.counts import shown_count
from ui.pages.cash import keys
from ui.pages.cash.reading import CashView
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.glyph import Glyph
from ui.widgets.text import ElidedText, Text


class SessionCard(Card):
    """`asked` carries the cap of the key that the pressed button stands for."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._glyph = Glyph("cash", "ok-ink", 28)
        self.title, self.detail = Text("", "heading"), ElidedText("", "secondary")
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._glyph)
        row.addLayout(words, 1)
        self.open, self.collect = self._button(tr("Mở ca"), keys.OPEN.cap), self._button(tr("Thu tiền"),
                                                                                        keys.COLLECT.cap)
        self.move_cash = self._button(tr("Tiền vào, ra"), keys.MOVE.cap)
        self.close_session = self._button(tr("Chốt ca"), keys.CLOSE.cap)
        for button in (self.open, self.collect, self.move_cash, self.close_session):
            row.addWidget(button)
        self.body.addLayout(row)

    def show_view(self, view: CashView, now: datetime) -> None:
        held = view.session
        self._glyph.set_icon("cash" if held else "warn", "ok-ink" if held else "warn-ink")
        if held is None:
            self.title.setText(tr("Chưa mở ca quỹ"))
            self.detail.setText(tr("Vẫn thu được; khoản thu ghi là thu ngoài ca, ca mở sau tự nhận vào."))
        else:
            self.title.setText(tr("Ca quỹ của {name}", name=held.clerk_name))
            since = tr("mở {at}", at=lowered(near_moment(held.opened_at, now)))
            if local(held.opened_at).date() != local(now).date():
                since += " · " + tr("ca từ ngày trước, nên chốt trước khi thu tiếp")
            self.detail.setText(f"{since} · {tr('{n} khoản đã thu', n=shown_count(view.collected))}")
        self.open.setVisible(held is None)
        self.move_cash.setVisible(held is not None)
        self.close_session.setVisible(held is not None)

    def _button(self, words: str, cap: str) -> ActionButton:
        button = ActionButton(words, cap)
        button.clicked.connect(lambda: self.asked.emit(cap))
        return button
