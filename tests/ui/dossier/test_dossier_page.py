from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from app.domain.operation import Type
from app.errors import Refusal
from app.printing.decode_back import check_codes
from app.printing.pdfium import PDFIUM
from app.services.outside_view import judged_of
from app.services.receipts import open_prints
from app.store import journal as book
from app.store.tables import dossiers
from tests.office import Office, sample_intake
from tests.ui.dossier.desk import Around, at_desk, present
from tests.ui.dossier.stories import confirm, correct, hear, receive, verdict
from ui.changes import Change
from ui.operations.desk import Desk
from ui.pages.dossier.page import DossierPage
from ui.pages.dossier.superseded import ScannedPaper


def page_of(qtbot: QtBot, desk: Desk, code: str, scanned: ScannedPaper | None = None) -> DossierPage:
    return present(qtbot, DossierPage(desk, code, scanned))


def journalled(office: Office, type_: str) -> int:
    with office.application.database.reading() as connection:
        counter = office.application.enrolled
        lines = book.after(connection, counter.device, counter.epoch, 0, 100)
    return sum(f'"type":"{type_}"' in line.payload for line in lines)


def words_of(pdf: bytes) -> str:
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return str(document[0].get_textpage().get_text_bounded())
        finally:
            document.close()


def test_the_head_tells_code_names_states_and_promise(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "corrected") as (_, desk, _around):
        page = page_of(qtbot, desk, "H47.15-261123-9131")            # opened by the province's own code
        assert page.code == page.header.code.text() == "H47.15-261123-0001"
        assert page.header.chip_words() == (
            "Đang xử lý", "Đã thu 200.000 đ", "Giấy ở quầy", "Giấy tiếp nhận bản 2", "Tỉnh đã nhận 10:14 23/11",
        )
        assert page.papers.table.model().rowCount() == 3


def test_an_unknown_code_is_refused_before_a_page_is_built(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (_, desk, _around), pytest.raises(Refusal, match="dossier_unknown"):
        DossierPage(desk, "H47.15-261123-0042")


def test_a_reprint_is_journalled_counted_and_says_so_on_paper(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        code = receive(office, "a", "Lê Văn Mẫu", 1)
        page = page_of(qtbot, desk, code)
        for _ in range(2):
            qtbot.keyClick(page.primary, Qt.Key.Key_P)
        assert journalled(office, Type.RECEIPT_PRINTED) == 2
        titles = [entry.title for entry in page.timeline.entries]
    assert titles[1:3] == ["In BẢN SAO 1 của bản 1", "In BẢN SAO 2 của bản 1"]
    assert [(slip, copies) for slip, copies, _ in around.tray.papers] == [("receipt", 1)] * 2
    check_codes(around.tray.papers[1][2], code)
    assert "BẢN SAO" in words_of(around.tray.papers[1][2])


def test_a_broken_printer_leaves_the_copy_in_the_list_and_the_next_try_is_the_same_copy(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        code = receive(office, "a", "Lê Văn Mẫu", 1)
        page = page_of(qtbot, desk, code)
        around.tray.is_broken = True
        qtbot.keyClick(page.primary, Qt.Key.Key_P)
        assert around.frame.warnings and page.trouble_banner.isVisibleTo(page)
        around.tray.is_broken = False
        qtbot.keyClick(page.primary, Qt.Key.Key_P)
        assert not page.trouble_banner.isVisibleTo(page)
        assert journalled(office, Type.RECEIPT_PRINTED) == 1 and len(around.tray.papers) == 1


def test_a_print_that_nobody_answered_for_is_asked_about(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        code = office.receive(sample_intake("a")).dossier.code
        page = page_of(qtbot, desk, code)
        assert page.trouble_banner.title() == "Giấy gửi in lúc 09:00 đã ra chưa?"
        qtbot.keyClick(page.primary, Qt.Key.Key_Y)
        with office.application.database.reading() as connection:
            assert open_prints(connection) == ()
        assert not page.trouble_banner.isVisibleTo(page)
        assert page.timeline.entries[0].title == "Tiếp nhận, in giấy tiếp nhận bản 1"


def test_the_cover_has_its_label(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        code = receive(office, "a", "Lê Văn Mẫu", 1)
        page = page_of(qtbot, desk, code)
        qtbot.keyClick(page.primary, Qt.Key.Key_B)
    assert [(slip, copies) for slip, copies, _ in around.tray.papers] == [("label", 1)]
    check_codes(around.tray.papers[0][2], code)


def test_the_person_is_masked_until_asked_for_and_asking_leaves_one_line_each(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        code = office.receive(sample_intake("a")).dossier.code
        page = page_of(qtbot, desk, code)
        assert page.person.identifier.text() == "Số giấy tờ 049*******17"
        assert page.person.phone.text() == "0905 *** 123"
        assert journalled(office, Type.PERSON_REVEALED) == 0
        qtbot.keyClick(page.primary, Qt.Key.Key_X)
        assert page.person.identifier.text() == "Số giấy tờ 049190004217"
        assert page.person.phone.text() == "0905 000 123"
        assert journalled(office, Type.PERSON_REVEALED) == 1
        again = page_of(qtbot, desk, code)
        assert again.person.identifier.text() == "Số giấy tờ 049*******17"


def test_a_correction_is_asked_of_intake_and_only_for_own_dossiers(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        code = receive(office, "a", "Lê Văn Mẫu", 1)
        page = page_of(qtbot, desk, code)
        wanted: list[str] = []
        page.correct_requested.connect(wanted.append)
        qtbot.keyClick(page.primary, Qt.Key.Key_E)
        with office.application.database.writing() as connection:
            connection.execute(update(dossiers).values(is_own=False))
        page.refresh()
        qtbot.keyClick(page.primary, Qt.Key.Key_E)
    assert wanted == [code] and not page.buttons.edit.isEnabled()
    assert around.frame.words[-1] == ("warn", "Chỉ quầy đã tiếp nhận sửa được hồ sơ này.")


def test_a_replaced_receipt_is_named_when_it_is_scanned_here(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        code = receive(office, "a", "Huỳnh Gia Thử", 2)
        page = page_of(qtbot, desk, code, ScannedPaper(None))
        assert not page.paper_banner.isVisibleTo(page)
        correct(office, code, "a", "gõ nhầm ngày sinh")
        desk.changes.publish(Change(dossiers=frozenset({code})))
        assert page.paper_banner.title() == "Nếu tờ giấy này là bản 1 thì đã thay thế bằng bản 2"
        page.scanned(ScannedPaper(2))
        assert page.paper_banner.title() == "Tờ giấy này là bản 2, bản đang có hiệu lực"


def test_what_the_province_sent_back_stands_over_the_dossier(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        code = receive(office, "a", "Lê Văn Mẫu", 1)
        page = page_of(qtbot, desk, code)
        hear(office, verdict("needs_fix", 1, code, field="địa chỉ", reason="không có tên xã mới"))
        desk.changes.publish(Change(has_notices=True))
        assert page.trouble_banner.title() == "Cần sửa: địa chỉ: không có tên xã mới"
        with office.application.database.reading() as connection:
            assert len(judged_of(connection, code)) == 1


def test_custody_shows_without_hiding_what_was_revealed(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _around):
        code = office.receive(sample_intake("a")).dossier.code
        page = page_of(qtbot, desk, code)
        page.reveal()
        desk.changes.publish(Change(has_sync=True))           # nothing new about this dossier
        assert page.person.identifier.text() == "Số giấy tờ 049190004217"
        confirm(office, 2)
        desk.changes.publish(Change(has_sync=True))
        assert "Tỉnh đã nhận 09:00 23/11" in page.header.chip_words()


def test_why_and_back_are_one_key_each(qtbot: QtBot, tmp_path: Path) -> None:
    around: Around
    with at_desk(tmp_path) as (office, desk, around):
        code = receive(office, "a", "Lê Văn Mẫu", 1)
        page = page_of(qtbot, desk, code)
        qtbot.keyClick(page.primary, Qt.Key.Key_V)
        sheet = page._why
        assert sheet is not None and sheet.is_open
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
        assert not sheet.is_open and around.frame.backs == 0
        qtbot.keyClick(page.primary, Qt.Key.Key_Escape)
    assert around.frame.backs == 1


def test_an_enter_too_many_prints_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        page = page_of(qtbot, desk, receive(office, "a", "Lê Văn Mẫu", 1))
        for _ in range(3):
            qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    assert around.tray.papers == []
