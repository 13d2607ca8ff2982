from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.store.queries.dossiers import DossierList, DossierRow, count
from tests.office import Office
from tests.ui.dossier.desk import at_desk, present
from tests.ui.dossier.stories import confirm, hear, receive
from tests.ui.search.many import fill
from ui.models.dossier_rows import known_now
from ui.operations.desk import Desk
from ui.pages.dossier.superseded import ScannedPaper
from ui.pages.search.page import SearchPage

CARD = "049190004217|201234567|Nguyễn Thị Mẫu Ánh|07031990|Nữ|Tổ 3, Thôn Giả Định, Điện Bàn, Quảng Nam|12082021"


def page_of(qtbot: QtBot, desk: Desk) -> SearchPage:
    return present(qtbot, SearchPage(desk))


def codes(page: SearchPage) -> list[str]:
    return [row.code for row in all_rows(page)]


def all_rows(page: SearchPage) -> tuple[DossierRow, ...]:
    model = page.table.dossiers
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    return tuple(model.rows())


def some_people(office: Office) -> dict[str, str]:
    names = ("Nguyễn Văn Dũng", "Nguyễn Văn Đứng", "Trần Thị Mẫu Ánh", "Lê Dung")
    return {name: receive(office, f"i{number}", name, number) for number, name in enumerate(names)}


@pytest.mark.parametrize(("typed", "found"), [
    ("nguyen van dung", ["Nguyễn Văn Đứng", "Nguyễn Văn Dũng"]),          # newest first
    ("nguyễn văn dũng", ["Nguyễn Văn Dũng", "Nguyễn Văn Đứng"]),          # the exact one before the newer one
    ("đứng", ["Nguyễn Văn Đứng", "Lê Dung", "Nguyễn Văn Dũng"]),
    ("dun", ["Lê Dung", "Nguyễn Văn Đứng", "Nguyễn Văn Dũng"]),
    ("mau", ["Trần Thị Mẫu Ánh"]),
    ("049190000002", ["Trần Thị Mẫu Ánh"]),
    ("2", ["Nguyễn Văn Đứng"]),                                           # the second number of the day
    ("H47.15-261123-0004", ["Lê Dung"]),
    ("000.00.15.H47-261123-0004", ["Lê Dung"]),
    ("h47.15-2611", ["Nguyễn Văn Dũng", "Nguyễn Văn Đứng", "Trần Thị Mẫu Ánh", "Lê Dung"]),
    ("không ai", []), ("99999999", []), ("H47.15-261123-0099", []), ("77", []), ("C7654321", []),
])
def test_one_box_finds_names_numbers_and_codes(
    qtbot: QtBot, tmp_path: Path, typed: str, found: list[str]
) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        some_people(office)
        page = page_of(qtbot, desk)
        page.search(typed)
        assert [row.applicant_name for row in all_rows(page)] == found


def test_the_end_of_a_telephone_number_finds_its_dossiers(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        some_people(office)
        page = page_of(qtbot, desk)
        for typed in ("0123", "0905 000 123", "+84905000123"):
            page.search(typed)
            assert len(all_rows(page)) == 4, typed


def test_every_list_is_as_long_as_its_count(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "twenty") as (_, desk, _around):
        page = page_of(qtbot, desk)
        known = known_now(desk)
        for what in DossierList:
            page.show_list(what)
            with desk.office.database.reading() as connection:
                assert len(all_rows(page)) == count(connection, what, known), what
            assert page.lists.label(what).endswith(str(len(all_rows(page))))


def test_pages_follow_each_other_without_a_gap_or_a_double(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        fill(office, 650)
        page = page_of(qtbot, desk)
        assert page.table.dossiers.rowCount() == 60
        assert [row.id for row in all_rows(page)] == list(range(650, 0, -1))
        page.search("nguyễn")
        ids = [row.id for row in all_rows(page)]
        page.search("nguyen")
        assert sorted(ids) == sorted(row.id for row in all_rows(page)) and len(set(ids)) == len(ids)


def test_the_model_keeps_qt_s_rules(qtbot: QtBot, tmp_path: Path, qtmodeltester: ModelTester) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        fill(office, 450)
        page = page_of(qtbot, desk)
        qtmodeltester.check(page.table.dossiers, force_py=True)


def test_no_cell_and_no_tooltip_shows_a_whole_number(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        some_people(office)
        page = page_of(qtbot, desk)
        model = page.table.dossiers
        shown = [
            str(model.index(row, column).data(role))
            for row in range(model.rowCount()) for column in range(model.columnCount())
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        ]
        rows = all_rows(page)
    assert rows[0].masked_identifier == "049*******03"
    assert not [text for text in shown if "0491900" in text or "0905000123" in text]


def test_enter_opens_and_a_receipt_s_own_text_says_its_version(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        people = some_people(office)
        page = page_of(qtbot, desk)
        opened: list[tuple[str, object]] = []
        page.dossier_requested.connect(lambda code, paper: opened.append((code, paper)))
        qtbot.keyClicks(page.box, "mau anh")
        qtbot.keyClick(page.box, Qt.Key.Key_Return)
        code = people["Trần Thị Mẫu Ánh"]
        page.search(f"{code}/3")
        qtbot.keyClick(page.box, Qt.Key.Key_Down)
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert opened == [(code, None), (code, ScannedPaper(3))]


def test_a_citizen_card_finds_its_person_and_our_codes_are_left_to_the_window(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        code = receive(office, "a", "Nguyễn Thị Mẫu Ánh", 0)
        receive(office, "b", "Lê Văn Mẫu", 1)
        page = page_of(qtbot, desk)
        assert page.take_scan(CARD.replace("049190004217", "049190000000"))
        assert codes(page) == [code]
        assert not page.take_scan(code) and not page.take_scan("không phải thẻ")
    assert around.clicks.accepted == 1


def test_typing_on_the_list_goes_to_the_box(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        some_people(office)
        page = page_of(qtbot, desk)
        page.table.setFocus()
        qtbot.keyClick(page.table, Qt.Key.Key_L)
        assert page.box.text() == "l" and codes(page)
        page.clear()
        assert page.box.text() == "" and len(codes(page)) == 4


def test_news_of_the_province_change_the_rows_in_place(qtbot: QtBot, tmp_path: Path) -> None:
    from ui.changes import Change

    with at_desk(tmp_path) as (office, desk, _):
        people = some_people(office)
        page = page_of(qtbot, desk)
        page.table.stand_on(2)
        confirm(office, 4)
        hear(office, ("status", "agency:cong-an", {"number": people["Lê Dung"], "status": 4}))
        desk.changes.publish(Change(has_sync=True))
        assert all(row.is_confirmed for row in all_rows(page))
        assert page.table.currentIndex().row() == 2
        assert page.table.dossiers.row(0).state == 4
