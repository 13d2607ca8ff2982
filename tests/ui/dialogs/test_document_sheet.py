from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import delete

from app.domain.operation import Type
from app.imaging.table_process import LightTable
from app.store import journal as book
from app.store.queries.papers import confirm_file, files_waiting
from app.store.settings import write_setting
from app.store.tables import files
from tests.app.services.scans import check, reuse
from tests.office import Office, sample_intake
from tests.ui.dialogs.filed import ABOUT, Filed, filed, leave, pdf, sheet_over
from tests.ui.dossier.desk import present
from ui.changes import Change
from ui.context import Context
from ui.dialogs.document_sheet import DocumentSheet
from ui.pages.digitise.page import DigitisePage
from ui.pages.dossier.page import DossierPage
from ui.paper_printer import SETTING, PaperPrinter
from ui.widgets.page_view import Fit

NAME = "H47.15-261123-0001_1_1_1.pdf"


def looks(office: Office) -> list[str]:
    """What the journal says was looked at."""
    with office.application.database.reading() as connection:
        counter = office.application.enrolled
        lines = book.after(connection, counter.device, counter.epoch, 0, 200)
    bodies = [json.loads(line.payload) for line in lines]
    return [line["body"]["what"] for line in bodies if line["type"] == Type.PERSON_REVEALED]


def opened(qtbot: QtBot, held: Filed, folder: str = "", requirement: str = "1") -> DocumentSheet:
    sheet = sheet_over(qtbot, held.desk, folder)
    assert sheet.show_paper(held.code, requirement)
    return sheet


def sharp(qtbot: QtBot, sheet: DocumentSheet) -> None:
    qtbot.waitUntil(lambda: sheet.viewing.is_sharp, timeout=20_000)


def press(qtbot: QtBot, sheet: DocumentSheet, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(sheet.strip, key)


def test_a_stored_paper_is_shown_with_what_is_known_of_it(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with filed(tmp_path, table) as held:
        [sha256] = held.file([pdf(2)], [2], about=ABOUT)
        check(held.office, held.code, "1", 1, intent="đối-chiếu")
        sheet = opened(qtbot, held)
        sharp(qtbot, sheet)
        assert sheet.title.text() == "Tờ khai yêu cầu (Mẫu thử)" and sheet.page == 1
        said = sheet.side.words()
        for words in (
            "Bản 1, đang dùng · 09:00 23/11/2026", "Đã số hóa", "Trên máy này, chờ gửi tỉnh", "2 trang",
            "15/GCN-UBND", "03/11/2025", "Ủy ban nhân dân xã Thử Nghiệm", "Trần Văn Ví Dụ",
            "Xác nhận tình trạng hôn nhân", held.office.clerk.name, "Đã đối chiếu bản chính: True",
            f"{held.office.clerk.name} kiểm tra 09:00 23/11/2026", sha256[:12],
        ):
            assert words in said
        assert not sheet.said.isVisibleTo(sheet) and looks(held.office) == []
        with held.office.application.database.writing() as connection:
            confirm_file(connection, files_waiting(connection)[0].sha256, held.office.clock.now())
        held.desk.changes.publish(Change(has_sync=True))
        assert "Tỉnh đã nhận đủ 09:00 23/11/2026" in sheet.side.words()
        press(qtbot, sheet, Qt.Key.Key_Escape)
        assert not sheet.is_open and sheet.paper is None


def test_forty_pages_are_walked_with_few_of_them_drawn(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with filed(tmp_path, table) as held:
        held.file([pdf(40)], [40])
        sheet = opened(qtbot, held)
        sharp(qtbot, sheet)
        press(qtbot, sheet, Qt.Key.Key_End)
        assert sheet.page == 40
        sharp(qtbot, sheet)
        press(qtbot, sheet, *[Qt.Key.Key_PageUp] * 5)
        sharp(qtbot, sheet)
        assert sheet.page == 35
        qtbot.waitUntil(lambda: not held.scans.work.is_busy, timeout=20_000)
        assert sheet.viewing.drawn <= 4, "a page passed by is not drawn large"
        assert 0 < sheet.pictures.decoded <= 24
        sheet.close_sheet()
        qtbot.waitUntil(lambda: not held.scans.work.is_busy, timeout=20_000)
        assert sheet.pictures.pixmap("") is None and not sheet.pictures._kept


def test_zoom_keys_keep_the_arrows_for_the_enlarged_page(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with filed(tmp_path, table) as held:
        held.file([pdf(3)], [3])
        held.file([pdf(1, seed=1)], [1])
        sheet = opened(qtbot, held)
        sheet.choose_version(1)
        sharp(qtbot, sheet)
        assert sheet.view.how_fit is Fit.PAGE
        press(qtbot, sheet, Qt.Key.Key_Down)
        assert sheet.page == 2
        sharp(qtbot, sheet)
        press(qtbot, sheet, *[Qt.Key.Key_Plus] * 6)
        assert sheet.view.how_fit is None
        sharp(qtbot, sheet)
        press(qtbot, sheet, Qt.Key.Key_Down, *[Qt.Key.Key_Right] * 30)
        assert sheet.page == 2 and sheet.version is not None and sheet.version.number == 1
        press(qtbot, sheet, *[Qt.Key.Key_Down] * 60)
        assert sheet.page == 3, "read to its end, the next page comes"
        press(qtbot, sheet, *[Qt.Key.Key_Minus] * 2, Qt.Key.Key_F)
        assert sheet.view.how_fit is Fit.WIDTH


def test_older_versions_are_a_key_away_and_say_that_they_are_old(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with filed(tmp_path, table) as held:
        [first] = held.file([pdf(1)], [1], about=ABOUT)
        held.office.clock.advance(timedelta(minutes=10))
        held.file([pdf(2, seed=1), pdf(1, seed=2)], [2, 1])
        sheet = opened(qtbot, held)
        assert "Bản 2, đang dùng" in sheet.side.choice.currentText() and "2 xấp" in sheet.side.words()
        assert [cell.stack_words for cell in sheet.strip.cells.cells()] == ["Xấp 1", "", "Xấp 2"]
        press(qtbot, sheet, Qt.Key.Key_Right, Qt.Key.Key_Right)        # the second one is one too many
        assert sheet.version is not None and sheet.version.number == 1
        assert first[:12] in sheet.side.words() and "15/GCN-UBND" in sheet.side.words()
        assert sheet.said.title() == "Đây là bản 1, đã có bản 2 thay thế"
        sharp(qtbot, sheet)
        press(qtbot, sheet, Qt.Key.Key_Left)
        assert sheet.version.number == 2 and not sheet.said.isVisibleTo(sheet)


def test_a_look_at_another_clerks_paper_leaves_one_line_for_each_version(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with filed(tmp_path, table, clerk="nv-2") as held:
        held.file([pdf(1)], [1])
        held.file([pdf(1, seed=1)], [1])
        sheet = opened(qtbot, held)
        assert looks(held.office) == ["document:1:2"]
        press(qtbot, sheet, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Right)
        assert looks(held.office) == ["document:1:2", "document:1:1"]
        sheet.close_sheet()
        assert sheet.show_paper(held.code, "1") and looks(held.office)[2:] == ["document:1:2"]


def test_without_its_line_nothing_is_shown(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with filed(tmp_path, table, clerk="nv-lạ") as held:
        held.file([pdf(1)], [1])
        sheet = sheet_over(qtbot, held.desk)
        assert not sheet.show_paper(held.code, "1")
        assert not sheet.is_open and "clerk_unknown" in held.around.frame.warnings[0][2]


def test_a_paper_without_a_scan_is_said_and_nothing_opens(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with filed(tmp_path, table) as held:
        sheet = sheet_over(qtbot, held.desk)
        assert not sheet.show_paper(held.code, "1") and not sheet.is_open
        assert held.around.frame.warnings[0][1] == "Giấy này chưa được số hóa"


def test_an_export_is_the_stored_bytes_and_a_line_in_the_journal(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with filed(tmp_path / "sổ", table) as held:
        [sha256] = held.file([pdf(2)], [2])
        folder = tmp_path / "xuất"
        folder.mkdir()
        sheet = opened(qtbot, held, str(folder))
        press(qtbot, sheet, Qt.Key.Key_E)
        assert [file.name for file in folder.iterdir()] == [NAME]
        assert (folder / NAME).read_bytes() == held.office.application.blobs.read(sha256)
        assert sheet.said.title() == f"Đã xuất {NAME}" and looks(held.office) == ["document:1:1:export"]


@pytest.mark.parametrize("folder", ["", "không có"])
def test_an_export_to_nowhere_writes_nothing(
    qtbot: QtBot, tmp_path: Path, table: LightTable, folder: str
) -> None:
    with filed(tmp_path / "sổ", table) as held:
        held.file([pdf(1)], [1])
        sheet = opened(qtbot, held, str(tmp_path / folder) if folder else "")
        press(qtbot, sheet, Qt.Key.Key_E)
        assert sheet.said.isVisibleTo(sheet) == bool(folder)
        assert not folder or sheet.said.title() == "Không ghi được tệp"
        assert not list(tmp_path.glob("**/*.pdf"))


def test_the_printer_gets_the_stored_document(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with filed(tmp_path, table) as held:
        contents = [pdf(2), pdf(1, seed=2)]
        held.file(contents, [2, 1])
        with held.office.application.database.writing() as connection:
            write_setting(connection, SETTING, {"way": "pdf"})
        printer = PaperPrinter(held.office.application)
        held.desk = Context(**{**vars(held.desk), "printer": printer})
        sheet = opened(qtbot, held)
        press(qtbot, sheet, Qt.Key.Key_P)
        papers = sorted(held.office.application.folder.papers.glob("*.pdf"))
        assert [file.read_bytes() for file in papers] == contents
        assert papers[0].name == NAME and looks(held.office) == ["document:1:1:print"]
        assert sheet.said.title() == "Đã gửi bản số hóa sang máy in"


def test_many_pages_are_printed_only_when_asked_twice(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with filed(tmp_path, table) as held:
        held.file([pdf(51)], [51])
        sheet = opened(qtbot, held)
        press(qtbot, sheet, Qt.Key.Key_P)
        assert sheet.said.title() == "Bản này có 51 trang" and held.around.tray.papers == []
        press(qtbot, sheet, Qt.Key.Key_Escape)
        assert sheet.is_open and not sheet.said.isVisibleTo(sheet)
        press(qtbot, sheet, Qt.Key.Key_P, Qt.Key.Key_P)
        assert [(slip, copies) for slip, copies, _ in held.around.tray.papers] == [("document", 1)]


def test_a_broken_printer_is_said_over_the_page(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with filed(tmp_path, table) as held:
        held.file([pdf(1)], [1])
        held.around.tray.is_broken = True
        sheet = opened(qtbot, held)
        press(qtbot, sheet, Qt.Key.Key_P)
        assert "printer_unavailable" in sheet.said.accessibleName() and sheet.is_open


def test_a_damaged_file_is_said_and_the_province_is_named_when_it_has_it(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with filed(tmp_path, table) as held:
        damaged, _whole = held.file([pdf(2), pdf(1, seed=2)], [2, 1])
        held.spoil(damaged)
        with held.office.application.database.writing() as connection:
            for file in files_waiting(connection):
                confirm_file(connection, file.sha256, held.office.clock.now())
        sheet = opened(qtbot, held)
        qtbot.waitUntil(lambda: sheet.said.isVisibleTo(sheet), timeout=20_000)
        assert sheet.said.title() == "Tệp của trang quét bị hỏng"
        assert "Tỉnh đã nhận đủ tệp này 09:00 23/11/2026" in sheet.said.accessibleName()
        assert not sheet.view.has_picture()
        press(qtbot, sheet, Qt.Key.Key_End)                 # the other file of the paper is whole
        sharp(qtbot, sheet)
        assert sheet.page == 3 and sheet.view.has_picture()
        press(qtbot, sheet, Qt.Key.Key_P)
        assert held.around.tray.papers == [], "a paper goes out whole or not at all"


def test_a_missing_file_and_one_that_never_was_here_have_other_words(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with filed(tmp_path, table) as held:
        [sha256] = held.file([pdf(2)], [2])
        held.office.application.blobs.remove(sha256)
        sheet = opened(qtbot, held)
        assert sheet.said.title() == "Không thấy tệp của trang quét" and sheet.page == 1
        sheet.close_sheet()
        with held.office.application.database.writing() as connection:
            connection.execute(delete(files).where(files.c.sha256 == sha256))      # another counter's line
        assert sheet.show_paper(held.code, "1")
        assert sheet.said.title() == "Máy này không giữ tệp của bản này"
        assert "Do quầy khác số hóa" in sheet.side.words() and not sheet._print.isEnabled()
        press(qtbot, sheet, Qt.Key.Key_P, Qt.Key.Key_E)
        assert held.around.tray.papers == []


def test_what_has_left_for_the_province_says_so_instead_of_the_picture(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with filed(tmp_path, table) as held:
        [sha256] = held.file([pdf(2)], [2])
        leave(held, sha256)
        sheet = opened(qtbot, held)
        assert sheet.said.title() == "Bản số hóa đã chuyển về tỉnh, xóa ở máy này ngày 23/11/2026"
        assert "Tỉnh giữ, xóa ở đây 23/11/2026" in sheet.side.words() and not sheet._print.isEnabled()
        assert sheet.strip.cells.rowCount() == 0, "no page is broken"
        press(qtbot, sheet, Qt.Key.Key_P, Qt.Key.Key_E)
        assert held.around.tray.papers == []


def test_a_reused_paper_says_from_where_it_is(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    from app.services.reuse import reusable

    with filed(tmp_path, table) as held:
        held.file([pdf(1)], [1], about=ABOUT)
        other = held.office.receive(sample_intake("hồ-sơ-khác")).dossier.code
        with held.office.application.database.reading() as connection:
            [found] = reusable(connection, other, "1", held.office.clock.now().date())
        reuse(held.office, other, "1", found, intent="dùng-lại")
        sheet = sheet_over(qtbot, held.desk)
        assert sheet.show_paper(other, "1")
        assert f"Dùng lại từ {held.code}" in sheet.side.words() and "15/GCN-UBND" in sheet.side.words()
        sharp(qtbot, sheet)
        assert sheet.view.has_picture()


def test_an_enter_too_many_leaves_the_sheet_open(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with filed(tmp_path, table) as held:
        held.file([pdf(1)], [1])
        sheet = opened(qtbot, held)
        press(qtbot, sheet, Qt.Key.Key_Return)
        assert sheet.is_open
        sheet.back.setFocus()
        qtbot.keyClick(sheet.back, Qt.Key.Key_Return)
        assert not sheet.is_open


def test_enter_on_a_paper_of_the_dossier_opens_its_scan(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with filed(tmp_path, table) as held:
        held.file([pdf(1)], [1], requirement="2")
        page = present(qtbot, DossierPage(held.desk, held.code))
        qtbot.keyClick(page.papers.table, Qt.Key.Key_Return)
        assert page.document is None
        assert held.around.frame.words == [("info", "Giấy này chưa được số hóa: chưa có bản nào để xem.")]
        qtbot.keyClick(page.papers.table, Qt.Key.Key_Down)
        qtbot.keyClick(page.papers.table, Qt.Key.Key_Return)
        assert page.document is not None and page.document.is_open
        assert page.document.title.text() == "Bản sao căn cước hoặc hộ chiếu"
        sharp(qtbot, page.document)
        press(qtbot, page.document, Qt.Key.Key_Escape)
        assert page.papers.table.hasFocus() and held.around.frame.backs == 0


def test_o_on_the_page_of_scans_opens_what_is_filed_of_the_paper(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with filed(tmp_path, table) as held:
        held.file([pdf(1)], [1])
        page = present(qtbot, DigitisePage(held.desk, held.code))
        qtbot.waitUntil(lambda: not held.scans.work.is_busy, timeout=20_000)
        qtbot.keyClick(page.left_side.items, Qt.Key.Key_O)
        sheet = page.on_paper.document
        assert sheet is not None and sheet.is_open
        sharp(qtbot, sheet)
        press(qtbot, sheet, Qt.Key.Key_Escape)
        page.go_to("2")
        qtbot.keyClick(page.left_side.items, Qt.Key.Key_O)
        assert not sheet.is_open
        assert held.around.frame.words[-1] == ("info", "Giấy này chưa được số hóa: chưa có bản nào để xem.")
