"""Lists show enough to recognise a person and too little to copy a number."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.masking import mask_identifier, mask_phone


@pytest.mark.parametrize(
    ("identifier", "masked"),
    [
        ("049190004245", "049*******45"), ("205511998", "205****98"), ("B1234567", "B12***67"),
        ("0102595740-001", "010*********01"), ("1234567", "*******"), ("", ""),
    ],
)
def test_identifiers_keep_three_signs_and_two(identifier: str, masked: str) -> None:
    assert mask_identifier(identifier) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("+84905123123", "0905 *** 123"), ("0905123123", "0905 *** 123"), ("02353851234", "0235 *** 1234"),
        ("02438251234", "024 *** 1234"), ("19001234", "190***34"), ("", ""), ("máy nhà 0905", "máy*******05"),
    ],
)
def test_telephone_numbers_keep_both_ends(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


@settings(deadline=None)
@given(st.text(alphabet="0123456789", min_size=8, max_size=20))
def test_at_most_five_signs_of_an_identifier_are_shown(identifier: str) -> None:
    masked = mask_identifier(identifier)
    assert len(masked) == len(identifier)
    assert sum(sign != "*" for sign in masked) == 5
