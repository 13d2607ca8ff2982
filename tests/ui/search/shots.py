"""`python -m tests.ui.search.shots OUTDIR [NAME …]`: looking for persons, and why."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.office import Office, office_in
from tests.ui.dossier.desk import make_desk
from tests.ui.report.desk import play
from tests.ui.shooting import Studio, open_wide, put_away, take, window_of
from ui.counter_figures import counter_state
from ui.main_window import MainWindow
from ui.operations.desk import Desk
from ui.pages.search.page import SearchPage
from ui.shortcuts import Place

Scene = Callable[[Office, Desk, MainWindow], None]


def page_of(window: MainWindow, desk: Desk) -> SearchPage:
    window.register_place(Place.SEARCH, lambda: SearchPage(desk))
    page = window.go(Place.SEARCH)
    assert isinstance(page, SearchPage)
    window.show_state(counter_state(desk, {}))
    return page


def found(office: Office, desk: Desk, window: MainWindow) -> None:
    page_of(window, desk).search("nguyễn")


def reason(office: Office, desk: Desk, window: MainWindow) -> None:
    page_of(window, desk).ask_purpose()


SCENES: tuple[Scene, ...] = (found, reason)


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
