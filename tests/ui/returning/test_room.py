"""What stays in sight at 1366×768: only what is filled in scrolls, whatever is said over it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.result_code import result_text
from tests.app.services.results.counter import with_original
from tests.ui.returning.bench import CARD, Bench, another, owing_with_original
from ui.pages.returning.page import TAKE, ReturnPage
from ui.widgets.page_frame import PageFrame

ROOM = (1270, 676)                 # what a window of 1366×768 leaves to the page


@pytest.fixture
def frame(held: Bench, qtbot: QtBot) -> PageFrame:
    made = PageFrame(ReturnPage(held.desk))
    qtbot.addWidget(made)
    made.resize(*ROOM)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    settle()
    return made


def settle() -> None:
    for _ in range(8):
        QApplication.processEvents()


def page_in(frame: PageFrame) -> ReturnPage:
    assert isinstance(frame.page, ReturnPage)
    return frame.page


def assert_all_in_sight(frame: PageFrame) -> None:
    settle()
    assert frame.verticalScrollBar().maximum() == 0, "the page itself scrolls"
    give = page_in(frame).give_view.facts.give
    assert give.mapTo(frame, QPoint(0, give.height())).y() <= frame.height()


def test_trouble_money_originals_and_long_names_leave_f12_in_sight(held: Bench, frame: PageFrame) -> None:
    page = page_in(frame)
    ours, other = held.counter.ready(owing_with_original("một")), held.counter.ready(another("khác"))
    for text in (ours, result_text(other)):
        page.take_scan(text)
    assert page.give_view.trouble.isVisible()
    assert_all_in_sight(frame)
    held_life = page.giving.held
    assert held_life is not None
    result = held_life.life.result
    assert result is not None
    long = replace(result, kind="Giấy chứng nhận quyền sử dụng đất " * 12, summary="Trích yếu dài " * 30)
    page.give_view.facts.show_held(replace(held_life, life=replace(held_life.life, result=long)))
    assert_all_in_sight(frame)


def test_after_f12_the_bar_is_as_tall_as_its_words_and_the_scan_field_waits(
    held: Bench, frame: PageFrame
) -> None:
    page = page_in(frame)
    ours, other = held.counter.ready(), held.counter.ready(another("khác"))
    for text in (ours, result_text(other)):
        page.take_scan(text)
    settle()
    tall = page.give_view.trouble.height()
    for text in (result_text(ours), CARD):
        page.take_scan(text)
    page.give_view.satisfaction.note.setFocus()
    page.act()
    settle()
    assert page.giving.last == ours
    assert page.give_view.trouble.isVisible() and page.give_view.trouble.height() < tall
    assert page.give_view.code.line.hasFocus()
    assert_all_in_sight(frame)


def test_a_line_with_originals_makes_the_page_no_taller(held: Bench, frame: PageFrame) -> None:
    page = page_in(frame)
    page.show_view(TAKE)
    code = held.counter.receive(with_original("gốc"))
    held.counter.hand_over(code, "1#1")
    page.take_scan(code)
    settle()
    assert frame.verticalScrollBar().maximum() == 0
    take = page.take_view.take
    assert take.mapTo(frame, QPoint(0, take.height())).y() <= frame.height()
