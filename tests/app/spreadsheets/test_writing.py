"""What a spreadsheet program finds in a report: types, heads, filters; and never a formula."""

import io
import re
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from app.domain.reports.table import Column, ColumnKind, Row
from app.errors import Refusal
from app.spreadsheets import writing
from app.spreadsheets.heights import lines_of
from app.spreadsheets.sheet_names import MOST, sheet_name
from app.spreadsheets.writing import write_table
from tests.app.spreadsheets.tables import COLUMNS, EIGHT, FORMULAS, TOP, rows, table


def written(*own: Row, **options: object) -> bytes:
    target = io.BytesIO()
    write_table(target, table(*own, **options))  # type: ignore[arg-type]
    return target.getvalue()


def sheet_of(content: bytes, at: int = 0) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(at).to_python(skip_empty_area=False)  # type: ignore[return-value]


def part(content: bytes, name: str = "xl/worksheets/sheet1.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name).decode()


def test_each_cell_has_the_type_of_its_column() -> None:
    found = sheet_of(written(*rows(3)))
    assert found[TOP] == [1.0, "H47.15-260102-0001", FORMULAS[0], "Thôn Thử, xã Mẫu", 0.0, date(2026, 1, 2),
                          EIGHT, 0.9872, 0.0]
    assert found[TOP + 2][4] == 60_000


@pytest.mark.parametrize(("at", "text"), list(enumerate(FORMULAS)))
def test_a_text_stays_a_text_whatever_it_begins_with(at: int, text: str) -> None:
    content = written(*rows(len(FORMULAS)))
    assert sheet_of(content)[TOP + at][2] == text
    assert "<f" not in part(content).partition("<sheetData>")[2] and "<hyperlink" not in part(content)


@pytest.mark.parametrize("name", ["=cmd", "+1"])
def test_no_heading_and_no_note_becomes_a_formula(name: str) -> None:
    columns = (Column("a", name, group=name), Column("b", name, group=name), Column("c", name, group="other"))
    content = written(Row(("x", "y", "z")), columns=columns, id=name)
    assert "<f" not in part(content).partition("<sheetData>")[2]


@pytest.mark.parametrize(("text", "kept"), [
    ("a\x00b\x1f\ud800\ufffe", "ab"), ("x" * 40_000, "x" * 32_766 + "…"), ("Nguyễn Thị Ánh", "Nguyễn Thị Ánh"),
])
def test_what_no_cell_can_hold_is_left_out_and_the_rest_stays(text: str, kept: str) -> None:
    assert sheet_of(written(Row((text,)), columns=(Column("a", "A"),)))[-4][0] == kept


@pytest.mark.parametrize(("kind", "cell", "shown"), [
    (ColumnKind.DATE, date(1899, 12, 31), "31/12/1899"), (ColumnKind.MONEY, 10 ** 15, "1.000.000.000.000.000"),
    (ColumnKind.MONEY, 999_999_999_999_999, 999_999_999_999_999), (ColumnKind.MONEY, -2_000, -2_000),
])
def test_what_the_format_would_falsify_is_a_text(kind: ColumnKind, cell: date | int, shown: object) -> None:
    assert sheet_of(written(Row((cell,)), columns=(Column("a", "A", kind),)))[-4][0] == shown


def test_names_stand_in_storeys_above_the_rows() -> None:
    found = sheet_of(written(*rows(1)))
    assert found[TOP - 3][2:5] == ["Người dân", "", "Đã thu"]
    assert found[TOP - 2] == [column.title for column in COLUMNS]
    assert found[TOP - 1] == [f"({number})" for number in range(1, len(COLUMNS) + 1)]
    assert found[:3] == [[line, *[""] * (len(COLUMNS) - 1)] for line in (
        "Bưu điện tỉnh Mẫu", "DANH SÁCH THU PHÍ, LỆ PHÍ", "Từ ngày 01/01/2026 đến ngày 31/12/2026")]
    assert [row[0] for row in found[-2:]] == ["=Ghi chú", "Lập lúc 08 giờ 00 phút, ngày 02/01/2026 · Trần Thị Thử"]


def test_the_sheet_is_ready_to_be_scrolled_filtered_and_printed() -> None:
    total = Row((None, "Cộng", None, None, 90_000, None, None, None, None), is_total=True)
    said = part(written(*rows(3), total))
    assert f'ySplit="{TOP}"' in said and 'state="frozen"' in said
    assert f'<autoFilter ref="A{TOP}:I{TOP + 3}"/>' in said
    assert 'orientation="landscape"' in said and 'paperSize="9"' in said and 'fitToHeight="0"' in said
    assert "Print_Titles" in part(written(*rows(1)), "xl/workbook.xml")
    formats = set(re.findall(r'formatCode="([^"]+)"', part(written(*rows(1)), "xl/styles.xml")))
    assert formats == {"#,##0", "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "0.00%", "@"}


@pytest.mark.parametrize(("text", "width", "lines"), [
    ("", 10, 1), ("Đất đai", 10, 1), ("Đất đai và môi trường", 10, 2), ("a\nb", 10, 2), ("x" * 25, 10, 3),
    ("mười chữ x", 10, 1), ("mười chữ xy", 10, 2),
])
def test_a_text_takes_as_many_lines_as_its_words_need(text: str, width: float, lines: int) -> None:
    assert lines_of(text, width) == lines


def test_a_row_is_as_high_as_its_longest_text() -> None:
    columns = (Column("a", "Tên", width=20), Column("b", "Trực tiếp, dịch vụ bưu chính", ColumnKind.COUNT))
    said = part(written(Row(("Ngắn", 1)), Row(("Một tên dài hơn cột của nó", 2)), columns=columns))
    heights = {int(row): float(found[1]) if (found := re.search(r' ht="([0-9.]+)"', rest)) else None
               for row, rest in re.findall(r'<row r="([0-9]+)"([^>]*)>', said)}
    assert (heights[2], heights[7], heights[8]) == (21.0, None, 30.0)
    assert (heights[6] or 0.0) >= 45.0, "the heading in three lines"


def test_a_report_without_rows_is_still_a_sheet() -> None:
    assert sheet_of(written())[TOP - 1][0] == "(1)"


@pytest.mark.parametrize(("text", "name"), [
    ("II.06a", "II.06a"), ("a/b:c?[d]*\\", "a-b-c--d---"), ("x" * 40, "x" * 31), ("'a'", "a"), ("", "Báo cáo"),
    ("History", "Báo cáo"), ("  ", "Báo cáo"),
])
def test_a_sheet_is_named_as_the_format_allows(text: str, name: str) -> None:
    assert sheet_name(text) == name
    assert len(sheet_name(text, 12)) <= MOST and sheet_name(text, 12).endswith(" (12)")


def test_rows_beyond_one_sheet_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MOST_ROWS", 10)
    content = written(*rows(25))
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["fees", "fees (2)", "fees (3)"]
    numbers = [row[0] for at in range(3) for row in sheet_of(content, at)[TOP:] if isinstance(row[0], float)]
    assert numbers == list(range(1, 26))


def test_the_same_report_is_the_same_file() -> None:
    assert part(written(*rows(5)), "docProps/core.xml") == part(written(*rows(5)), "docProps/core.xml")


def test_how_far_it_is_can_be_watched_and_stopped(tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    seen: list[int] = []
    assert write_table(io.BytesIO(), table(), seen.append, rows=rows(1001)) == 1001
    assert seen == [500, 1000, 1001]

    def stop(_count: int) -> None:
        raise StoppedError

    target = tmp_path / "phi.xlsx"
    target.write_bytes(b"of yesterday")
    with pytest.raises(StoppedError):
        write_table(target, table(), stop, rows=rows(501))
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"phi.xlsx": b"of yesterday"}


def test_a_wrong_row_among_those_read_one_by_one_stops_the_writing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cells for"):
        write_table(tmp_path / "phi.xlsx", table(), rows=[Row(("x",))])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", ["none", "a file"])
def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path, folder: str) -> None:
    (tmp_path / "a file").touch()
    with pytest.raises(Refusal) as refused:
        write_table(tmp_path / folder / "phi.xlsx", table(*rows(1)))
    assert (refused.value.code, refused.value.values) == ("file_unwritable", {"file": "phi.xlsx"})


def test_many_rows_need_no_more_memory_than_few(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        try:
            write_table(tmp_path / "phi.xlsx", table(), rows=rows(count))
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(400) < 2 * max(peak(50), peak(50))
