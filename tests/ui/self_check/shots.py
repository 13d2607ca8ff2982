"""`python -m tests.ui.self_check.shots OUTDIR [NAME …]`: Tự kiểm tra, its card, and the support code."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from app.domain.self_check import Checked, Part, State
from app.services.support.at_work import AtWork, begin, note, own_seq
from app.services.support.last_check import note_check
from tests.office import Office, office_in
from tests.ui.dossier.desk import make_desk
from tests.ui.dossier.stories import STORIES
from tests.ui.shooting import Studio, open_wide, put_away, take, window_of
from ui.dialogs.support_sheet import SupportSheet
from ui.main_window import MainWindow
from ui.operations.desk import Desk
from ui.operations.self_check import sign_at
from ui.pages.admin.page import AdminPage
from ui.pages.admin.self_check_card import SelfCheckCard
from ui.pages.home.page import HomePage
from ui.pages.self_check.page import SelfCheckPage
from ui.shortcuts import Place

Scene = Callable[[Office, Desk, MainWindow], None]
AT = "2026-11-23T08:02:00+07:00"
GOOD = (
    Checked(Part.BOOK, State.GOOD, "whole", {"at": AT}),
    Checked(Part.BACKUP, State.GOOD, "good", {"at": AT, "drill": AT}),
    Checked(Part.DISK, State.GOOD, "good", {"free_mb": 51_200, "ms": 4}),
    Checked(Part.CLOCK, State.GOOD, "good", {"seconds": 0}),
    Checked(Part.GATEWAY, State.GOOD, "good", {"at": AT, "unsent": 0}),
    Checked(Part.MEDIUM, State.GOOD, "good", {"at": AT, "operations": 0}),
    Checked(Part.RECOVERY, State.GOOD, "proved", {"at": AT}), Checked(Part.PRINTER, State.GOOD, "ready"),
    Checked(Part.LOOP, State.GOOD, "whole"), Checked(Part.SCANNER, State.GOOD, "there", {"count": 1}),
)
TROUBLE = (
    Checked(Part.BOOK, State.GOOD, "unread"), Checked(Part.BACKUP, State.WARN, "no_drill", {"at": AT}),
    Checked(Part.DISK, State.BAD, "too_slow", {"free_mb": 1_900, "ms": 812}),
    Checked(Part.CLOCK, State.BAD, "clock_slow", {"seconds": 4_000}),
    Checked(Part.GATEWAY, State.WARN, "unreachable", {"at": AT, "unsent": 412, "code": "line_down"}),
    Checked(Part.MEDIUM, State.BAD, "trouble", {"operations": 412, "code": "second_copy_missing"}),
    Checked(Part.RECOVERY, State.WARN, "not_proved"),
    Checked(Part.PRINTER, State.BAD, "trouble", {"code": "printer_out_of_paper", "printer": "HP-1"}),
    Checked(Part.LOOP, State.BAD, "telex"), Checked(Part.SCANNER, State.OPEN, "none"),
)


class Shown(SelfCheckPage):
    """The page with what is given instead of a check of this machine."""

    given: tuple[Checked, ...] = ()

    def check(self) -> None:
        for each in self.given:
            self._show(each)


def page_of(window: MainWindow, desk: Desk, given: tuple[Checked, ...]) -> SelfCheckPage:
    Shown.given = given
    page = window.open_beside(Place.SETTINGS, lambda: Shown(desk))
    assert isinstance(page, SelfCheckPage)
    return page


def good(office: Office, desk: Desk, window: MainWindow) -> None:
    page_of(window, desk, GOOD)


def trouble(office: Office, desk: Desk, window: MainWindow) -> None:
    page_of(window, desk, TROUBLE)


def going(office: Office, desk: Desk, window: MainWindow) -> None:
    page = page_of(window, desk, GOOD[:4])
    page.rows.rows[Part.GATEWAY].show_word("Đang xem…", "neutral")
    page.progress.start("Đang xem: Đường về tỉnh", total=9)
    page.progress.set_done(7)
    page.progress.show()
    page.said.setText("Đang kiểm tra…")


def card(office: Office, desk: Desk, window: MainWindow) -> None:
    with office.application.database.writing() as connection:
        note_check(connection, TROUBLE, office.clock.now())
    window.register_place(Place.SETTINGS, lambda: AdminPage(desk))
    page = window.go(Place.SETTINGS)
    assert isinstance(page, AdminPage)
    page.show_card(SelfCheckCard)


def code(office: Office, desk: Desk, window: MainWindow) -> None:
    page_of(window, desk, TROUBLE)
    sign = sign_at(desk)
    sign.said("disk_nearly_full")
    sheet = SupportSheet(window, office.application.folder, desk.language)
    sheet.ask(sign)


def crash(office: Office, desk: Desk, window: MainWindow) -> None:
    """The first screen after the power went while money was being taken."""
    STORIES["trouble"](office)
    application = office.application
    with application.database.reading() as connection:
        seq = own_seq(connection, application.enrolled)
    note(application.folder, AtWork(
        office.clock.now() - timedelta(minutes=4), "cash_page", "cash_collect_sheet", "", 1, seq - 3, seq))
    begin(application.folder, office.clock.now())
    window.register_place(Place.HOME, lambda: HomePage(desk))
    page = window.go(Place.HOME)
    assert isinstance(page, HomePage)
    page.offer_recovery()


SCENES: tuple[Scene, ...] = (good, trouble, going, card, code, crash)


def main(arguments: list[str]) -> int:
    studio = Studio(arguments)
    for shot in studio.shots(SCENES):
        with tempfile.TemporaryDirectory(prefix="qmc-shots-") as folder, office_in(Path(folder)) as office:
            STORIES["twenty"](office)
            office.application.reread()
            desk = replace(make_desk(office)[0], language=lambda words=shot.words: words)  # type: ignore[misc]
            window = window_of(office)
            open_wide(window, shot.width, shot.height)
            shot.scene(office, desk, window)
            take(window, shot.file, glances=8)
            put_away(window)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
