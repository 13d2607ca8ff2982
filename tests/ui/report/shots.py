"""`python -m tests.ui.report.shots OUTDIR [NAME …]`: the page of reports, its lists and its sheets."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.services.reports.money import COLLECTIONS, FEES
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


SCENES: tuple[Scene, ...] = (first, figure, purpose, listed, days, fees, collections)


def main(arguments: list[str]) -> int:
    studio = Studio(arguments)
    for shot in studio.shots(SCENES):
        with tempfile.TemporaryDirectory(prefix="qmc-shots-") as folder, office_in(Path(folder)) as office:
            play(office, 24)
            desk = replace(make_desk(office)[0], language=lambda words=shot.words: words)  # type: ignore[misc]
            window = window_of(office)
            open_wide(window, shot.width, shot.height)
            shot.scene(office, desk, window)
            take(window, shot.file, glances=8)
            put_away(window)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
