"""The stored scans on the start screen: checked by a key or by the night, told in the lead and by alarms."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services.outside_view import Alarm
from app.services.scan_check import EVERY, last_check
from app.store.queries.dossiers import DossierList
from tests.app.services.scans import page_bytes, scan
from tests.office import Office, sample_catalogue
from tests.ui.dossier.desk import at_desk, present
from tests.ui.dossier.stories import digitise, receive
from ui.dialogs.recovery_report import RecoveryReport, read_unfinished
from ui.operations.check_scans import check_stored_scans
from ui.operations.desk import Desk
from ui.pages.home.alarm_words import alarm_words
from ui.pages.home.page import HomePage
from ui.pages.home.tiles import Work
from ui.pages.search.page import SearchPage


def page_of(qtbot: QtBot, desk: Desk) -> HomePage:
    return present(qtbot, HomePage(desk))


def one_scanned(office: Office) -> str:
    code = receive(office, "a", "Lê Văn Mẫu", 1)
    digitise(office, "a", code, 1, 10)
    return code


def blob_files(office: Office) -> list[Path]:
    blobs = office.application.blobs
    return sorted(blobs.path_of(file.sha256) for file in blobs.walk())


def scan_alarms(page: HomePage) -> list[str]:
    return [said for said in page.alarms.said if "quét" in said]


def test_k_checks_the_scans_and_the_lead_says_when(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        one_scanned(office)
        page = page_of(qtbot, desk)
        assert "bản quét" not in page._lead.text()
        office.clock.advance(timedelta(minutes=10))
        qtbot.keyClick(page.table, Qt.Key.Key_K)
        assert page._lead.text().endswith(" · bản quét đủ, kiểm tra 09:10")
        office.clock.advance(timedelta(days=1))
        page.refresh()
        assert page._lead.text().endswith(" · bản quét đủ, kiểm tra 09:10 23/11")
    assert around.frame.words == [
        ("info", "Đang kiểm tra kho bản quét"), ("ok", "Kho bản quét đủ và nguyên vẹn: 3 tệp"),
    ]


def test_with_nothing_scanned_the_lead_says_nothing_of_scans(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (_, desk, around):
        page = page_of(qtbot, desk)
        qtbot.keyClick(page.table, Qt.Key.Key_K)
        assert "bản quét" not in page._lead.text()
    assert around.frame.words[-1] == ("ok", "Kho bản quét đủ và nguyên vẹn: 0 tệp")


def test_a_missing_file_is_said_at_once_and_stays_as_an_alarm(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        one_scanned(office)
        blob_files(office)[0].unlink()
        page = page_of(qtbot, desk)
        qtbot.keyClick(page.table, Qt.Key.Key_K)
        assert around.frame.words[-1] == ("bad", "Kho bản quét: 1 tệp thiếu, 0 tệp hỏng. Xem ở Hôm nay.")
        assert scan_alarms(page) == ["Thiếu 1 tệp bản quét (kiểm tra 23/11/2026)"]
        assert page._lead.text().endswith("bản quét thiếu, kiểm tra 09:00")


def test_a_damaged_file_is_told_from_a_missing_one_and_is_kept(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        one_scanned(office)
        file = blob_files(office)[0]
        content = bytearray(file.read_bytes())
        content[-1] ^= 1
        file.chmod(0o600)
        file.write_bytes(content)
        page = page_of(qtbot, desk)
        check_stored_scans(desk, is_asked=False)              # as the night does: only trouble is told
        assert around.frame.words == [("bad", "Kho bản quét: 0 tệp thiếu, 1 tệp hỏng. Xem ở Hôm nay.")]
        assert scan_alarms(page) == ["Hỏng 1 tệp bản quét (kiểm tra 23/11/2026)"]
        assert file.exists()


def test_the_night_says_nothing_of_a_good_end(tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        one_scanned(office)
        check_stored_scans(desk, is_asked=False)
        with office.application.database.reading() as connection:
            result = last_check(connection)
    assert around.frame.words == [] and any(change.has_scans for change in around.published)
    assert result is not None and (result.checked, result.missing, result.damaged) == (3, 0, 0)


def test_an_orphan_older_than_a_day_is_cleared_away_without_an_alarm(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        one_scanned(office)
        known = blob_files(office)
        blobs = office.application.blobs
        orphan = blobs.path_of(blobs.put(b"no row names this", "image/png").sha256)
        fresh = blobs.path_of(blobs.put(b"nor this, yet", "image/png").sha256)
        age(orphan, office.clock.now() - timedelta(hours=25))
        age(fresh, office.clock.now() - timedelta(hours=1))
        page = page_of(qtbot, desk)
        qtbot.keyClick(page.table, Qt.Key.Key_K)
        assert not orphan.exists() and fresh.exists() and all(file.exists() for file in known)
        assert scan_alarms(page) == []


def age(file: Path, moment: datetime) -> None:
    os.utime(file, (moment.timestamp(), moment.timestamp()))


def test_nobody_looked_for_a_week_is_an_alarm_until_somebody_looks(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        one_scanned(office)
        office.clock.advance(EVERY + timedelta(hours=1))
        page = page_of(qtbot, desk)
        before = scan_alarms(page)
        qtbot.keyClick(page.table, Qt.Key.Key_K)
        assert scan_alarms(page) == []
    assert before == ["Kho bản quét chưa được kiểm tra từ 23/11/2026"]


NOON = datetime.fromisoformat("2026-11-23T05:00:00+00:00")


@pytest.mark.parametrize("alarm", [
    Alarm("scans_missing", {"amount": 2, "at": NOON}), Alarm("scans_damaged", {"amount": 1, "at": NOON}),
    Alarm("scans_orphaned", {"amount": 3, "at": NOON}), Alarm("scans_unchecked", {"since": NOON}),
    Alarm("scans_unchecked", {"since": None}),
], ids=lambda alarm: alarm.code)
def test_every_alarm_of_the_scans_says_what_is_wrong_and_what_to_do(alarm: Alarm) -> None:
    for language in ("vi", "en"):
        title, detail = alarm_words(alarm, sample_catalogue(), language)
        assert title and detail and "{" not in title + detail


def test_alt_8_here_and_alt_7_in_search_lead_to_the_dossiers_to_digitise(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "scanned") as (_, desk, _around):
        page = page_of(qtbot, desk)
        wanted: list[DossierList] = []
        page.list_requested.connect(wanted.append)
        qtbot.keyClick(page.table, Qt.Key.Key_8, Qt.KeyboardModifier.AltModifier)
        count = page.tiles.tiles[Work.TO_SCAN].count()
        search = present(qtbot, SearchPage(desk))
        qtbot.keyClick(search, Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
        assert wanted == [DossierList.TO_SCAN] and count == search.table.dossiers.rowCount() == 4


def test_pages_that_are_in_no_paper_are_offered_and_enter_goes_on_with_them(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        code = receive(office, "a", "Lê Văn Mẫu", 1)
        for turn in range(3):
            scan(office, "a", page_bytes(turn), ordinal=turn + 1)
        scan(office, "biểu chưa lưu", page_bytes(9))          # of a form: the form is what is offered
        lines = read_unfinished(desk)
        page = page_of(qtbot, desk)
        wanted: list[str] = []
        page.pages_requested.connect(wanted.append)
        page.offer_recovery()
        sheet = page._report
        assert sheet is not None and sheet.is_open
        qtbot.keyClick(sheet.table, Qt.Key.Key_Y)             # no print: nothing happens
        assert sheet.is_open
        qtbot.keyClick(sheet.table, Qt.Key.Key_Return)
        assert not sheet.is_open and wanted == [code]
    assert [(line.what, line.code, line.subject) for line in lines] == [
        ("Trang quét chưa lưu", code, "Lê Văn Mẫu · 3 trang"),
    ]


def test_the_sheet_follows_what_is_scanned_meanwhile(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "scanned") as (office, desk, _):
        host = QWidget()
        host.resize(1366, 768)
        qtbot.addWidget(host)
        host.show()
        sheet = RecoveryReport(host, desk)
        sheet.ask()
        assert sheet.title.text() == "Có 1 việc đang dở"
        scan(office, "quét-1", page_bytes(77))
        check_stored_scans(desk, is_asked=False)              # publishes that scans may look different
        assert sheet.title.text() == "Có 2 việc đang dở"
