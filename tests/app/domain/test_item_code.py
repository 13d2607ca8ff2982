"""Item codes by UPU S10: the check digit, what is accepted as typed, and ranges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.item_code import (
    MOST_SERIAL,
    ItemCode,
    ItemRange,
    check_digit,
    item_code_as_json,
    read_item_code,
    read_item_range,
)
from app.errors import Refusal

LETTERS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=2)
CODES = st.builds(ItemCode, LETTERS, st.integers(0, MOST_SERIAL), LETTERS)


@pytest.mark.parametrize(("serial", "digit"), [
    # worked by hand with the weights 8 6 4 2 3 5 9 7
    (47312482, 9),                             # 200 mod 11 = 2, 11 − 2
    (12345678, 5),                             # 204 mod 11 = 6, 11 − 6
    (8, 0),                                    # 56 mod 11 = 1: ten is written 0
    (15, 5),                                   # 44 mod 11 = 0: eleven is written 5
    (0, 5), (1, 4), (10, 2), (99_999_999, 5),  # 0, 7, 9 and 396 mod 11 = 0
])
def test_the_check_digit_of_s10(serial: int, digit: int) -> None:
    assert check_digit(serial) == digit


@pytest.mark.parametrize("typed", [
    "EA473124829VN", "ea473124829vn", " EA 473 124 829 VN\r\n", "EA-4731-2482-9-VN", "EA.473124829.VN",
    "ＥＡ４７３１２４８２９ＶＮ",
])
def test_a_code_is_read_however_it_is_written(typed: str) -> None:
    assert read_item_code(typed) == ItemCode("EA", 47312482, "VN")


@pytest.mark.parametrize(("typed", "reason"), [
    ("", "item_code_empty"), ("   ", "item_code_empty"), ("473124829", "item_code_shape"),
    ("EA4731248299VN", "item_code_shape"), ("EA473124829", "item_code_shape"),
    ("E1473124829VN", "item_code_shape"), ("EAO73124829VN", "item_code_shape"),      # a letter for a digit
    ("ĐA473124829VN", "item_code_shape"), ("EA٤73124829VN", "item_code_shape"),
    ("EA47312482VN", "item_code_check_missing"), ("EA473124820VN", "item_code_check_digit"),
    ("H47.15-260921-0001", "item_code_shape"),
])
def test_what_is_no_code_is_refused_with_its_reason(typed: str, reason: str) -> None:
    with pytest.raises(Refusal) as told:
        read_item_code(typed)
    assert told.value.code == reason


def test_a_wrong_check_digit_is_told_with_the_right_one() -> None:
    with pytest.raises(Refusal) as told:
        read_item_code("EA473124820VN")
    assert told.value.values == {"given": 0, "check_digit": 9, "right": "EA473124829VN"}


@given(CODES)
def test_a_written_code_is_read_back(code: ItemCode) -> None:
    assert read_item_code(code.text) == read_item_code(code.shown) == code
    assert (len(code.text), code.shown.replace(" ", "")) == (13, code.text)


@given(CODES, st.integers(0, 9))
def test_only_one_check_digit_is_right(code: ItemCode, digit: int) -> None:
    typed = code.text[:10] + str(digit) + code.text[11:]
    if typed == code.text:
        assert read_item_code(typed) == code
    else:
        with pytest.raises(Refusal, match="item_code_check_digit"):
            read_item_code(typed)


@given(st.integers(0, MOST_SERIAL))
def test_the_check_digit_by_its_other_definition(serial: int) -> None:
    """Weighted sum and check digit add up to a multiple of 11, but for the two digits that are replaced."""
    weighted = 0
    for weight, place in zip((7, 9, 5, 3, 2, 4, 6, 8), range(8), strict=True):
        weighted += weight * (serial // 10**place % 10)
    rest = (weighted + check_digit(serial)) % 11
    assert rest == {0: 5, 1: 1}.get(weighted % 11, 0)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert read_item_code(text).text.isascii()
    except Refusal as refusal:
        assert refusal.code.startswith("item_code_")


def test_a_code_for_the_command_line() -> None:
    assert item_code_as_json("ea 473 124 829 vn") == {
        "ok": True, "code": "EA473124829VN", "shown": "EA 473 124 829 VN", "service": "EA", "serial": "47312482",
        "check_digit": 9, "country": "VN",
    }


def test_a_range_is_counted_by_serial_and_lists_whole_codes() -> None:
    handed = read_item_range("EA000000990VN", "EA000001037VN")
    assert len(handed) == 5
    assert [code.text for code in handed] == [
        "EA000000990VN", "EA000001006VN", "EA000001010VN", "EA000001023VN", "EA000001037VN"]
    assert ItemCode("EA", 101) in handed
    assert ItemCode("EB", 101) not in handed
    assert ItemCode("EA", 101, "LA") not in handed
    assert "EA000001010VN" not in handed


@pytest.mark.parametrize(("first", "last", "reason"), [
    (ItemCode("EA", 5), ItemCode("EA", 4), "item_range_reversed"),
    (ItemCode("EA", 5), ItemCode("RA", 6), "item_range_mixed"),
    (ItemCode("EA", 5), ItemCode("EA", 6, "LA"), "item_range_mixed"),
])
def test_ends_that_make_no_range_are_refused(first: ItemCode, last: ItemCode, reason: str) -> None:
    with pytest.raises(Refusal, match=reason):
        ItemRange(first, last)


RANGES = st.tuples(st.sampled_from(("EA", "RA")), st.integers(0, 30), st.integers(0, 30)).map(
    lambda made: ItemRange(ItemCode(made[0], min(made[1:])), ItemCode(made[0], max(made[1:]))))


@given(RANGES, RANGES)
def test_ranges_overlap_when_they_share_a_code(one: ItemRange, other: ItemRange) -> None:
    assert one.overlaps(other) is other.overlaps(one) is bool(set(one) & set(other))
