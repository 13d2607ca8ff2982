"""A jam, a crash, a restart, a file that is no picture: pages that were scanned are there and said."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.devices.scanning.port import ScanTrouble
from app.domain.arrangement import TRAY
from app.imaging.table_process import LightTable
from tests.ui.digitise.desk import bench, scan_desk, settled
from tests.ui.digitise.hands import (
    CARD,
    FORM,
    PHOTO,
    lies,
    press,
    scanned,
    stand_on,
    three,
)
from tests.ui.digitise.scanner import Pile, sheet
from ui.background.page_work import keep
from ui.models.scanned_pages import PageState


def test_a_jam_is_said_and_the_pages_before_it_are_safe(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with bench(tmp_path, table=table, pile=Pile(three()[:2], ScanTrouble.JAMMED)) as held:
        page = held.page(qtbot)
        scanned(qtbot, held, page, 2)
        assert page.trouble.isVisibleTo(page) and "scanner_jammed" in page.trouble.accessibleName()
        assert lies(page) == {FORM: [[1, 2]]} and not page.intake.state.is_scanning
        press(qtbot, page, Qt.Key.Key_S)                                 # mended: the next press scans again
        settled(qtbot, page, 4)
        assert lies(page) == {FORM: [[1, 2, 1, 2]]}


def test_pages_are_seen_and_moved_while_the_scanner_runs_and_esc_stops_it(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with bench(tmp_path, table=table, pile=Pile([*three(), sheet("text", 3)], stop_before=2)) as held:
        page = held.page(qtbot)
        qtbot.waitUntil(lambda: bool(held.scans.sources))
        press(qtbot, page, Qt.Key.Key_S)
        qtbot.waitUntil(lambda: lies(page) == {FORM: [[1, 2]]}, timeout=20_000)
        assert page.intake.state.is_scanning and page.left_side.scan.words.text() == "Đang quét trang 3…"
        stand_on(page, 0)
        press(qtbot, page, Qt.Key.Key_3)
        assert lies(page) == {FORM: [[2]], PHOTO: [[1]]}
        press(qtbot, page, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: not page.intake.state.is_scanning)
        settled(qtbot, page, 2)
        assert held.around.frame.backs == 0 and not page.trouble.isVisibleTo(page)
        assert held.around.frame.words[-1][0] == "info"             # she stopped it herself: no alarm
        press(qtbot, page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert lies(page) == {FORM: [[1, 2]]}


def test_pages_of_a_scan_that_a_crash_cut_off_are_there_when_the_page_opens(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with bench(tmp_path, table=table) as held:
        for ordinal, content in enumerate(three(), 1):
            keep(held.office.application, intent="hồ-sơ-số-hóa", batch="lần-trước", ordinal=ordinal,
                 source="sane:test:0", content=content, mime="image/jpeg", now=held.office.clock.now())
        page = held.page(qtbot)
        settled(qtbot, page, 3)
        assert lies(page) == {TRAY: [[1, 2, 3]]} and "3 trang" in page.left_side.tray.accessibleName()
        assert all(each.prepared is not None for each in page.intake.pages.values())


def test_what_was_arranged_is_there_after_a_restart(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with bench(tmp_path, *three(), table=table) as held:
        page = held.page(qtbot)
        scanned(qtbot, held, page, 3)
        stand_on(page, 0)
        press(qtbot, page, Qt.Key.Key_R)
        press(qtbot, page, Qt.Key.Key_2)
        settled(qtbot, page, 3)
        page.deleteLater()
        held.scans.close()
        held.desk, held.scans = scan_desk(held.office, held.desk, held.pile, table)
        again = held.page(qtbot)
        settled(qtbot, again, 3)
        assert lies(again) == {FORM: [[2, 3]], CARD: [[1]]}
        assert again.intake.arrangement.place(CARD).pages[0].turn == 90


def test_a_file_that_is_no_picture_is_kept_shown_as_broken_and_never_filed(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with bench(tmp_path, table=table) as held:
        page = held.page(qtbot)
        page.intake.take(b"day khong phai anh" * 40, "image/jpeg", "file", to=FORM)
        settled(qtbot, page, 1)
        only = next(iter(page.intake.pages.values()))
        assert only.failure and held.office.application.blobs.read(only.original.sha256)
        page.go_to(TRAY)
        assert page.pages.model.cell(0).state is PageState.FAILED
        stand_on(page, 0)
        press(qtbot, page, Qt.Key.Key_1)
        assert page.left_side.model.item(0).state == "Có trang hỏng" and page.filing.ready() == ()


def test_the_tray_is_said_before_leaving(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with bench(tmp_path, sheet("text"), table=table) as held:
        page = held.page(qtbot)
        qtbot.keyClick(page.left_side.items, Qt.Key.Key_0)
        scanned(qtbot, held, page, 1)
        press(qtbot, page, Qt.Key.Key_Escape)
        assert held.around.frame.backs == 0 and page.trouble.title() == "Còn 1 trang chưa xếp"
        press(qtbot, page, Qt.Key.Key_Escape)
        assert held.around.frame.backs == 1


def test_a_page_that_is_still_on_the_light_table_is_passed_over(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with bench(tmp_path, *three(), table=table) as held:
        page = held.page(qtbot)
        scanned(qtbot, held, page, 3)
        before = page.intake.arrangement
        for act in (
            lambda: page.acts.move(["vừa-đến"], CARD), lambda: page.acts.turn(["vừa-đến"], 1),
            lambda: page.acts.leave_out_or_take_in(["vừa-đến"]), lambda: page.acts.reverse("vừa-đến"),
        ):
            assert not act()
        assert page.intake.arrangement == before and not page.trouble.isVisibleTo(page)
