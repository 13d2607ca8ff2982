"""`python -m tests.ui.home.shots OUTDIR [NAME …]`: the start screen's sheets, lists, obstacles, what changed."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.domain.life.facts import HandedOver
from app.domain.procedure import ProcessingTime, TimeUnit
from app.domain.route_papers import ObstacleCause
from app.services.life.acting import Line, act
from app.services.obstacles import About, about_dossier, close_obstacle, note_obstacle
from app.services.procedure_changes import note_use
from app.store.queries.dossiers import DossierList, page, reach
from tests.office import Office, office_in, sample_catalogue
from tests.ui.dossier.desk import make_desk
from tests.ui.dossier.stories import STORIES
from tests.ui.shooting import Studio, open_wide, put_away, take, window_of
from ui.main_window import MainWindow
from ui.operations.desk import Desk
from ui.pages.home.page import HomePage
from ui.pages.obstacles.page import ObstaclePage
from ui.pages.search.page import SearchPage
from ui.shortcuts import Place

Scene = Callable[[Office, Desk, MainWindow], None]


def busy(office: Office) -> None:
    """A bad day: some overdue ones on their way, obstacles noted, a procedure that changed."""
    STORIES["trouble"](office)
    application, now = office.application, office.clock.now()
    with application.database.writing() as connection:
        known = reach(connection, application.enrolled.device, 1, "2026-11-23")
        rows = page(connection, DossierList.OVERDUE, known)
        act(connection, application.enrolled, office.clerk, [Line(row.code, HandedOver("m1")) for row in rows[:2]],
            intent="giao", now=now, randomness=office.noise.randbytes)
        for turn, (text, cause) in enumerate((
            ("Sở trả hồ sơ vì bản vẽ không có dấu của đơn vị thiết kế, nhưng danh mục không yêu cầu; đã gọi hai "
             "lần chưa ai trả lời.", ObstacleCause.AGENCY),
            ("Đường truyền chập chờn từ 9 giờ đến 11 giờ, không tra được biên lai.", ObstacleCause.SYSTEM),
            ("Người dân chưa biết mẫu tờ khai mới.", ObstacleCause.CITIZEN),
        )):
            about = about_dossier(connection, rows[turn].code) if turn != 1 else About()
            made = note_obstacle(connection, application.enrolled, office.clerk, text, cause, about,
                                 intent=f"ghi {turn}", now=now, randomness=office.noise.randbytes)
            if turn == 2:
                close_obstacle(connection, application.enrolled, office.clerk, made, "Đã dán mẫu ở bàn viết.",
                               intent="xong", now=now, randomness=office.noise.randbytes)
        catalogue = sample_catalogue()
        first = catalogue.procedures[0]
        case = first.cases[0]
        before = replace(first, cases=(replace(
            case, time=ProcessingTime(15, TimeUnit.DAY), requirements=case.requirements[:2],
            fees=(replace(case.fees[0], amount=150_000),)),))
        note_use(connection, "nv-1", before, catalogue, now.date(), now)


def home(window: MainWindow, desk: Desk) -> HomePage:
    window.register_place(Place.HOME, lambda: HomePage(desk))
    return window.go(Place.HOME)  # type: ignore[return-value]


def search(window: MainWindow, desk: Desk) -> SearchPage:
    window.register_place(Place.SEARCH, lambda: SearchPage(desk))
    return window.go(Place.SEARCH)  # type: ignore[return-value]


def home_busy(office: Office, desk: Desk, window: MainWindow) -> None:
    home(window, desk)


def home_late(office: Office, desk: Desk, window: MainWindow) -> None:
    home(window, desk).open_late()


def home_shift(office: Office, desk: Desk, window: MainWindow) -> None:
    home(window, desk).hand_over_shift()


def obstacles(office: Office, desk: Desk, window: MainWindow) -> None:
    home(window, desk)
    window.open_beside(Place.HOME, lambda: ObstaclePage(desk))


def obstacles_note(office: Office, desk: Desk, window: MainWindow) -> None:
    home(window, desk)
    beside = window.open_beside(Place.HOME, lambda: ObstaclePage(desk))
    assert isinstance(beside, ObstaclePage)
    beside.note()


def lists_work(office: Office, desk: Desk, window: MainWindow) -> None:
    search(window, desk).show_list(DossierList.UNACKNOWLEDGED)


def lists_sheet(office: Office, desk: Desk, window: MainWindow) -> None:
    search(window, desk).ask_list()


def register(office: Office, desk: Desk, window: MainWindow) -> None:
    search(window, desk).ask_register()


def changed(office: Office, desk: Desk, window: MainWindow) -> None:
    from ui.pages.intake.page import IntakePage

    window.register_place(Place.INTAKE, lambda: IntakePage(desk))
    intake = window.go(Place.INTAKE)
    assert isinstance(intake, IntakePage)
    intake.steps.procedure.open_cases(sample_catalogue().procedures[0])


SCENES: tuple[Scene, ...] = (
    home_busy, home_late, home_shift, obstacles, obstacles_note, lists_work, lists_sheet, register, changed,
)


def main(arguments: list[str]) -> int:
    studio = Studio(arguments)
    with tempfile.TemporaryDirectory(prefix="qmc-shots-") as folder, office_in(Path(folder)) as office:
        busy(office)
        office.application.reread()
        for shot in studio.shots(SCENES):
            desk = replace(make_desk(office)[0], language=lambda words=shot.words: words)  # type: ignore[misc]
            window = window_of(office)
            open_wide(window, shot.width, shot.height)
            shot.scene(office, desk, window)
            take(window, shot.file, glances=8)
            put_away(window)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
