"""Phiếu kiểm soát: known hops filled in, blank ones to sign, no hop divided between pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.printing.control_sheet import render_control_sheet
from tests.app.printing.life_samples import CONTROL, HOPS
from tests.app.printing.life_sheets import words_of
from tests.app.printing.reading import page_texts, squeezed

OPEN_TIME = "......giờ......phút,"


def said_by(size: str = "A4", **changes: object) -> str:
    return words_of(replace(CONTROL, **changes), size)  # type: ignore[arg-type]


@pytest.mark.parametrize("said", [
    "Kèm theo hồ sơ của: Nguyễn Thị Thử Nghiệm", "Ngày nhận: 09 giờ 05 phút, ngày 21/09/2026",
    "Ngày, giờ hẹn trả kết quả: 15 giờ 30 phút, ngày 05/10/2026",
    "Cơ quan (bộ phận) giải quyết hồ sơ: Công an tỉnh Mẫu", "Cơ quan phối hợp giải quyết hồ sơ: không",
    "TÊN CƠ QUAN", "THỜI GIAN GIAO, NHẬN HỒ SƠ", "KẾT QUẢ GIẢI QUYẾT HỒ SƠ (trước hạn, đúng hạn, quá hạn)",
    "GHI CHÚ", "1. Giao: Trung tâm Phục vụ", "14 giờ 45 phút, ngày 21/09/2026", "15 giờ 10 phút, ngày 21/09/2026",
    "2. Giao: Văn phòng Sở", "Phòng Nghiệp vụ Thử nghiệm", "Đúng hạn", "Mã bưu gửi RR 473 124 829 VN",
    "3. Giao:", "4. Giao:", "thời gian và chữ ký theo phiếu gửi của bưu chính",
])
@pytest.mark.parametrize("size", ["A5", "A4"])
def test_the_sheet_prints_every_field_and_hop(size: str, said: str) -> None:
    assert squeezed(said) in said_by(size)


@pytest.mark.parametrize(("form_set", "number"), [("01/2018", "05"), ("03/2025", "06")])
def test_the_form_has_its_sets_number(form_set: str, number: str) -> None:
    assert squeezed(f"Mẫu số {number}") in said_by(form_set=form_set)


@pytest.mark.parametrize(("known", "blank", "open_ends"), [(0, 4, 8), (1, 0, 0), (2, 2, 5), (2, 0, 1)])
def test_what_is_not_known_is_left_to_write(known: int, blank: int, open_ends: int) -> None:
    said = said_by(hops=HOPS[:known], blank_hops=blank)
    assert said.count(OPEN_TIME) == open_ends
    assert f"{known + blank}.Giao:" in said
    assert f"{known + blank + 1}.Giao:" not in said


@pytest.mark.parametrize("count", (1, 3, 4, 5, 6, 9, 13))
@pytest.mark.parametrize("size", ["A5", "A4"])
def test_a_hop_is_never_divided_and_the_head_is_on_every_page(size: str, count: int) -> None:
    hops = tuple(replace(HOPS[0], giver=f"Giao {number} Thử", taker=f"Nhận {number} Thử")
                 for number in range(count))
    texts = page_texts(render_control_sheet(replace(CONTROL, hops=hops, blank_hops=0), size=size))
    for number in range(count):
        (page,) = [text for text in texts if f"Giao {number} Thử" in text]
        assert f"Nhận {number} Thử" in page
        assert f"{number + 1}. Giao:" in page
        assert "TÊN CƠ QUAN" in page
