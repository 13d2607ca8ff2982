"""The first screen after a crash: what lay open, whether it is stored, what was stored last, and its slip."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.operation import Type
from app.domain.people.operation_acts import OPERATION_ACTS
from app.domain.people.roles import Act
from app.services.support.at_work import QUIET, AtWork, SavedAct, begin, end, former, note, own_seq, saved_in
from tests.office import Office, sample_intake
from tests.ui.dossier.desk import at_desk
from tests.ui.every_kind import every_kind
from tests.ui.home.test_recovery_report import sheet_of
from ui.background.at_work_keeper import AtWorkKeeper, _name
from ui.dialogs.act_sheet import ActSheet
from ui.dialogs.sheet import Sheet
from ui.main_window import MainWindow
from ui.models.crash_words import AFTERWARDS, BESIDE, MONEY, PAGES, SHEETS, crash_view, read_crash
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
    """As the window notes them."""
    return {_name(each.__new__(each)) for each in every_kind(base)}


def test_every_sheet_and_page_that_is_named_is_there() -> None:
    sheets = kinds(Sheet)
    assert (set(SHEETS) | set(AFTERWARDS)) - sheets == set() and issubclass(ActSheet, Sheet)
    of_money = {each for each in sheets if each.startswith("cash_")} - {"cash_sheet"}
    assert of_money - set(SHEETS) - set(AFTERWARDS) == set(), "each says after a crash whether it was stored"
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
            is_stored = not sheet.startswith("cash_")      # a dossier stored behind it is not that money
            assert after is not None and after.verdict.startswith("đã lưu lúc " if is_stored else words), page
            assert after.tone == ("ok" if is_stored else "warn"), page


AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def verdict(sheet: str, *after: str, page: str = "cash_page") -> str:
    """What is said when these types were stored behind the opening of `sheet`, the newest first."""
    saved = tuple(SavedAct(AT, each, "", is_after=True) for each in after)
    return crash_view(AtWork(AT, page, sheet), saved, AT).verdict


def test_money_is_said_to_be_stored_only_by_an_act_of_money() -> None:
    beside = (Type.PAPER_DIGITISED, Type.DOSSIER_RECEIVED, Type.MONEY_RECEIPT_SPOILED, Type.PAPER_PRINTED)
    for sheet, (_, words) in SHEETS.items():
        assert verdict(sheet, Type.PAPER_DIGITISED, Type.RECEIPT_PRINTED).startswith("chưa lưu"), sheet
        if words == MONEY:
            assert verdict(sheet, *beside).startswith("chưa lưu: chưa có khoản tiền nào"), sheet
    assert verdict("cash_collect_sheet", *beside, Type.MONEY_COLLECTED).endswith(": Thu tiền.")
    assert verdict("cash_word_sheet", Type.TRANSFER_CONFIRMED).startswith("đã lưu lúc ")
    assert verdict("cash_taker_sheet", Type.REMITTANCE_ACKNOWLEDGED).startswith("đã lưu lúc ")
    assert verdict("cash_close_sheet", Type.CASH_CLOSED).startswith("đã lưu lúc ")
    assert verdict("cash_spoil_sheet", Type.MONEY_RECEIPT_SPOILED).startswith("đã lưu lúc ")


def test_a_sheet_that_only_shows_what_is_stored_asks_nobody_to_do_it_again() -> None:
    for after in ((), (Type.PAPER_PRINTED,)):
        assert "đừng thu lần nữa" in verdict("cash_transfer_sheet", *after)
        assert verdict("closed_sheet", *after).startswith("đã lưu: ca quỹ đã chốt")
    assert SHEETS.keys().isdisjoint(AFTERWARDS)


def test_what_the_machine_writes_by_itself_is_no_answer() -> None:
    """The courier takes names off the lists while a sheet lies open."""
    alone = {kind for kind, act in OPERATION_ACTS.items() if act in (Act.SYSTEM, Act.PURGE)}
    assert Type.PERSONS_UNLISTED in alone and alone <= QUIET


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


