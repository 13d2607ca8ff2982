"""From anywhere in the window to a list, from a line to its dossier, and the count on the rail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.bootstrap import Application
from tests.app.services.handover.desk import hand_over, receive
from tests.office import Office
from tests.ui.dossier.desk import at_desk
from ui.context import Context
from ui.counter_figures import counter_state
from ui.main_window import MainWindow
from ui.pages.handover.page import WAITING, HandoverPage
from ui.places import Places
from ui.shortcuts import Place


class Nobody:
    """A courier that is not asked."""

    def send_now(self) -> None:
        raise AssertionError("nothing asked to send")


@pytest.fixture
def held(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Office, Context[Application], MainWindow, Places]]:
    with at_desk(tmp_path) as (office, desk, _):
        window = MainWindow(desk.clock)
        qtbot.addWidget(window)
        places = Places(window, desk, Nobody())
        window.scanned.connect(lambda text, is_rewritten: places.open_scan(text, is_rewritten=is_rewritten))
        window.go(Place.HOME)
        yield office, desk, window, places
        window.top_line.stop()


def page_in(window: MainWindow) -> HandoverPage:
    page = window.page()
    assert isinstance(page, HandoverPage)
    return page


def test_the_number_of_a_list_opens_it_from_any_screen(
    held: tuple[Office, Context[Application], MainWindow, Places]
) -> None:
    office, _, window, places = held
    codes = receive(office, 2)
    first, second = hand_over(office, codes[:1]), hand_over(office, codes[1:])
    window.take_scan(second.number)
    assert page_in(window).waiting.manifest is not None
    assert page_in(window).waiting.manifest.id == second.op_id  # type: ignore[union-attr]
    window.go(Place.SEARCH)
    places.find(first.number.lower())
    assert page_in(window).waiting.manifest.id == first.op_id  # type: ignore[union-attr]


def test_a_cover_scanned_here_stays_here_and_a_line_opens_its_dossier(
    held: tuple[Office, Context[Application], MainWindow, Places]
) -> None:
    office, _, window, _places = held
    (code,) = receive(office, 1)
    window.go(Place.HANDOVER)
    window.take_scan(code)
    page = page_in(window)
    assert [row.one.code for row in page.making.view.model.rows()] == [code]
    page.dossier_requested.emit(code)
    assert type(window.page()).__name__ == "DossierPage"


def test_the_rail_counts_lists_without_their_answer_in_time(
    held: tuple[Office, Context[Application], MainWindow, Places]
) -> None:
    office, desk, window, _places = held
    hand_over(office, receive(office, 1))
    assert counter_state(desk, {}).badges[Place.HANDOVER] == 0
    office.clock.advance(timedelta(days=4))
    assert counter_state(desk, {}).badges[Place.HANDOVER] == 1
    page = window.go(Place.HANDOVER)
    assert isinstance(page, HandoverPage)
    page.show_waiting()
    assert page.view == WAITING and page.waiting.manifest is not None
