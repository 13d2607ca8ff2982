from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.scanning import Colour, Treatment
from app.domain.treatment import CARD, CERTIFICATE, DRAWING, PHOTO, TEXT, treatment_for

LEAST_DPI = 200
"""Nghị định 30/2020/NĐ-CP, Phụ lục I."""


@pytest.mark.parametrize(("name", "expected"), [
    ("Thẻ Căn cước, thẻ Căn cước công dân hoặc Hộ chiếu của người được ủy quyền", CARD),
    ("Giấy phép lái xe (bản chính)", CARD),
    ("Đơn đề nghị đổi, cấp lại giấy phép lái xe", TEXT),
    ("Đề nghị cấp giấy phép lái xe quốc tế và 01 ảnh 3x4 cm", TEXT),
    ("Giấy khám sức khỏe của người lái xe còn hiệu lực", TEXT),
    ("Ảnh chân dung 4x6 cm, phông nền trắng", PHOTO),
    ("Hai ảnh màu cỡ 3x4: ảnh thẻ", PHOTO),
    ("Sơ đồ thửa đất", DRAWING),
    ("Bản vẽ thiết kế xây dựng", DRAWING),
    ("Giấy chứng nhận quyền sử dụng đất, kèm sơ đồ thửa đất", CERTIFICATE),
    ("Hợp đồng ủy quyền", TEXT),
    ("", TEXT),
])
def test_a_paper_is_treated_as_its_name_says(name: str, expected: Treatment) -> None:
    assert treatment_for(name) == expected


def test_a_form_is_text_and_a_plastic_card_is_a_card_whatever_the_name() -> None:
    assert treatment_for("Ảnh chân dung", form="Mẫu 02/LLTP") == TEXT
    assert treatment_for("Giấy tờ tùy thân", is_card=True) == CARD


def test_a_photograph_is_never_cleaned() -> None:
    assert not PHOTO.is_cleaned


@given(st.text(max_size=200), st.booleans())
def test_every_name_gets_what_the_law_asks(name: str, is_card: bool) -> None:
    treatment = treatment_for(name, is_card=is_card)
    assert treatment.dpi >= LEAST_DPI
    assert treatment.colour is not Colour.BILEVEL
    assert treatment == treatment_for(name.upper(), is_card=is_card) or name.upper().lower() != name.lower()
