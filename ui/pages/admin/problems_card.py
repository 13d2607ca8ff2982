"""Điều đã biết: what the province says is wrong with the version that runs here; the words stand under F1."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.vietnam_time import local
from app.services.known_problems import read_problems
from sync import __version__
from ui.delegates.dates import day_text
from ui.help_pages import PROBLEMS_PAGE
from ui.main_window import MainWindow
from ui.operations.desk import Desk
from ui.operations.upgrade import own_version
from ui.pages.admin.card import AdminCard, Stand
from ui.pages.sync.machine_card import Fact
from ui.shortcuts import Key
from ui.translations import mark, tr

READ = Key("I", mark("Đọc điều tỉnh báo về bản này"))
_MOST = 4


class ProblemsCard(AdminCard):
    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__(tr("Điều đã biết ở bản này"), desk, host)
        self.read_ = self.add_act(READ, tr("Đọc cách làm"), self.read)
        self.end_acts()

    def refresh(self) -> None:
        office, version = self._desk.office, own_version() or __version__
        with office.database.reading() as connection:
            known = read_problems(connection, office.enrolled.province_key, version)
        more, unread = len(known) - _MOST, sum(each.is_new for each in known)
        self.tell((
            Fact(each.problem.words(self._desk.language()).title, day_text(local(each.came).date()),
                 tr("mới, chưa ai đọc") if each.is_new else "", "warn" if each.is_new else "")
            for each in known[:_MOST]
        ), tr("Còn {n} điều nữa trong trợ giúp.", n=more) if more > 0 else "" if known else tr(
            "Tỉnh chưa báo điều gì về bản {version}. Điều đã biết khi phát hành nằm trong trợ giúp.",
            version=version), _in_short(len(known), unread))

    def read(self) -> None:
        window = self._host.window()
        if isinstance(window, MainWindow):
            window.show_help(PROBLEMS_PAGE)


def _in_short(known: int, unread: int) -> Stand:
    if unread:
        return Stand(tr("{n} điều mới, chưa ai đọc", n=unread), "warn")
    return Stand(tr("Tỉnh đã báo {n} điều", n=known) if known else tr("Tỉnh chưa báo điều gì"))
