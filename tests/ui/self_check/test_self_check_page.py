"""Tự kiểm tra by keyboard: every part told, a page printed and scanned back, a sheet, the way to support."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

import app.services.support.parts as book_parts
import sync.support.parts as line_parts
import ui.command_line.self_check as command
import ui.pages.self_check.page as page_module
from app.devices.scanning.port import Source
from app.domain.input_method import compose
from app.domain.loop_code import CameBack, is_loop_code
from app.domain.scanning import Feed
from app.domain.self_check import Checked, Part, State
from app.errors import EnvironmentFault
from app.services.support.last_check import last_check
from sync.contract.support_code import read_code
from tests.ui.digitise.desk import bench
from tests.ui.digitise.scanner import OFFICE_SCANNER
from tests.ui.dossier.desk import at_desk, present
from tests.ui.self_check.shots import GOOD, TROUBLE, Shown
from ui.background.one_job import OneJob
from ui.dialogs.support_sheet import SupportSheet
from ui.main_window import MainWindow
from ui.models.self_check_words import _WORDS, NAMES, STATES, summary, told
from ui.operations import self_check as acts
from ui.operations.scan_choice import keep_choice
from ui.operations.self_check import check_sheet, sign_at
from ui.pages.self_check.page import SelfCheckPage
from ui.shortcuts import Place
from ui.widgets.page import Page


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Shown, "given", GOOD)


def words_of(page: Shown, part: Part) -> tuple[str, str]:
    row = page.rows.rows[part]
    return row.state.text(), row.said.text()


def test_every_way_a_check_may_end_has_its_sentence() -> None:
    """Read from the sources of the checks: Checked(Part.X, State.Y, "found")."""
    sources = "".join(Path(str(module.__file__)).read_text(encoding="utf-8")
                      for module in (book_parts, line_parts, command))
    ends = set(re.findall(r"Checked\(Part\.([A-Z]+), [^,]*?(?:, )?\"([a-z_]+)\"", sources))
    known = {(part.name, found) for part, found in _WORDS}
    assert len(ends) > 20 and {end for end in ends if end not in known} == {("BACKUP", "unread")}, (
        "what is not in the table is said by the error's own words")
    assert {str(each) for each in CameBack} <= {found for part, found in _WORDS if part is Part.LOOP}
    assert set(NAMES) == set(Part) and set(STATES) == set(State)


def test_the_clerk_reads_how_each_part_stands_and_what_to_press(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Shown, "given", TROUBLE)
    with at_desk(tmp_path) as (_, desk, _around):
        page = present(qtbot, Shown(desk))
        assert page.said.text() == "Kết quả: 5 phần có lỗi, 3 phần cần xem."
        state, said = words_of(page, Part.MEDIUM)
        assert state == "Có lỗi" and "Cắm lại ổ USB" in said
        assert page.rows.rows[Part.CLOCK].said.accessibleName().startswith("Đồng hồ: Có lỗi. Chậm 1 giờ")
        qtbot.keyClick(page, Qt.Key.Key_Escape)


def test_a_page_is_printed_and_its_bars_come_back(qtbot: QtBot, tmp_path: Path, given: None) -> None:
    with at_desk(tmp_path) as (_, desk, around):
        page = present(qtbot, Shown(desk))
        assert not page.take_scan("8935049500011"), "no test page is waited for"
        qtbot.keyClick(page, Qt.Key.Key_T)
        (slip, copies, pdf), = around.tray.papers
        assert (slip, copies, pdf[:5]) == ("receipt", 1, b"%PDF-")
        sent = page._sent
        assert is_loop_code(sent) and words_of(page, Part.LOOP)[0] == "Chưa thử"
        assert page.take_scan(compose(sent, "telex"), is_rewritten=True)
        assert words_of(page, Part.LOOP) == (
            "Có lỗi", "Bộ gõ kiểu Telex đã đổi chữ của máy quét. Tắt bộ gõ (Unikey, EVKey), rồi quét lại.")
        assert page.take_scan("8935049500011"), "while a page is waited for every scan is its answer"
        assert words_of(page, Part.LOOP)[0] == "Cần xem"
        assert page.take_scan(sent)
        assert words_of(page, Part.LOOP)[0] == "Tốt"
        assert (around.clicks.accepted, around.clicks.refused) == (1, 2)
        with desk.office.database.reading() as connection:
            kept = last_check(connection)
    assert kept is not None and Checked(Part.LOOP, State.GOOD, "whole") in kept[1]


def test_a_printer_that_refuses_is_said_in_its_line(qtbot: QtBot, tmp_path: Path, given: None) -> None:
    with at_desk(tmp_path) as (_, desk, around):
        around.tray.is_broken = True
        page = present(qtbot, Shown(desk))
        qtbot.keyClick(page, Qt.Key.Key_T)
        assert words_of(page, Part.LOOP)[0] == "Có lỗi" and page.trouble.isVisible()
        assert page.loop.isEnabled()


def test_the_sheet_is_printed_and_saved_by_keyboard(qtbot: QtBot, tmp_path: Path, given: None) -> None:
    with at_desk(tmp_path) as (_, desk, around):
        page = present(qtbot, Shown(desk))
        qtbot.keyClick(page, Qt.Key.Key_P)
        page.save_to(tmp_path / "phieu.pdf")
        sheet = check_sheet(desk, page.rows.found(), sign_at(desk).code_for())
    assert around.tray.papers[0][2][:5] == (tmp_path / "phieu.pdf").read_bytes()[:5] == b"%PDF-"
    assert len(sheet.lines) == len(Part) and read_code(sheet.support_code).error == 0


def test_the_support_code_is_shown_and_copied(qtbot: QtBot, tmp_path: Path, given: None) -> None:
    with at_desk(tmp_path) as (_, desk, _around):
        sign_at(desk).said("disk_full")
        page = present(qtbot, Shown(desk))
        qtbot.keyClick(page, Qt.Key.Key_G)
        (sheet,) = page.window().findChildren(SupportSheet)
        assert sheet.is_open and "Ổ đĩa" in sheet.about.text() and "(disk_full)" in sheet.about.text()
        assert QGuiApplication.clipboard().text() == sheet.code.text()
        assert read_code(sheet.code.text()).error
        qtbot.keyClick(sheet, Qt.Key.Key_C)
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
        assert not sheet.is_open


def test_a_summary_counts_what_is_wrong() -> None:
    assert summary(GOOD) == ("mọi phần đều tốt", "ok")
    assert summary(TROUBLE)[1] == "bad" and summary(TROUBLE[:2])[1] == "warn"
    without = tuple(replace(each, state=State.OPEN) if each.part in (Part.PRINTER, Part.SCANNER) else each
                    for each in GOOD)
    assert summary(without) == ("2 phần chưa thử, các phần khác tốt", "info")
    assert summary(without[:8]) == ("3 phần chưa thử, các phần khác tốt", "info"), "nor what nobody looked at"
    assert summary(without[-1:]) == summary(()) == ("chưa thử phần nào", "info")


class Waiting(OneJob):
    """It says what the test says."""

    def start(self) -> None:
        pass


def test_a_check_goes_on_where_its_page_is_left_and_its_end_is_there_on_return(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def job(_: object) -> OneJob:
        jobs.append(Waiting([]))
        return jobs[-1]

    jobs: list[OneJob] = []
    monkeypatch.setattr(acts, "check_job", job)
    with at_desk(tmp_path) as (office, desk, _around):
        window = MainWindow(office.clock.now)
        qtbot.addWidget(window)
        window.register_place(Place.HOME, lambda: Page("Hôm nay"))
        window.show()
        window.go(Place.HOME)

        def opened() -> SelfCheckPage:
            page = window.open_beside(Place.SETTINGS, lambda: SelfCheckPage(desk))
            assert isinstance(page, SelfCheckPage)
            return page

        def left(page: SelfCheckPage) -> None:
            with qtbot.waitSignal(page.destroyed):
                window.go(Place.HOME)

        page = opened()
        jobs[0].stepped.emit({"event": "step", "checked": GOOD[0].to_json()})
        jobs[0].stepped.emit({"event": "step", "part": "disk", "done": 2, "of": 9})
        left(page)
        page = opened()
        assert page.progress.is_going and words_of(page, Part.DISK)[0] == "Đang xem…"
        assert words_of(page, Part.BOOK)[0] == "Tốt" and len(jobs) == 1
        left(page)
        for each in GOOD[1:]:
            jobs[0].stepped.emit({"event": "step", "checked": each.to_json()})
        jobs[0].ended.emit({"ok": True, "parts": []})
        with desk.office.database.reading() as connection:
            kept = last_check(connection)
        assert kept is not None and [each for each in GOOD if each not in kept[1]] == []
        page = opened()
        assert (page.said.text(), len(jobs)) == ("Kết quả: mọi phần đều tốt.", 1)
        left(page)
        page = opened()
        assert len(jobs) == 2, "an end that was seen is not shown again"
        assert page.may_close()


def test_what_a_newer_program_found_is_said_all_the_same(tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, _desk, _around):
        words = told(Checked(Part.DISK, State.BAD, "of_tomorrow", {"code": "disk_full"}), office.clock.now(), "vi")
    assert "đĩa" in words.meaning and words.press


def test_the_chosen_scanner_takes_a_page_and_keeps_nothing(
    qtbot: QtBot, tmp_path: Path, given: None, monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen = replace(OFFICE_SCANNER, id="escl:http://192.0.2.7/eSCL")
    asked: list[tuple[Source, Callable[[Feed, QImage], None], Callable[[Exception], None]]] = []
    monkeypatch.setattr(page_module, "try_scan", lambda scans, source, done, failed: asked.append(
        (source, done, failed)))
    with bench(tmp_path) as at:
        at.scans._look = lambda: (OFFICE_SCANNER, chosen)
        keep_choice(at.desk, chosen.id, Feed.FLATBED.value)
        page = present(qtbot, Shown(at.desk))
        qtbot.keyClick(page, Qt.Key.Key_Q)
        assert not page.scan.isEnabled(), "a second Q while scanners are looked for is no second scan"
        qtbot.keyClick(page, Qt.Key.Key_Q)
        qtbot.waitUntil(lambda: bool(asked))
        (source, done, failed), = asked
        assert source == chosen and not page.scan.isEnabled()
        done(Feed.FLATBED, QImage())
        assert words_of(page, Part.SCANNER) == ("Tốt", "Quét được một trang thử; trang đó không được lưu.")
        failed(EnvironmentFault("scanner_jammed"))
        assert words_of(page, Part.SCANNER)[0] == "Cần xem" and page.scan.isEnabled()


def test_without_a_scanner_the_key_looks_again(qtbot: QtBot, tmp_path: Path, given: None) -> None:
    with bench(tmp_path) as at:
        at.scans._look = lambda: ()
        page = present(qtbot, Shown(at.desk))
        qtbot.keyClick(page, Qt.Key.Key_Q)
        qtbot.waitUntil(page.scan.isEnabled)
        assert words_of(page, Part.SCANNER)[0] == "Chưa thử"
