"""Scanned back, read from the signed paper, refused, missing or too many: each line gets its answer."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.life.states import Source
from app.domain.manifest import LineState
from app.services.life.reading import read_life
from tests.app.services.handover.desk import (
    BUILDING_PERMIT,
    MISSING,
    answer,
    hand_over,
    lines,
    receive,
    row,
    states,
)
from tests.ui.handover.desk import Held, handing_over
from ui.pages.handover.page import HISTORY, WAITING


def save(held: Held, name: str = "Võ Thị Nhận") -> None:
    held.press(Qt.Key.Key_F12)
    held.type(name)
    held.press(Qt.Key.Key_Return)


def test_covers_scanned_back_are_accepted_when_they_are_stored(qtbot: QtBot, tmp_path: Path) -> None:
    with handing_over(qtbot, tmp_path) as held:
        codes = receive(held.office, 3)
        made = hand_over(held.office, codes)
        held.page.show_view(WAITING)
        for code in (codes[0], codes[2], codes[0]):
            assert held.scan(code)
        assert states(held.office, made.op_id) == [LineState.OPEN] * 3, "nothing is stored yet"
        assert "nhận 2" in held.page.waiting.view.summary.text()
        save(held)
        assert states(held.office, made.op_id) == [LineState.ACCEPTED, LineState.OPEN, LineState.ACCEPTED]
        assert not held.page.answering.is_busy()
        held.scan(codes[0])
        assert "đã có xác nhận" in held.around.frame.words[-1][1]
        assert held.page.waiting.manifest is not None and held.page.waiting.manifest.open_lines == 1


def test_refused_missing_and_extra_lines_print_a_slip(qtbot: QtBot, tmp_path: Path) -> None:
    with handing_over(qtbot, tmp_path) as held:
        codes = receive(held.office, 3)
        (foreign,) = receive(held.office, 1, procedure=BUILDING_PERMIT)
        made = hand_over(held.office, codes)
        held.page.show_view(WAITING)
        held.press(Qt.Key.Key_Space)
        held.press(Qt.Key.Key_X)
        held.type("thiếu chữ ký trang 2")
        held.press(Qt.Key.Key_Return)
        held.press(Qt.Key.Key_T)
        held.scan(foreign)
        assert "không có trong danh sách" in held.page.bar.title()
        assert len(held.lines()) == 4
        save(held)
        found = lines(held.office, made.op_id)
        assert [line.state for line in found] == [LineState.ACCEPTED, LineState.REFUSED, LineState.MISSING]
        assert found[1].reason == "thiếu chữ ký trang 2"
        assert [slip for slip, _, _ in held.around.tray.papers] == ["discrepancy_slip"]
        assert "nhận 1, từ chối 1, thiếu 1, ngoài danh sách 1" in held.page.bar.title()
        assert row(held.office, made.number).open_lines == 0


def test_a_refusal_takes_a_ready_reason_and_asks_for_what_is_left_open(qtbot: QtBot, tmp_path: Path) -> None:
    with handing_over(qtbot, tmp_path) as held:
        codes = receive(held.office, 1)
        made = hand_over(held.office, codes)
        held.page.show_view(WAITING)
        held.press(Qt.Key.Key_X)
        sheet = held.page.waiting.reasons
        assert sheet is not None and sheet.model.rowCount() > 0
        held.press(Qt.Key.Key_Return)
        assert sheet.is_open and sheet.field.message(), "no refusal without a reason"
        held.press(Qt.Key.Key_Down)
        held.press(Qt.Key.Key_Return)
        assert sheet.reason
        sheet.field.set_text(sheet.reason.replace("…", "x"))
        held.press(Qt.Key.Key_Return)
        save(held)
        assert states(held.office, made.op_id) == [LineState.REFUSED]


def test_the_signed_paper_answers_all_that_is_left(qtbot: QtBot, tmp_path: Path) -> None:
    with handing_over(qtbot, tmp_path) as held:
        codes = receive(held.office, 3)
        made = hand_over(held.office, codes)
        held.page.show_view(WAITING)
        held.press(Qt.Key.Key_T)
        held.press(Qt.Key.Key_P)
        sheet = held.page.waiting.sheet
        assert sheet is not None and sheet.source is Source.PAPER
        held.press(Qt.Key.Key_Return)
        assert sheet.is_open and sheet.name.message(), "somebody signed it"
        held.type("Lê Ký Nhận")
        held.press(Qt.Key.Key_Return)
        assert states(held.office, made.op_id) == [LineState.MISSING, LineState.ACCEPTED, LineState.ACCEPTED]
        with held.desk.office.database.reading() as connection:
            assert read_life(connection, codes[1]).events[-1].source is Source.PAPER


def test_a_mark_can_be_taken_off(qtbot: QtBot, tmp_path: Path) -> None:
    with handing_over(qtbot, tmp_path) as held:
        codes = receive(held.office, 1)
        hand_over(held.office, codes)
        held.page.show_view(WAITING)
        held.scan(codes[0])
        held.scan("H47.15-261123-4999")
        for _ in range(2):
            held.press(Qt.Key.Key_Delete)
            held.page.waiting.view.lines.stand_on(0)
        assert not held.page.answering.is_busy() and not held.page.waiting.view.save.isEnabled()


def test_a_cover_of_another_open_list_leads_there(qtbot: QtBot, tmp_path: Path) -> None:
    with handing_over(qtbot, tmp_path) as held:
        codes = receive(held.office, 3)
        first, second = hand_over(held.office, codes[:2]), hand_over(held.office, codes[2:])
        held.page.show_view(WAITING)
        held.scan(codes[2])
        assert held.page.waiting.manifest is not None and held.page.waiting.manifest.id == second.op_id
        held.scan(codes[0])
        assert second.number != first.number and first.number in held.page.bar.title()
        held.press(Qt.Key.Key_C)
        assert held.page.waiting.manifest.id == first.op_id
        assert held.lines()[codes[0]].marked is not None
        held.scan(second.number)
        assert held.lines()[codes[2]].marked is not None, "marks of the other list were kept"


def test_overdue_lists_are_said_and_the_reminder_is_one_key_away(qtbot: QtBot, tmp_path: Path) -> None:
    with handing_over(qtbot, tmp_path) as held:
        made = hand_over(held.office, receive(held.office, 2))
        held.office.clock.advance(timedelta(days=3))
        held.page.show_view(WAITING)
        assert held.page._lead.text() == "1 danh sách quá giờ xác nhận"
        held.press(Qt.Key.Key_N)
        sheet = held.page.acts.notice
        assert sheet is not None and sheet.is_open and made.number in sheet.text()
        held.press(Qt.Key.Key_1)
        held.press(Qt.Key.Key_C)
        assert made.number in QApplication.clipboard().text()
        held.press(Qt.Key.Key_Return)
        assert row(held.office, made.number).reminded_at == held.office.clock.now()


def test_a_digest_is_printed_for_the_agency(qtbot: QtBot, tmp_path: Path) -> None:
    with handing_over(qtbot, tmp_path) as held:
        made = hand_over(held.office, receive(held.office, 2))
        held.page.show_view(WAITING)
        held.press(Qt.Key.Key_D)
        assert held.page.acts.digest is not None and held.page.acts.digest.is_open
        held.press(Qt.Key.Key_P)
        assert [slip for slip, _, _ in held.around.tray.papers] == ["agency_digest"]
        assert row(held.office, made.number).reminded_at is not None


def test_a_whole_list_is_taken_back_with_a_reason_and_printed_again_while_it_stands(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with handing_over(qtbot, tmp_path) as held:
        made = hand_over(held.office, receive(held.office, 2))
        held.page.show_view(WAITING)
        held.press(Qt.Key.Key_I)
        assert [slip for slip, _, _ in held.around.tray.papers] == ["handover_list"]
        held.press(Qt.Key.Key_U)
        held.type("giao nhầm cơ quan")
        held.press(Qt.Key.Key_Return)
        assert row(held.office, made.number).is_undone
        held.page.show_view(HISTORY)
        held.press(Qt.Key.Key_I)
        assert held.around.frame.warnings and len(held.around.tray.papers) == 1


def test_a_missing_dossier_is_found_from_its_line(qtbot: QtBot, tmp_path: Path) -> None:
    with handing_over(qtbot, tmp_path) as held:
        codes = receive(held.office, 1)
        made = hand_over(held.office, codes)
        answer(held.office, made.number, {codes[0]: MISSING})
        held.page.show_view(HISTORY)
        assert "chưa tìm thấy" in held.page.history.view.line_model.index(0, 3).data()
        held.press(Qt.Key.Key_F)
        held.press(Qt.Key.Key_2)
        held.press(Qt.Key.Key_Return)
        assert "đang ở cơ quan" in held.page.history.view.line_model.index(0, 3).data()


def test_a_line_opens_its_dossier(qtbot: QtBot, tmp_path: Path) -> None:
    with handing_over(qtbot, tmp_path) as held:
        codes = receive(held.office, 1)
        hand_over(held.office, codes)
        held.page.show_view(WAITING)
        with qtbot.waitSignal(held.page.dossier_requested) as asked:
            held.press(Qt.Key.Key_Return)
        assert asked.args == codes


def test_hundreds_of_lines_are_scanned_back_without_reading_them_all_again(qtbot: QtBot, tmp_path: Path) -> None:
    with handing_over(qtbot, tmp_path) as held:
        codes = receive(held.office, 204)
        hand_over(held.office, codes)
        held.page.show_view(WAITING)
        held.scan(codes[203])
        current = held.page.waiting.view.lines.current_row()
        assert current.code == codes[203] and current.marked is not None
