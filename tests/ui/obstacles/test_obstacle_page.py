"""Vướng mắc by keys: noted about a dossier or a procedure, answered, printed, taken along as files."""

from __future__ import annotations

import csv
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services.obstacles import month_list
from tests.office import Office
from tests.ui.dossier.desk import at_desk, present
from tests.ui.dossier.stories import receive
from ui.operations.desk import Desk
from ui.pages.obstacles.page import ObstaclePage
from ui.pages.obstacles.sheets import NoteSheet


def write(qtbot: QtBot, sheet: NoteSheet, words: str, about: str = "") -> None:
    qtbot.keyClicks(sheet.words, words)
    qtbot.keyClicks(sheet.about.line, about)
    qtbot.keyClick(sheet.words, Qt.Key.Key_Return)


def texts(desk: Desk, month: str = "2026-11") -> list[tuple[str, str, str]]:
    with desk.office.database.reading() as connection:
        return [(row.text, row.code or row.procedure_code, row.answer) for row in month_list(connection, month)]


def noted(qtbot: QtBot, page: ObstaclePage, words: str, about: str = "") -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_N)
    assert page._note is not None
    write(qtbot, page._note, words, about)


def test_one_is_noted_about_a_dossier_a_procedure_or_neither(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        code = receive(office, "a", "Lê Văn Mẫu", 1)
        page = present(qtbot, ObstaclePage(desk))
        assert page._empty.isVisible()
        noted(qtbot, page, "cho lau", code)
        noted(qtbot, page, "mau don cu", "giay phep xay")
        noted(qtbot, page, "het giay in")
        assert sorted(texts(desk)) == [
            ("cho lau", code, ""), ("het giay in", "", ""), ("mau don cu", "1.013225", "")]
        assert page.rows.rowCount() == 3


def test_what_is_empty_or_about_an_unknown_dossier_is_not_stored(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (_, desk, _around):
        page = present(qtbot, ObstaclePage(desk))
        noted(qtbot, page, "")
        assert page._note is not None and page._note.is_open
        write(qtbot, page._note, "cho lau", "H47.15-261123-0999")
        assert page._note.is_open and page._note.about.message() and texts(desk) == []
        qtbot.keyClick(page._note, Qt.Key.Key_Escape)
        assert not page._note.is_open


def test_enter_writes_the_answer_down_once(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (_, desk, around):
        page = present(qtbot, ObstaclePage(desk))
        noted(qtbot, page, "cho lau")
        page.table.setFocus()
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
        assert page._answer is not None and page._answer.is_open
        qtbot.keyClick(page._answer.words, Qt.Key.Key_Return)
        assert page._answer.is_open, "an answer says something"
        qtbot.keyClicks(page._answer.words, "da co nguoi phu trach")
        qtbot.keyClick(page._answer.words, Qt.Key.Key_Return)
        assert texts(desk) == [("cho lau", "", "da co nguoi phu trach")]
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
        assert not page._answer.is_open and around.frame.words[-1] == ("info", "da co nguoi phu trach")


def export(qtbot: QtBot, office: Office, desk: Desk, folder: Path) -> list[Path]:
    folder.mkdir(exist_ok=True)
    page = present(qtbot, ObstaclePage(desk, lambda over: str(folder)))
    noted(qtbot, page, "=1+1 lam hong bang tinh", receive(office, "a", "Lê Văn Mẫu", 1))
    qtbot.keyClick(page.table, Qt.Key.Key_X)
    qtbot.keyClick(page.table, Qt.Key.Key_X)                  # the same files again: nothing is made twice
    noted(qtbot, page, "them mot dong")
    qtbot.keyClick(page.table, Qt.Key.Key_X)
    return sorted(folder.iterdir())


def test_the_month_is_taken_along_as_pdf_and_csv_and_nothing_is_overwritten(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path / "office") as (office, desk, _):
        files = export(qtbot, office, desk, tmp_path / "hop")
    names = [file.name for file in files if file.suffix == ".csv"]
    assert names == ["vuong-mac-2026-11 (2).csv", "vuong-mac-2026-11.csv"]
    assert all(file.read_bytes().startswith(b"%PDF-") for file in files if file.suffix == ".pdf")
    first = files[[file.name for file in files].index("vuong-mac-2026-11.csv")]
    assert first.read_bytes().startswith(b"\xef\xbb\xbf")
    head, line = csv.reader(first.read_text(encoding="utf-8-sig").splitlines())
    told = dict(zip(head, line, strict=True))
    assert told["Vướng mắc"] == "'=1+1 lam hong bang tinh" and told["Cơ quan"] == "Công an tỉnh Mẫu"
    assert told["Mã hồ sơ"].startswith("H47.15-") and told["Thuộc về"] == "Cơ quan giải quyết"


def test_keys_print_turn_the_month_and_open_the_dossier(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, around):
        code = receive(office, "a", "Lê Văn Mẫu", 1)
        page = present(qtbot, ObstaclePage(desk, lambda over: ""))
        noted(qtbot, page, "cho lau", code)
        opened: list[str] = []
        page.dossier_requested.connect(lambda code, paper: opened.append(code))
        page.table.setFocus()
        qtbot.keyClick(page.table, Qt.Key.Key_O)
        qtbot.keyClick(page.table, Qt.Key.Key_P)
        qtbot.keyClick(page.table, Qt.Key.Key_X)              # no folder chosen: nothing happens
        slip, copies, pdf = around.tray.papers[0]
        assert (slip, copies, pdf[:5], opened) == ("obstacle_list", 1, b"%PDF-", [code])
        qtbot.keyClick(page.table, Qt.Key.Key_BracketRight)
        assert page.month == "2026-11", "no month beyond this one"
        qtbot.keyClick(page.table, Qt.Key.Key_BracketLeft)
        assert page.month == "2026-10" and page.rows.rowCount() == 0
        qtbot.keyClick(page.table, Qt.Key.Key_Escape)
        assert around.frame.backs == 1


def test_a_dossier_page_may_ask_for_one_with_its_code(qtbot: QtBot, tmp_path: Path) -> None:
    with at_desk(tmp_path) as (office, desk, _):
        code = receive(office, "a", "Lê Văn Mẫu", 1)
        host = QWidget()
        qtbot.addWidget(host)
        host.resize(1200, 700)
        host.show()
        sheet = NoteSheet(host, desk)
        sheet.ask(code)
        write(qtbot, sheet, "co quan doi them giay")
        assert texts(desk) == [("co quan doi them giay", code, "")]
