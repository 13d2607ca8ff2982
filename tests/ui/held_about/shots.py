"""`python -m tests.ui.held_about.shots OUTDIR [NAME …]`: the card of Quản trị, the asking, the report."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.services.reveal import reveal_person
from tests.app.services.retention.desk import KeepingDesk
from tests.app.services.scans import page_bytes, scan
from tests.office import Office, office_in
from tests.ui.dossier.desk import make_desk
from tests.ui.shooting import Studio, open_wide, put_away, take, window_of
from ui.main_window import MainWindow
from ui.operations.desk import Desk
from ui.pages.admin.page import AdminPage
from ui.pages.admin.retention_card import RetentionCard
from ui.pages.search.page import SearchPage
from ui.shortcuts import Place

Scene = Callable[[Office, Desk, MainWindow], None]
NUMBER = "049190004217"


def stand(office: Office) -> None:
    """Dossiers of which some have left, some are due, some wait."""
    keeping = KeepingDesk(office)
    for turn in range(3):
        keeping.ended(f"a{turn}", turn + 1)
    keeping.confirm()
    keeping.wait(31)
    keeping.run()
    keeping.ended("b", 11)
    keeping.confirm()
    keeping.wait(5)
    for turn in range(2):
        keeping.ended(f"c{turn}", 21 + turn)
    scan(office, "c0", page_bytes(999), ordinal=9)
    code, _ = keeping.scanned("d", 31)
    application = office.application
    with application.database.writing() as connection:
        reveal_person(connection, application.enrolled, office.clerk, code, "phone", intent="xem",
                      now=office.clock.now(), randomness=office.noise.randbytes)
    application.counter = keeping.counter  # type: ignore[misc]


def card(office: Office, desk: Desk, window: MainWindow) -> None:
    stand(office)
    _page(window, desk).show_card(RetentionCard)


def card_without_term(office: Office, desk: Desk, window: MainWindow) -> None:
    _page(window, desk).show_card(RetentionCard)


def ask(office: Office, desk: Desk, window: MainWindow) -> None:
    _page(window, desk).show_card(RetentionCard).open_report()


def ask_wrong(office: Office, desk: Desk, window: MainWindow) -> None:
    ask(office, desk, window)
    sheet = window.findChild(_ask_sheet())
    assert sheet is not None
    sheet.number.set_text("Nguyễn Thị Mẫu Ánh")
    sheet.confirm()


def report(office: Office, desk: Desk, window: MainWindow) -> None:
    stand(office)
    window.register_place(Place.SEARCH, lambda: SearchPage(desk))
    page = window.go(Place.SEARCH)
    assert isinstance(page, SearchPage)
    page.ask_held()
    sheet = window.findChild(_ask_sheet())
    assert sheet is not None
    sheet.number.set_text(NUMBER)
    sheet.fill("Công dân yêu cầu được biết")
    sheet.confirm()


def _ask_sheet() -> type:
    from ui.dialogs.held_ask_sheet import HeldAskSheet

    return HeldAskSheet


def _page(window: MainWindow, desk: Desk) -> AdminPage:
    window.register_place(Place.SETTINGS, lambda: AdminPage(desk))
    page = window.go(Place.SETTINGS)
    assert isinstance(page, AdminPage)
    return page


SCENES: tuple[Scene, ...] = (card, card_without_term, ask, ask_wrong, report)


def main(arguments: list[str]) -> int:
    studio = Studio(arguments)
    for shot in studio.shots(SCENES):
        with tempfile.TemporaryDirectory(prefix="qmc-shots-") as folder, office_in(Path(folder)) as office:
            desk = replace(make_desk(office)[0], language=lambda words=shot.words: words)  # type: ignore[misc]
            window = window_of(office)
            open_wide(window, shot.width, shot.height)
            shot.scene(office, desk, window)
            take(window, shot.file, glances=8)
            put_away(window)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
