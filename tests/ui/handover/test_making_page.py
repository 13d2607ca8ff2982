"""Covers go onto the list of their agency by scanning alone; what does not belong there says where it does."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.manifest import Route
from app.services.handover.drafts import read_draft
from app.store.queries.manifests import ManifestRow, past_manifests
from tests.app.services.handover.desk import (
    ACCEPTED,
    BUILDING,
    BUILDING_PERMIT,
    POLICE,
    answer,
    hand_over,
    receive,
)
from tests.ui.dossier.desk import present
from tests.ui.handover.desk import Held, handing_over
from ui.pages.handover.page import HISTORY, WAITING, HandoverPage


def manifests(held: Held) -> tuple[ManifestRow, ...]:
    with held.desk.office.database.reading() as connection:
        return past_manifests(connection)


def agencies(held: Held) -> dict[str, tuple[int, int]]:
    return {row.agency: (row.drafted, row.waiting) for row in held.page.making.view.agency_model.rows()}


def test_scanned_covers_become_a_list_that_is_printed(qtbot: QtBot, tmp_path: Path) -> None:
    with handing_over(qtbot, tmp_path) as held:
        codes = receive(held.office, 3, keeps_original=True)
        held.page.refresh()
        assert agencies(held) == {POLICE: (0, 3)}
        for code in (codes[0], f"{codes[1]}"):
            assert held.scan(code)
        assert held.draft() == codes[:2] and held.around.clicks.accepted == 2
        assert held.page.making.view.totals.text() == "2 hồ sơ · 2 bản gốc đi cùng"
        held.press(Qt.Key.Key_F12)
        sheet = held.page.making.sheet
        assert sheet is not None and sheet.is_open and sheet.where.text() == "Công an tỉnh Mẫu"
        assert "1 hồ sơ" in sheet.left.text()
        held.press(Qt.Key.Key_F12)
        (made,) = manifests(held)
        assert (made.lines, made.agency, made.route) == (2, POLICE, Route.HAND)
        assert [(slip, copies) for slip, copies, _ in held.around.tray.papers] == [("handover_list", 1)]
        assert held.draft() == [] and made.number in held.page.bar.title()
        assert not sheet.is_open


def test_the_press_after_making_takes_it_back_and_says_that_the_paper_is_void(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with handing_over(qtbot, tmp_path) as held:
        codes = receive(held.office, 2)
        held.page.refresh()
        held.scan(codes[0])
        held.press(Qt.Key.Key_F12)
        held.press(Qt.Key.Key_Return)
        held.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        (made,) = manifests(held)
        assert made.is_undone and agencies(held) == {POLICE: (0, 2)}
        assert made.number in held.page.bar.title() and "gạch chéo" in held.page.bar.accessibleName()
        held.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert len(manifests(held)) == 1, "a second press has nothing to take back"


def test_a_printer_out_of_order_leaves_the_list_made_and_its_print_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    from app.services.papers.prints import open_paper_prints

    with handing_over(qtbot, tmp_path) as held:
        (code,) = receive(held.office, 1)
        held.page.refresh()
        held.around.tray.is_broken = True
        held.scan(code)
        held.press(Qt.Key.Key_F12)
        held.press(Qt.Key.Key_Return)
        assert len(manifests(held)) == 1 and held.around.frame.warnings
        with held.desk.office.database.reading() as connection:
            (left,) = open_paper_prints(connection)
        assert (left.paper, left.state, left.reason) == ("handover_list", "failed", "printer_unavailable")


def test_a_cover_of_another_agency_is_refused_with_the_way_to_its_list(qtbot: QtBot, tmp_path: Path) -> None:
    with handing_over(qtbot, tmp_path) as held:
        own, (foreign,) = receive(held.office, 2), receive(held.office, 1, procedure=BUILDING_PERMIT)
        held.page.refresh()
        held.scan(own[0])
        held.scan(foreign)
        assert held.draft() == [own[0]] and held.around.clicks.refused == 1
        assert "Sở Xây dựng tỉnh Mẫu" in held.page.bar.title()
        held.press(Qt.Key.Key_C)
        assert held.draft() == [foreign] and not held.page.bar.isVisible()
        assert agencies(held) == {POLICE: (1, 2), BUILDING: (1, 1)}
        held.press(Qt.Key.Key_Right)
        held.press(Qt.Key.Key_C)
        assert held.draft() == [own[0]], "the first list is as it was"


def test_the_first_cover_chooses_the_agency(qtbot: QtBot, tmp_path: Path) -> None:
    with handing_over(qtbot, tmp_path) as held:
        receive(held.office, 2)
        (foreign,) = receive(held.office, 1, procedure=BUILDING_PERMIT)
        held.page.refresh()
        held.scan(foreign)
        assert held.draft() == [foreign] and held.page.making.agency is not None
        assert held.page.making.agency.agency == BUILDING


def test_the_same_cover_twice_is_once_on_the_list(qtbot: QtBot, tmp_path: Path) -> None:
    with handing_over(qtbot, tmp_path) as held:
        codes = receive(held.office, 2)
        held.page.refresh()
        for code in (codes[0], codes[1], codes[0], codes[0].replace("H47.15", "000.00.15.H47")):
            held.scan(code)
        assert held.draft() == codes
        assert held.page.making.view.table.current_row().one.code == codes[0]


@pytest.mark.parametrize("case", ["unknown", "left", "not ours"])
def test_what_cannot_leave_is_refused_and_said(qtbot: QtBot, tmp_path: Path, case: str) -> None:
    with handing_over(qtbot, tmp_path) as held:
        _, gone = receive(held.office, 2)
        hand_over(held.office, [gone])
        held.page.refresh()
        text = {"unknown": "H47.15-261123-4999", "left": gone, "not ours": "xin chào"}[case]
        assert held.scan(text) is (case != "not ours")
        assert held.draft() == []
        assert held.page.bar.isVisible() is (case != "not ours")


def test_a_list_being_made_outlives_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    with handing_over(qtbot, tmp_path) as held:
        codes = receive(held.office, 3, keeps_original=True)
        held.page.refresh()
        for code in codes:
            held.scan(code)
        held.press(Qt.Key.Key_O)
        hand_over(held.office, [codes[0]])         # another window of this office was quicker
        again = present(qtbot, HandoverPage(held.desk))
        rows = again.making.view.model.rows()
        assert [(row.one.code, row.travelling) for row in rows] == [(codes[1], 1), (codes[2], 0)]


def test_lines_go_on_and_off_by_keys_alone(qtbot: QtBot, tmp_path: Path) -> None:
    with handing_over(qtbot, tmp_path) as held:
        codes = receive(held.office, 3)
        held.page.refresh()
        held.press(Qt.Key.Key_W)
        assert held.draft() == codes, "the list of what is not scanned"
        held.press(Qt.Key.Key_Return)
        held.press(Qt.Key.Key_W)
        assert held.draft() == codes[:1]
        held.press(Qt.Key.Key_Delete)
        assert held.draft() == []
        held.press(Qt.Key.Key_W)
        held.press(Qt.Key.Key_A)
        assert held.draft() == codes
        held.press(Qt.Key.Key_Delete)
        held.press(Qt.Key.Key_G)
        held.type(codes[0].lower())
        held.press(Qt.Key.Key_Return)
        assert sorted(held.draft()) == codes


def test_several_originals_are_chosen_one_by_one(qtbot: QtBot, tmp_path: Path) -> None:
    from dataclasses import replace

    from tests.office import sample_intake

    with handing_over(qtbot, tmp_path) as held:
        intake = sample_intake("hai bản gốc")
        first, *rest = intake.papers
        code = held.office.receive(replace(
            intake, papers=(replace(first, originals=2, keeps_original=True), *rest)
        )).dossier.code
        held.page.refresh()
        held.scan(code)
        held.press(Qt.Key.Key_O)
        assert held.page.making.originals is not None and held.page.making.originals.is_open
        held.press(Qt.Key.Key_2)
        held.press(Qt.Key.Key_Return)
        (row,) = held.page.making.view.model.rows()
        assert (row.travelling, row.left) == (1, ("1#2",))
        with held.desk.office.database.reading() as connection:
            assert read_draft(connection, POLICE).left_here == {code: ("1#2",)}


def test_a_bag_by_post_takes_its_item_code_by_scan(qtbot: QtBot, tmp_path: Path) -> None:
    with handing_over(qtbot, tmp_path) as held:
        (code,) = receive(held.office, 1)
        held.page.refresh()
        held.scan(code)
        held.press(Qt.Key.Key_F12)
        sheet = held.page.making.sheet
        assert sheet is not None
        held.press(Qt.Key.Key_2)
        held.press(Qt.Key.Key_F12)
        assert sheet.is_open and sheet.item.message(), "no list by post without an item code"
        assert held.scan("EA473124829VN")
        assert held.scan(code), "a cover scanned now is refused, not put behind the sheet"
        held.press(Qt.Key.Key_F12)
        (made,) = manifests(held)
        assert (made.route, made.item_code) == (Route.POST, "EA473124829VN")


def test_the_number_of_a_list_opens_it_wherever_it_stands(qtbot: QtBot, tmp_path: Path) -> None:
    with handing_over(qtbot, tmp_path) as held:
        codes = receive(held.office, 2)
        first, second = hand_over(held.office, codes[:1]), hand_over(held.office, codes[1:])
        answer(held.office, first.number, {codes[0]: ACCEPTED})
        held.page.refresh()
        for made, view in ((second, WAITING), (first, HISTORY)):
            assert held.scan(made.number.lower())
            assert held.page.view == view and held.page.lists is not None
            assert held.page.lists.manifest is not None and held.page.lists.manifest.id == made.op_id
        assert not held.scan(codes[0]), "in the history a cover opens its dossier"
        held.scan("BG-261123-P84L-099-R")
        assert held.page.lists is not None and held.page.lists.manifest is not None
