"""`python -m tests.ui.dossier.shots OUTDIR [NAME …]`: pages of Hôm nay, Tra cứu, Hồ sơ, Đồng bộ as pictures."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from tests.office import Office, office_in
from tests.ui.dossier.desk import make_desk
from tests.ui.dossier.life_stories import DISPUTED, MOVED, PAUSED, STOPPED
from tests.ui.search.many import fill
from tests.ui.shooting import Studio, open_wide, put_away, take, window_of
from ui.counter_figures import counter_state
from ui.main_window import MainWindow
from ui.operations.desk import Desk
from ui.pages.dossier.page import DossierPage
from ui.pages.dossier.superseded import ScannedPaper
from ui.pages.home.page import HomePage
from ui.pages.sync.page import SyncPage
from ui.shortcuts import Place

Scene = Callable[[Office, Desk, MainWindow], None]
SCENES: dict[str, list[Scene]] = {}
"""By the book they are shown with."""
LOOKS = (
    ("light", 1366, 768, "vi"), ("light", 1920, 1080, "vi"), ("contrast", 1366, 768, "vi"),
    ("light", 1093, 614, "en"), ("light", 880, 600, "en"),
)


def scene(book: str) -> Callable[[Scene], Scene]:
    def keep(made: Scene) -> Scene:
        SCENES.setdefault(book, []).append(made)
        return made
    return keep


@contextmanager
def book(name: str) -> Iterator[Office]:
    with tempfile.TemporaryDirectory(prefix="qmc-shots-") as folder, office_in(Path(folder)) as office:
        if name.isdigit():
            fill(office, int(name))
        elif name != "empty":
            from tests.ui.dossier.stories import STORIES

            STORIES[name](office)
            office.application.reread()
        yield office


def frame_for(office: Office, language: str = "vi") -> tuple[Desk, MainWindow]:
    desk = replace(make_desk(office)[0], language=lambda: language)
    window = window_of(office)
    window.show_state(counter_state(desk, {}))
    return desk, window


def show(window: MainWindow, place: Place, page: Callable[[], QWidget]) -> QWidget:
    window.register_place(place, page)
    return window.go(place)


@scene("200000")
def search_many(office: Office, desk: Desk, window: MainWindow) -> None:
    from ui.pages.search.page import SearchPage

    show(window, Place.SEARCH, lambda: SearchPage(desk))


@scene("200000")
def search_name(office: Office, desk: Desk, window: MainWindow) -> None:
    from ui.pages.search.page import SearchPage

    page = show(window, Place.SEARCH, lambda: SearchPage(desk))
    page.search("nguyễn văn dũng")  # type: ignore[attr-defined]


@scene("empty")
def search_empty(office: Office, desk: Desk, window: MainWindow) -> None:
    from ui.pages.search.page import SearchPage

    show(window, Place.SEARCH, lambda: SearchPage(desk))


def dossier(window: MainWindow, desk: Desk, code: str, scanned: ScannedPaper | None = None) -> DossierPage:
    from ui.pages.search.page import SearchPage

    show(window, Place.SEARCH, lambda: SearchPage(desk))
    return window.open_beside(Place.SEARCH, lambda: DossierPage(desk, code, scanned))  # type: ignore[return-value]


@scene("corrected")
def dossier_v2(office: Office, desk: Desk, window: MainWindow) -> None:
    dossier(window, desk, "H47.15-261123-0001")


@scene("corrected")
def dossier_old_paper(office: Office, desk: Desk, window: MainWindow) -> None:
    dossier(window, desk, "H47.15-261123-0001", ScannedPaper(None))


@scene("corrected")
def dossier_delegate(office: Office, desk: Desk, window: MainWindow) -> None:
    dossier(window, desk, "H47.07-261123-0001")


@scene("corrected")
def dossier_why(office: Office, desk: Desk, window: MainWindow) -> None:
    dossier(window, desk, "H47.15-261123-0001").show_why()


@scene("lived")
def life_paused(office: Office, desk: Desk, window: MainWindow) -> None:
    dossier(window, desk, PAUSED)


@scene("lived")
def life_moved(office: Office, desk: Desk, window: MainWindow) -> None:
    dossier(window, desk, MOVED)


@scene("lived")
def life_moved_why(office: Office, desk: Desk, window: MainWindow) -> None:
    dossier(window, desk, MOVED).show_why()


@scene("lived")
def life_disputed(office: Office, desk: Desk, window: MainWindow) -> None:
    dossier(window, desk, DISPUTED)


@scene("lived")
def life_settle(office: Office, desk: Desk, window: MainWindow) -> None:
    dossier(window, desk, DISPUTED).settle()


@scene("lived")
def life_brought(office: Office, desk: Desk, window: MainWindow) -> None:
    dossier(window, desk, PAUSED).supplement()


@scene("lived")
def life_ask(office: Office, desk: Desk, window: MainWindow) -> None:
    dossier(window, desk, MOVED).supplement()


@scene("lived")
def life_agency(office: Office, desk: Desk, window: MainWindow) -> None:
    dossier(window, desk, MOVED).agency_paper()


@scene("lived")
def life_withdraw(office: Office, desk: Desk, window: MainWindow) -> None:
    dossier(window, desk, MOVED).withdraw()


@scene("lived")
def life_give_back(office: Office, desk: Desk, window: MainWindow) -> None:
    dossier(window, desk, STOPPED).withdraw()


def home(window: MainWindow, desk: Desk) -> HomePage:
    return show(window, Place.HOME, lambda: HomePage(desk))  # type: ignore[return-value]


@scene("empty")
def home_empty(office: Office, desk: Desk, window: MainWindow) -> None:
    home(window, desk)


@scene("twenty")
def home_twenty(office: Office, desk: Desk, window: MainWindow) -> None:
    home(window, desk)


@scene("trouble")
def home_trouble(office: Office, desk: Desk, window: MainWindow) -> None:
    home(window, desk)


@scene("trouble")
def recovery(office: Office, desk: Desk, window: MainWindow) -> None:
    home(window, desk).open_unfinished()


@scene("200000")
def home_many(office: Office, desk: Desk, window: MainWindow) -> None:
    home(window, desk)


def sync(window: MainWindow, desk: Desk) -> SyncPage:
    return show(window, Place.SYNC, lambda: SyncPage(desk))  # type: ignore[return-value]


@scene("empty")
def sync_empty(office: Office, desk: Desk, window: MainWindow) -> None:
    sync(window, desk)


@scene("twenty")
def sync_twenty(office: Office, desk: Desk, window: MainWindow) -> None:
    sync(window, desk)


@scene("trouble")
def sync_trouble(office: Office, desk: Desk, window: MainWindow) -> None:
    sync(window, desk)


@scene("scanned")
def home_scanned(office: Office, desk: Desk, window: MainWindow) -> None:
    home(window, desk)


@scene("scanned")
def sync_scanned(office: Office, desk: Desk, window: MainWindow) -> None:
    sync(window, desk)


@scene("scanned")
def sync_sending(office: Office, desk: Desk, window: MainWindow) -> None:
    page = sync(window, desk)
    page.set_sending(is_sending=True)
    page.show_files(14, 4_200_000)
    page.show_files(12, 3_400_000)


@scene("scanned")
def dossier_scanned(office: Office, desk: Desk, window: MainWindow) -> None:
    dossier(window, desk, "H47.15-261123-0002")


@scene("scanned")
def recovery_scanned(office: Office, desk: Desk, window: MainWindow) -> None:
    home(window, desk).open_unfinished()


@scene("scanned")
def search_to_scan(office: Office, desk: Desk, window: MainWindow) -> None:
    from app.store.queries.dossiers import DossierList
    from ui.pages.search.page import SearchPage

    page = show(window, Place.SEARCH, lambda: SearchPage(desk))
    page.show_list(DossierList.TO_SCAN)  # type: ignore[attr-defined]


@scene("trouble")
def settle(office: Office, desk: Desk, window: MainWindow) -> None:
    sync(window, desk).ask_settle()


def main(arguments: list[str]) -> int:
    studio = Studio(arguments)
    for kind, scenes in SCENES.items():
        wanted = [each for each in scenes if studio.is_wanted(each)]
        if not wanted:
            continue
        with book(kind) as office:
            for shot in studio.shots(wanted, LOOKS):
                desk, window = frame_for(office, shot.words)
                open_wide(window, shot.width, shot.height)
                shot.scene(office, desk, window)
                take(window, shot.file, glances=5, pause=0)
                put_away(window)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
