"""Postal addresses: two levels as typed, three as written on the card, neither made from the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.body import from_body, to_body
from app.domain.postal_address import LONGEST, PostalAddress, address_of_card, write_address
from app.errors import Refusal

CARD = "Khối phố 2, An Mẫu, Tam Thử, Quảng Mẫu"


def test_an_address_is_shown_small_before_large() -> None:
    address = write_address(" 12  đường Mẫu, khối phố 2, ", "phường Thử", "thành phố Mẫu", CARD)
    assert address.shown == "12 đường Mẫu, khối phố 2, phường Thử, thành phố Mẫu"
    assert (address.is_whole, address.old_text) == (True, CARD)


def test_a_cards_address_is_kept_and_no_part_is_taken_for_a_new_commune() -> None:
    address = address_of_card(CARD)
    assert (address.line, address.commune, address.province, address.old_text) == ("", "", "", CARD)
    assert (address.is_whole, address.shown) == (False, "")


@pytest.mark.parametrize(("old", "is_other"), [
    ("", False), ("Số 1, đường Mẫu, xã Thử, tỉnh Mẫu", False), ("SỐ 1 ĐƯỜNG MẪU; xã Thử, Tỉnh Mẫu", False),
    ("Số 1, đường Mẫu, xã Cũ, huyện Cũ, tỉnh Mẫu", True),
])
def test_the_old_address_is_told_when_it_says_something_else(old: str, is_other: bool) -> None:
    assert write_address("Số 1, đường Mẫu", "xã Thử", "tỉnh Mẫu", old).has_other_old_text is is_other


@pytest.mark.parametrize(("parts", "code", "part"), [
    (("", "xã Thử", "tỉnh Mẫu"), "address_part_missing", "line"),
    (("Số 1", " , ", "tỉnh Mẫu"), "address_part_missing", "commune"),
    (("Số 1", "xã Thử", ""), "address_part_missing", "province"),
    (("S" * (LONGEST + 1), "xã Thử", "tỉnh Mẫu"), "address_too_long", "line"),
    (("Số 1", "xã Thử", "tỉnh Mẫu", "S" * (LONGEST + 1)), "address_too_long", "old_text"),
])
def test_what_no_postman_can_use_is_refused(parts: tuple[str, ...], code: str, part: str) -> None:
    with pytest.raises(Refusal) as told:
        write_address(*parts)
    assert (told.value.code, told.value.values["part"]) == (code, part)


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_a_written_address_stays_as_it_is(line: str, commune: str, province: str, old: str) -> None:
    try:
        address = write_address(line, commune, province, old)
    except Refusal:
        return
    assert write_address(address.line, address.commune, address.province, address.old_text) == address
    assert from_body(PostalAddress, to_body(address)) == address
    assert address.is_whole
