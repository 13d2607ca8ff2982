"""The models of Telex, VNI and the Vietnamese layout, and going back from text to keys."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.input_method import compose
from app.domain.typed_keys import key_sequences


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("Vieetj", "Việt"), ("Vieejt", "Việt"), ("vietje", "việt"), ("Nguyeenx", "Nguyễn"), ("Hoaf", "Hòa"),
        ("Hoangf", "Hoàng"), ("Dduwowngf", "Đường"), ("dduongwf", "đường"), ("thuowr", "thuở"),
        ("thuowng", "thương"), ("quow", "quơ"), ("cuowi", "cươi"),
        ("Quar", "Quả"), ("Quyeets", "Quyết"), ("Gias", "Giá"), ("gif", "gì"), ("Thuyr", "Thủy"),
        ("khuyur", "khuỷu"), ("data", "dât"), ("w", "ư"), ("W", "Ư"), ("aws", "ắ"),
        ("KSOR", "KSỎ"), ("ass", "as"), ("Jessica", "Jesica"), ("dd", "đ"), ("ddd", "dd"), ("aaa", "aa"),
        ("asz", "a"), ("asf", "à"), ("zoo", "zô"), ("str", "str"), ("Nu", "Nu"), ("Nam", "Nam"),
        ("To 3, Q.1", "To 3, Q.1"), ("07031990", "07031990"), ("Dinh Duong", "Dinh Duong"),
    ],
)
def test_telex_composes_as_clerks_know_it(keys: str, text: str) -> None:
    assert compose(keys, "telex") == text


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("Vie65t", "Việt"), ("Viet56", "Việt"), ("Nguye6n4", "Nguyễn"), ("D9u7o7ng2", "Đường"),
        ("d9uong72", "đường"), ("A1", "Á"), ("A11", "A1"), ("Q1", "Q1"), ("5", "5"), ("Tri0", "Tri0"),
        ("Tri10", "Tri"), ("049190004217", "049190004217"), ("1A-2B/3C", "1A-2B/3C"), ("Nu", "Nu"), ("a8", "ă"),
    ],
)
def test_vni_composes_as_clerks_know_it(keys: str, text: str) -> None:
    assert compose(keys, "vni") == text


def test_the_vietnamese_layout_types_letters_and_tones_for_digits() -> None:
    assert compose("1234", "layout") == "ăâêô"
    assert compose("a5 a6 a7 a8 a9", "layout") == "à ả ã á ạ"
    assert compose("0|Nam", "layout") == "đ|Nam"


@pytest.mark.parametrize("method", ["telex", "vni", "layout"])
@settings(deadline=None)
@given(digits=st.text(alphabet="0123456789|", max_size=40))
def test_only_the_layout_touches_numbers(method: str, digits: str) -> None:
    changed = compose(digits, method) != digits  # type: ignore[arg-type]
    assert changed == (method == "layout" and any(sign.isdigit() for sign in digits))


@pytest.mark.parametrize(
    ("text", "method", "sequences"),
    [
        ("Ksỏ", "telex", ["Ksor"]), ("KSỎ", "telex", ["KSOR"]), ("Jesica", "telex", ["Jessica"]),
        ("TRAN THI", "telex", ["TRAN THI"]), ("Tủm", "telex", ["Turm", "Tumr"]), ("Kas", "telex", ["Kass"]),
        ("Á", "vni", ["A1"]), ("A1", "vni", ["A11"]), ("05", "vni", ["05"]), ("Ư", "telex", ["Uw", "UW", "W"]),
        ("дом", "telex", []), ("“Mau”", "telex", []), ("đô", "layout", ["04"]), ("abc₫", "layout", ["abc="]),
        ("ж", "layout", []),
    ],
)
def test_keys_are_found_again(text: str, method: str, sequences: list[str]) -> None:
    assert key_sequences(text, method, limit=5) == sequences  # type: ignore[arg-type]


def test_normalised_layout_text_with_a_dot_beside_another_tone_is_not_explained() -> None:
    assert key_sequences(compose("a98", "layout"), "layout") == []
    assert key_sequences("a\u0301\u0323", "layout") == ["a89"]    # in an order no normal form has: as typed


def test_a_word_too_long_to_explain_is_not_explained() -> None:
    assert key_sequences("ườ" * 8, "telex") is None
    assert key_sequences("ĐưĐưĐưĐưĐưĐư", "telex") in (None, [])


PLAIN_WORD = st.text(alphabet="abdeghiklmnopqstuwx", min_size=1, max_size=6)


@settings(deadline=None)
@given(PLAIN_WORD, st.sampled_from(["telex", "vni"]))
def test_each_sequence_found_explains_the_text(word: str, method: str) -> None:
    text = compose(word, method)  # type: ignore[arg-type]
    for keys in key_sequences(text, method, limit=8) or []:  # type: ignore[arg-type]
        assert compose(keys, method) == text  # type: ignore[arg-type]


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from(["telex", "vni", "layout"]))
def test_any_text_may_be_asked_about(text: str, method: str) -> None:
    for keys in key_sequences(text, method) or []:  # type: ignore[arg-type]
        assert keys.isascii()
