"""The citizen card's QR: every variant seen, every text that is no card, every doubt said aloud."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.citizen_card import CardReading, card_as_json, read_card
from app.domain.input_method import LAYOUT
from app.errors import Refusal

TODAY = date(2026, 11, 21)
SAMPLES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "card_samples.json").read_text(encoding="utf-8")
)
REFUSED_AS = {
    "q34": "card_empty",
    "q35": "card_is_dossier_code",
    "q37": "card_id_length",
    "q38": "card_id_length",
    "q40": "card_name_missing",
    "q41": "card_bad_date",
    "q43": "card_bad_date",
    "q44": "card_gender_unknown",
    "q46": "card_is_health_insurance",
    "q47": "card_is_url",
    "q49": "card_is_mrz",
    "q50": "card_is_vietqr",
}
CARD = "049190004217|205511998|Trần Thị Mẫu|07031990|Nữ|Điện Bàn, Quảng Nam|12082021"
PLAIN = "049190004217|205511998|TRAN THI MAU|07031990|Nu|Dien Ban, Quang Nam|12082021"


def refusal_of(text: str, **how: Any) -> str:
    with pytest.raises(Refusal) as caught:
        read_card(text, TODAY, **how)
    return caught.value.code


def changed(**fields: str) -> str:
    names = ["number", "old", "name", "birth", "gender", "address", "issue"]
    parts = dict(zip(names, CARD.split("|"), strict=True)) | fields
    return "|".join(parts.values())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["id"])
def test_each_sample_gives_exactly_what_its_source_says(sample: dict[str, Any]) -> None:
    if not sample["ok"]:
        assert card_as_json(sample["payload"], TODAY) == {"ok": False, "reason": REFUSED_AS[sample["id"]]}
        return
    expected = sample["expected"]
    told = card_as_json(sample["payload"], TODAY)
    shown = ("personal_id", "old_id", "full_name", "dob", "gender", "address", "issue_date")
    assert told == {
        "ok": True, "card": {name: expected[name] for name in shown}, "warnings": sample["warnings"],
    }
    reading = read_card(sample["payload"], TODAY)
    assert reading.card == expected["card"]
    for extra in ("cancelled_id", "father", "mother"):
        assert getattr(reading, extra) == expected.get(extra)


def test_the_raw_text_stays_with_the_person_without_the_scanners_frame() -> None:
    assert read_card(f"\ufeff{CARD}\r\n", TODAY).person.card_text == CARD


def test_decomposed_letters_read_the_same_as_composed_ones() -> None:
    person = read_card(unicodedata.normalize("NFD", CARD), TODAY).person
    assert (person.full_name, person.gender) == ("Trần Thị Mẫu", "Nữ")
    assert person.address == "Điện Bàn, Quảng Nam"


def test_the_field_count_is_told_for_the_log() -> None:
    assert [read_card(CARD + bars, TODAY).field_count for bars in ("", "|||", "||||", "|||||")] == [7, 10, 11, 12]


@pytest.mark.parametrize(
    ("extras", "cancelled", "father", "mother"),
    [
        ("|||", None, None, None),
        ("|082313009999|Phan Văn Cha|Trần Thị Mẹ", "082313009999", "Phan Văn Cha", "Trần Thị Mẹ"),
        ("05012025|082313009999|Phan Văn Cha|Trần Thị Mẹ", "082313009999", "Phan Văn Cha", "Trần Thị Mẹ"),
        ("Phan Văn Cha|Trần Thị Mẹ|082313009999|", "082313009999", "Phan Văn Cha", "Trần Thị Mẹ"),
        ("|||Trần Thị Mẹ", None, None, "Trần Thị Mẹ"),
        ("||Phan Văn Cha|", None, "Phan Văn Cha", None),
        ("?|#|12|", None, None, None),
    ],
)
def test_extra_fields_are_told_by_their_shape(
    extras: str, cancelled: str | None, father: str | None, mother: str | None
) -> None:
    reading = read_card(f"{CARD}|{extras}", TODAY)
    assert (reading.cancelled_id, reading.father, reading.mother) == (cancelled, father, mother)


@pytest.mark.parametrize("old", ["", "205511998", "049190000001"])
def test_the_old_number_has_nine_or_twelve_digits_or_is_empty(old: str) -> None:
    assert read_card(changed(old=old), TODAY).person.old_id == old


@pytest.mark.parametrize(
    ("fields", "warnings"),
    [
        ({}, ()),
        ({"number": "555190004217"}, ("unknown_province_code",)),
        ({"number": "049090004217"}, ("gender_digit_differs",)),
        ({"number": "049191004217"}, ("year_in_id_differs",)),
        ({"number": "049390004217"}, ("year_in_id_differs",)),
        ({"issue": ""}, ("issue_date_missing",)),
        ({"issue": "06031990"}, ("issue_before_birth",)),
        ({"name": "Tran Thi Mau", "gender": "Nu", "address": "Quang Nam"}, ("accents_lost",)),
        ({"address": "Đi?n Bàn"}, ("address_damaged",)),
        ({"address": "Điện B\ufffdn"}, ("address_damaged",)),
        ({"number": "555091004217", "issue": ""},
         ("unknown_province_code", "gender_digit_differs", "year_in_id_differs", "issue_date_missing")),
    ],
)
def test_doubts_are_warnings_in_a_fixed_order(fields: dict[str, str], warnings: tuple[str, ...]) -> None:
    assert read_card(changed(**fields), TODAY).warnings == warnings


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"number": "04919000421"}, "card_id_length"),
        ({"number": "0491900042170"}, "card_id_length"),
        ({"number": "04919000421x"}, "card_id_length"),
        ({"number": "٠٤٩١٩٠٠٠٤٢١٧"}, "card_id_length"),
        ({"number": ")$(!()))$@!&"}, "card_keyboard_layout"),
        ({"number": "à'ç&çààà'é&è"}, "card_keyboard_layout"),
        ({"old": "20551199"}, "card_old_id_shape"),
        ({"old": "Trần Thị Mẫu"}, "card_old_id_shape"),
        ({"name": ""}, "card_name_missing"),
        ({"name": "  "}, "card_name_missing"),
        ({"name": "Tr?n Thị Mẫu"}, "card_name_damaged"),
        ({"name": "Tr\ufffdn Thị Mẫu"}, "card_name_damaged"),
        ({"name": "Tra6n2 Thị Mẫu"}, "card_name_damaged"),
        ({"name": "Tráº§n Thị Mẫu"}, "card_name_damaged"),
        ({"name": "Nguyễn HÃ Mẫu"}, "card_name_damaged"),
        ({"name": "07031990"}, "card_name_damaged"),
        ({"name": "-'."}, "card_name_damaged"),
        ({"name": "Ẫ" * 101}, "card_name_damaged"),
        ({"birth": ""}, "card_bad_date"),
        ({"birth": "31021990"}, "card_bad_date"),
        ({"birth": "29021900"}, "card_bad_date"),
        ({"birth": "00031990"}, "card_bad_date"),
        ({"birth": "1990-03-07"}, "card_bad_date"),
        ({"birth": "07031890"}, "card_bad_date"),
        ({"birth": "00000000"}, "card_bad_date"),
        ({"issue": "1208202"}, "card_bad_date"),
        ({"issue": "00002021"}, "card_bad_date"),
        ({"birth": "22112026"}, "card_future_birth"),
        ({"birth": "00002027"}, "card_future_birth"),
        ({"gender": ""}, "card_gender_unknown"),
        ({"gender": "Nử"}, "card_gender_unknown"),
        ({"gender": "NAM"}, "card_caps_lock"),
        ({"address": "Tổ 3087075001356"}, "card_two_scans"),
        ({"address": "Quảng Nam12082021"}, "card_two_scans"),
        ({"issue": "12082021|||Nam"}, "card_two_scans"),
        ({"issue": "12082021||||||"}, "card_field_count"),
    ],
)
def test_a_damaged_field_is_refused_by_name(fields: dict[str, str], code: str) -> None:
    assert refusal_of(changed(**fields)) == code


def test_the_refused_date_says_which_one_it_is() -> None:
    for field in ("birth", "issue"):
        with pytest.raises(Refusal) as caught:
            read_card(changed(**{field: "31021990"}), TODAY)
        assert caught.value.values == {"field": field}


def test_a_birth_today_is_accepted_and_without_a_date_nothing_is_in_the_future() -> None:
    assert read_card(changed(birth="21112026"), TODAY).person.birth_date == TODAY
    assert read_card(changed(birth="22112026")).person.birth_date == date(2026, 11, 22)


def test_a_birth_year_alone_is_kept_and_no_day_is_invented() -> None:
    reading = read_card(changed(birth="00001990"), TODAY)
    assert (reading.person.birth_date, reading.birth_year) == (None, 1990)
    assert reading.warnings == ("birth_year_only",)


@pytest.mark.parametrize(
    "name",
    ["K' Mẫu", "H'Mẫu Niê", "Y Thử Byă", "Rơ Châm Mẫu", "Y Ñŏ Thử", "Bríu Mẫu", "Kpă Thử", "Ừng Văn Ưỡn", "Y",
     "Đ.Mẫu", "TRẦN LÃ MẪU", "K’ Thử", "Nguyễn-Thử Mẫu"],
)
def test_names_of_every_people_of_the_country_are_accepted(name: str) -> None:
    assert read_card(changed(name=name), TODAY).person.full_name == name


@pytest.mark.parametrize(
    ("issue", "card"), [("30062024", "CCCD"), ("01072024", "CC"), ("12082021", "CCCD"), ("", None)]
)
def test_the_issue_date_alone_tells_which_card_it_is(issue: str, card: str | None) -> None:
    assert read_card(changed(issue=issue) + "||||", TODAY).card == card


@pytest.mark.parametrize(
    "text",
    [
        "049190004217", " 049190004217\r\n", "０４９１９０００４２１７", "049190004217049190004217",
        "]C1049190004217",
    ],
)
def test_a_bare_number_is_a_number_only_reading(text: str) -> None:
    reading = read_card(text, TODAY)
    assert reading.is_number_only
    assert reading.person.personal_id == "049190004217"
    assert reading.warnings == ("number_only",)
    assert card_as_json(text, TODAY)["card"] == {
        "personal_id": "049190004217", "old_id": None, "full_name": None, "dob": None, "gender": None,
        "address": None, "issue_date": None,
    }


def test_a_bare_number_of_somebody_not_yet_born_is_refused() -> None:
    assert refusal_of("049227004217") == "card_number_implausible"
    assert read_card("555190004217", TODAY).warnings == ("unknown_province_code", "number_only")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "card_empty"), ("\r\n\0", "card_empty"), ("||||||", "card_empty"),
        ("Trần Thị Mẫu", "card_not_recognised"), ("04919000421", "card_not_recognised"),
        ("049190004217|205511998", "card_field_count"), ("049190004217|", "card_field_count"),
        ("H47.15-260921-0001", "card_is_dossier_code"), ("WWW.example.vn", "card_is_url"),
        ("1" * 513, "card_too_long"), (CARD.replace("Mẫu", "M\udcc3u"), "card_unreadable_characters"),
        (CARD.replace("Mẫu", "\u202eMẫu"), "card_hidden_characters"),
        (CARD.replace("Mẫu", "M\x1bu"), "card_control_characters"),
        (CARD.replace("Mẫu", "M\nu"), "card_control_characters"),
        (CARD + "\r" + CARD.replace("049190004217", "049190004218"), "card_two_scans"),
        (CARD + CARD.replace("049190004217", "049190004218"), "card_field_count"),
    ],
)
def test_what_is_no_card_is_refused_with_its_reason(text: str, code: str) -> None:
    assert refusal_of(text) == code


@pytest.mark.parametrize("between", ["", " ", "\t", "\r", "\r\n", "\n\n", "\0"])
def test_a_payload_scanned_twice_in_one_burst_counts_once(between: str) -> None:
    twice, once = read_card(CARD + between + CARD, TODAY), read_card(CARD, TODAY)
    assert replace(twice.person, card_text=None) == replace(once.person, card_text=None)


def test_caps_lock_is_undone_when_the_gender_word_proves_it() -> None:
    for typed in (CARD.swapcase(), "".join(sign.swapcase() if sign.isascii() else sign for sign in CARD)):
        reading = read_card(typed, TODAY)
        assert reading.person.full_name == "Trần Thị Mẫu"
        assert reading.warnings == ("caps_lock_repaired",)


def test_a_plain_scan_through_telex_is_repaired_only_where_one_name_explains_it() -> None:
    reading = read_card(PLAIN.replace("TRAN", "KSỎ"), TODAY)
    assert reading.person.full_name == "KSOR THI MAU"
    assert reading.warnings == ("accents_lost", "input_method_repaired")
    # "TỦM" may have been typed TURM or TUMR.
    assert refusal_of(PLAIN.replace("TRAN", "TỦM")) == "card_mangled_by_input_method"


def test_a_marked_name_beside_an_unmarked_address_is_an_input_method_at_work() -> None:
    male = "049090004217||KSỎ MAU|07031990|Nam|Thon Mau, Gia Lai|12082021"
    assert read_card(male, TODAY).person.full_name == "KSOR MAU"


def test_when_the_input_method_was_seen_only_a_proven_text_is_accepted() -> None:
    assert refusal_of(CARD, is_rewritten=True) == "card_mangled_by_input_method"
    assert read_card(PLAIN, TODAY, is_rewritten=True).person.full_name == "TRAN THI MAU"
    assert read_card(PLAIN.replace("TRAN", "KSỎ"), TODAY, is_rewritten=True).person.full_name == "KSOR THI MAU"
    # JESSICA under Telex, or JESICA under VNI: both leave JESICA.
    assert refusal_of(PLAIN.replace("TRAN", "JESICA"), is_rewritten=True) == "card_mangled_by_input_method"


def test_digits_typed_on_the_vietnamese_layout_come_back_when_their_order_is_certain() -> None:
    as_typed = "".join(LAYOUT.get(key, key) for key in PLAIN)
    reading = read_card(as_typed, TODAY)
    assert reading.person.personal_id == "049190004217"
    assert reading.warnings == ("accents_lost", "input_method_repaired")
    # Normalised, the old number 205511998 looks like 205511989.
    assert refusal_of(unicodedata.normalize("NFC", as_typed)) == "card_keyboard_layout"


@settings(deadline=None)
@given(st.text(max_size=600))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        reading = read_card(text, TODAY)
    except Refusal as refused:
        assert refused.code.startswith("card_")
    else:
        assert isinstance(reading, CardReading)


@settings(deadline=None)
@given(at=st.integers(0, 11), count=st.integers(1, 12))
def test_digits_lost_from_the_number_never_leave_another_number(at: int, count: int) -> None:
    text = CARD[:at] + CARD[min(12, at + count):]
    if text != CARD:
        assert refusal_of(text) in ("card_id_length", "card_is_vietqr")
