"""Bàn giao ca by keys: counted, stored, printed, and the next clerk works this counter."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.services.counter import note_office
from app.services.papers.prints import open_paper_prints
from tests.ui.dossier.desk import at_desk, present
from ui.dialogs.recovery_report import read_unfinished
from ui.pages.home.page import HomePage
from ui.pages.home.tiles import Work


def test_one_key_hands_the_shift_over_and_prints_the_minutes(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "trouble") as (_, desk, around):
        page = present(qtbot, HomePage(desk))
        qtbot.keyClick(page.table, Qt.Key.Key_C)
        sheet = page._shift
        assert sheet is not None and sheet.is_open and sheet.to.currentText() == "Lê Văn Ví Dụ"
        sheet.cash.set_amount(1_250_000)
        sheet.note.set_text("Máy in kêu")
        qtbot.keyClick(sheet.to, Qt.Key.Key_Return)
        assert not sheet.is_open
        assert desk.office.enrolled.shift_clerk == "nv-2"
        slip, _, pdf = around.tray.papers[0]
        assert slip == "shift_minutes" and pdf.startswith(b"%PDF-")
        assert ("ok", "Lê Văn Ví Dụ trực quầy từ bây giờ") in around.frame.words
        assert any(change.has_settings for change in around.published)
        with desk.office.database.reading() as connection:
            assert open_paper_prints(connection) == ()


def test_minutes_that_were_not_printed_wait_in_the_reprint_list(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (_, desk, around):
        around.tray.is_broken = True
        page = present(qtbot, HomePage(desk))
        qtbot.keyClick(page.table, Qt.Key.Key_C)
        assert page._shift is not None
        qtbot.keyClick(page._shift.to, Qt.Key.Key_Return)
        assert desk.office.enrolled.shift_clerk == "nv-2", "a jammed printer does not undo the change"
        page.refresh()
        assert page.tiles.tiles[Work.PRINTS].count() == 1
        (line,) = [each for each in read_unfinished(desk) if each.is_print]
        assert (line.what, line.subject, line.is_paper, line.is_dossier) == (
            "In không được", "Biên bản bàn giao ca", True, False)
        around.tray.is_broken = False
        page.open_work(Work.PRINTS)
        report = page._report
        assert report is not None and report.is_open
        qtbot.keyClick(report.table, Qt.Key.Key_Return)       # minutes are no dossier: nothing opens
        assert report.is_open
        qtbot.keyClick(report, Qt.Key.Key_P)
        assert around.tray.papers[0][0] == "shift_minutes"
        assert not [each for each in read_unfinished(desk) if each.is_print]


def test_the_clerk_s_word_ends_a_paper_s_print_too(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (_, desk, around):
        around.tray.is_broken = True
        page = present(qtbot, HomePage(desk))
        qtbot.keyClick(page.table, Qt.Key.Key_C)
        assert page._shift is not None
        qtbot.keyClick(page._shift.to, Qt.Key.Key_Return)
        page.open_work(Work.PRINTS)
        assert page._report is not None
        qtbot.keyClick(page._report, Qt.Key.Key_Y)
        assert not [each for each in read_unfinished(desk) if each.is_print]
        page._report.close_sheet()


def test_a_counter_with_one_clerk_says_so_and_stays(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        application = office.application
        with application.database.writing() as connection:
            entries = ({"id": "nv-1", "name": "Trần Thị Thử", "accounts": {}},)
            note_office(connection, dict(application.enrolled.office), "Quầy 3", entries)
        application.reread()
        page = present(qtbot, HomePage(desk))
        qtbot.keyClick(page.table, Qt.Key.Key_C)
        sheet = page._shift
        assert sheet is not None and not sheet.act.isEnabled()
        qtbot.keyClick(sheet.to, Qt.Key.Key_Return)
        assert sheet.is_open and application.enrolled.shift_clerk == "nv-1"
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)


def test_a_clerk_removed_during_her_shift_is_told_and_the_next_takes_over(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        application = office.application
        with application.database.writing() as connection:
            entries = ({"id": "nv-2", "name": "Lê Văn Ví Dụ", "accounts": {}},)
            note_office(connection, dict(application.enrolled.office), "Quầy 3", entries)
        application.reread()
        assert application.enrolled.is_shift_manned, "nobody had handed over: the first of the list works"
        with application.database.writing() as connection:
            connection.exec_driver_sql(
                "INSERT INTO settings VALUES ('shift', '{\"clerk\": \"nv-1\", \"name\": \"Trần Thị Thử\"}')")
        application.reread()
        page = present(qtbot, HomePage(desk))
        assert page.alarms.said[0] == "Trần Thị Thử không còn trong danh sách của tỉnh"
        qtbot.keyClick(page.table, Qt.Key.Key_C)
        assert page._shift is not None
        qtbot.keyClick(page._shift.to, Qt.Key.Key_Return)
        assert application.enrolled.shift_clerk == "nv-2"
        page.refresh()
        assert not any("không còn" in said for said in page.alarms.said)
