"""Text messages: signs of the GSM alphabet and the parts they take."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.sms import JOINED, SINGLE, sms_length, sms_text


@pytest.mark.parametrize(("text", "sent"), [
    ("Nguyễn Thị Ánh Đào", "Nguyen Thi Anh Dao"), ("ƯỚC ỢƠ ưởng", "UOC OO uong"), ("“a” – ‘b’…", "\"a\" - 'b'..."),
    ("1.000 đ", "1.000 d"), ("1.000\u00a0₫", "1.000 d"), ("a→b 😀", "a?b ?"), ("x\ty\nz", "x y\nz"),
])
def test_marks_go_and_the_rest_stays_readable(text: str, sent: str) -> None:
    assert sms_text(text) == sent


@pytest.mark.parametrize(("text", "septets", "parts", "left"), [
    ("", 0, 1, 160), ("a" * 160, 160, 1, 0), ("a" * 161, 161, 2, 145), ("a" * 306, 306, 2, 0),
    ("a" * 307, 307, 3, 152), ("[" * 80, 160, 1, 0), ("€", 2, 1, 158),
    ("a" * 152 + "[" + "a" * 10, 164, 2, 141),     # the sign of two septets does not fit and begins the next part
])
def test_a_message_is_counted_in_septets_and_parts(text: str, septets: int, parts: int, left: int) -> None:
    length = sms_length(text)
    assert (length.septets, length.parts, length.left) == (septets, parts, left)


def test_what_is_not_in_the_alphabet_cannot_be_counted() -> None:
    with pytest.raises(ValueError, match="GSM"):
        sms_length("đ")


@given(st.text(max_size=400))
def test_any_text_can_be_sent(text: str) -> None:
    sent = sms_text(text)
    length = sms_length(sent)
    assert sms_text(sent) == sent
    assert length.parts * (SINGLE if length.parts == 1 else JOINED) >= length.septets + length.left
