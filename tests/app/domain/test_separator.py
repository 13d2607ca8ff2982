"""Separator texts: what is written is read back, what is damaged or foreign is not."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from app.domain.separator import (
    BARS,
    END,
    QR_PLACES,
    Separator,
    is_ours,
    is_same_dossier,
    read_separator,
    requirement_key,
    separator_text,
)
from app.errors import Refusal

CODE = "000.00.15.H47-260921-0001"


@given(st.text(min_size=1, max_size=60), st.sampled_from((BARS, *QR_PLACES)), st.integers(0, 999))
def test_any_requirement_code_is_written_and_known_again(requirement: str, place: int, sheets: int) -> None:
    text = separator_text(CODE, requirement, place=place, sheets=sheets)
    key = END if requirement == END else requirement_key(requirement)
    assert read_separator(text) == Separator(CODE, key, place, sheets)
    assert text.isascii() and is_ours(text)


def test_requirement_keys_tell_apart_what_looks_alike() -> None:
    codes = ["1", "01", "1.", "+1", "a", "A", "á", "a\u0323", "-", "- ", "G01.000123", "g01.000123", "x" * 200,
             "x" * 201, "Giấy tờ / khác*1", "+AAAAAAAAAA"]
    keys = [requirement_key(code) for code in codes]
    assert len(set(keys)) == len(codes)
    assert END not in keys, "no requirement may end the pile"
    assert requirement_key("a\u0301") == requirement_key("á"), "one code, however composed"


def test_the_code_fits_a_small_qr() -> None:
    for requirement in ("1", "12345678.901", "mã dài của tỉnh " * 20):
        text = separator_text(CODE, requirement, place=5, sheets=999)
        symbol = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
        assert memoryview(symbol.to_image(scale=1, add_quiet_zones=False)).shape[0] <= 33, "version 4 at most"


@given(st.data())
def test_a_damaged_text_is_no_separator(data: st.DataObject) -> None:
    text = separator_text(CODE, data.draw(st.sampled_from(("1", "giấy khác"))), place=3, sheets=4)
    at = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(st.characters(min_codepoint=33, max_codepoint=126).filter(lambda drawn: drawn != text[at]))
    assert read_separator(text[:at] + sign + text[at + 1:]) is None
    assert read_separator(text[:at]) is None
    assert read_separator(text[:at] + text[at + 1:]) is None


@pytest.mark.parametrize("text", [
    "", CODE, "https://example.vn/?" + CODE, "049090000000|Nguyễn Văn Mẫu", "8938505974194", "QMC1", "QMC1*",
    "QMC2*000.00.15.H47-260921-0001*1*1**AAAAAA", "QMC1*000.00.15.H47-260921-0001*1*1**AAAAAA",
    " " + separator_text(CODE, "1"), separator_text(CODE, "1").lower(), separator_text(CODE, "1") + "\n",
])
def test_foreign_codes_are_not_ours(text: str) -> None:
    assert read_separator(text) is None


def test_a_newer_or_broken_separator_is_still_seen_as_one() -> None:
    assert is_ours("QMC2*whatever") and is_ours(separator_text(CODE, "1")[:-1])
    assert not is_ours("QMCX*1") and not is_ours("XQMC1*1")


def test_both_forms_of_a_code_are_one_dossier() -> None:
    assert is_same_dossier("H47.15-260921-0001", CODE)
    assert not is_same_dossier("H47.15-260921-0002", CODE)
    assert is_same_dossier("ODD", "ODD") and not is_same_dossier("ODD", CODE)


@pytest.mark.parametrize("code", ["", "a", "H47 15", "H47*15", "Đ1", "X" * 61])
def test_a_code_that_cannot_stand_in_a_qr_is_refused(code: str) -> None:
    with pytest.raises(Refusal, match="code_not_printable"):
        separator_text(code, "1")
