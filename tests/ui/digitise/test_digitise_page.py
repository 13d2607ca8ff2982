from __future__ import annotations

import io
import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from app.devices.scanning.port import ScanTrouble
from app.domain.arrangement import TRAY
from app.domain.digitised import DigitisedStatus, PaperAbout
from app.domain.operation import Type
from app.domain.scanning import Feed
from app.domain.separator import SeparatorLine
from app.imaging.table_process import LightTable
from app.printing.pdfium import PDFIUM
from app.printing.separator_sheets import render_separator_sheets
from app.services.digitise import RequirementPapers, papers_of
from app.store import journal as book
from tests.imaging_pages import page as drawn
from tests.office import Office, sample_intake
from tests.ui.digitise.desk import Bench, bench, scan_desk, settled
from tests.ui.digitise.scanner import Pile, sheet
from ui.background.page_work import keep
from ui.models.scanned_pages import PAGES_MIME, PageState
from ui.pages.digitise.page import DigitisePage

FORM, CARD, PHOTO = "1", "2", "3"          # the requirements of the sample dossier


def three() -> list[bytes]:
    return [sheet("text", seed) for seed in range(3)]


def scanned(qtbot: QtBot, held: Bench, page: DigitisePage, pages: int) -> None:
    qtbot.waitUntil(lambda: bool(held.scans.sources))
    qtbot.keyClick(page.left_side.items, Qt.Key.Key_S)
    settled(qtbot, page, pages)


def lies(page: DigitisePage) -> dict[str, list[list[int]]]:
    """Where each page lies: requirement → stacks of ordinals."""
    ordinal = {each.id: each.ordinal for each in page.intake.pages.values()}
    return {
        place.requirement: [[ordinal[each.page_id] for each in stack.pages] for stack in place.stacks]
        for place in page.intake.arrangement.places if place.stacks
    }


def press(qtbot: QtBot, page: DigitisePage, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """A key while the focus is on the thumbnails."""
    page.pages.thumbs.setFocus()
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    qtbot.keyClick(page.pages.thumbs, key, held)


def stand_on(page: DigitisePage, *rows: int) -> None:
    page.pages.thumbs.setFocus()
    page.pages.thumbs.choose([page.pages.model.cell(row).page for row in rows])


def operations(office: Office, type_: str) -> list[dict[str, Any]]:
    with office.application.database.reading() as connection:
        counter = office.application.enrolled
        lines = book.after(connection, counter.device, counter.epoch, 0, 200)
    found = [json.loads(line.payload) for line in lines]
    return [each["body"] for each in found if each["type"] == type_]


def stored(held: Bench, requirement: str) -> RequirementPapers:
    with held.office.application.database.reading() as connection:
        return next(each for each in papers_of(connection, held.code) if each.requirement == requirement)


def pages_in(pdf: bytes) -> int:
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def separators(held: Bench, *requirements: str) -> dict[str, bytes]:
    """Separator sheets of the dossier as a scanner at 200 dpi gives them."""
    lines = [SeparatorLine(number, code, f"Giấy {code}") for number, code in enumerate(requirements, 1)]
    pdf = render_separator_sheets(held.office.application.enrolled.paper_head, held.code, lines, has_end=False)
    found = {}
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        for code, leaf in zip(requirements, document, strict=True):
            picture = io.BytesIO()
            leaf.render(scale=200 / 72).to_pil().convert("L").save(picture, "JPEG", dpi=(200, 200))
            found[code] = picture.getvalue()
        document.close()
    return found


def test_a_scan_lies_under_the_chosen_paper_and_one_key_files_it(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with bench(tmp_path, *three(), table=table) as held:
        page = held.page(qtbot)
        assert page.place == FORM and not page.left_side.file.isEnabled()
        scanned(qtbot, held, page, 3)
        assert lies(page) == {FORM: [[1, 2, 3]]}
        assert all(cell.state is PageState.READY and cell.thumbnail for cell in page.pages.model.cells())
        assert page.left_side.model.item(0).state == "3 trang chờ lưu"
        with qtbot.waitSignal(page.filing.ended, timeout=20_000) as ended:
            press(qtbot, page, Qt.Key.Key_F12)
            assert page.filing.is_busy                    # the window goes on while the PDF is made
        assert ended.args == [1]
        paper = stored(held, FORM)
        assert paper.status is DigitisedStatus.DIGITISED and paper.documents[0].pages == 3
        assert pages_in(held.office.application.blobs.read(paper.documents[0].sha256)) == 3
        assert len(operations(held.office, Type.PAPER_DIGITISED)) == 1
        assert page.left_side.model.item(0).state == "Đã lưu 3 trang" and not page.filing.ready()
        press(qtbot, page, Qt.Key.Key_F12)                # nothing new: nothing happens
        assert not page.filing.is_busy


def test_a_pile_with_separators_files_itself(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with bench(tmp_path, table=table) as held:
        apart = separators(held, CARD, PHOTO)
        held.pile.pages = [sheet("text", 0), apart[CARD], sheet("text", 1), apart[PHOTO], sheet("text", 2)]
        page = held.page(qtbot)
        qtbot.keyClick(page.left_side.items, Qt.Key.Key_0)
        assert page.place == TRAY
        scanned(qtbot, held, page, 5)
        assert lies(page) == {CARD: [[3]], PHOTO: [[5]], TRAY: [[1]]}
        assert [cell.is_separator for cell in page.pages.model.cells()] == [False, True, True]
        assert "1 trang" in page.left_side.tray.accessibleName()


def test_a_number_sends_pages_to_its_paper_and_undo_brings_them_back(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with bench(tmp_path, *three(), table=table) as held:
        page = held.page(qtbot)
        qtbot.keyClick(page.left_side.items, Qt.Key.Key_0)
        scanned(qtbot, held, page, 3)
        stand_on(page, 0, 1)
        press(qtbot, page, Qt.Key.Key_2)
        assert lies(page) == {CARD: [[1, 2]], TRAY: [[3]]}
        assert page.place == TRAY and len(page.pages.thumbs.chosen_pages()) == 1    # the next one is in hand
        press(qtbot, page, Qt.Key.Key_1)
        assert lies(page) == {CARD: [[1, 2]], FORM: [[3]]}
        press(qtbot, page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        press(qtbot, page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert lies(page) == {TRAY: [[1, 2, 3]]}
        press(qtbot, page, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
        assert lies(page) == {CARD: [[1, 2]], TRAY: [[3]]}
        assert held.around.frame.words[-1] == ("info", "Đã làm lại: chuyển trang")


def test_pages_are_walked_to_their_paper_with_the_arrows(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with bench(tmp_path, *three(), table=table) as held:
        page = held.page(qtbot)
        scanned(qtbot, held, page, 3)
        stand_on(page, 2)
        press(qtbot, page, Qt.Key.Key_M)
        assert page.left_side.items.hasFocus() and page.moving.is_on
        qtbot.keyClick(page.left_side.items, Qt.Key.Key_Escape)
        assert not page.moving.is_on and held.around.frame.backs == 0
        press(qtbot, page, Qt.Key.Key_M)
        qtbot.keyClick(page.left_side.items, Qt.Key.Key_Down)
        qtbot.keyClick(page.left_side.items, Qt.Key.Key_Down)
        qtbot.keyClick(page.left_side.items, Qt.Key.Key_Return)
        assert lies(page) == {FORM: [[1, 2]], PHOTO: [[3]]}
        assert page.pages.thumbs.hasFocus() and operations(held.office, Type.PAPER_DIGITISED) == []


def test_every_act_has_its_key_and_can_be_taken_back(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    ctrl, alt, shift = (
        Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier,
    )
    with bench(tmp_path, *three(), table=table) as held:
        page = held.page(qtbot)
        scanned(qtbot, held, page, 3)
        start = page.intake.arrangement

        def placed() -> Sequence[Any]:
            return page.intake.arrangement.place(FORM).pages

        def undone() -> bool:
            press(qtbot, page, Qt.Key.Key_Z, ctrl)
            return page.intake.arrangement.places == start.places

        stand_on(page, 1)
        press(qtbot, page, Qt.Key.Key_R)
        assert placed()[1].turn == 90 and page.pages.model.cell(1).turn == 90
        press(qtbot, page, Qt.Key.Key_R, shift)
        assert placed()[1].turn == 0 and not undone() and undone()
        press(qtbot, page, Qt.Key.Key_Right, alt)
        assert lies(page) == {FORM: [[1, 3, 2]]} and undone()
        stand_on(page, 1)
        press(qtbot, page, Qt.Key.Key_T)
        assert lies(page) == {FORM: [[1], [2, 3]]}
        press(qtbot, page, Qt.Key.Key_G)
        assert lies(page) == {FORM: [[1, 2, 3]]} and not undone() and undone()
        stand_on(page, 0, 2)
        press(qtbot, page, Qt.Key.Key_Delete)
        assert [each.is_left_out for each in placed()] == [True, False, True]
        assert page.left_side.model.item(0).state == "1 trang chờ lưu"
        press(qtbot, page, Qt.Key.Key_Delete)
        assert not any(each.is_left_out for each in placed()) and not undone() and undone()
        press(qtbot, page, Qt.Key.Key_G, shift)
        assert lies(page) == {FORM: [[3, 2, 1]]} and undone()
        stand_on(page, 0)
        press(qtbot, page, Qt.Key.Key_T)                 # before the first page there is nothing to split
        assert lies(page) == {FORM: [[1, 2, 3]]} and page.trouble.isVisibleTo(page)


def test_pages_are_dragged_onto_papers_and_the_tray(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with bench(tmp_path, *three(), table=table) as held:
        page = held.page(qtbot)
        scanned(qtbot, held, page, 3)
        carried = page.pages.model.mimeData([page.pages.model.index(0)])
        items = page.left_side.items
        drop(items, carried, QPointF(items.visualRect(page.left_side.model.index(2, 0)).center()))
        assert lies(page) == {FORM: [[2, 3]], PHOTO: [[1]]}
        drop(page.left_side.tray, page.pages.model.mimeData([page.pages.model.index(1)]), QPointF(20, 20))
        assert lies(page) == {FORM: [[2]], PHOTO: [[1]], TRAY: [[3]]}
        foreign = QMimeData()
        foreign.setText("không phải trang")
        assert not foreign.hasFormat(PAGES_MIME)
        drop(page.left_side.tray, foreign, QPointF(20, 20))
        assert lies(page)[TRAY] == [[3]]


def drop(target: Any, carried: QMimeData, at: QPointF) -> None:
    target.dropEvent(QDropEvent(
        at, Qt.DropAction.MoveAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    ))


def test_what_was_checked_before_filing_is_filed_and_after_it_is_a_line_of_its_own(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with bench(tmp_path, *three(), table=table) as held:
        page = held.page(qtbot)
        scanned(qtbot, held, page, 3)
        press(qtbot, page, Qt.Key.Key_D)
        assert page.left_side.model.item(0).is_compared and operations(held.office, Type.PAPER_CHECKED) == []
        with qtbot.waitSignal(page.filing.ended, timeout=20_000):
            qtbot.keyClick(page.left_side.items, Qt.Key.Key_Return)      # Enter files the paper in hand
        assert stored(held, FORM).checks.is_compared and not stored(held, FORM).checks.is_good
        press(qtbot, page, Qt.Key.Key_K)
        assert stored(held, FORM).checks.is_good and stored(held, FORM).checks.is_compared
        assert len(operations(held.office, Type.PAPER_CHECKED)) == 1
        assert page.left_side.model.item(0).is_checked


def test_what_the_paper_says_of_itself_is_filed_with_it(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with bench(tmp_path, *three(), table=table) as held:
        page = held.page(qtbot)
        scanned(qtbot, held, page, 3)
        press(qtbot, page, Qt.Key.Key_I)
        about = page.on_paper.about_sheet
        assert about is not None and about.is_open
        about.number.set_text("15/GCN")
        about.issued_on.set_text("31/02/2026")
        qtbot.keyClick(about.number.line, Qt.Key.Key_Return)
        assert about.is_open and about.issued_on.message()               # no such day
        about.issued_on.set_text("3-11-2025")
        qtbot.keyClick(about.number.line, Qt.Key.Key_Return)
        assert not about.is_open
        with qtbot.waitSignal(page.filing.ended, timeout=20_000):
            press(qtbot, page, Qt.Key.Key_F12)
        said = stored(held, FORM).about
        assert (said.number, f"{said.issued_on:%d/%m/%Y}") == ("15/GCN", "03/11/2025")
        assert said.digitised_by == "Trần Thị Thử" and said != PaperAbout()


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


def test_a_pdf_is_taken_apart_page_by_page(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    content = io.BytesIO()
    first = drawn("text", dpi=75)
    first.save(content, "PDF", save_all=True, append_images=[drawn("text", seed=1, dpi=75)], resolution=75)
    with bench(tmp_path, table=table) as held:
        page = held.page(qtbot)
        page.intake.take(content.getvalue(), "application/pdf", "file", to=CARD)
        settled(qtbot, page, 2)
        assert lies(page) == {CARD: [[1, 2]]}


def test_the_tray_is_said_before_leaving(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with bench(tmp_path, sheet("text"), table=table) as held:
        page = held.page(qtbot)
        qtbot.keyClick(page.left_side.items, Qt.Key.Key_0)
        scanned(qtbot, held, page, 1)
        press(qtbot, page, Qt.Key.Key_Escape)
        assert held.around.frame.backs == 0 and page.trouble.title() == "Còn 1 trang chưa xếp"
        press(qtbot, page, Qt.Key.Key_Escape)
        assert held.around.frame.backs == 1


def test_the_same_persons_paper_is_offered_and_reused_with_one_key(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with bench(tmp_path, sheet("text"), table=table) as held:
        first = held.page(qtbot)
        scanned(qtbot, held, first, 1)
        with qtbot.waitSignal(first.filing.ended, timeout=20_000):
            press(qtbot, first, Qt.Key.Key_F12)
        before, held.code = held.code, held.office.receive(sample_intake("hồ-sơ-sau")).dossier.code
        page = held.page(qtbot)
        qtbot.waitUntil(lambda: page.offer.isVisibleTo(page))
        assert before in page.offer.title()
        press(qtbot, page, Qt.Key.Key_U)
        paper = stored(held, FORM)
        assert paper.status is DigitisedStatus.REUSED_PAPER
        assert paper.reused_from is not None and paper.reused_from.code == before
        assert not page.offer.isVisibleTo(page) and page.left_side.model.item(0).state == "Dùng lại"


def test_counted_and_scanned_sheets_are_held_against_each_other(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with bench(tmp_path, *three(), table=table) as held:
        page = held.page(qtbot)
        page.left_side.scan.choose_feed(Feed.FEEDER)
        scanned(qtbot, held, page, 3)
        press(qtbot, page, Qt.Key.Key_N)
        qtbot.keyClick(page.left_side.count, Qt.Key.Key_4)
        assert page.left_side.counted() == "tờ · máy quét 3, thiếu 1"
        qtbot.keyClick(page.left_side.count, Qt.Key.Key_Backspace)
        qtbot.keyClick(page.left_side.count, Qt.Key.Key_3)
        assert page.left_side.counted() == "tờ · máy quét 3 tờ, khớp"


def test_the_large_page_is_enlarged_and_pushed_with_keys(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with bench(tmp_path, *three(), table=table) as held:
        page = held.page(qtbot)
        scanned(qtbot, held, page, 3)
        stand_on(page, 0)
        view = page.viewer.view
        qtbot.waitUntil(view.has_picture)
        wide = view.scale
        press(qtbot, page, Qt.Key.Key_Plus)
        press(qtbot, page, Qt.Key.Key_Plus)
        assert view.scale > wide * 1.5
        press(qtbot, page, Qt.Key.Key_Return)
        assert view.hasFocus()
        before = view.verticalScrollBar().value()
        qtbot.keyClick(view, Qt.Key.Key_Down)
        assert view.verticalScrollBar().value() > before
        qtbot.keyClick(view, Qt.Key.Key_0)
        assert view.verticalScrollBar().maximum() == 0                   # the whole page is in sight
        qtbot.keyClick(view, Qt.Key.Key_PageDown)
        current = page.pages.thumbs.current_page()
        assert current is not None and current.number == 2


def test_pdfs_are_made_and_pages_kept_outside_the_windows_thread(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with bench(tmp_path, *three(), table=table) as held:
        page = held.page(qtbot)
        store = held.office.application.blobs
        threads: list[int] = []
        put = store.put

        def watched(content: bytes, mime: str) -> Any:
            threads.append(threading.get_ident())
            return put(content, mime)

        store.put = watched  # type: ignore[method-assign]  # looks over its shoulder, does the same
        scanned(qtbot, held, page, 3)
        with qtbot.waitSignal(page.filing.ended, timeout=20_000):
            press(qtbot, page, Qt.Key.Key_F12)
        assert len(threads) == 3 * 3 + 1 and threading.get_ident() not in threads


def test_separator_sheets_are_printed_for_every_paper(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with bench(tmp_path, table=table) as held:
        page = held.page(qtbot)
        press(qtbot, page, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        [(slip, copies, pdf)] = held.around.tray.papers
    assert (slip, copies, pages_in(pdf)) == ("separator", 1, 4)


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


def test_a_file_that_another_dossier_has_is_noticed(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with bench(tmp_path, sheet("stamped"), table=table) as held:
        first = held.page(qtbot)
        scanned(qtbot, held, first, 1)
        before, held.code = held.code, held.office.receive(sample_intake("hồ-sơ-sau")).dossier.code
        page = held.page(qtbot)
        page.intake.take(sheet("stamped"), "image/jpeg", "file")
        said = ("info", f"Tệp này đã có trong hồ sơ {before}: chỉ giữ một bản")
        qtbot.waitUntil(lambda: said in held.around.frame.words)
        settled(qtbot, page, 1)


def test_what_is_added_to_a_filed_paper_goes_with_its_next_version(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with bench(tmp_path, sheet("text"), table=table) as held:
        page = held.page(qtbot)
        scanned(qtbot, held, page, 1)
        with qtbot.waitSignal(page.filing.ended, timeout=20_000):
            press(qtbot, page, Qt.Key.Key_F12)
        page.filing.note_about(FORM, PaperAbout(number="7/TK"))
        assert [paper.requirement for paper in page.filing.ready()] == [FORM]
        with qtbot.waitSignal(page.filing.ended, timeout=20_000):
            press(qtbot, page, Qt.Key.Key_F12)
        assert (stored(held, FORM).version, stored(held, FORM).about.number) == (2, "7/TK")
        assert page.filing.ready() == ()
