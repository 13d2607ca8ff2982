from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services.receipts import open_prints
from tests.ui.dossier.desk import at_desk
from ui.dialogs.recovery_report import RecoveryReport, read_unfinished
from ui.operations.desk import Desk


def sheet_of(qtbot: QtBot, desk: Desk) -> RecoveryReport:
    host = QWidget()
    host.resize(1366, 768)
    qtbot.addWidget(host)
    host.show()
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)
    sheet = RecoveryReport(host, desk)
    sheet.ask()
    return sheet


def test_what_was_in_flight_is_listed_prints_first_then_the_form_on_the_desk(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "trouble") as (_, desk, _around):
        lines = read_unfinished(desk)
    assert [(line.is_print, line.intent) for line in lines] == [
        (True, ""), (True, ""), (False, "tạm-2"), (False, "tạm-0"), (False, "tạm-1"),
    ]
    assert lines[0].code == "H47.15-261123-0009" and lines[0].subject == "Lê Thị Ví Dụ · bản 1"


def test_the_clerk_s_word_ends_a_print(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "trouble") as (_, desk, around):
        sheet = sheet_of(qtbot, desk)
        qtbot.keyClick(sheet, Qt.Key.Key_Y)
        with desk.office.database.reading() as connection:
            left = [job.code for job in open_prints(connection)]
        assert left == ["H47.15-261123-0010"] and around.tray.papers == []
        assert sheet.title.text() == "Có 4 việc đang dở"
        qtbot.keyClick(sheet, Qt.Key.Key_Y)
        qtbot.keyClick(sheet, Qt.Key.Key_Y)               # now on a form: nothing happens
        with desk.office.database.reading() as connection:
            assert open_prints(connection) == ()
        assert sheet.title.text() == "Có 3 việc đang dở"


def test_a_print_that_never_came_out_is_printed_as_it_was_and_not_counted_as_a_copy(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_desk(tmp_path, "trouble") as (_, desk, around):
        sheet = sheet_of(qtbot, desk)
        qtbot.keyClick(sheet, Qt.Key.Key_P)
        with desk.office.database.reading() as connection:
            left = [(job.code, job.copy_number) for job in open_prints(connection)]
    assert left == [("H47.15-261123-0010", 0)]
    slip, copies, pdf = around.tray.papers[0]
    assert (slip, copies, pdf[:5]) == ("receipt", 1, b"%PDF-")


def test_a_broken_printer_leaves_the_print_in_the_list(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "trouble") as (_, desk, around):
        around.tray.is_broken = True
        sheet = sheet_of(qtbot, desk)
        qtbot.keyClick(sheet, Qt.Key.Key_P)
        lines = read_unfinished(desk)
    assert lines[0].what == "In không được" and lines[0].tone == "bad"
    assert around.frame.warnings


def test_a_form_is_resumed_with_enter(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "trouble") as (_, desk, _around):
        sheet = sheet_of(qtbot, desk)
        wanted: list[str] = []
        sheet.draft_requested.connect(wanted.append)
        sheet.dossier_requested.connect(wanted.append)
        sheet.table.stand_on(2)
        qtbot.keyClick(sheet.table, Qt.Key.Key_Return)
        assert not sheet.is_open
        sheet.ask()
        qtbot.keyClick(sheet.table, Qt.Key.Key_Return)
    assert wanted == ["tạm-2", "H47.15-261123-0009"]


def test_with_nothing_left_the_sheet_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (_, desk, _around):
        sheet = sheet_of(qtbot, desk)
        assert sheet.title.text() == "Không còn việc dở"
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
        assert not sheet.is_open
