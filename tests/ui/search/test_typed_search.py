from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.paper_number import PaperKind, paper_number
from app.domain.text import nfc
from ui.models.dossier_rows import is_exactly
from ui.models.typed_search import Looking, read_typed


@pytest.mark.parametrize(("text", "looking", "meant"), [
    ("", Looking.NOTHING, ""),
    ("   ", Looking.NOTHING, ""),
    ("nguyen van dung", Looking.NAME, "nguyen van dung"),
    ("  Nguyễn   Dũng ", Looking.NAME, "Nguyễn Dũng"),
    ("H47.15-261123-0001", Looking.CODE, "H47.15-261123-0001"),
    ("h47.15 – 261123 – 0001", Looking.CODE, "H47.15-261123-0001"),
    ("000.00.15.H47-261123-0001", Looking.CODE, "000.00.15.H47-261123-0001"),
    ("https://mau.example/tra-cuu/H47.15-261123-0001", Looking.CODE, "H47.15-261123-0001"),
    ("H47.15-2611", Looking.CODE_START, "H47.15-2611"),
    ("h47.", Looking.CODE_START, "H47."),
    ("000.00.15", Looking.CODE_START, "000.00.15"),
    ("nhóm H47.15-261123-0001", Looking.GROUP, "H47.15-261123-0001"),
    ("Nhom h47.15-261123-0001", Looking.GROUP, "H47.15-261123-0001"),
    ("nhóm trưởng", Looking.NAME, "nhóm trưởng"),
    (paper_number(PaperKind.GROUP, date(2026, 11, 23), "quay-1", 4), Looking.GROUP,
     paper_number(PaperKind.GROUP, date(2026, 11, 23), "quay-1", 4)),
    ("42", Looking.DAY_NUMBER, "42"),
    ("0042", Looking.DAY_NUMBER, "0042"),
    ("00123", Looking.DIGITS, "00123"),
    ("0905 000 123", Looking.DIGITS, "0905000123"),
    ("+84 905.000.123", Looking.DIGITS, "0905000123"),
    ("049190004217", Looking.DIGITS, "049190004217"),
    ("B1234567", Looking.IDENTIFIER, "B1234567"),
    ("0100109106-001", Looking.IDENTIFIER, "0100109106-001"),
    ("H47", Looking.NAME, "H47"),
])
def test_what_is_typed_is_understood(text: str, looking: Looking, meant: str) -> None:
    typed = read_typed(text)
    assert (typed.looking, typed.text) == (looking, meant)


def test_the_qr_of_a_corrected_receipt_says_its_version() -> None:
    assert read_typed("H47.15-261123-0001/2").version == 2
    assert read_typed("H47.15-261123-0001").version is None


@given(st.text(max_size=60))
def test_nothing_that_is_typed_is_refused(text: str) -> None:
    typed = read_typed(text)
    assert (typed.looking is Looking.NOTHING) == (not nfc(text).split())


@pytest.mark.parametrize(("name", "typed", "is_exact"), [
    ("Nguyễn Văn Dũng", "dũng", True), ("Nguyễn Văn Đứng", "dũng", False), ("Nguyễn Văn Dũng", "ngũ văn", False),
    ("Nguyễn Văn Dũng", "nguyễn d", True), ("NGUYỄN VĂN DŨNG", "Dũng", True),
])
def test_marks_that_are_typed_count(name: str, typed: str, is_exact: bool) -> None:
    assert is_exactly(name, typed) is is_exact


@pytest.mark.parametrize(("text", "has_marks"), [
    ("dung", False), ("Dung", False), ("dũng", True), ("đung", True), ("an  binh", False),
])
def test_a_name_typed_without_marks_has_none(text: str, has_marks: bool) -> None:
    assert read_typed(text).has_marks is has_marks
