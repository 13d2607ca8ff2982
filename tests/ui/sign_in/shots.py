"""`python -m tests.ui.sign_in.shots OUTDIR [NAME …]`: the lock screen, the second person, the next shift, and who
works here on Quản trị."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.domain.people.roles import Act
from app.errors import Refusal
from tests.app.services.people.signing import LEADS, SECRET, sign_ins
from tests.office import Office, office_in
from tests.people import CODE, NAMES, grant
from tests.ui.admin.shots import page_of
from tests.ui.dossier.desk import make_desk
from tests.ui.shooting import LOOKS, Studio, open_wide, put_away, take, wait, window_of
from tests.ui.sign_in.typed import write
from ui.dialogs.own_secret_sheet import change_own_secret
from ui.dialogs.second_sheet import SecondSheet
from ui.main_window import MainWindow
from ui.operations.desk import Desk
from ui.pages.admin.people_card import PeopleCard
from ui.pages.home.page import HomePage
from ui.pages.sign_in.page import SignInPage
from ui.shortcuts import Place

Scene = Callable[[Office, Desk, MainWindow], None]
ROLES = {"nv-1": ["intake"], "nv-2": ["shift_lead"], "nv-3": ["cashier"]}


def lock(desk: Desk, window: MainWindow) -> SignInPage:
    page = SignInPage(desk, "nv-1")
    window.seats.cover(page)
    page.arrive()
    return page


def wrong(office: Office, times: int) -> None:
    application = office.application
    for _ in range(times):
        office.clock.ticks += 600
        try:
            application.sign_ins.sign_in(application.enrolled, "nv-1", "sai rồi")
        except Refusal:
            continue


def first_time(office: Office, desk: Desk, window: MainWindow) -> None:
    lock(desk, window)._on_failed(Refusal("secret_date"))


def secret(office: Office, desk: Desk, window: MainWindow) -> None:
    begin(office)
    lock(desk, window).secret.secret.line.setText("mười ký tự")


def waiting(office: Office, desk: Desk, window: MainWindow) -> None:
    begin(office)
    wrong(office, 6)
    lock(desk, window)._on_failed(Refusal("secret_wrong", left=4))


def locked_out(office: Office, desk: Desk, window: MainWindow) -> None:
    begin(office)
    wrong(office, 10)
    lock(desk, window)


def no_right(office: Office, desk: Desk, window: MainWindow) -> None:
    begin(office)
    grant(office, {"nv-2": ["shift_lead"]})
    lock(desk, window)


def second(office: Office, desk: Desk, window: MainWindow) -> None:
    begin(office)
    window.register_place(Place.HOME, lambda: HomePage(desk))
    sheet = SecondSheet(window.go(Place.HOME), desk)
    sheet.ask(Act.APPROVE_DUE)


def next_shift(office: Office, desk: Desk, window: MainWindow) -> None:
    begin(office)
    window.register_place(Place.HOME, lambda: HomePage(desk))
    page = window.go(Place.HOME)
    assert isinstance(page, HomePage)
    page.hand_over_shift()


def people(office: Office, desk: Desk, window: MainWindow) -> None:
    begin(office)
    wrong(office, 10)
    page_of(window, desk).show_card(PeopleCard)


def own_secret(office: Office, desk: Desk, window: MainWindow) -> None:
    begin(office)
    sheet = change_own_secret(page_of(window, desk), desk)
    for field, text in ((sheet.old, SECRET), (sheet.new, "01011990")):
        write(field, text)


def unlock(office: Office, desk: Desk, window: MainWindow) -> None:
    begin(office)
    wrong(office, 10)
    page_of(window, replace(desk, clerk=lambda: "nv-2")).show_card(PeopleCard).unlock()


SCENES: tuple[Scene, ...] = (
    first_time, secret, waiting, locked_out, no_right, second, next_shift, people, own_secret, unlock,
)


def begin(office: Office) -> None:
    known, counter = office.application.sign_ins, office.application.enrolled
    known.take_up(counter, "nv-2", CODE, LEADS)
    known.take_up(counter, "nv-1", CODE, SECRET)


def main(arguments: list[str]) -> None:
    studio = Studio(arguments)
    for shot in studio.shots(SCENES, LOOKS):
        with tempfile.TemporaryDirectory() as place, office_in(Path(place) / "office") as office:
            grant(office, ROLES)
            assert set(NAMES) == set(ROLES)
            office.application.sign_ins = sign_ins(office)
            desk = replace(make_desk(office)[0], language=lambda words=shot.words: words)
            window = window_of(office)
            open_wide(window, shot.width, shot.height)
            wait(window.isActiveWindow)
            shot.scene(office, desk, window)
            take(window, shot.file, glances=8)
            put_away(window)


if __name__ == "__main__":
    main(sys.argv[1:])
