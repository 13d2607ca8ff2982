"""A code that is read over the telephone comes back as it was, or is known to be wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.contract.key_letters import ALPHABET
from sync.contract.support_code import (
    MOST_ERROR,
    MOST_PART,
    Contact,
    NotACode,
    Standing,
    Waiting,
    contact_class,
    read_code,
    version_numbers,
    waiting_class,
    write_code,
)

part = st.integers(0, MOST_PART)
standings = st.builds(
    Standing, st.tuples(part, part, part), st.integers(0, MOST_ERROR), st.sampled_from(Waiting),
    st.sampled_from(Contact), *(st.booleans() for _ in range(5)),
)
places = st.integers(0, 9)


def letters_of(code: str) -> list[str]:
    return list(code.replace("-", ""))


@given(standings)
def test_what_is_written_is_read_again(standing: Standing) -> None:
    code = write_code(standing)
    assert len(code) == 11 and code[5] == "-" and set(letters_of(code)) <= set(ALPHABET)
    assert read_code(code) == standing


@given(standings)
def test_it_may_be_heard_in_small_letters_in_pieces_and_with_the_letters_that_look_like_digits(
    standing: Standing,
) -> None:
    code = write_code(standing)
    heard = " ".join(code.lower().replace("-", "")).replace("0", "o").replace("1", "l")
    assert read_code(heard) == read_code(code.replace("-", "–")) == standing, "a dash of Word's"


@given(standings, places, st.sampled_from(ALPHABET))
def test_one_wrong_letter_is_always_noticed(standing: Standing, place: int, wrong: str) -> None:
    letters = letters_of(write_code(standing))
    if letters[place] == wrong:
        return
    letters[place] = wrong
    with pytest.raises(NotACode) as raised:
        read_code("".join(letters))
    assert raised.value.what == "check"


@given(standings, places, places)
def test_two_letters_that_changed_places_are_always_noticed(standing: Standing, one: int, two: int) -> None:
    letters = letters_of(write_code(standing))
    if letters[one] == letters[two]:
        return
    letters[one], letters[two] = letters[two], letters[one]
    with pytest.raises(NotACode):
        read_code("".join(letters))


@pytest.mark.parametrize("text, what, place", [
    ("", "length", 0), ("K7QM4-2MX8", "length", 0), ("K7QM4-2MX8PP", "length", 0), ("KUQM4-2MX8P", "letter", 2),
    ("K7QM4-2MXĐP", "letter", 9),
])
def test_what_is_no_code_is_said_where_it_is_wrong(text: str, what: str, place: int) -> None:
    with pytest.raises(NotACode) as raised:
        read_code(text)
    assert (raised.value.what, raised.value.place) == (what, place)


def test_a_code_of_a_later_layout_is_not_read_as_ours() -> None:
    at_most = "0" * 9
    codes = {first + at_most[1:] + check for first in ALPHABET for check in ALPHABET}
    answers = set()
    for code in codes:
        try:
            read_code(code)
        except NotACode as error:
            answers.add(error.what)
    assert answers == {"check", "layout"}


@pytest.mark.parametrize("count, found", [
    (0, Waiting.NONE), (1, Waiting.FEW), (9, Waiting.FEW), (10, Waiting.TENS), (50, Waiting.MANY),
    (199, Waiting.MANY), (200, Waiting.HUNDREDS), (1_000_000, Waiting.THOUSANDS),
])
def test_a_queue_is_said_by_its_size(count: int, found: Waiting) -> None:
    assert waiting_class(count) is found


@pytest.mark.parametrize("age, found", [
    (None, Contact.NEVER), (timedelta(minutes=-3), Contact.NOW), (timedelta(minutes=15), Contact.NOW),
    (timedelta(hours=4), Contact.TODAY), (timedelta(hours=24), Contact.DAY), (timedelta(days=3), Contact.DAYS),
    (timedelta(days=7), Contact.WEEK), (timedelta(days=8), Contact.LONGER),
])
def test_a_contact_is_said_by_its_age(age: timedelta | None, found: Contact) -> None:
    assert contact_class(None if age is None else age / timedelta(minutes=1)) is found


@pytest.mark.parametrize("version, numbers", [
    ("1.4.2", (1, 4, 2)), ("0.7.0.dev3+gabc", (0, 7, 0)), ("2.300", (2, 127, 0)), ("", (0, 0, 0)),
])
def test_a_version_is_its_first_three_numbers(version: str, numbers: tuple[int, int, int]) -> None:
    assert version_numbers(version) == numbers
