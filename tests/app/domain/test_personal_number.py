"""What the twelve digits say, and that nothing else counts as twelve digits."""

from __future__ import annotations

import pytest

from app.domain.personal_number import PROVINCES, birth_year_in, gender_in, has_known_province, is_personal_number


@pytest.mark.parametrize(
    ("number", "gender", "year"),
    [
        ("049090004217", "Nam", 1990), ("049190004217", "Nữ", 1990), ("082206004511", "Nam", 2006),
        ("082313001020", "Nữ", 2013), ("001400000000", "Nam", 2100), ("001999000000", "Nữ", 2399),
    ],
)
def test_century_sex_and_year_are_in_the_number(number: str, gender: str, year: int) -> None:
    assert (gender_in(number), birth_year_in(number)) == (gender, year)


@pytest.mark.parametrize(
    "text", ["", "04919000421", "0491900042170", "04919000421x", "０４９１９０００４２１７",
             "049190004217\n"]
)
def test_only_twelve_ascii_digits_are_a_number(text: str) -> None:
    assert not is_personal_number(text)


def test_there_are_63_provinces_and_the_seed_provinces_have_their_codes() -> None:
    assert len(PROVINCES) == 63
    assert (PROVINCES["049"], PROVINCES["087"]) == ("Quảng Nam", "Đồng Tháp")
    assert has_known_province("035180004321")
    assert not has_known_province("555190004217")
