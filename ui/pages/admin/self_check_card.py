"""Tự kiểm tra: what the last one found, and the way to the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtWidgets import QWidget

from app.domain.self_check import Checked, State
from app.services.support.last_check import last_check
from ui.delegates.dates import near_moment
from ui.models.self_check_words import NAMES, STATES, summary, told
from ui.operations.desk import Desk
from ui.operations.self_check import sign_at
from ui.pages.admin.card import AdminCard, Stand
from ui.pages.admin.verify_act import VerifyAct
from ui.pages.sync.machine_card import Fact
from ui.shortcuts import Key, Place
from ui.translations import mark, tr

CHECK = Key("T", mark("Tự kiểm tra máy"))
SUPPORT = Key("G", mark("Mã hỗ trợ và gói hỗ trợ"))
SHOWN = 2


class SelfCheckCard(AdminCard):
    """The page begins the check; the card only tells. The book is verified from here."""

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__(tr("Tự kiểm tra"), desk, host)
        self.check = self.add_act(CHECK, tr("Tự kiểm tra…"), self.open_check)
        self.support = self.add_act(SUPPORT, tr("Mã hỗ trợ…"), self.open_support)
        self.verifying = VerifyAct(self, desk)
        self.end_acts()

    def refresh(self) -> None:
        with self._desk.office.database.reading() as connection:
            last = last_check(connection)
        self.tell(self._facts(last), " ".join((
            tr("Xem từng phần của máy và in một trang thử. Khi gọi hỗ trợ, đọc mã hỗ trợ qua điện thoại."),
            tr("Kiểm tra sổ: bộ kiểm tra riêng đọc lại mọi thứ, không ghi gì; quầy vẫn làm việc."),
        )), self._in_short(last))

    def stop(self) -> None:
        self.verifying.stop()

    def open_check(self) -> None:
        from ui.pages.self_check.page import SelfCheckPage

        self._desk.frame.open_beside(Place.SETTINGS, lambda: SelfCheckPage(self._desk))

    def open_support(self) -> None:
        from ui.dialogs.support_sheet import SupportSheet

        desk = self._desk
        sheet = SupportSheet(self._host.window(), desk.office.folder, desk.language)
        sheet.closed.connect(sheet.deleteLater)
        sheet.ask(sign_at(desk))

    def _in_short(self, last: tuple[datetime, tuple[Checked, ...]] | None) -> Stand:
        if last is None:
            return Stand(tr("Chưa kiểm tra lần nào"), "warn")
        words, tone = summary(last[1])
        return Stand(f"{near_moment(last[0], self._desk.clock())}: {words}", tone)

    def _facts(self, last: tuple[datetime, tuple[Checked, ...]] | None) -> Iterator[Fact]:
        now = self._desk.clock()
        if last is None:
            yield Fact(tr("Lần kiểm tra gần nhất"), tr("chưa lần nào"), tr("bấm T"), "warn")
            return
        at, found = last
        words, tone = summary(found)
        yield Fact(tr("Lần kiểm tra gần nhất"), near_moment(at, now), words, "" if tone == "ok" else tone)
        worst = sorted((each for each in found if each.state in (State.BAD, State.WARN)),
                       key=lambda each: each.state is not State.BAD)
        for each in worst[:SHOWN]:
            yield Fact(tr(NAMES[each.part]), tr(STATES[each.state][0]),
                       told(each, now, self._desk.language()).meaning, STATES[each.state][1])
