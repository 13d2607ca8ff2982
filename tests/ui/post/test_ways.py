"""From anywhere in the window to the post, and from the post to a dossier and to a reception."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.manifest import Route
from app.domain.pickup import PickupState
from app.domain.result_code import result_text
from app.services.handover.making import make_manifest
from tests.app.services.post.counter import item
from tests.office import sample_intake
from tests.ui.post.desk import Bench, bench, named
from ui.main_window import MainWindow
from ui.pages.dossier.page import DossierPage
from ui.pages.handover.page import HandoverPage
from ui.pages.intake.page import IntakePage
from ui.pages.post.page import PostPage
from ui.pages.post.views import View
from ui.pages.returning.page import ReturnPage
from ui.places import Places
from ui.shortcuts import Place


class Nobody:
    """A courier that is not asked."""

    def send_now(self) -> None:
        raise AssertionError("nothing asked to send")


@pytest.fixture
def held(tmp_path: Path, qtbot: QtBot) -> Iterator[tuple[Bench, MainWindow, Places]]:
    with bench(tmp_path) as made:
        window = MainWindow(made.desk.clock)
        qtbot.addWidget(window)
        desk = replace(made.desk, frame=window)
        places = Places(window, desk, Nobody())
        window.scanned.connect(lambda text, is_rewritten: places.open_scan(text, is_rewritten=is_rewritten))
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        made.play.range(100, 149)
        yield made, window, places
        window.top_line.stop()


def in_front(window: MainWindow, kind: type) -> object:
    page = window.page()
    assert isinstance(page, kind), page
    return page


def test_a_scanned_item_code_opens_its_dossier_from_any_screen(held: tuple[Bench, MainWindow, Places]) -> None:
    made, window, places = held
    sent = made.play.post(named(made.play, 0))
    window.go(Place.SEARCH)
    window.take_scan(sent.item_code)
    assert sent.code in window.page().accessibleName()  # type: ignore[union-attr]
    in_front(window, DossierPage)
    window.go(Place.SEARCH)
    places.find(sent.item_code.lower())
    in_front(window, DossierPage)


def test_a_scan_while_a_sheet_is_open_is_refused_and_stays_on_the_page(
    held: tuple[Bench, MainWindow, Places]
) -> None:
    made, window, places = held
    one, two = named(made.play, 0), named(made.play, 1)
    page = places.open_post()
    page.acting.send(one)
    sheet = page.acting.send_sheet()
    refused = made.around.clicks.refused
    for text in (result_text(two), two):
        window.take_scan(text)
        assert window.page() is page and sheet.is_open and sheet.code == one
    assert made.around.clicks.refused == refused + 2
    window.take_scan(item(117))
    assert made.around.clicks.refused == refused + 2, "a label is what the sheet waits for"


def test_the_code_of_a_bag_opens_its_list(held: tuple[Bench, MainWindow, Places]) -> None:
    made, window, _ = held
    code = made.play.receive(sample_intake("bàn-giao"))
    with made.play.connect() as connection:
        sent = make_manifest(
            connection, *made.play.who(), [code], agency="cong-an", rules=made.office.application.rules,
            route=Route.POST, item_code=item(140), **made.play.how(),
        )
    window.take_scan(item(140))
    page = window.page()
    assert isinstance(page, HandoverPage) and page.waiting.manifest is not None
    assert page.waiting.manifest.number == sent.number


def test_an_item_code_that_nobody_used_opens_nothing(held: tuple[Bench, MainWindow, Places]) -> None:
    made, window, _ = held
    before = window.go(Place.SEARCH)
    for text in (item(120), "EA000001000VN"):
        window.take_scan(text)
        assert window.page() is before
    assert made.around.clicks.refused == 2


def test_f5_leads_to_the_post_and_escape_back(held: tuple[Bench, MainWindow, Places]) -> None:
    _, window, _ = held
    window.go(Place.RETURN)
    in_front(window, ReturnPage)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    page = window.page()
    assert isinstance(page, PostPage) and window.place() is Place.RETURN
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    in_front(window, ReturnPage)


def test_a_dossier_opened_from_the_post_leads_back_to_it(held: tuple[Bench, MainWindow, Places]) -> None:
    made, window, places = held
    code = named(made.play, 0)
    page = places.open_post()
    page.open_dossier()
    assert code in window.page().accessibleName()  # type: ignore[union-attr]
    window.go_back()
    in_front(window, PostPage)


def test_papers_fetched_at_home_begin_a_reception(held: tuple[Bench, MainWindow, Places]) -> None:
    made, window, places = held
    asked = made.play.call()
    made.play.move(asked.id, PickupState.COLLECTED)
    page = places.open_post()
    page.show_view(View.PICKUPS)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F12)
    intake = window.page()
    assert isinstance(intake, IntakePage)
    form = intake.form()
    assert (form.pickup, form.channel) == (asked.id, 3)


def test_the_slip_of_a_pick_up_opens_it_from_any_screen(held: tuple[Bench, MainWindow, Places]) -> None:
    made, window, _ = held
    asked = made.play.call()
    window.go(Place.HOME)
    window.take_scan(asked.number)
    page = window.page()
    assert isinstance(page, PostPage) and page.acting.move_sheet().is_open
