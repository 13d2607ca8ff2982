"""`python -m tests.ui.digitise.shots OUTDIR [NAME …]`: the page in its states as pictures, to be looked at."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from app.devices.scanning.port import ScanTrouble
from app.domain.arrangement import TRAY
from app.domain.digitised import DigitisingRule
from app.imaging.table_process import LightTable
from app.services.digitise import use_rule
from tests.ui.digitise.desk import Bench, bench
from tests.ui.digitise.scanner import Pile, sheet
from tests.ui.dossier.desk import Said
from tests.ui.shooting import Shot, Studio, open_wide, put_away, take, wait, window_of
from ui.pages.digitise.page import DigitisePage
from ui.pages.home.page import HomePage
from ui.shortcuts import Place

Scene = Callable[[Bench, DigitisePage], None]


def arrived(page: DigitisePage, count: int) -> None:
    wait(lambda: len(page.intake.pages) >= count and page.intake.waiting == 0)
    wait(lambda: page.viewer.view.has_picture() or not page.pages.model.rowCount())


def empty(held: Bench, page: DigitisePage) -> None:
    page.arrive()


def three_papers(held: Bench, page: DigitisePage) -> None:
    held.pile.pages = [sheet("text", 1, 150), sheet("stamped", 2, 150)]
    page.scan()
    arrived(page, 2)
    page.intake.take(sheet("card", 3, 150), "image/jpeg", "file", to="2")
    page.intake.take(sheet("photo", 4, 150), "image/jpeg", "file", to="3")
    arrived(page, 4)
    page.on_paper.toggle_compared()
    page.on_paper.toggle_checked()
    page.on_paper.file_ready()
    wait(lambda: not page.filing.is_busy)
    page.pages.thumbs.setFocus()


def pile_in_progress(held: Bench, page: DigitisePage) -> None:
    held.pile.pages = [sheet(kind, seed, 150) for seed, kind in enumerate(("text", "stamped", "table", "text"))]
    held.pile.stop_before = 3
    page.scan()
    wait(lambda: len(page.intake.pages) == 3)
    arrived(page, 3)
    page.pages.thumbs.setFocus()


def tray_full(held: Bench, page: DigitisePage) -> None:
    page.go_to(TRAY)
    kinds = ("text", "blank", "stamped", "table", "capitals", "text", "handwritten", "card", "stamped", "text")
    held.pile.pages = [sheet(kind, seed, 75 if seed % 3 == 0 else 150) for seed, kind in enumerate(kinds)]
    page.scan()
    arrived(page, len(kinds))
    page.intake.take(b"khong phai anh " * 99, "image/jpeg", "file")
    arrived(page, len(kinds) + 1)
    shown = [cell.page for cell in page.pages.model.cells()]
    page.acts.leave_out_or_take_in([shown[1]])
    page.acts.split(shown[4])
    page.acts.turn([shown[2]], 1)
    page.pages.thumbs.choose(shown[5:8])
    page.pages.thumbs.setFocus()
    page.moving.begin()


def zoomed(held: Bench, page: DigitisePage) -> None:
    held.pile.pages = [sheet("stamped", 2, 200), sheet("table", 1, 200)]
    page.scan()
    arrived(page, 2)
    for _ in range(4):
        page.viewer.view.zoom_in()
    page.viewer.view.setFocus()
    wait(lambda: page.viewing.is_sharp)


def jammed(held: Bench, page: DigitisePage) -> None:
    held.pile.pages, held.pile.trouble = [sheet("text", 1, 150)], ScanTrouble.JAMMED
    page.scan()
    arrived(page, 1)
    wait(lambda: not page.intake.state.is_scanning)


def light_table_down(held: Bench, page: DigitisePage) -> None:
    page.go_to(TRAY)
    held.pile.pages = [sheet("text", 1, 150), b"khong phai anh " * 99, sheet("text", 2, 150)]
    page.scan()
    wait(lambda: len(page.intake.pages) == 3 and page.intake.waiting == 0)
    page.pages.thumbs.choose([page.pages.model.cell(1).page])
    page.pages.thumbs.setFocus()


def too_large(held: Bench, page: DigitisePage) -> None:
    held.pile.pages = [sheet("text", 1, 150)]
    page.scan()
    arrived(page, 1)
    with held.office.application.database.writing() as connection:
        use_rule(connection, DigitisingRule(file_limit=1_000))
    page.on_paper.file_ready()
    wait(lambda: not page.filing.is_busy)


def about(held: Bench, page: DigitisePage) -> None:
    three_papers(held, page)
    page.on_paper.ask_about()


def looked_at_closely(held: Bench, page: DigitisePage) -> None:
    three_papers(held, page)
    page.go_to("1")
    page.looking.closely()
    wait(lambda: page.viewing.is_sharp)


def leaving(held: Bench, page: DigitisePage) -> None:
    tray_full(held, page)
    page.moving.end()
    page.escape()


SCENES: tuple[Scene, ...] = (
    empty, three_papers, pile_in_progress, tray_full, zoomed, jammed, light_table_down, too_large, about,
    looked_at_closely, leaving,
)


def shoot(held: Bench, shot: Shot[Scene]) -> None:
    window = window_of(held.office)
    assert isinstance(held.around.frame, Said)
    window.register_place(Place.HOME, lambda: HomePage(held.desk))
    window.go(Place.HOME)
    open_wide(window, shot.width, shot.height)
    page = window.open_beside(Place.HOME, lambda: DigitisePage(held.desk, held.code))
    assert isinstance(page, DigitisePage)
    wait(lambda: bool(held.scans.sources))
    shot.scene(held, page)
    take(window, shot.file, glances=20)
    held.pile.go_on()
    wait(lambda: not page.intake.state.is_scanning)
    put_away(window)


def shoot_all(arguments: list[str], scenes: Sequence[Scene], *, children: int) -> int:
    """Each scene in each look on a bench of its own, with a light table of so many children."""
    studio = Studio(arguments)
    with LightTable(children=children) as table:
        for shot in studio.shots(scenes):
            with (
                tempfile.TemporaryDirectory(prefix="qmc-shots-") as place,
                bench(Path(place), pile=Pile(), table=table) as held,
            ):
                shoot(held, shot)
    return 0


def main(arguments: list[str]) -> int:
    return shoot_all(arguments, SCENES, children=2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
