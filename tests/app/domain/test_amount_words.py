"""Amounts in words: the table is the grammar, and a reader of its own hears every amount as it was."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.amount_words import MOST, amount_words
from tests.amount_reader import read_amount
from tests.faults.amount_words import misheard

# Words as the forms' makers and primary school give them ("viết bằng chữ" on biên lai and phiếu thu; Toán 2: mốt,
# tư, lăm, mười and mươi; Toán 4: numbers of many digits, không trăm, linh).
VECTORS = [
    (0, "Không đồng"),
    (1, "Một đồng"), (4, "Bốn đồng"), (5, "Năm đồng"), (10, "Mười đồng"), (11, "Mười một đồng"),
    (14, "Mười bốn đồng"), (15, "Mười lăm đồng"), (20, "Hai mươi đồng"), (21, "Hai mươi mốt đồng"),
    (24, "Hai mươi tư đồng"), (25, "Hai mươi lăm đồng"), (55, "Năm mươi lăm đồng"), (91, "Chín mươi mốt đồng"),
    (100, "Một trăm đồng"), (101, "Một trăm linh một đồng"), (104, "Một trăm linh bốn đồng"),
    (105, "Một trăm linh năm đồng"), (110, "Một trăm mười đồng"), (115, "Một trăm mười lăm đồng"),
    (121, "Một trăm hai mươi mốt đồng"), (500, "Năm trăm đồng"), (555, "Năm trăm năm mươi lăm đồng"),
    (1_000, "Một nghìn đồng"), (1_001, "Một nghìn không trăm linh một đồng"),
    (1_015, "Một nghìn không trăm mười lăm đồng"), (1_034, "Một nghìn không trăm ba mươi tư đồng"),
    (1_100, "Một nghìn một trăm đồng"), (2_000, "Hai nghìn đồng"), (15_000, "Mười lăm nghìn đồng"),
    (21_500, "Hai mươi mốt nghìn năm trăm đồng"), (30_000, "Ba mươi nghìn đồng"),
    (105_000, "Một trăm linh năm nghìn đồng"), (200_000, "Hai trăm nghìn đồng"),
    (1_000_000, "Một triệu đồng"), (1_000_005, "Một triệu không trăm linh năm đồng"),
    (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
    (1_234_567, "Một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng"),
    (10_010_010, "Mười triệu không trăm mười nghìn không trăm mười đồng"),
    (1_000_000_000, "Một tỷ đồng"), (1_000_000_005, "Một tỷ không trăm linh năm đồng"),
    (1_000_200_000, "Một tỷ hai trăm nghìn đồng"), (1_050_000_000, "Một tỷ không trăm năm mươi triệu đồng"),
    (21_000_000_000, "Hai mươi mốt tỷ đồng"), (1_000_000_000_000, "Một nghìn tỷ đồng"),
    (1_005_000_000_000, "Một nghìn không trăm linh năm tỷ đồng"),
    (1_000_000_000_005, "Một nghìn tỷ không trăm linh năm đồng"),
    (MOST, "Chín trăm chín mươi chín nghìn chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu chín trăm "
           "chín mươi chín nghìn chín trăm chín mươi chín đồng"),
]


@pytest.mark.parametrize(("amount", "words"), VECTORS)
def test_an_amount_is_said_as_the_form_wants_it(amount: int, words: str) -> None:
    assert amount_words(amount) == words
    assert read_amount(words) == amount


@pytest.mark.parametrize(("amount", "words"), [
    (105, "Một trăm lẻ năm đồng"), (1_000_004, "Một triệu không trăm lẻ bốn đồng"), (110, "Một trăm mười đồng"),
])
def test_an_office_of_the_south_says_le(amount: int, words: str) -> None:
    assert amount_words(amount, linh=False) == words
    assert read_amount(words) == amount


@settings(deadline=None)
@given(st.integers(0, MOST) | st.integers(0, 1_000_000) | st.integers(0, 999_999).map(lambda it: it * 1000),
       st.booleans())
@example(1_000_000_000_000_000 // 2, True)
def test_what_is_said_is_heard_as_it_was(amount: int, linh: bool) -> None:
    assert read_amount(amount_words(amount, linh=linh)) == amount


@pytest.mark.parametrize("amount", [1.0, 30_000.0, True, False, "30000", None])
def test_only_whole_dong_have_words(amount: object) -> None:
    with pytest.raises(TypeError):
        amount_words(amount)  # type: ignore[arg-type]


@pytest.mark.parametrize("amount", [-1, MOST + 1])
def test_less_than_nothing_and_more_than_the_words_reach_is_refused(amount: int) -> None:
    with pytest.raises(ValueError, match="words"):
        amount_words(amount)


@pytest.mark.parametrize("text", [
    "", "đồng", "Mười năm đồng", "Mười mốt đồng", "Hai mươi một đồng", "Hai mươi năm đồng", "Hai mươi bốn đồng",
    "Một trăm năm linh đồng", "Một nghìn năm đồng", "Một nghìn linh năm đồng", "Không trăm linh năm đồng",
    "Một triệu không nghìn đồng", "một đồng", "Một", "Một trăm linh năm nghìn một trăm lẻ năm đồng",
    "Một nghìn không trăm đồng", "Một mươi đồng", "Nghìn đồng",
])
def test_the_reader_refuses_what_a_careful_clerk_would_not_write(text: str) -> None:
    with pytest.raises(ValueError):
        read_amount(text)


def test_nothing_below_twenty_thousand_is_misheard() -> None:
    assert misheard(2_000, seed=2) == []
