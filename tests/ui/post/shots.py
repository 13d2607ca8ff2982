"""`python -m tests.ui.post.shots OUTDIR [NAME …]`: the page in its states as pictures, to be looked at."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from app.services.post.rule import PostRule, use_post_rule
from tests.ui.post.desk import Bench, bench, busy_day, named
from tests.ui.shooting import Shot, Studio, open_wide, put_away, take, window_of
from ui.pages.post.page import PostPage
from ui.pages.post.views import View
from ui.shortcuts import Place

Scene = Callable[[Bench, PostPage], None]


def to_send(held: Bench, page: PostPage) -> None:
    page.show_view(View.TO_SEND)


def on_way(held: Bench, page: PostPage) -> None:
    page.show_view(View.ON_WAY)


def came_back(held: Bench, page: PostPage) -> None:
    page.show_view(View.CAME_BACK)


def pickups(held: Bench, page: PostPage) -> None:
    page.show_view(View.PICKUPS)


def codes(held: Bench, page: PostPage) -> None:
    page.show_view(View.CODES)


def sending(held: Bench, page: PostPage) -> None:
    page.show_view(View.TO_SEND)
    page.views.stand_on(View.TO_SEND, 7)
    page.act()
    sheet = page.acting.send_sheet()
    sheet.commune.set_text("Phường Mẫu")


def hearing(held: Bench, page: PostPage) -> None:
    page.show_view(View.ON_WAY)
    page.act()


def taking_back(held: Bench, page: PostPage) -> None:
    page.show_view(View.CAME_BACK)
    page.act()


def calling(held: Bench, page: PostPage) -> None:
    page.show_view(View.PICKUPS)
    page.make_new()
    sheet = page.acting.call_sheet()
    sheet.choose(held.desk.office.catalogue.procedures[0])


def moving(held: Bench, page: PostPage) -> None:
    page.show_view(View.PICKUPS)
    page.act()


def ranging(held: Bench, page: PostPage) -> None:
    page.show_view(View.CODES)
    page.make_new()


def low(held: Bench, page: PostPage) -> None:
    with held.play.connect() as connection:
        use_post_rule(connection, PostRule(few=60))
    page.show_view(View.TO_SEND)


def empty(held: Bench, page: PostPage) -> None:
    page.show_view(View.ON_WAY)


SCENES: tuple[Scene, ...] = (
    to_send, on_way, came_back, pickups, codes, sending, hearing, taking_back, calling, moving, ranging, low,
    empty,
)


def shoot(held: Bench, shot: Shot[Scene]) -> None:
    if shot.scene is not empty:
        busy_day(held.play)
        named(held.play, 9)
    window = window_of(held.office)
    open_wide(window, shot.width, shot.height)
    page = window.open_beside(Place.RETURN, lambda: PostPage(held.desk))
    assert isinstance(page, PostPage)
    shot.scene(held, page)
    take(window, shot.file, glances=12)
    put_away(window)


def main(arguments: list[str]) -> int:
    studio = Studio(arguments)
    for shot in studio.shots(SCENES):
        with tempfile.TemporaryDirectory(prefix="qmc-shots-") as place, bench(Path(place)) as held:
            shoot(held, shot)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
