"""`python -m tests.ui.dialogs.shots OUTDIR [NAME …]`: a stored paper over its dossier as pictures."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.imaging.table_process import LightTable
from app.store.queries.papers import confirm_file, files_waiting
from tests.app.services.scans import check
from tests.ui.dialogs.filed import ABOUT, Filed, filed, leave, pdf
from tests.ui.shooting import Shot, Studio, open_wide, put_away, take, wait, window_of
from ui.dialogs.document_sheet import DocumentSheet
from ui.pages.dossier.page import DossierPage
from ui.shortcuts import Place

Scene = Callable[[Filed, DossierPage], None]


def look(held: Filed, page: DossierPage, *, is_shown: bool = True) -> DocumentSheet:
    page.refresh()
    page.papers.table.stand_on(0)
    page.look_at_paper()
    sheet = page.document
    assert sheet is not None
    if is_shown:
        wait(lambda: sheet.viewing.is_sharp)
    wait(lambda: not held.scans.work.is_busy)
    return sheet


def one(held: Filed, page: DossierPage) -> None:
    held.file([pdf(3, dpi=150)], [3], about=ABOUT)
    check(held.office, held.code, "1", 1, intent="đối-chiếu")
    look(held, page)


def forty_old(held: Filed, page: DossierPage) -> None:
    held.file([pdf(40, dpi=100), pdf(2, seed=1, dpi=100)], [40, 2], about=ABOUT)
    with held.office.application.database.writing() as connection:
        for file in files_waiting(connection):
            confirm_file(connection, file.sha256, held.office.clock.now())
    held.office.clock.advance(timedelta(minutes=14))
    held.file([pdf(1, seed=1)], [1])
    sheet = look(held, page)
    sheet.step_version(1)
    sheet.step(3)
    wait(lambda: sheet.viewing.is_sharp and not held.scans.work.is_busy)


def zoomed(held: Filed, page: DossierPage) -> None:
    held.file([pdf(2, seed=1, dpi=200)], [2])
    sheet = look(held, page)
    for _ in range(4):
        sheet.view.zoom_in()
    wait(lambda: sheet.viewing.is_sharp and not held.scans.work.is_busy)


def damaged(held: Filed, page: DossierPage) -> None:
    [sha256] = held.file([pdf(2)], [2])
    held.spoil(sha256)
    look(held, page, is_shown=False)


def left(held: Filed, page: DossierPage) -> None:
    """The scan has left for the province."""
    [sha256] = held.file([pdf(2)], [2], about=ABOUT)
    leave(held, sha256)
    look(held, page, is_shown=False)


def many(held: Filed, page: DossierPage) -> None:
    held.file([pdf(51)], [51])
    look(held, page).print()


SCENES: tuple[Scene, ...] = (one, forty_old, zoomed, damaged, left, many)


def shoot(held: Filed, shot: Shot[Scene]) -> None:
    window = window_of(held.office)
    window.register_place(Place.HOME, QWidget)
    window.go(Place.HOME)
    open_wide(window, shot.width, shot.height)
    page = window.open_beside(Place.HOME, lambda: DossierPage(held.desk, held.code))
    assert isinstance(page, DossierPage)
    shot.scene(held, page)
    take(window, shot.file, glances=10)
    put_away(window)


def main(arguments: list[str]) -> int:
    studio = Studio(arguments)
    with LightTable(children=2) as table:
        for shot in studio.shots(SCENES):
            with tempfile.TemporaryDirectory(prefix="qmc-shots-") as place, filed(Path(place), table) as held:
                shoot(held, shot)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
