"""A pile of three papers by keys alone; the window answers whatever arrives; long lists stay quick."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.arrangement import TRAY
from app.domain.digitised import DigitisingRule
from app.imaging.table_process import LightTable
from app.services.digitise import use_rule
from tests.faults import bomb_pdfs
from tests.ui.digitise.desk import Bench, bench, settled
from tests.ui.digitise.hands import (
    CARD,
    FORM,
    PHOTO,
    lies,
    press,
    scanned,
    separators,
    stand_on,
    stored,
    three,
)
from tests.ui.digitise.scanner import sheet
from ui.models.paper_items import MOST_IN_TIP, PaperItem, tip_of
from ui.widgets.page_view import Fit, PageView

STILL_MS = 200
"""Longest that the window's clock may stand still: what a hand notices."""


class Clock(QObject):
    """Ticks in the window's thread and remembers its longest pause."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0
        self._since = QElapsedTimer()
        self._since.start()
        self._timer = QTimer(self)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        self.longest = max(self.longest, self._since.restart())

    def stop(self) -> None:
        self._tick()
        self._timer.stop()


def test_a_pile_of_three_papers_takes_five_keys(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with bench(tmp_path, table=table) as held:
        apart = separators(held, FORM, CARD, PHOTO)
        held.pile.pages = [
            apart[FORM], sheet("text", 0), sheet("text", 1), apart[CARD], sheet("text", 2), apart[PHOTO],
            sheet("text", 3),
        ]
        page = held.page(qtbot)
        qtbot.waitUntil(lambda: bool(held.scans.sources))
        page.arrive()
        hand = 0

        def key(which: Qt.Key) -> None:
            nonlocal hand
            hand += 1
            qtbot.keyClick(QApplication.focusWidget() or page, which)

        key(Qt.Key.Key_S)
        settled(qtbot, page, 7)
        assert lies(page) == {FORM: [[2, 3]], CARD: [[5]], PHOTO: [[7]]}
        walked = []
        for _ in range(3):
            walked.append(page.place)
            key(Qt.Key.Key_K)
        assert walked == [FORM, CARD, PHOTO] and page.left_side.file.hasFocus()
        with qtbot.waitSignal(page.filing.ended, timeout=20_000) as ended:
            key(Qt.Key.Key_F12)
        assert ended.args == [3] and hand == 5
        assert all(stored(held, code).checks.is_good for code in (FORM, CARD, PHOTO))


def test_k_takes_back_stays_and_never_checks_what_has_no_page(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with bench(tmp_path, *three(), table=table) as held:
        page = held.page(qtbot)
        page.go_to(CARD)
        press(qtbot, page, Qt.Key.Key_K)
        assert not page.left_side.model.item(1).is_checked
        assert held.around.frame.words[-1] == ("info", "Chưa có trang nào ở giấy này")
        page.go_to(FORM)
        scanned(qtbot, held, page, 3)
        press(qtbot, page, Qt.Key.Key_K)
        assert page.left_side.model.item(0).is_checked and page.left_side.file.hasFocus()
        press(qtbot, page, Qt.Key.Key_K)
        assert not page.left_side.model.item(0).is_checked and page.place == FORM


@pytest.mark.parametrize("count", [10, pytest.param(30, marks=pytest.mark.slow)])
def test_the_window_never_stands_still_while_pages_and_a_hostile_file_arrive(
    qtbot: QtBot, tmp_path: Path, table: LightTable, count: int
) -> None:
    pages = [sheet("text", seed, 50) for seed in range(count)]
    hostile = bomb_pdfs.all_bombs()["pdf_deflate_in_deflate"]()
    with bench(tmp_path, *pages, table=table) as held:
        page = held.page(qtbot)
        qtbot.waitUntil(lambda: bool(held.scans.sources))
        clock = Clock()
        qtbot.keyClick(page.left_side.items, Qt.Key.Key_S)
        page.intake.take(hostile, "application/pdf", "file")
        qtbot.waitUntil(lambda: len(page.intake.pages) >= count and page.intake.is_idle, timeout=60_000)
        clock.stop()
        assert clock.longest < STILL_MS
        assert lies(page)[FORM] == [list(range(1, count + 1))]


def test_a_paper_too_large_for_the_province_is_said_by_its_name_and_can_be_filed_later(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with bench(tmp_path, *three(), table=table) as held:
        page = held.page(qtbot)
        scanned(qtbot, held, page, 3)
        limit(held, DigitisingRule(file_limit=1_000))
        with qtbot.waitSignal(page.filing.ended, timeout=20_000) as ended:
            press(qtbot, page, Qt.Key.Key_F12)
        assert ended.args == [0] and not stored(held, FORM).version
        assert page.trouble.title().startswith("Tờ khai yêu cầu (Mẫu thử): ")
        assert "document_too_large" in page.trouble.accessibleName()
        limit(held, DigitisingRule())
        with qtbot.waitSignal(page.filing.ended, timeout=20_000) as ended:
            press(qtbot, page, Qt.Key.Key_F12)
        assert ended.args == [1] and not page.trouble.isVisibleTo(page)


def limit(held: Bench, rule: DigitisingRule) -> None:
    with held.office.application.database.writing() as connection:
        use_rule(connection, rule)


def test_enter_gives_a_page_all_the_room_and_esc_takes_it_back(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with bench(tmp_path, *three(), table=table) as held:
        page = held.page(qtbot)
        scanned(qtbot, held, page, 3)
        stand_on(page, 0)
        narrow = page.viewer.width()
        press(qtbot, page, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: page.viewer.width() > 1.6 * narrow)
        assert page.pages.isHidden() and page.viewer.view.hasFocus()
        qtbot.keyClick(page.viewer.view, Qt.Key.Key_PageDown)
        current = page.pages.thumbs.current_page()
        assert current is not None and current.number == 2          # the next page, in the same room
        qtbot.keyClick(page.viewer.view, Qt.Key.Key_Escape)
        assert not page.pages.isHidden() and page.pages.thumbs.hasFocus() and held.around.frame.backs == 0
        press(qtbot, page, Qt.Key.Key_V)
        assert page.pages.isHidden()
        press(qtbot, page, Qt.Key.Key_V)
        assert not page.pages.isHidden()


@pytest.mark.parametrize(("digit", "scale"), [(1, 1.0), (2, 2.0)])
def test_a_digit_shows_the_page_point_for_point(qtbot: QtBot, digit: int, scale: float) -> None:
    view = PageView()
    qtbot.addWidget(view)
    view.resize(400, 500)
    asked: list[int] = []
    view.sharper_wanted.connect(asked.append)
    view.show_picture(QImage(700, 990, QImage.Format.Format_RGB32), QSize(1654, 2339))
    view.show_at(scale)
    assert view.scale == pytest.approx(scale) and view.how_fit is None
    assert asked[-1] == round(2339 * scale)                          # a picture with as many points is asked for
    view.show_at(Fit.PAGE)
    assert view.how_fit is Fit.PAGE and view.scale < 0.25


def test_a_name_of_thousands_of_letters_is_cut_in_the_row_and_in_its_tip() -> None:
    item = PaperItem("1", 1, "Giấy tờ " * 875, "Chưa số hóa", "neutral", words="Giấy tờ " * 875)
    assert len(item.words) == 7000 and len(tip_of(item)) <= MOST_IN_TIP + 1 and tip_of(item).endswith("…")
    assert tip_of(replace(item, words="1. Tờ khai")) == "1. Tờ khai"


def test_three_hundred_pages_are_scrolled_through_with_few_decoded(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with bench(tmp_path, *[sheet("text", seed, 40) for seed in range(24)], table=table) as held:
        page = held.page(qtbot)
        page.go_to(TRAY)
        scanned(qtbot, held, page, 24)
        thumbs = page.pages.thumbs
        qtbot.waitUntil(lambda: page.pictures.decoded >= 6)
        cells = page.pages.model.cells()
        many = [
            replace(cells[number % 24], page=f"{number}", number=number + 1) for number in range(300)
        ]
        page.pages.model.show_cells(many)
        before = page.pictures.decoded
        clock = Clock()
        bar = thumbs.verticalScrollBar()
        for step in range(0, bar.maximum(), 97):
            bar.setValue(step)
            QApplication.processEvents()
        clock.stop()
        assert page.pictures.decoded - before <= 24 and clock.longest < STILL_MS
