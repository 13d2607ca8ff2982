"""Quản trị: how each matter of this machine stands, at the left; the chosen one with facts and keys beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from ui.changes import Change
from ui.operations.desk import Desk
from ui.pages.admin.card import URGENT, AdminCard
from ui.pages.admin.cards import CARDS
from ui.pages.admin.matters_list import Matter, MattersList
from ui.pages.scrolled import Scrolled
from ui.shortcuts import Key
from ui.translations import mark, tr
from ui.widgets.card import Card
from ui.widgets.page import Page

C = TypeVar("C", bound=AdminCard)

WIDE = 700
"""From this width on the matters stand beside the chosen card, else above it."""

_SHARE, _NARROWEST, _WIDEST, _CARD = 0.36, 264, 460, 880
_SHOWN_ABOVE = 3


class AdminPage(Page):
    """Made of `CARDS`. A key works whichever card is shown, and shows its own."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Quản trị"), tr("Sao lưu, phiên bản và việc của riêng máy này"), parent)
        self._has_arrived = False
        self.cards: tuple[AdminCard, ...] = tuple(make(desk, self) for make in CARDS)
        self.matters = MattersList()
        self._left = Card(is_flush=True)
        self._left.body.setContentsMargins(0, 0, 0, 0)
        self._left.body.addWidget(self.matters)
        self._stack = QStackedWidget()
        self._soon = QTimer(self)                  # several words with one refresh: one look at the end of it
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show_matters)
        for card in self.cards:
            card.setMaximumWidth(_CARD)
            self._stack.addWidget(Scrolled(card))
            card.told.connect(self._soon.start)
            self.bind_keys({key: partial(self._do, card, work) for key, work in card.keys.items()})
        self.tell_keys(Key("Up", mark("Việc trước")), Key("Down", mark("Việc sau")),
                       Key("Return", mark("Vào các nút của việc này")))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(14)
        self._row.addWidget(self._left, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._stack, 1)
        self.body.addLayout(self._row, 1)
        self.matters.chosen.connect(self._stack.setCurrentIndex)
        self.matters.accepted.connect(lambda: self.cards[self._stack.currentIndex()].step_in())
        self._show_matters()
        self.matters.setCurrentRow(0)
        desk.changes.happened.connect(self._on_changed)

    def card(self, kind: type[C]) -> C:
        """The card of that kind."""
        return next(each for each in self.cards if isinstance(each, kind))

    def show_card(self, kind: type[C]) -> C:
        """The card of that kind, in front."""
        card = self.card(kind)
        self.matters.setCurrentRow(self.cards.index(card))
        return card

    def refresh(self) -> None:
        for card in self.cards:
            card.refresh()

    def arrive(self) -> None:
        """The first time what most asks for an eye is chosen; later what was."""
        self.refresh()
        if not self._has_arrived:
            self._has_arrived = True
            tones = [card.stand.tone for card in self.cards]
            asking = (tones.index(tone) for tone in URGENT if tone in tones)
            self.matters.setCurrentRow(next(asking, 0))
        self.matters.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_scan(self, text: str, *, is_rewritten: bool = False) -> bool:
        return any(card.take_scan(text, is_rewritten=is_rewritten) for card in self.cards)

    def may_close(self) -> bool:
        for card in self.cards:
            card.stop()
        return True

    # inside

    def _do(self, card: AdminCard, work: Callable[[], object]) -> None:
        self.matters.setCurrentRow(self.cards.index(card))
        work()

    def _show_matters(self) -> None:
        self.matters.show_matters([
            Matter(card.accessibleName(), card.caps, card.stand) for card in self.cards])
        self._place()

    def _on_changed(self, change: Change) -> None:
        if self.isVisible():
            self.refresh()

    def _place(self) -> None:
        """All matters in sight where the window is wide enough; a very narrow one scrolls them."""
        room = self._row.geometry()
        is_wide = room.width() >= WIDE
        self._row.setDirection(
            QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)
        if is_wide:
            self.matters.share(room.height() - 2)
            self._left.setFixedWidth(max(_NARROWEST, min(_WIDEST, int(room.width() * _SHARE))))
        else:
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(16_777_215)
            self.matters.share(0, most_rows=_SHOWN_ABOVE)

    # Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon.start()
