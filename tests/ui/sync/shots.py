"""`python -m tests.ui.sync.shots OUTDIR [NAME …]`: the sync page in every state, its sheets, home and form."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.services.standing import Reason, ask_new_epoch
from tests.office import Office, office_in
from tests.ui.dossier.desk import make_desk
from tests.ui.dossier.stories import STORIES
from tests.ui.shooting import Studio, open_wide, put_away, take, window_of
from tests.ui.sync import standings
from ui.counter_figures import counter_state
from ui.main_window import MainWindow
from ui.operations.desk import Desk
from ui.pages.home.page import HomePage
from ui.pages.intake.page import IntakePage
from ui.pages.sync.page import SyncPage
from ui.shortcuts import Place

Scene = Callable[[Office, Desk, MainWindow], None]


def page_of(window: MainWindow, desk: Desk) -> SyncPage:
    window.register_place(Place.SYNC, lambda: SyncPage(desk))
    page = window.go(Place.SYNC)
    assert isinstance(page, SyncPage)
    window.show_state(counter_state(desk, {}))
    return page


def good(office: Office, desk: Desk, window: MainWindow) -> None:
    page_of(window, desk)


def everything(office: Office, desk: Desk, window: MainWindow) -> None:
    standings.everything(office)
    page_of(window, desk)


def stopped_fork(office: Office, desk: Desk, window: MainWindow) -> None:
    standings.stop(office, Reason.FORK)
    page_of(window, desk).decide()


def stopped_older(office: Office, desk: Desk, window: MainWindow) -> None:
    standings.stop(office, Reason.OLDER_THAN_PROVINCE)
    page_of(window, desk).decide()


def stopped_witness(office: Office, desk: Desk, window: MainWindow) -> None:
    standings.stop(office, Reason.OLDER_THAN_WITNESS)
    page_of(window, desk).decide()


def stopped_stale(office: Office, desk: Desk, window: MainWindow) -> None:
    standings.stop(office, Reason.STALE_EPOCH)
    page_of(window, desk).decide()


def asked(office: Office, desk: Desk, window: MainWindow) -> None:
    standings.stop(office, Reason.FORK)
    with office.application.database.writing() as connection:
        ask_new_epoch(connection)
    page_of(window, desk)


def begin_anew(office: Office, desk: Desk, window: MainWindow) -> None:
    standings.stop(office, Reason.FORK)
    page_of(window, desk).deciding._ask_new_numbers()


def enrol(office: Office, desk: Desk, window: MainWindow) -> None:
    standings.stop(office, Reason.STALE_EPOCH)
    page_of(window, desk).deciding.ask_code()


def pull(office: Office, desk: Desk, window: MainWindow) -> None:
    standings.hold(office, standings.received(office, 20))
    page_of(window, desk)


def pull_sheet(office: Office, desk: Desk, window: MainWindow) -> None:
    standings.hold(office, standings.received(office, 20))
    page_of(window, desk).decide()


def pull_many(office: Office, desk: Desk, window: MainWindow) -> None:
    standings.hold(office, standings.received(office, 20), 340)
    page_of(window, desk).decide()


def pull_slow(office: Office, desk: Desk, window: MainWindow) -> None:
    standings.hold_more(office, standings.received(office, 6), earlier=12)
    page_of(window, desk)


def pull_slow_sheet(office: Office, desk: Desk, window: MainWindow) -> None:
    standings.hold_more(office, standings.received(office, 6), earlier=12)
    page_of(window, desk).decide()


def days(office: Office, desk: Desk, window: MainWindow) -> None:
    standings.differ(office, 14)
    page_of(window, desk)


def days_sheet(office: Office, desk: Desk, window: MainWindow) -> None:
    standings.differ(office, 14)
    page = page_of(window, desk)
    page.open_stuck(page.stuck.lines.rows()[1])


def copy_sheet(office: Office, desk: Desk, window: MainWindow) -> None:
    """Documents wait, and the second copy holds none of them."""
    standings.everything(office)
    page_of(window, desk).second_copy.open()


def went_on(office: Office, desk: Desk, window: MainWindow) -> None:
    standings.went(office, 24)
    page_of(window, desk)


def home(office: Office, desk: Desk, window: MainWindow) -> None:
    standings.stop(office, Reason.OLDER_THAN_PROVINCE)
    window.register_place(Place.HOME, lambda: HomePage(desk))
    window.go(Place.HOME)
    window.show_state(counter_state(desk, {}))


def intake(office: Office, desk: Desk, window: MainWindow) -> None:
    standings.stop(office, Reason.STALE_EPOCH)
    window.register_place(Place.INTAKE, lambda: IntakePage(desk))
    window.go(Place.INTAKE)
    window.show_state(counter_state(desk, {}))


SCENES: tuple[Scene, ...] = (
    good, everything, stopped_fork, stopped_older, stopped_witness, stopped_stale, asked, begin_anew, enrol, pull,
    pull_sheet, pull_many, pull_slow, pull_slow_sheet, days, days_sheet, copy_sheet,
    went_on, home, intake,
)
STORY = {everything: "trouble", good: "scanned", copy_sheet: "scanned"}


def main(arguments: list[str]) -> int:
    studio = Studio(arguments)
    for shot in studio.shots(SCENES):
        with tempfile.TemporaryDirectory(prefix="qmc-shots-") as folder, office_in(Path(folder)) as office:
            STORIES[STORY.get(shot.scene, "twenty")](office)
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
