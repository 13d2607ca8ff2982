"""The receipt of an inter-agency or two-stage procedure: every agency's own date and the date of them all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from app.domain.papers import LegLine, ReceiptPaper, StageLine
from app.printing.receipt import render_receipt
from tests.app.printing.reading import page_texts
from tests.app.printing.samples import LOCAL, TYPICAL

FORM_SETS = ("01/2018", "03/2025")
SIZES = ("A5", "A4")
LEGS = (
    LegLine("Sở Mẫu tỉnh Mẫu", "3 ngày làm việc", datetime(2026, 9, 24, 9, 5, tzinfo=LOCAL), is_own=True),
    LegLine("Công an tỉnh Mẫu", "5 ngày làm việc", datetime(2026, 10, 1, 9, 5, tzinfo=LOCAL)),
)
JOINT = replace(TYPICAL, legs=LEGS, agency_name="Sở Mẫu tỉnh Mẫu")


def words_of(paper: ReceiptPaper, size: str = "A5") -> str:
    return " ".join(page_texts(render_receipt(paper, size=size, copies=("Liên 2: Giao người nộp",))))


@pytest.mark.parametrize("form_set", FORM_SETS)
@pytest.mark.parametrize("size", SIZES)
def test_own_date_and_total_date_are_both_printed(form_set: str, size: str) -> None:
    said = words_of(replace(JOINT, form_set=form_set), size)
    total = said.index("15 giờ 30 phút, ngày 05/10/2026")
    own = said.index("Sở Mẫu tỉnh Mẫu (cơ quan chủ trì): 3 ngày làm việc, đến 09 giờ 05 phút, ngày 24/09/2026")
    other = said.index("Công an tỉnh Mẫu: 5 ngày làm việc, đến 09 giờ 05 phút, ngày 01/10/2026")
    assert total < own < other


def test_a_part_without_a_time_of_its_own_is_named_without_a_date() -> None:
    open_leg = replace(LEGS[1], due_at=None, processing_time="Không quy định")
    said = words_of(replace(JOINT, legs=(LEGS[0], open_leg)))
    assert "Công an tỉnh Mẫu: Không quy định, theo tiến độ của các cơ quan" in said


@pytest.mark.parametrize("form_set", FORM_SETS)
def test_a_second_stage_leaves_its_reception_to_write_until_it_is_known(form_set: str) -> None:
    paper = replace(TYPICAL, form_set=form_set, second_stage=StageLine("5 ngày làm việc"))
    said = words_of(paper)
    assert "Thời gian nhận hồ sơ giai đoạn 2: ……" in said
    assert "Thời gian trả kết quả giai đoạn 2: 5 ngày làm việc, kể từ khi nhận hồ sơ giai đoạn 2" in said


def test_a_second_stage_that_has_begun_shows_both_moments() -> None:
    stage = StageLine("5 ngày làm việc", datetime(2026, 10, 12, 8, 0, tzinfo=LOCAL),
                      datetime(2026, 10, 19, 8, 0, tzinfo=LOCAL))
    said = words_of(replace(TYPICAL, second_stage=stage))
    assert "Thời gian nhận hồ sơ giai đoạn 2: 08 giờ 00 phút, ngày 12/10/2026" in said
    assert "Thời gian trả kết quả giai đoạn 2: 08 giờ 00 phút, ngày 19/10/2026" in said


def test_an_ordinary_receipt_says_nothing_of_either() -> None:
    said = words_of(TYPICAL)
    assert "liên thông" not in said
    assert "giai đoạn 2" not in said


@pytest.mark.parametrize("count", [2, 5, 12])
@pytest.mark.parametrize("size", SIZES)
def test_every_agency_stands_on_the_paper_however_many_there_are(count: int, size: str) -> None:
    legs = tuple(replace(LEGS[1], agency_name=f"Cơ quan thử số {number:02d} của tỉnh Mẫu", is_own=number == 0)
                 for number in range(count))
    said = words_of(replace(JOINT, legs=legs), size)
    assert all(leg.agency_name in said for leg in legs)
