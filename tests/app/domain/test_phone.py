"""Telephone numbers as people write them, as the network dials them, as screens show them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.phone import PhoneKind, format_phone, read_phone
from app.errors import Refusal


@pytest.mark.parametrize(
    ("text", "e164", "kind", "shown"),
    [
        ("0905123123", "+84905123123", PhoneKind.MOBILE, "0905 123 123"),
        ("0905 123 123", "+84905123123", PhoneKind.MOBILE, "0905 123 123"),
        ("(0905) 123-123", "+84905123123", PhoneKind.MOBILE, "0905 123 123"),
        ("+84 905.123.123", "+84905123123", PhoneKind.MOBILE, "0905 123 123"),
        ("+84 (0)905 123 123", "+84905123123", PhoneKind.MOBILE, "0905 123 123"),
        ("84905123123", "+84905123123", PhoneKind.MOBILE, "0905 123 123"),
        ("0084905123123", "+84905123123", PhoneKind.MOBILE, "0905 123 123"),
        ("０９０５１２３１２３", "+84905123123", PhoneKind.MOBILE, "0905 123 123"),
        ("0351234567", "+84351234567", PhoneKind.MOBILE, "0351 234 567"),
        ("02353851234", "+842353851234", PhoneKind.LANDLINE, "0235 385 1234"),
        ("0277 385 1234", "+842773851234", PhoneKind.LANDLINE, "0277 385 1234"),
        ("024 3825 1234", "+842438251234", PhoneKind.LANDLINE, "024 3825 1234"),
        ("19001234", "+8419001234", PhoneKind.SERVICE, "1900 1234"),
        ("1800 123456", "+841800123456", PhoneKind.SERVICE, "1800 123456"),
    ],
)
def test_each_way_of_writing_dials_the_same(text: str, e164: str, kind: PhoneKind, shown: str) -> None:
    phone = read_phone(text)
    assert (phone.e164, phone.kind, phone.as_typed) == (e164, kind, text)
    assert format_phone(e164) == format_phone(text) == shown
    assert phone.may_receive_text == (kind is PhoneKind.MOBILE)
    assert read_phone(e164).e164 == e164


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "phone_empty"), (" - ", "phone_empty"), ("09O5123123", "phone_not_digits"),
        ("0905123123 (chị Mẫu)", "phone_not_digits"), ("01681234567", "phone_old_mobile"),
        ("+1 202 555 0100", "phone_not_vietnamese"), ("090512312", "phone_length"),
        ("09051231234", "phone_prefix"),
        ("0605123123", "phone_prefix"), ("0235385123", "phone_prefix"), ("905123123", "phone_length"),
        ("113", "phone_length"), ("+", "phone_not_digits"), ("٠٩٠٥١٢٣١٢٣", "phone_not_digits"),
    ],
)
def test_what_cannot_be_dialled_is_refused_by_reason(text: str, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        read_phone(text)


def test_what_is_no_number_is_shown_as_it_was_typed() -> None:
    assert format_phone("không có") == "không có"


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        phone = read_phone(text)
    except Refusal as refused:
        assert refused.code.startswith("phone_")
    else:
        assert read_phone(phone.e164).e164 == phone.e164
        assert read_phone(format_phone(text)).e164 == phone.e164
