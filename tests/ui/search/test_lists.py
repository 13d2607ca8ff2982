"""Every list by keys, and the register of a period from the search page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.store.queries.dossiers import DossierList
from tests.ui.dossier.desk import at_desk, present
from ui.models.list_words import list_words
from ui.models.typed_day import read_day
from ui.pages.search.page import SearchPage
from ui.pages.search.register_sheet import RegisterSheet

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def test_alt_0_offers_every_list_with_its_count(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "trouble") as (_, desk, _around):
        page = present(qtbot, SearchPage(desk))
        qtbot.keyClick(page.table, Qt.Key.Key_0, ALT)
        sheet = page._sheet
        assert sheet is not None and sheet.is_open
        offered = {line.what: line.amount for line in sheet.lines.rows()}
        assert set(offered) == set(DossierList)
        for what in (DossierList.TO_HAND_OVER, DossierList.SUPPLEMENT, DossierList.CONFLICT):
            sheet.ask(offered, DossierList.ALL)
            sheet.table.stand_on(sheet.lines.find(what))
            qtbot.keyClick(sheet.table, Qt.Key.Key_Return)
            assert not sheet.is_open and page.table.dossiers.rowCount() == offered[what]
            assert page.lists.others.isChecked()
            assert page.lists.others.label().startswith(list_words(what))
        qtbot.keyClick(page.table, Qt.Key.Key_1, ALT)
        assert not page.lists.others.isChecked() and page.lists.others.label() == "Danh sách khác"


def test_promises_come_the_most_urgent_first(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "twenty") as (_, desk, _around):
        page = present(qtbot, SearchPage(desk))
        qtbot.keyClick(page.table, Qt.Key.Key_5, ALT)
        due = [row.due_at for row in page.table.dossiers.rows()]
        assert len(due) == 4 and due == sorted(due, key=str)
        assert page._card.findChildren(type(page._title))[1].text() == "4 hồ sơ, gấp nhất ở trên"


def sheet_of(qtbot: QtBot, page: SearchPage) -> RegisterSheet:
    qtbot.keyClick(page.table, Qt.Key.Key_P, CTRL)
    assert page._register is not None and page._register.is_open
    return page._register


def test_ctrl_p_prints_the_register_of_the_month(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path, "twenty") as (_, desk, around):
        page = present(qtbot, SearchPage(desk))
        sheet = sheet_of(qtbot, page)
        assert (sheet.first.text(), sheet.last.text()) == ("01/11/2026", "23/11/2026")
        (book,) = sheet.books.rows()
        assert (book.name, book.amount) == ("Quầy 3/2026", 20)
        qtbot.keyClick(sheet.first.line, Qt.Key.Key_Return)
        slip, copies, pdf = around.tray.papers[0]
        assert (slip, copies, pdf[:5]) == ("register", 1, b"%PDF-") and not sheet.is_open


def test_the_register_goes_into_a_folder_and_stays_open(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path / "office", "twenty") as (_, desk, _around):
        page = present(qtbot, SearchPage(desk))
        sheet = RegisterSheet(page.window(), desk, lambda over: str(tmp_path))
        sheet.ask()
        qtbot.keyClick(sheet.first.line, Qt.Key.Key_S, CTRL)
        assert sheet.is_open and sheet.act.isEnabled()
        sheet.close_sheet()
    assert [file.name for file in tmp_path.glob("*.pdf")] == ["so-theo-doi-quay-3-2026-20261101-20261123.pdf"]


@pytest.mark.parametrize(("first", "last"), [
    ("30/11/2026", "01/11/2026"), ("xx", "30/11/2026"), ("1/1/2020", "2/1/2020"),
])
def test_a_period_without_a_book_prints_nothing(qtbot: QtBot, tmp_path: Path, first: str, last: str) -> None:
    with at_desk(tmp_path, "twenty") as (_, desk, around):
        sheet = sheet_of(qtbot, present(qtbot, SearchPage(desk)))
        sheet.first.set_text(first)
        sheet.last.set_text(last)
        sheet.look()
        assert sheet.books.rowCount() == 0 and not sheet.act.isEnabled()
        qtbot.keyClick(sheet.first.line, Qt.Key.Key_Return)
        assert sheet.is_open and around.tray.papers == []
        sheet.close_sheet()


@pytest.mark.parametrize(("text", "day"), [
    ("5/11/2026", "2026-11-05"), ("05.11.26", "2026-11-05"), ("05112026", "2026-11-05"), ("5/11", "2026-11-05"),
    ("30/12", "2025-12-30"), ("29/2/2028", "2028-02-29"), ("29/2/2027", "None"), ("31/4", "None"), ("", "None"),
    ("x", "None"), ("5/11/202", "None"),
])
def test_a_day_is_read_as_people_type_it(text: str, day: str) -> None:
    assert str(read_day(text, date(2026, 11, 23))) == day
