"""D turns to the charts of the report in front, drawn beside the window; names follow its language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.reports.ii06a import Figure
from app.domain.reports.periods import Preset, preset_period
from app.services.reports.registry import CHOICES
from tests.ui.dossier.desk import present
from tests.ui.report.desk import Bench, bench, press, typed
from tests.ui.report.test_report_page import ALT, PURPOSE, TODAY, stand
from ui.background.tasks import BackgroundTasks
from ui.models.report_words import REPORTS, full_name, period_words, short_name
from ui.pages.report.page import ReportPage
from ui.translations import Language


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path) as made:
        yield made


def test_a_key_turns_to_the_charts_and_back(qtbot: QtBot, held: Bench) -> None:
    page = held.show(qtbot)
    stand(page, Figure.TOTAL)
    press(page, Qt.Key.Key_D)
    charts = page.card.charts
    qtbot.waitUntil(lambda: len(charts.pictures) == 3)
    assert page.card.is_chart and charts.area.hasFocus()
    assert "Tiếp nhận" in charts.pictures[0].accessibleName()
    press(page, Qt.Key.Key_Return)                 # no figure stands here
    assert not page.is_list and page.purpose_sheet is None
    page.choose_report("by-agency")                # who looks at charts goes on looking at charts
    qtbot.waitUntil(lambda: len(charts.pictures) == 1)
    press(page, Qt.Key.Key_Escape)
    assert not page.card.is_chart and page.card.table.hasFocus()


@pytest.mark.parametrize(("report", "word"), [("post-items", "Kỳ này"), ("collections", "không có biểu đồ")])
def test_where_no_chart_is_it_says_why(qtbot: QtBot, held: Bench, report: str, word: str) -> None:
    page = held.show(qtbot)
    page.choose_report(report)
    if page.made is None:
        typed(PURPOSE)
        press(page, Qt.Key.Key_Return)
    press(page, Qt.Key.Key_D)
    charts = page.card.charts
    qtbot.waitUntil(lambda: charts.currentWidget() is charts.empty)
    assert word in charts.empty.accessibleName() and charts.pictures == []


def test_charts_are_drawn_beside_the_window_and_given_up_for_another_report(qtbot: QtBot, held: Bench) -> None:
    pool = BackgroundTasks()
    page = present(qtbot, ReportPage(replace(held.desk, background=pool)))
    qtbot.waitUntil(lambda: page.made is not None)
    page.turn()
    page.choose_report("by-agency")
    qtbot.waitUntil(lambda: page.made is not None and page.made.table.id == "by-agency" and not pool.is_busy)
    qtbot.waitUntil(lambda: len(page.card.charts.pictures) == 1)
    assert pool.close()


def test_another_width_is_drawn_for_also_while_one_is_being_drawn(qtbot: QtBot, held: Bench) -> None:
    pool = BackgroundTasks()
    page = present(qtbot, ReportPage(replace(held.desk, background=pool)))
    qtbot.waitUntil(lambda: page.made is not None)
    page.turn()
    charts = page.card.charts
    qtbot.waitUntil(lambda: charts.charts is not None)
    page.window().resize(900, 660)
    qtbot.waitUntil(lambda: bool(charts.pictures) and not pool.is_busy
                    and charts.pictures[0].pixmap().width() < charts.width())
    wide = charts.pictures[0].pixmap().width()
    page.window().resize(1200, 660)
    qtbot.waitUntil(lambda: bool(charts.pictures) and charts.pictures[0].pixmap().width() > wide)
    assert pool.close()


def test_names_of_reports_and_periods_follow_the_window(qtbot: QtBot, held: Bench, language: Language) -> None:
    language.use("en")
    page = held.show(qtbot)
    assert page.periods.name().startswith("quarter IV of 2026")
    assert short_name("by-agency") == "By agency" and full_name("register") == "Register of dossiers"
    press(page, Qt.Key.Key_7, ALT)
    assert page.periods.name().startswith("year 2026")
    for preset in Preset:
        assert not set("ăâđêôơư") & set(period_words(preset, preset_period(preset, TODAY)))


def test_every_report_has_its_names() -> None:
    assert set(REPORTS) == set(CHOICES)
