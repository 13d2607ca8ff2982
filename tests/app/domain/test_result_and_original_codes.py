"""Texts on the labels of results and originals: read back, guarded against damage, and never a receipt's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.input_method import Method, compose
from app.domain.original_code import (
    MOST,
    OriginalCode,
    is_original_text,
    original_key,
    original_text,
    read_original,
)
from app.domain.receipt_code import read_receipt_code
from app.domain.result_code import is_result_of, is_result_text, read_result, result_text
from app.domain.separator import read_separator, requirement_key, separator_text
from app.errors import Refusal

CODE = "000.00.15.H47-260921-0001"
SHORT = "H47.15-260921-0001"
CODES = [CODE, SHORT, "000.00.118.H52-260921-0001", "G22.99.08-260921-896048", "TAM-000012"]
METHODS: tuple[Method, ...] = ("telex", "vni")


@pytest.mark.parametrize("code", CODES)
def test_a_results_text_gives_its_dossier_back(code: str) -> None:
    text = result_text(code)
    assert read_result(text) == code
    assert read_result(text.lower() + "\r\n") == code
    assert is_result_text(text) and is_result_of(text, code)


@pytest.mark.parametrize("code", CODES)
@given(number=st.integers(1, MOST), requirement=st.text(min_size=1, max_size=60))
def test_an_originals_text_gives_dossier_requirement_and_number_back(code: str, requirement: str,
                                                                     number: int) -> None:
    text = original_text(code, requirement, number)
    assert read_original(text) == OriginalCode(code, original_key(requirement), number)
    assert read_original(text.lower()) == OriginalCode(code, original_key(requirement), number)
    assert is_original_text(text) and text.isascii()


def test_the_texts_stay_as_they_are_on_paper() -> None:
    assert result_text(CODE) == "KQ1*000.00.15.H47-260921-0001*GLN0C8"
    assert original_text(CODE, "2") == "BG1*000.00.15.H47-260921-0001*2*1*KK15XC"


@pytest.mark.parametrize("text", [result_text(CODE), original_text(CODE, "2"), original_text(CODE, "Sổ đỏ", 12),
                                  result_text(CODE)[:-1], original_text(CODE, "2")[:-1], "kq2*" + CODE])
def test_no_label_is_ever_taken_for_the_receipt(text: str) -> None:
    """Not even damaged, and not with noise around it: one paper scanned twice must not pass for two."""
    for scanned in (text, text.lower(), f" {text}\r\n"):
        with pytest.raises(Refusal, match="code_not_recognised"):
            read_receipt_code(scanned)


def test_the_labels_of_result_original_and_separator_are_told_apart() -> None:
    texts = {result_text(CODE): read_result, original_text(CODE, "2"): read_original,
             separator_text(CODE, "2"): read_separator}
    for text in texts:
        readers: list[Callable[[str], object]] = [reader for other, reader in texts.items() if other != text]
        assert [reader(text) for reader in readers] == [None, None]
    assert read_result(CODE) is None and read_original(CODE) is None


def test_a_result_belongs_to_its_own_dossier_in_both_forms_of_the_code() -> None:
    assert is_result_of(result_text(CODE), SHORT) and is_result_of(result_text(SHORT), CODE)
    assert not is_result_of(result_text(CODE), "H47.15-260921-0002")
    assert not is_result_of(CODE, CODE), "the receipt is not the result"
    assert is_result_of(result_text("TAM-000012"), "TAM-000012")
    assert not is_result_of(result_text("TAM-000012"), CODE)


@given(st.data())
def test_a_damaged_text_is_nothing(data: st.DataObject) -> None:
    texts = (result_text(CODE), original_text(CODE, "2", 3), original_text(CODE, "Sổ đỏ"))
    text = data.draw(st.sampled_from(texts))
    at = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(st.characters(min_codepoint=33, max_codepoint=126).filter(
        lambda drawn: drawn.upper() != text[at]))
    for damaged in (text[:at] + sign + text[at + 1:], text[:at], text[:at] + text[at + 1:]):
        assert read_result(damaged) is None and read_original(damaged) is None


@given(st.sampled_from(CODES[:-1]), st.text(min_size=1, max_size=30), st.integers(1, MOST))
def test_no_input_method_rewrites_what_a_scanner_types(code: str, requirement: str, number: int) -> None:
    for method in METHODS:
        for text in (result_text(code), original_text(code, requirement, number)):
            assert compose(text, method) == text


def test_requirements_that_look_alike_have_keys_of_their_own() -> None:
    codes = ["1", "01", "1.", "+1", "a", "A", "á", "a\u0323", "-", "TO1", "to1", "x" * 13, "Giấy tờ / khác*1"]
    keys = [original_key(code) for code in codes]
    assert len(set(keys)) == len(codes)
    assert original_key("a\u0301") == original_key("á"), "one code, however composed"
    assert original_key("TO1") != requirement_key("TO1"), "a vowel would be rewritten"


@pytest.mark.parametrize("code", ["", "a", "H47 15", "H47*15", "Đ1", "X" * 61])
def test_a_code_that_no_label_can_hold_is_refused(code: str) -> None:
    with pytest.raises(Refusal, match="code_not_printable"):
        result_text(code)
    with pytest.raises(Refusal, match="code_not_printable"):
        original_text(code, "1")


@pytest.mark.parametrize("number", [0, -1, MOST + 1])
def test_an_original_has_a_number_from_1_to_99(number: int) -> None:
    with pytest.raises(ValueError, match="1 to 99"):
        original_text(CODE, "1", number)
