"""What guessing costs, and which secrets are tried first."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.people.lockout import MOST, is_locked, left_to_wait, tries_left, wait_seconds
from app.domain.people.secret import read_code, read_secret, secret_fault

ABOUT = ("nv-12", "Trần Thị Thử", "ca.thu")


def test_five_are_free_then_each_wait_doubles_and_ten_lock() -> None:
    assert [wait_seconds(wrong) for wrong in range(11)] == [0, 0, 0, 0, 0, 32, 64, 128, 256, 512, 1024]
    assert [is_locked(wrong) for wrong in (0, 9, 10, 11)] == [False, False, True, True]
    assert [tries_left(wrong) for wrong in (0, 9, 10, 40)] == [10, 1, 0, 0]


@given(wrong=st.integers(0, MOST), since=st.floats(0, 5_000))
def test_a_wait_is_over_when_its_seconds_are(wrong: int, since: float) -> None:
    left = left_to_wait(wrong, since)
    assert (left == 0) == (since >= wait_seconds(wrong))
    assert left - 1 < max(0.0, wait_seconds(wrong) - since) <= left


def test_ten_guesses_cost_a_quarter_of_an_hour() -> None:
    assert sum(wait_seconds(wrong) for wrong in range(MOST)) > 15 * 60


@pytest.mark.parametrize(("secret", "fault"), [
    ("", "secret_short"), ("mưa5g", "secret_short"), ("x" * 129, "secret_long"),
    ("111111", "secret_row"), ("121212", "secret_row"), ("234567", "secret_row"), ("987654", "secret_row"),
    ("fedcba", "secret_row"), ("ASDFGH", "secret_row"),
    ("123456", "secret_row"), ("123123", "secret_often"), ("MatKhau", "secret_often"),
    ("Mật khẩu1", "secret_often"),
    ("Password1!", "secret_often"), ("112233", "secret_often"),
    ("070390", "secret_date"), ("07031990", "secret_date"), ("19900307", "secret_date"), ("290296", "secret_date"),
    ("049190004217", "secret_id_number"), ("205123987", "secret_id_number"),
    ("tranthithu", "secret_own"), ("Trần Thị Thử 7", "secret_own"), ("xx ca.thu", "secret_own"),
    ("nv-12-quầy", "secret_own"),
    ("mưa to 5g", ""), ("739164", ""), ("310299", ""), ("sông Hàn!", ""), ("290301x", ""),
])
def test_what_would_be_tried_first_is_no_secret(secret: str, fault: str) -> None:
    assert secret_fault(secret, ABOUT) == fault


@given(st.text(max_size=40))
def test_any_text_is_judged_and_compared_alike_however_it_was_composed(typed: str) -> None:
    assert secret_fault(typed, ABOUT) == secret_fault(unicodedata.normalize("NFD", typed), ABOUT)
    assert read_secret(unicodedata.normalize("NFD", typed)) == read_secret(typed)


def test_a_personal_code_is_read_however_it_was_typed() -> None:
    assert read_code(" kq7m-3f9x wO-ilD ") == "KQ7M3F9XW011D"
