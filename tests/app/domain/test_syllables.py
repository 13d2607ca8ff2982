import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.syllables import (
    is_one_letter_off,
    plain_syllables,
    spelt_syllables,
    split_syllables,
    without_one_letter,
)


@pytest.mark.parametrize(("text", "plain"), [
    ("Đổi giấy phép lái xe (hạng A1)", ["doi", "giay", "phep", "lai", "xe", "hang", "a1"]),
    ("LÝ LỊCH tư-pháp", ["li", "lich", "tu", "phap"]),
    ("  ", []),
    ("01/2025/LLTP", ["01", "2025", "lltp"]),
    ("quy hoạch, thủy lợi", ["quy", "hoach", "thuy", "loi"]),
])
def test_bare_syllables(text: str, plain: list[str]) -> None:
    assert plain_syllables(text) == plain
    assert plain_syllables(unicodedata.normalize("NFD", text)) == plain


@pytest.mark.parametrize(("one", "other"), [
    ("hoà giải", "hòa giải"), ("thuỷ lợi", "thủy lợi"), ("kỹ thuật", "kĩ thuật"), ("lý lịch", "LÍ LỊCH"),
])
def test_two_ways_of_writing_one_syllable_are_equal(one: str, other: str) -> None:
    assert spelt_syllables(one) == spelt_syllables(other)


@pytest.mark.parametrize(("one", "other"), [("đất", "đạt"), ("lái", "lại"), ("thuê", "thuế"), ("to", "tơ")])
def test_marks_tell_syllables_apart(one: str, other: str) -> None:
    assert spelt_syllables(one) != spelt_syllables(other)


@pytest.mark.parametrize(("one", "other", "near"), [
    ("sinh", "sinj", True), ("khai", "kahi", True), ("lich", "lic", True), ("lich", "lichh", True),
    ("sinh", "sanj", False), ("ab", "ba", True), ("khai", "khai", True), ("a", "abc", False),
    ("abcd", "badc", False),
])
def test_one_letter_off(one: str, other: str, near: bool) -> None:
    assert is_one_letter_off(one, other) is near
    assert is_one_letter_off(other, one) is near


LETTERS = st.text("abcdnhi", min_size=3, max_size=7)


@given(LETTERS, st.integers(0, 6), st.sampled_from("abcdnhi"))
def test_syllables_one_letter_off_share_a_rest(syllable: str, at: int, letter: str) -> None:
    at %= len(syllable)
    for changed in (syllable[:at] + letter + syllable[at + 1:], syllable[:at] + letter + syllable[at:],
                    syllable[:at] + syllable[at + 1:]):
        assert is_one_letter_off(syllable, changed)
        assert without_one_letter(syllable) & without_one_letter(changed)


@given(st.text(max_size=40))
def test_any_text_can_be_split(text: str) -> None:
    assert len(plain_syllables(text)) == len(spelt_syllables(text)) == len(split_syllables(text))
