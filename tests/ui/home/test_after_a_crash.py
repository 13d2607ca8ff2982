"""The first screen after a crash: what lay open, whether it is stored, what was stored last, and its slip."""

from __future__ import annotations

import importlib
import pkgutil
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import ui.dialogs
import ui.pages
from app.services.support.at_work import AtWork, begin, end, former, note, own_seq, saved_in
from tests.office import Office, sample_intake
from tests.ui.dossier.desk import at_desk
from tests.ui.home.test_recovery_report import sheet_of
from ui.background.at_work_keeper import AtWorkKeeper, _name
from ui.dialogs.act_sheet import ActSheet
from ui.dialogs.sheet import Sheet
from ui.main_window import MainWindow
from ui.models.crash_words import BESIDE, PAGES, SHEETS, crash_view, read_crash
from ui.operations.crash_slip import crash_slip
from ui.pages.home.page import HomePage
from ui.shortcuts import Place
from ui.widgets.page import Page


def left_lying(office: Office, page: str, sheet: str = "", code: str = "", *, later: int = 0) -> AtWork:
    """A run that stopped with this open; `later`: operations that were stored behind the opening."""
    application = office.application
    with application.database.reading() as connection:
        seq = own_seq(connection, application.enrolled) - later
    left = AtWork(office.clock.now(), page, sheet, code, application.enrolled.epoch, max(0, seq - 3), seq)
    note(application.folder, left)
    found = begin(application.folder, office.clock.now())
    assert found == left
    return left


def kinds(base: type[QWidget]) -> set[str]:
    """Names of every class under `base` in the window's code."""
    for package in (ui.dialogs, ui.pages):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    found, rest = set(), [base]
    while rest:
        below = rest.pop().__subclasses__()
        rest += below
        found |= {each for each in below if each.__module__.startswith("ui.")}
    return {_name(each.__new__(each)) for each in found}


def test_every_sheet_and_page_that_is_named_is_there() -> None:
    assert set(SHEETS) - kinds(Sheet) == set() and issubclass(ActSheet, Sheet)
    assert (set(PAGES) | set(BESIDE)) - kinds(Page) == set()


AREAS = (
    ("cash_page", "cash_collect_sheet", "chưa lưu: chưa có khoản tiền nào được ghi"),
    ("cash_page", "", "không khoản nào dở"),
    ("handover_page", "make_sheet", "chưa lưu, sổ chưa ghi gì. Làm lại: Bàn giao (F4)"),
    ("handover_page", "", "danh sách đang gom vẫn còn"),
    ("return_page", "", "kết quả vẫn ở quầy. Làm lại: Trả kết quả (F5)"),
    ("digitise_page", "", "trang nào đã vào máy thì vẫn còn"),
    ("report_page", "", "xuất lại bằng Báo cáo (F8)"),
    ("intake_page", "read_back", "chưa lưu, sổ chưa ghi gì. Làm lại: Tiếp nhận (F2)"),
    ("intake_page", "", "biểu đang gõ vẫn còn"),
)


def test_each_area_says_whether_its_act_is_stored_and_where_to_do_it_again(tmp_path: Path) -> None:
    with at_desk(tmp_path, "twenty") as (office, desk, _around):
        for page, sheet, words in AREAS:
            left_lying(office, page, sheet)
            view = read_crash(desk)
            assert view is not None and words in view.verdict and view.has_act, page
            assert len(view.saved) == 3 and all("H47" in each for each in view.saved)
            left_lying(office, page, sheet, later=1)
            after = read_crash(desk)
            assert after is not None and after.verdict.startswith("đã lưu lúc ") and after.tone == "ok", page


def test_nothing_is_told_after_a_clean_end_and_a_damaged_note_is_none(tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        folder = office.application.folder
        left_lying(office, "cash_page")
        end(folder)
        assert begin(folder, office.clock.now()) is None and read_crash(desk) is None
        for text in ("", "[]", '{"at": "x"}', '{"at": "2026-11-22T09:00:00+07:00", "page": "Nguyễn Mẫu"}'):
            (folder.root / "at-work.former.json").write_text(text, encoding="utf-8")
            assert former(folder) is None


def test_a_run_of_another_epoch_lists_nothing_of_ours(tmp_path: Path) -> None:
    with at_desk(tmp_path, "twenty") as (office, _desk, _around):
        enrolled = office.application.enrolled
        run = AtWork(office.clock.now(), epoch=enrolled.epoch + 1)
        with office.application.database.reading() as connection:
            assert saved_in(connection, enrolled, run) == ()
    assert crash_view(run, (), office.clock.now()).doing == ""


def test_the_window_notes_what_lies_open_and_names_nobody(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path,
) -> None:
    with at_desk(tmp_path, "twenty") as (office, desk, _around):
        window = MainWindow(office.clock.now)
        qtbot.addWidget(window)
        window.register_place(Place.HOME, lambda: HomePage(desk))
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        keeper = AtWorkKeeper(qapp, window, desk, window)
        assert keeper.begin() is None
        window.go(Place.HOME)
        sheet = Sheet(window, "Trả cho Nguyễn Thị Mẫu", "Trả")
        sheet.open()
        office.receive(sample_intake("sau"))
        text = (office.application.folder.root / "at-work.json").read_text(encoding="utf-8")
        # The process is gone without a word; the next one begins.
        left = begin(office.application.folder, office.clock.now() + timedelta(minutes=1))
        keeper.end()
    assert left is not None and (left.page, left.sheet) == ("home_page", "sheet") and "Mẫu" not in text
    assert former(office.application.folder) is None


def test_the_report_shows_the_crash_and_prints_the_slip(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "trouble") as (office, desk, around):
        left_lying(office, "cash_page", "cash_collect_sheet")
        sheet = sheet_of(qtbot, desk)
        assert sheet.stopped.isVisible() and "Thu phí · Thu tiền" in sheet.stopped.accessibleName()
        assert sheet.saved.text().startswith("Việc đã lưu gần nhất: ")
        qtbot.keyClick(sheet, Qt.Key.Key_I)
        slip = crash_slip(desk, read_crash(desk), sheet._lines)
    assert around.tray.papers[-1][0] == "receipt" and around.tray.papers[-1][2][:5] == b"%PDF-"
    assert len(slip.lines) == 5 and "bấm P để in lại" in slip.lines[0].press
    assert slip.verdict.startswith("chưa lưu")


def test_a_crash_with_nothing_open_is_said_in_one_line(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "twenty") as (office, desk, around):
        left_lying(office, "home_page")
        page = HomePage(desk)
        qtbot.addWidget(page)
        page.offer_recovery()
    assert [tone for tone, *_ in around.frame.warnings] == ["info"]
    assert "dừng đột ngột" in around.frame.warnings[0][1]


