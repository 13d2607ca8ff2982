"""Chuẩn bị máy: which steps are left, and the way back to them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from app.services.first_run import Standing, left
from ui.delegates.dates import near_moment
from ui.operations.desk import Desk
from ui.operations.first_run import read_steps
from ui.pages.admin.card import AdminCard, Stand
from ui.pages.first_run.words import TONES, name_of, state_of
from ui.pages.sync.machine_card import Fact
from ui.shortcuts import Key, Place
from ui.translations import mark, tr

OPEN = Key("C", mark("Chuẩn bị máy"))


class FirstRunCard(AdminCard):
    """What is not done stands first."""

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__(tr("Chuẩn bị máy"), desk, host)
        self.open = self.add_act(OPEN, tr("Chuẩn bị máy…"), self.open_page)
        self.end_acts()

    def refresh(self) -> None:
        standings = read_steps(self._desk)
        open_ = left(standings)
        self.tell(self._facts(standings, open_), tr(
            "Còn {n} bước. Mỗi bước được máy tự kiểm, không phải đánh dấu bằng tay.", n=len(open_)
        ) if open_ else tr("Mọi bước đều đã được kiểm và qua."), Stand(
            tr("Còn {n} bước", n=len(open_)), "warn") if open_ else Stand(tr("Mọi bước đã qua"), "ok"))

    def open_page(self) -> None:
        from ui.pages.first_run.page import FirstRunPage

        self._desk.frame.open_beside(Place.SETTINGS, lambda: FirstRunPage(self._desk))

    def _facts(self, standings: tuple[Standing, ...], open_: tuple[Standing, ...]) -> Iterator[Fact]:
        now = self._desk.clock()
        for each in sorted(standings, key=lambda one: one not in open_):
            when = near_moment(each.at, now) if each.at is not None else ""
            yield Fact(name_of(each.step), state_of(each), " · ".join(part for part in (each.name, when) if part),
                       str(TONES[each.state]))
