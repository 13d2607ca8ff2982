"""X and P: what is in front goes whole into the chosen file, persons only with a purpose; a stop leaves none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.reports.table import ReportTable, Row
from app.spreadsheets.reading import read_rows
from tests.ui.dossier.desk import present
from tests.ui.report.desk import Bench, bench, press, typed
from ui.background.tasks import BackgroundTasks, Task
from ui.operations import report as operation
from ui.pages.report.page import ReportPage
from ui.pages.report.saving import file_name

PURPOSE = "Đối chiếu số liệu báo cáo"


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path / "office") as made:
        yield made


def cells(file: Path) -> list[str]:
    with file.open("rb") as stream:
        return [str(cell) for row in read_rows(stream, file.name) for cell in row]


def give(page: ReportPage) -> None:
    typed(PURPOSE)
    press(page, Qt.Key.Key_Return)


def test_the_table_is_saved_as_spreadsheet_and_as_paper(qtbot: QtBot, held: Bench, tmp_path: Path) -> None:
    page = held.show(qtbot)
    asked: list[str] = []
    page.saving.ask_file = lambda _, name, ending: asked.append(name) or str(tmp_path / f"bieu{ending}")
    press(page, Qt.Key.Key_X)
    press(page, Qt.Key.Key_P)
    assert "Tổng cộng" in cells(tmp_path / "bieu.xlsx")
    document = pdfium.PdfDocument(tmp_path / "bieu.pdf")
    assert "Tổng cộng" in document[0].get_textpage().get_text_range()
    document.close()
    assert asked == [f"bao-cao-II.06a-2026-09-15..2026-12-14{ending}" for ending in (".xlsx", ".pdf")]
    assert held.asked() == [] and [tone for tone, _ in held.around.frame.words] == ["ok", "ok"]


def test_charts_in_front_go_behind_the_table_on_paper_which_is_signed(
    qtbot: QtBot, held: Bench, tmp_path: Path
) -> None:
    page = held.show(qtbot)
    page.saving.ask_file = lambda _, name, ending: str(tmp_path / f"bieu{ending}")
    pages: list[list[str]] = []
    for _ in range(2):
        press(page, Qt.Key.Key_P)
        document = pdfium.PdfDocument(tmp_path / "bieu.pdf")
        pages.append([page.get_textpage().get_text_range() for page in document])
        document.close()
        press(page, Qt.Key.Key_D)
        assert page.card.charts_in_front is not None
    (table,), (first, *charts) = pages
    assert "NGƯỜI LẬP" in table and "THỦ TRƯỞNG" in table and "Mẫu, ngày 23 tháng 11 năm 2026" in table
    assert first.split("Trang")[0] == table.split("Trang")[0] and "Tiếp nhận và giải quyết" in "".join(charts)


def test_a_list_that_names_nobody_is_saved_at_once(qtbot: QtBot, held: Bench, tmp_path: Path) -> None:
    page = held.show(qtbot)
    page.choose_report("my-day")
    page.card.table.setFocus()
    press(page, Qt.Key.Key_Return)
    page.saving.ask_file = lambda _, name, ending: str(tmp_path / f"ds{ending}")
    press(page, Qt.Key.Key_X)
    assert sum(cell == "Tiếp nhận hồ sơ" for cell in cells(tmp_path / "ds.xlsx")) == 5 and held.asked() == []


def test_a_list_is_saved_whole_with_its_purpose(qtbot: QtBot, held: Bench, tmp_path: Path) -> None:
    page = held.show(qtbot)
    page.saving.ask_file = lambda _, name, ending: str(tmp_path / f"ds{ending}")
    page.card.table.stand_on(page.card.table.figures.rowCount() - 1, 2)
    page.card.table.setFocus()
    press(page, Qt.Key.Key_Return)
    give(page)
    press(page, Qt.Key.Key_X)
    assert not (tmp_path / "ds.xlsx").exists()     # the purpose comes first, also for what is on the screen
    press(page, Qt.Key.Key_Return)                 # the same as before
    said = cells(tmp_path / "ds.xlsx")
    assert sum(row.code in said for row in page.lists.dossiers.dossiers.rows()) == 5
    assert any(PURPOSE in cell for cell in said)
    assert [line["count"] for line in held.asked()] == [5, 5] and str(held.asked()[1]["what"]).endswith(".xlsx")


def test_what_cannot_be_written_is_said(qtbot: QtBot, held: Bench, tmp_path: Path) -> None:
    page = held.show(qtbot)
    for key in (Qt.Key.Key_X, Qt.Key.Key_P):
        page.saving.ask_file = lambda _, name, ending: str(tmp_path / "không-có" / f"x{ending}")
        press(page, key)
    assert len(held.around.frame.warnings) == 2 and not page.saving.is_going
    page.saving.ask_file = lambda *_: ""           # the dialog was left
    press(page, Qt.Key.Key_X)
    assert len(held.around.frame.warnings) == 2


def test_esc_stops_and_an_older_file_stays(
    qtbot: QtBot, held: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = BackgroundTasks()
    page = present(qtbot, ReportPage(replace(held.desk, background=pool)))
    qtbot.waitUntil(lambda: page.made is not None)
    older = tmp_path / "bieu.xlsx"
    older.write_bytes(b"of last month")
    page.saving.ask_file = lambda *_: str(older)
    write = operation._write

    def stopped_first(
        target: Path, table: ReportTable, rows: Iterable[Row] | None, task: Task, ticker: operation.Ticker
    ) -> None:
        task.cancel()                              # as Esc does, before the first row is told
        write(target, table, rows, task, ticker)

    monkeypatch.setattr(operation, "_write", stopped_first)
    press(page, Qt.Key.Key_X)
    assert page.saving.is_going
    press(page, Qt.Key.Key_Escape)
    assert not page.saving.is_going and held.around.frame.words[-1][0] == "info"
    assert pool.close()
    assert older.read_bytes() == b"of last month" and [each.name for each in tmp_path.glob("*.part")] == []


def test_a_report_nobody_waits_for_is_given_up(qtbot: QtBot, held: Bench) -> None:
    pool = BackgroundTasks()
    page = present(qtbot, ReportPage(replace(held.desk, background=pool)))
    press(page, Qt.Key.Key_Escape)
    assert held.around.frame.words[-1][0] == "info"
    qtbot.waitUntil(lambda: not pool.is_busy)
    assert page.made is None
    press(page, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: page.made is not None)
    assert page.made is not None and page.made.table.rows[-1].cells[2] == 5
    assert pool.close()


def test_a_file_s_name_holds_nothing_a_disk_refuses() -> None:
    assert file_name("II.06a-A|Đất đai:late", "2026-01-01..2026-03-31", ".pdf") == (
        "bao-cao-II.06a-A-Đất-đai-late-2026-01-01..2026-03-31.pdf")
