"""The letters of a key: they come back, and each slip of a hand or an ear is found in its group."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.contract.key_letters import ALPHABET, GROUPS, WrongLetters, key_digits, key_letters, read_key_letters

KEYS = st.binary(min_size=32, max_size=32)


@given(key=KEYS, between=st.sampled_from(["-", " ", "", " – ", "\n"]), is_small=st.booleans())
def test_a_key_comes_back_however_its_letters_are_written(key: bytes, between: str, is_small: bool) -> None:
    text = between.join(key_letters(key))
    misread = text.replace("0", "O").replace("1", "l")
    assert read_key_letters(misread.lower() if is_small else misread) == key


@given(key=KEYS, place=st.integers(0, GROUPS * 5 - 1), letter=st.sampled_from(ALPHABET))
def test_every_single_wrong_letter_is_found_in_its_group(key: bytes, place: int, letter: str) -> None:
    letters = list("".join(key_letters(key)))
    if letters[place] == letter:
        return
    letters[place] = letter
    with pytest.raises(WrongLetters) as found:
        read_key_letters("".join(letters))
    assert found.value.group == place // 5 + 1


@given(key=KEYS, place=st.integers(0, GROUPS * 5 - 2))
def test_two_neighbours_in_wrong_order_are_found(key: bytes, place: int) -> None:
    letters = list("".join(key_letters(key)))
    letters[place], letters[place + 1] = letters[place + 1], letters[place]
    if "".join(letters) == "".join(key_letters(key)):
        return
    with pytest.raises(WrongLetters):
        read_key_letters("".join(letters))


@given(key=KEYS, one=st.integers(0, GROUPS - 1), two=st.integers(0, GROUPS - 1))
def test_two_groups_in_each_others_place_are_found(key: bytes, one: int, two: int) -> None:
    groups = list(key_letters(key))
    if one == two:
        return
    groups[one], groups[two] = groups[two], groups[one]
    with pytest.raises(WrongLetters) as found:
        read_key_letters("-".join(groups))
    assert found.value.group in (one + 1, two + 1)


@pytest.mark.parametrize("change", [lambda text: text[:-1], lambda text: text + "0", lambda text: "",
                                    lambda text: text[:-5]])
def test_too_few_and_too_many_letters_are_said(change: object) -> None:
    assert callable(change)
    with pytest.raises(WrongLetters) as found:
        read_key_letters(change("-".join(key_letters(bytes(range(32))))))
    assert found.value.group == 0 and not found.value.is_square


def test_a_square_that_was_misread_is_said_to_be_one() -> None:
    digits = key_digits(bytes(range(32)))
    with pytest.raises(WrongLetters) as found:
        read_key_letters(digits.replace("1", "2", 1))
    assert found.value.is_square and read_key_letters(digits) == bytes(range(32))
