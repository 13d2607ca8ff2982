from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.spreadsheets.csv_table import csv_table


def test_excel_takes_it_for_utf_8_with_one_line_a_row() -> None:
    made = csv_table(("Cột một", "Hai"), [("Đường \"Lê Lợi\"", "dòng một\ndòng hai")])
    assert made == '\ufeff"Cột một","Hai"\r\n"Đường ""Lê Lợi""","dòng một dòng hai"\r\n'.encode()


@pytest.mark.parametrize("text", [
    "=1+1", "+84905000123", "-5", "@SUM(A1)", " \t=HYPERLINK(\"http://mau.example\")", "\u200b=1", "＝1+1",
    "\r=1", "|calc",
])
def test_no_cell_is_a_formula(text: str) -> None:
    cell = csv_table((), [(text,)]).decode("utf-8-sig").splitlines()[1]
    assert cell.startswith("\"'")


@given(rows=st.lists(st.lists(st.text(), min_size=3, max_size=3), max_size=8))
def test_whatever_was_typed_every_row_keeps_its_cells(rows: list[list[str]]) -> None:
    text = csv_table(("a", "b", "c"), rows).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert len(read) == len(rows) + 1 and all(len(row) == 3 for row in read)
    assert not any(cell.lstrip()[:1] in tuple("=+-@") for row in read for cell in row if cell.strip())
