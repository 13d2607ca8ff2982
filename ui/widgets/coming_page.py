"""The page of a place whose work comes with a later release: what it will do, when, and what to do until then."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.shortcuts import PLACES, Place
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.glyph import Glyph
from ui.widgets.page import Page
from ui.widgets.text import Text


class Coming(NamedTuple):
    """`release` brings it; `will` says what it will do, `until` how the work is done today."""

    release: str
    will: tuple[str, ...]
    until: str


COMING: dict[Place, Coming] = {
    Place.SETTINGS: Coming("0.6", (
        mark("Ghi danh quầy, máy in cho từng loại giấy, máy quét, người dùng."),
        mark("Gói danh mục thủ tục, sao lưu, tự kiểm tra, gói hỗ trợ."),
    ), mark("Hiện nay việc này làm bằng lệnh; người phụ trách máy xem tệp README.")),
}


class ComingPage(Page):
    """Calm and complete: no error, no dead end. `asked_home` goes back to work."""

    asked_home = Signal()

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        coming = COMING[place]
        super().__init__(tr(PLACES[place].name), parent=parent)
        self.head.addWidget(Chip(tr("Có từ bản {release}", release=coming.release), "info"))
        card = Card()
        card.setMaximumWidth(720)
        card.body.setContentsMargins(28, 24, 28, 24)
        card.body.setSpacing(10)
        lead = QHBoxLayout()
        lead.setSpacing(14)
        lead.addWidget(Glyph(PLACES[place].icon, "action", 32))
        lead.addWidget(Text(tr("Nơi này sẽ giúp bạn:"), "heading"), 1)
        card.body.addLayout(lead)
        for sentence in coming.will:
            row = QHBoxLayout()
            row.setContentsMargins(8, 0, 0, 0)
            row.setSpacing(18)
            row.addWidget(Glyph("dot", "ink-3", 18), alignment=Qt.AlignmentFlag.AlignTop)
            row.addWidget(Text(tr(sentence), is_wrapped=True), 1)
            card.body.addLayout(row)
        card.body.addSpacing(8)
        card.body.addWidget(Text(tr("Trong lúc chờ"), "heading"))
        card.body.addWidget(Text(tr(coming.until), "lead", is_wrapped=True))
        card.body.addSpacing(8)
        self.home = ActionButton(tr("Về màn hình Hôm nay"), PLACES[Place.HOME].key)
        self.home.clicked.connect(self.asked_home)
        card.body.addWidget(self.home, alignment=Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout()
        column.addWidget(card)
        column.addStretch(1)
        self.body.addLayout(column)

    def arrive(self) -> None:
        self.home.setFocus(Qt.FocusReason.OtherFocusReason)
