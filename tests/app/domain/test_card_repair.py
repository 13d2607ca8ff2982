"""What is taken off or undone before a card is read, and what is left alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.card_repair import (
    clean_scan,
    has_printed_case,
    is_half_marked,
    looks_garbled,
    only_key_sequence,
    repair_mojibake,
    undo_caps_lock,
)
from app.errors import Refusal

LETTERS = "".join(
    unicodedata.normalize("NFC", base + shape + tone)
    for bases, shapes in (("aeiouyđ", ("",)), ("aeo", ("\u0302",)), ("a", ("\u0306",)), ("ou", ("\u031b",)))
    for base in bases for shape in shapes for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    if base != "đ" or not tone
)
VIETNAMESE = st.text(alphabet=LETTERS + LETTERS.upper() + "bcdghklmnpqrstvx ,|0123456789", max_size=60)


def garble(text: str, page: str) -> str:
    """UTF-8 bytes read in `page`; what the page does not define stays a C1 control."""
    shown = ""
    for byte in text.encode():
        try:
            shown += bytes([byte]).decode(page)
        except UnicodeDecodeError:
            shown += chr(byte)
    return shown


@settings(deadline=None)
@given(VIETNAMESE, st.sampled_from(["latin-1", "cp1252", "cp1258"]))
def test_mojibake_is_undone_exactly(text: str, page: str) -> None:
    assert repair_mojibake(garble(text, page)) == text


@settings(deadline=None)
@given(VIETNAMESE)
def test_vietnamese_that_was_read_well_is_left_alone(text: str) -> None:
    assert repair_mojibake(text) == text


def test_mojibake_of_mojibake_is_undone() -> None:
    assert repair_mojibake(garble(garble("Trần Thị Mẫu", "cp1252"), "cp1252")) == "Trần Thị Mẫu"


def test_half_a_mojibake_is_left_for_the_reader_to_refuse() -> None:
    assert repair_mojibake("Tráº§n Mẫu") == "Tráº§n Mẫu"
    assert repair_mojibake("TrÃ") == "TrÃ"


@pytest.mark.parametrize("noise", ["\r", "\n", "\r\n", "\0\0", "\ufeff", " \t", "\x02", "\x03", "\u200b"])
def test_what_frames_a_scan_is_taken_off(noise: str) -> None:
    assert clean_scan(f"{noise}049190004217|Mẫu {noise}") == "049190004217|Mẫu"


def test_fields_are_trimmed_and_empty_fields_stay() -> None:
    assert clean_scan(" 1 || Mẫu\0|\r\n2 ||") == "1||Mẫu|2||"


def test_full_width_signs_are_narrowed() -> None:
    assert clean_scan("０４９｜Ｎａｍ　Ａ") == "049|Nam A"


def test_the_symbology_mark_of_the_scanner_is_taken_off_before_digits_only() -> None:
    assert clean_scan("]Q3049190004217") == "049190004217"
    assert clean_scan("]Q3abc") == "]Q3abc"


@pytest.mark.parametrize(
    ("text", "once"),
    [
        ("049190004217|a049190004217|a", "049190004217|a"),
        ("049190004217|a 049190004217|a", "049190004217|a"),
        ("049190004217|a\r\n049190004217|a\r\n", "049190004217|a"),
        ("049190049190", "049190049190"),
        ("abab", "abab"),
    ],
)
def test_only_whole_payloads_count_as_doubled(text: str, once: str) -> None:
    assert clean_scan(text) == once


@settings(deadline=None)
@given(st.text(max_size=520))
def test_cleaning_ends_in_text_without_controls_or_in_a_refusal(text: str) -> None:
    try:
        cleaned = clean_scan(text)
    except Refusal:
        return
    assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in cleaned)
    assert cleaned == unicodedata.normalize("NFC", cleaned)
    assert cleaned.strip("| ")


@pytest.mark.parametrize(
    ("payload", "mended"),
    [
        ("1||nGUYEN vAN|2|nAM|a", "1||Nguyen Van|2|Nam|A"),
        ("1||nguyễn văn|2|nAM|x", None),
        ("1||tRầN tHử|2|nữ|đIệN", "1||Trần Thử|2|Nữ|điện"),
        ("1||Nguyễn Văn|2|Nam|x", None),
        ("1||Nguyễn Văn|2|Khác|x", None),
        ("1||Nguyễn", None),
    ],
)
def test_caps_lock_is_undone_by_the_gender_word_or_not_at_all(payload: str, mended: str | None) -> None:
    if payload.startswith("1||nguyễn"):
        with pytest.raises(Refusal, match="card_caps_lock"):
            undo_caps_lock(payload.replace("nAM", "naM"))
        return
    assert undo_caps_lock(payload) == mended


@pytest.mark.parametrize(
    ("name", "is_printed"),
    [("Trần Thị Mẫu", True), ("TRẦN THỊ MẪU", True), ("H'Bia Y", True), ("tRẦN", False), ("Trần thị", False),
     ("TRẦN Thị", False), ("A", True)],
)
def test_cards_print_names_in_capitals_or_capitalised(name: str, is_printed: bool) -> None:
    assert has_printed_case(name) is is_printed


@pytest.mark.parametrize(
    ("payload", "is_half"),
    [
        ("1||KSỎ|2|Nu|Gia Lai", True), ("1||Ksor|2|Nu|Đắk Mẫu", True), ("1||KSỎ|2|Nam|Gia Lai", True),
        ("1||Ksor|2|Nam|Đắk Mẫu", False), ("1||Trần|2|Nữ|Gia Lai", False), ("1||Trần|2|Nam|", False),
        ("1||Ksor|2|Nu|Gia Lai", False),
    ],
)
def test_marks_where_the_scanner_has_none_are_noticed(payload: str, is_half: bool) -> None:
    assert is_half_marked(payload) is is_half


def test_two_explanations_prove_nothing() -> None:
    assert only_key_sequence("Ksỏ", lambda keys: keys.isalpha()) == "Ksor"
    assert only_key_sequence("Ksỏ", lambda keys: True) is None           # Kso3 under VNI
    assert only_key_sequence("Trân", lambda keys: keys.isalpha()) is None  # Traan, Trana


@pytest.mark.parametrize(
    ("text", "is_garbled"),
    [("Điện Bàn, Quảng Nam", False), ("Tổ ?, Mẫu", True), ("M\ufffdu", True),
     ("Quáº£ng", True), ("Ân Thi", False)],
)
def test_garbled_addresses_are_noticed(text: str, is_garbled: bool) -> None:
    assert looks_garbled(text) is is_garbled
