"""`python -m tests.ui.report.shots OUTDIR [NAME …]`: the page of reports, its charts, lists and sheets."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.services.reports.money import COLLECTIONS, FEES
from app.services.till.usage import ID as RECEIPTS
from tests.office import Office, office_in
from tests.ui.dossier.desk import make_desk
from tests.ui.report.desk import play
from tests.ui.shooting import Studio, open_wide, put_away, take, window_of
from ui.counter_figures import counter_state
from ui.main_window import MainWindow
from ui.operations.desk import Desk
from ui.pages.report.page import ReportPage
from ui.shortcuts import Place

Scene = Callable[[Office, Desk, MainWindow], None]


def page_of(window: MainWindow, desk: Desk) -> ReportPage:
    window.register_place(Place.REPORT, lambda: ReportPage(desk))
    page = window.go(Place.REPORT)
    assert isinstance(page, ReportPage)
    window.show_state(counter_state(desk, {}))
    return page


def first(office: Office, desk: Desk, window: MainWindow) -> None:
    page_of(window, desk)


def figure(office: Office, desk: Desk, window: MainWindow) -> None:
    _stand(page_of(window, desk))


def purpose(office: Office, desk: Desk, window: MainWindow) -> None:
    _ask(page_of(window, desk))


def listed(office: Office, desk: Desk, window: MainWindow) -> None:
    page = page_of(window, desk)
    _ask(page)
    _give(page)


def days(office: Office, desk: Desk, window: MainWindow) -> None:
    page_of(window, desk).ask_days()


def fees(office: Office, desk: Desk, window: MainWindow) -> None:
    page_of(window, desk).choose_report(FEES)


def collections(office: Office, desk: Desk, window: MainWindow) -> None:
    page = page_of(window, desk)
    page.choose_report(COLLECTIONS)
    _give(page)


def charts(office: Office, desk: Desk, window: MainWindow) -> None:
    page = page_of(window, desk)
    page.turn()


def lateness(office: Office, desk: Desk, window: MainWindow) -> None:
    page = page_of(window, desk)
    page.choose_report("by-agency")
    page.turn()


def queue(office: Office, desk: Desk, window: MainWindow) -> None:
    page = page_of(window, desk)
    page.choose_report("my-day")
    page.turn()


def no_chart(office: Office, desk: Desk, window: MainWindow) -> None:
    page = page_of(window, desk)
    page.choose_report(RECEIPTS)
    page.turn()


def empty(office: Office, desk: Desk, window: MainWindow) -> None:
    page_of(window, desk).choose_report("post-items")


def register(office: Office, desk: Desk, window: MainWindow) -> None:
    page = page_of(window, desk)
    page.choose_report("register")
    _give(page)
    page.card.table.setFocus()


def waiting(office: Office, desk: Desk, window: MainWindow) -> None:
    page_of(window, desk).choose_report("waiting")


def online(office: Office, desk: Desk, window: MainWindow) -> None:
    page_of(window, desk).choose_report("online")


def outside(office: Office, desk: Desk, window: MainWindow) -> None:
    page_of(window, desk).choose_report("outside")


def my_day(office: Office, desk: Desk, window: MainWindow) -> None:
    """What a clerk did, opened: no person is named, so no purpose is asked."""
    page = page_of(window, desk)
    page.choose_report("my-day")
    page.card.table.setFocus()
    page.open_figure(page.card.table.currentIndex())


def handed(office: Office, desk: Desk, window: MainWindow) -> None:
    page = page_of(window, desk)
    page.choose_report("handovers")
    page.card.table.stand_on(0, 3)
    page.open_figure(page.card.table.currentIndex())


def _stand(page: ReportPage) -> None:
    page.card.table.stand_on(page.card.table.figures.rowCount() - 1, 4)
    page.card.table.setFocus()


def _ask(page: ReportPage) -> None:
    _stand(page)
    page.open_figure(page.card.table.currentIndex())


def _give(page: ReportPage) -> None:
    sheet = page.purpose_sheet
    assert sheet is not None
    sheet.fill("Đối chiếu số liệu báo cáo")
    sheet.confirm()


SCENES: tuple[Scene, ...] = (first, figure, purpose, listed, days, fees, collections, charts, lateness, queue,
                             no_chart, empty, register, waiting, online, outside, my_day, handed)


def main(arguments: list[str]) -> int:
    studio = Studio(arguments)
    for shot in studio.shots(SCENES):
        with tempfile.TemporaryDirectory(prefix="qmc-shots-") as folder, office_in(Path(folder)) as office:
            play(office, 24)
            desk = replace(make_desk(office)[0], language=lambda words=shot.words: words)  # type: ignore[misc]
            window = window_of(office)
            open_wide(window, shot.width, shot.height)
            shot.scene(office, desk, window)
            take(window, shot.file, glances=14)
            put_away(window)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
