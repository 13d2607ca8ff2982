"""`python -m tests.ui.dialogs.shots OUTDIR [NAME …]`: a stored paper over its dossier as pictures."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.imaging.table_process import LightTable
from app.store.queries.papers import confirm_file, files_waiting
from tests.app.services.scans import check
from tests.ui.dialogs.filed import ABOUT, Filed, filed, pdf
from ui.dialogs.document_sheet import DocumentSheet
from ui.main_window import MainWindow
from ui.pages.dossier.page import DossierPage
from ui.shortcuts import Place
from ui.theme import install_theme
from ui.translations import Language
from ui.widgets.counter_state import CounterName

Scene = Callable[[Filed, DossierPage], None]
PATIENCE = 60.0
LOOKS = (
    ("light", 1366, 768, "vi"), ("light", 1920, 1080, "vi"), ("contrast", 1366, 768, "vi"),
    ("light", 1366, 768, "en"), ("light", 1093, 614, "vi"),
)


def wait(until: Callable[[], bool]) -> None:
    """Lets Qt work until `until`; a picture that never comes is an error."""
    end = time.monotonic() + PATIENCE
    while not until():
        QApplication.processEvents()
        time.sleep(0.01)
        if time.monotonic() > end:
            raise TimeoutError("the scene was never ready")


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


def many(held: Filed, page: DossierPage) -> None:
    held.file([pdf(51)], [51])
    look(held, page).print()


SCENES: tuple[Scene, ...] = (one, forty_old, zoomed, damaged, many)


def shoot(held: Filed, scene: Scene, width: int, height: int, file: Path) -> None:
    window = MainWindow(held.office.clock.now)
    counter = held.office.application.enrolled
    window.show_name(CounterName(counter.office_name, counter.name, held.office.clerk.name, "Công an tỉnh Mẫu"))
    window.register_place(Place.HOME, QWidget)
    window.go(Place.HOME)
    window.resize(width, height)
    window.show()
    window.activateWindow()
    page = window.open_beside(Place.HOME, lambda: DossierPage(held.desk, held.code))
    assert isinstance(page, DossierPage)
    scene(held, page)
    for _ in range(10):
        QApplication.processEvents()
        time.sleep(0.02)
    window.grab().save(str(file))
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def main(arguments: list[str]) -> int:
    folder, wanted = Path(arguments[0]), arguments[1:]
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    look_, language = install_theme(app), Language(app)
    with LightTable(children=2) as table:
        for scene in SCENES:
            if wanted and scene.__name__ not in wanted:
                continue
            for theme, width, height, words in LOOKS:
                look_.use(theme)
                language.use(words)
                with tempfile.TemporaryDirectory(prefix="qmc-shots-") as place, filed(Path(place), table) as held:
                    shoot(held, scene, width, height, folder / f"{scene.__name__}-{width}-{theme}-{words}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
