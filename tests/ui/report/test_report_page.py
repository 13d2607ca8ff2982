"""Báo cáo by its keys: the figures are the book's, each opens as many rows as it says, nobody looks unasked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.reports.ii06a import Figure
from app.domain.reports.periods import Period, Preset, preset_period
from app.services.reports.money import COLLECTIONS, FEES
from app.services.reports.registry import CHOICES
from tests.office import sample_intake
from tests.ui.dossier.desk import present
from tests.ui.report.desk import Bench, bench, press, typed
from ui.background.tasks import BackgroundTasks
from ui.changes import Change
from ui.pages.report.page import ReportPage

ALT = Qt.KeyboardModifier.AltModifier
TODAY = date(2026, 11, 23)
PURPOSE = "Đối chiếu số liệu báo cáo"


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path) as made:
        yield made


def column(page: ReportPage, key: str) -> int:
    assert page.made is not None
    return next(at for at, each in enumerate(page.made.table.columns) if each.key == key)


def total(page: ReportPage, key: str) -> object:
    assert page.made is not None
    return page.made.table.rows[-1].cells[column(page, key)]


def stand(page: ReportPage, key: str, row: int = -1) -> None:
    assert page.made is not None
    page.card.table.stand_on(row % len(page.made.table.rows), column(page, key))
    page.card.table.setFocus()


def open_list(page: ReportPage, purpose: str = PURPOSE) -> None:
    press(page, Qt.Key.Key_Return)
    sheet = page.purpose_sheet
    assert sheet is not None and sheet.is_open and sheet.field.line.hasFocus()
    typed(purpose)
    press(page, Qt.Key.Key_Return)
    assert not sheet.is_open


def test_the_first_report_is_there_at_once_for_the_reporting_quarter(qtbot: QtBot, held: Bench) -> None:
    page = held.show(qtbot)
    assert page.made is not None and page.made.table.id == "II.06a"
    assert page.periods.period == preset_period(Preset.QUARTER, TODAY)
    assert total(page, Figure.TOTAL) == 5 and total(page, Figure.ONLINE) == 1
    assert "quý" in page.periods.name()


def test_a_key_chooses_the_period_and_arrows_go_back_and_forth(qtbot: QtBot, held: Bench) -> None:
    page = held.show(qtbot)
    for key, preset in (
        (Qt.Key.Key_1, Preset.DAY), (Qt.Key.Key_2, Preset.WEEK), (Qt.Key.Key_3, Preset.MONTH),
        (Qt.Key.Key_5, Preset.HALF_YEAR), (Qt.Key.Key_6, Preset.YEAR), (Qt.Key.Key_7, Preset.CALENDAR_YEAR),
    ):
        press(page, key, ALT)
        assert page.made is not None and page.made.asked.period == preset_period(preset, TODAY)
        press(page, Qt.Key.Key_Left, ALT)
        assert page.made.asked.period == preset_period(preset, TODAY, 1) and total(page, Figure.DIRECT) == 0
        press(page, Qt.Key.Key_Right, ALT)
        press(page, Qt.Key.Key_Right, ALT)         # nothing lies after the present one
        assert page.made.asked.period == preset_period(preset, TODAY)


def test_days_are_typed_and_wrong_ones_said(qtbot: QtBot, held: Bench) -> None:
    page = held.show(qtbot)
    press(page, Qt.Key.Key_8, ALT)
    sheet = page.period_sheet
    assert sheet is not None and sheet.is_open
    sheet.first.set_text("24/11/2026")
    sheet.last.set_text("20/11/2026")
    press(page, Qt.Key.Key_Return)
    assert sheet.is_open and sheet.last.message()
    sheet.first.set_text("ngày nào")
    press(page, Qt.Key.Key_Return)
    assert sheet.is_open and sheet.first.message()
    sheet.first.set_text("1/11/2026")
    press(page, Qt.Key.Key_Return)
    assert not sheet.is_open and page.made is not None
    assert page.made.asked.period == Period(date(2026, 11, 1), date(2026, 11, 20))
    assert total(page, Figure.TOTAL) == 0


def test_a_figure_opens_as_many_dossiers_as_it_says_after_its_purpose_is_kept(qtbot: QtBot, held: Bench) -> None:
    page = held.show(qtbot)
    stand(page, Figure.DIRECT)
    open_list(page)
    assert page.is_list and page.lists.dossiers.dossiers.rowCount() == 4 == total(page, Figure.DIRECT)
    assert page.lists.dossiers.hasFocus()
    (line,) = held.asked()
    assert (line["purpose"], line["count"]) == (PURPOSE, 4)
    assert str(line["what"]).startswith("II.06a:all:direct 2026-09-15..")
    with qtbot.waitSignal(page.dossier_requested) as said:
        press(page, Qt.Key.Key_Return)
    assert said.args == [page.lists.dossiers.current_row().code]
    press(page, Qt.Key.Key_Escape)
    assert not page.is_list and page.card.table.currentIndex().column() == column(page, Figure.DIRECT)
    assert page.card.table.hasFocus()


def test_without_a_purpose_no_list_is_shown(qtbot: QtBot, held: Bench) -> None:
    page = held.show(qtbot)
    stand(page, Figure.TOTAL)
    press(page, Qt.Key.Key_Return)
    press(page, Qt.Key.Key_Return)                 # nothing was typed
    sheet = page.purpose_sheet
    assert sheet is not None and sheet.is_open and sheet.refused.isVisible()
    press(page, Qt.Key.Key_Escape)
    assert not page.is_list and held.asked() == []


def test_the_purpose_given_last_is_offered_again_and_kept_again(qtbot: QtBot, held: Bench) -> None:
    page = held.show(qtbot)
    for key in (Figure.TOTAL, Figure.ONLINE):
        stand(page, key)
        press(page, Qt.Key.Key_Return)
        if key is Figure.TOTAL:
            press(page, Qt.Key.Key_2, ALT)
        press(page, Qt.Key.Key_Return)
        assert page.is_list
        press(page, Qt.Key.Key_Escape)
    assert [(line["purpose"], line["count"]) for line in held.asked()] == [(PURPOSE, 5), (PURPOSE, 1)]


@pytest.mark.parametrize(("key", "word"), [(Figure.LATE, "bằng 0"), ("name", "không có danh sách")])
def test_what_counts_nothing_says_so(qtbot: QtBot, held: Bench, key: str, word: str) -> None:
    page = held.show(qtbot)
    stand(page, key)
    press(page, Qt.Key.Key_Return)
    assert word in held.around.frame.words[-1][1] and page.purpose_sheet is None and not page.is_list


def test_money_opens_its_lines(qtbot: QtBot, held: Bench) -> None:
    page = held.show(qtbot)
    page.choose_report(FEES)
    assert total(page, "count") == 2
    stand(page, "cash")
    open_list(page)
    assert page.lists.stack.currentWidget() is page.lists.money and page.lists.money.model().rowCount() == 2
    assert held.asked()[-1]["count"] == 2


def test_a_report_that_names_persons_is_not_shown_before_its_purpose(qtbot: QtBot, held: Bench) -> None:
    page = held.show(qtbot)
    page.choose_report(COLLECTIONS)
    sheet = page.purpose_sheet
    assert sheet is not None and sheet.is_open and page.made is None
    assert page.card.table.figures.rowCount() == 0
    typed(PURPOSE)
    press(page, Qt.Key.Key_Return)
    assert page.made is not None and page.card.table.figures.rowCount() == 3
    assert held.asked()[-1]["what"] == "collections 2026-09-15..2026-12-14"


def test_every_report_can_be_shown(qtbot: QtBot, held: Bench) -> None:
    page = held.show(qtbot)
    for report in CHOICES:
        page.choose_report(report)
        sheet = page.purpose_sheet
        if sheet is not None and sheet.is_open:
            typed(PURPOSE)
            press(page, Qt.Key.Key_Return)
        assert page.made is not None and page.made.table.id == report
    assert held.around.frame.warnings == []


def test_a_report_stays_as_it_was_made_until_it_is_made_again(qtbot: QtBot, held: Bench) -> None:
    page = held.show(qtbot)
    held.office.clock.advance(timedelta(minutes=5))
    held.office.receive(sample_intake("mới-thêm"))
    held.desk.changes.publish(Change(dossiers=frozenset({"x"})))
    assert total(page, Figure.TOTAL) == 5 and "R" in page.card.made_line.text()
    press(page, Qt.Key.Key_R)
    assert total(page, Figure.TOTAL) == 6


def test_what_a_clerk_did_opens_without_a_purpose_as_it_names_nobody(qtbot: QtBot, held: Bench) -> None:
    page = held.show(qtbot)
    page.choose_report("my-day")
    stand(page, "amount", 0)
    press(page, Qt.Key.Key_Return)
    assert page.is_list and page.purpose_sheet is None and held.asked() == []
    model = page.lists.table.model()
    assert model.rowCount() == total_of(page) == 5
    with qtbot.waitSignal(page.dossier_requested) as said:
        press(page, Qt.Key.Key_Return)
    assert said.args[0].startswith("H47")


def total_of(page: ReportPage) -> object:
    assert page.made is not None
    return page.made.table.rows[0].cells[1]


def test_hand_overs_open_their_lines(qtbot: QtBot, held: Bench) -> None:
    page = held.show(qtbot)
    page.choose_report("handovers")
    stand(page, "acknowledged")
    press(page, Qt.Key.Key_Return)
    assert page.is_list and page.lists.table.model().rowCount() == 1 and page.lists.may_be_saved


def test_a_line_of_the_register_opens_its_dossier(qtbot: QtBot, held: Bench) -> None:
    page = held.show(qtbot)
    page.choose_report("register")
    typed(PURPOSE)
    press(page, Qt.Key.Key_Return)
    assert held.asked()[-1]["count"] == 5
    stand(page, "applicant", 2)
    with qtbot.waitSignal(page.dossier_requested) as said:
        press(page, Qt.Key.Key_Return)
    assert page.made is not None and said.args == [page.made.table.rows[2].drill]


def test_the_dossiers_of_a_figure_are_found_beside_the_window_and_given_up_with_esc(
    qtbot: QtBot, held: Bench
) -> None:
    pool = BackgroundTasks()
    page = present(qtbot, ReportPage(replace(held.desk, background=pool)))
    qtbot.waitUntil(lambda: page.made is not None)
    stand(page, Figure.TOTAL)
    open_list(page)
    assert not page.is_list and page.progress.is_going
    press(page, Qt.Key.Key_Escape)
    assert not page.progress.is_going and held.around.frame.words[-1][0] == "info"
    qtbot.waitUntil(lambda: not pool.is_busy)
    assert not page.is_list, "what was given up opens nothing later"
    open_list(page)
    said = len(held.around.frame.words)
    open_list(page)                                # another is asked for, or the report anew: nothing was stopped
    assert page.progress.is_going and len(held.around.frame.words) == said
    page.make_again()
    assert page.progress.is_going and len(held.around.frame.words) == said
    qtbot.waitUntil(lambda: not page.progress.is_going)
    stand(page, Figure.TOTAL)
    open_list(page)
    qtbot.waitUntil(lambda: page.is_list)
    assert page.lists.dossiers.model().rowCount() == total(page, Figure.TOTAL)
    assert pool.close()
