from __future__ import annotations

import io
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from app.domain.arrangement import TRAY
from app.domain.digitised import DigitisedStatus, PaperAbout
from app.domain.operation import Type
from app.domain.scanning import Feed
from app.imaging.table_process import LightTable
from tests.imaging_pages import page as drawn
from tests.office import sample_intake
from tests.ui.digitise.desk import bench, settled
from tests.ui.digitise.hands import (
    CARD,
    FORM,
    PHOTO,
    lies,
    operations,
    pages_in,
    press,
    scanned,
    separators,
    stand_on,
    stored,
    three,
)
from tests.ui.digitise.scanner import sheet
from ui.models.scanned_pages import PAGES_MIME, PageState


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


def test_a_pdf_is_taken_apart_page_by_page(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    content = io.BytesIO()
    first = drawn("text", dpi=75)
    first.save(content, "PDF", save_all=True, append_images=[drawn("text", seed=1, dpi=75)], resolution=75)
    with bench(tmp_path, table=table) as held:
        page = held.page(qtbot)
        page.intake.take(content.getvalue(), "application/pdf", "file", to=CARD)
        settled(qtbot, page, 2)
        assert lies(page) == {CARD: [[1, 2]]}


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
