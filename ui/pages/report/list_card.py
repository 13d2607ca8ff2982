"""The list of a figure in front of the page: its title, how long it is, what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.services.reports.registry import Behind
from ui.models.counts import shown_count
from ui.operations.desk import Desk
from ui.operations.report import FigureList
from ui.pages.post.bar import Offers
from ui.pages.report import keys
from ui.pages.report.list_view import ListView
from ui.translations import mark, tr
from ui.widgets.card import Card

_OPEN, _BACK = (mark("Mở hồ sơ"), "Enter"), (mark("Về bảng"), keys.BACK.cap)
_SAVED = ((mark("Lưu Excel"), keys.SHEET.cap), (mark("Lưu PDF"), keys.PAPER.cap))


class ListCard(Card):
    """`asked` carries the key cap of the act that was pressed."""

    asked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Hồ sơ của con số"), is_flush=True)
        self.body.setSpacing(0)
        self.lists = ListView(desk, self)
        self._offers = Offers()
        self._offers.asked.connect(self.asked)
        self.body.addWidget(self._offers)
        self.body.addWidget(self.lists.stack, 1)

    def show_list(self, figure: FigureList, behind: Behind, period: str) -> None:
        self.lists.show_list(figure, behind)
        self.set_title(figure.title)
        count = shown_count(figure.count)
        self.set_note(tr("{count} dòng · {period}", n=figure.count, count=count, period=period))
        self._offers.show_acts((_OPEN, *(_SAVED if self.lists.may_be_saved else ()), _BACK))
