"""Quản trị: the cards of this machine, each with its keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.changes import Change
from ui.operations.desk import Desk
from ui.pages.admin.card import AdminCard
from ui.pages.admin.cards import CARDS
from ui.pages.scrolled import Scrolled
from ui.translations import tr
from ui.widgets.page import Page

WIDE = 900
"""From this width on two cards stand side by side."""


class AdminPage(Page):
    """Made of `CARDS`."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Quản trị"), tr("Sao lưu, phiên bản và việc của riêng máy này"), parent)
        self._columns = 0
        self.cards: tuple[AdminCard, ...] = tuple(make(desk, self) for make in CARDS)
        self._grid = QGridLayout()
        self._grid.setSpacing(14)
        self._grid.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        inside.setProperty("surface", "scrolled")
        inside.setLayout(self._grid)
        self.body.addWidget(Scrolled(inside), 1)
        for card in self.cards:
            self.bind_keys(card.keys)
        self._place(2)
        desk.changes.happened.connect(self._on_changed)

    def card(self, kind: type[AdminCard]) -> AdminCard:
        """The card of that kind."""
        return next(each for each in self.cards if isinstance(each, kind))

    def refresh(self) -> None:
        for card in self.cards:
            card.refresh()

    def arrive(self) -> None:
        self.refresh()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_scan(self, text: str, *, is_rewritten: bool = False) -> bool:
        return any(card.take_scan(text, is_rewritten=is_rewritten) for card in self.cards)

    def may_close(self) -> bool:
        for card in self.cards:
            card.stop()
        return True

    def _on_changed(self, change: Change) -> None:
        if self.isVisible():
            self.refresh()

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, card in enumerate(self.cards):
            self._grid.addWidget(card, number // columns, number % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    # Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(2 if event.size().width() >= WIDE else 1)
