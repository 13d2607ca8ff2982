"""A scan of our own labels and papers while a form is open is for the window, never for the form."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.original_code import original_text
from app.domain.paper_number import PaperKind, paper_number
from app.domain.result_code import result_text
from ui.pages.intake.scans import read_scan

TODAY = date(2026, 11, 22)
CODE = "000.00.15.H47-260921-0001"


@pytest.mark.parametrize("text", [
    CODE, result_text(CODE), original_text(CODE, "2"), paper_number(PaperKind.PICKUP, TODAY, "quay-1", 1),
    "EB473124829VN", "https://example.vn/?ma=" + CODE, "",
])
def test_what_is_no_card_is_left_to_the_window(text: str) -> None:
    assert read_scan(text, TODAY) is None


def test_a_card_is_for_the_form() -> None:
    reading = read_scan("049190004217|205511998|Trần Thị Mẫu|07031990|Nữ|Quảng Nam|12082021", TODAY)
    assert reading is not None and reading.person.full_name == "Trần Thị Mẫu"
