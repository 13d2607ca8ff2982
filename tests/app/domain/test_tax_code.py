"""The tax code: lengths, check digit, one written form."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.tax_code import check_digit, read_tax_code
from app.errors import Refusal


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("0102595740", "0102595740"), ("0100109071", "0100109071"), ("0300588336", "0300588336"),
        ("4000123457", "4000123457"), ("0102595740-001", "0102595740-001"), ("0102595740001", "0102595740-001"),
        ("0102595740 – 001", "0102595740-001"), (" 010 259 5740 ", "0102595740"), ("0102.595.740", "0102595740"),
        ("049190004217", "049190004217"), ("０１０２５９５７４０", "0102595740"),
    ],
)
def test_each_way_of_writing_has_one_form(text: str, canonical: str) -> None:
    assert read_tax_code(text) == canonical
    assert read_tax_code(canonical) == canonical


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "tax_code_empty"), ("  ", "tax_code_empty"), ("0102595741", "tax_code_check_digit"),
        ("010259574", "tax_code_shape"), ("01025957401", "tax_code_shape"), ("01025957400011", "tax_code_shape"),
        ("010259574O", "tax_code_shape"), ("0102595740-000", "tax_code_branch"),
        ("0102595740-01", "tax_code_shape"),
        ("01025957-40001", "tax_code_shape"), ("0102595741-001", "tax_code_check_digit"),
    ],
)
def test_a_wrong_code_is_refused_by_reason(text: str, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        read_tax_code(text)


@settings(deadline=None)
@given(st.text(alphabet="0123456789", min_size=9, max_size=9), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_in_nine_is_always_noticed(body: str, at: int, step: int) -> None:
    digit = check_digit(body)
    wrong = body[:at] + str((int(body[at]) + step) % 10) + body[at + 1:]
    if digit is None:
        for last in range(10):
            with pytest.raises(Refusal, match="tax_code_check_digit"):
                read_tax_code(f"{body}{last}")
    else:
        assert read_tax_code(f"{body}{digit}") == f"{body}{digit}"
        with pytest.raises(Refusal, match="tax_code_check_digit"):
            read_tax_code(f"{wrong}{digit}")


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_a_code_or_refused(text: str) -> None:
    try:
        assert len(read_tax_code(text)) in (10, 12, 14)
    except Refusal as refused:
        assert refused.code.startswith("tax_code_")
