"""Ready reasons: what is offered for a dossier, what typed words find, and that what ships can be printed."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.catalogue_codec import load_catalogue
from app.domain.reason_library import GAP, Act, Reason, ReasonLibrary, finished_reason, parse_reasons
from app.domain.text import nfc
from app.errors import Refusal
from app.paths import resource

SHIPPED = parse_reasons(resource("reasons.json").read_text(encoding="utf-8"))
CATALOGUE = load_catalogue(resource("catalogue", "starter.json").read_text(encoding="utf-8"))

SMALL = ReasonLibrary("thử", (
    Reason(Act.REFUSAL, "general", "Giấy tờ bị tẩy xóa: ….", words=("sửa chữa",)),
    Reason(Act.REFUSAL, "field", "Đất đang có tranh chấp.", field="Đất đai"),
    Reason(Act.REFUSAL, "split", "Diện tích sau khi tách quá nhỏ.", field="Đất đai", procedures=("1.012784",)),
    Reason(Act.REFUSAL, "secret", "Bản chính đóng dấu mật.", field="Chứng thực", procedures=("2.000815",)),
    Reason(Act.RECALL, "lost", "Mất kết quả."),
))


def keys(reasons: tuple[Reason, ...]) -> list[str]:
    return [each.key for each in reasons]


@pytest.mark.parametrize(("procedure", "field", "offered"), [
    ("1.012784", "Đất đai", ["split", "field", "general"]),
    ("1.012783", "đất  đai", ["field", "general"]),            # the field's name as another catalogue spells it
    ("2.000815", "", ["secret", "general"]),
    ("", "", ["general"]),
])
def test_the_nearest_reasons_are_offered_first(procedure: str, field: str, offered: list[str]) -> None:
    assert keys(SMALL.suggested(Act.REFUSAL, procedure=procedure, field=field)) == offered
    assert keys(SMALL.find(Act.REFUSAL, "  ", procedure=procedure, field=field)) == offered


@pytest.mark.parametrize(("typed", "found"), [
    ("tranh chap", ["field"]), ("tranh chấp", ["field"]), ("chap tranh", ["field"]), ("TR CH", ["field"]),
    ("sua chua", ["general"]), ("tach nho", ["split"]), ("mat", []), ("đ", ["field", "split"]), ("xe máy", []),
])
def test_typed_words_find_by_the_beginnings_of_syllables(typed: str, found: list[str]) -> None:
    """A sister procedure's reason may be searched for; another field's is not offered at all."""
    assert keys(SMALL.find(Act.REFUSAL, typed, procedure="1.012783", field="Đất đai")) == found


def test_without_a_procedure_all_of_the_act_are_searched() -> None:
    assert keys(SMALL.find(Act.REFUSAL, "mat")) == ["secret"]
    assert keys(SMALL.find(Act.RECALL, "mat")) == ["lost"]


def test_typed_marks_and_whole_phrases_come_first() -> None:
    library = ReasonLibrary("thử", (
        Reason(Act.STOP, "secret", "Dấu mật."), Reason(Act.STOP, "lost", "Mất dấu."),
        Reason(Act.STOP, "apart", "Mất giấy có dấu."),
    ))
    assert keys(library.find(Act.STOP, "mật")) == ["secret", "lost", "apart"]
    assert keys(library.find(Act.STOP, "mất")) == ["lost", "apart", "secret"]
    assert keys(library.find(Act.STOP, "mat dau"))[0] == "lost"
    assert keys(library.find(Act.STOP, "mat", limit=1)) == ["secret"]


def test_two_reasons_of_an_act_have_not_the_same_key() -> None:
    with pytest.raises(ValueError, match="same key"):
        ReasonLibrary("thử", (Reason(Act.STOP, "a", "Một."), Reason(Act.STOP, "a", "Hai.")))
    assert ReasonLibrary("thử", (Reason(Act.STOP, "a", "Một."), Reason(Act.RECALL, "a", "Hai."))).named(
        Act.RECALL, "a") == Reason(Act.RECALL, "a", "Hai.")


@pytest.mark.parametrize("broken", [
    {"schema": 2, "version": "x", "acts": []},
    {"schema": 1, "version": "x", "acts": [{"act": "dance", "reasons": []}]},
])
def test_a_library_of_another_kind_is_not_half_read(broken: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        parse_reasons(json.dumps(broken))


# what ships
def test_every_act_has_reasons_for_every_procedure() -> None:
    for act in Act:
        assert len(SHIPPED.suggested(act)) >= 5, act
        assert not [each for each in SHIPPED.reasons if each.act is act and not each.text]


def test_shipped_reasons_are_for_procedures_and_fields_of_the_catalogue() -> None:
    fields = {each.code: each.field for each in CATALOGUE.procedures}
    for each in SHIPPED.reasons:
        assert set(each.procedures) <= set(fields), each.key
        assert not each.field or each.field in fields.values(), each.key
        assert not each.field or {fields[code] for code in each.procedures} <= {each.field}, each.key


@pytest.mark.parametrize("each", SHIPPED.reasons, ids=lambda each: f"{each.act}-{each.key}")
def test_a_shipped_reason_is_one_finished_sentence_of_official_vietnamese(each: Reason) -> None:
    for text in (each.text, each.basis, *each.words):
        assert text == nfc(text).strip() and "\n" not in text and "  " not in text
        assert "..." not in text, "three dots are no gap"
    assert each.text[0].isupper() or each.text[0].isdigit()
    assert each.text.endswith((".", GAP, f"{GAP}."))
    assert not re.search(r"\b(H[0-9]{2}|Sở|tỉnh [A-ZĐ])", each.text), "no agency or province by name"
    assert each.text.count(GAP) <= 2
    assert len(each.text) <= 200


@pytest.mark.parametrize(("act", "typed", "procedure", "first"), [
    (Act.REFUSAL, "sai noi nop", "", "not-received-here"),
    (Act.REFUSAL, "tay xoa", "2.000815", "copy-original-altered"),
    (Act.REFUSAL, "chua du tuoi", "1.000894", "marriage-age"),
    (Act.SUPPLEMENT, "chung sinh", "1.001193", "birth-proof"),
    (Act.SUPPLEMENT, "so do", "1.012783", "land-certificate"), (Act.SUPPLEMENT, "chua ky", "", "form-not-signed"),
    (Act.LOST_RECEIPT, "mat giay hen", "", "lost"), (Act.RECALL, "nham nguoi", "", "wrong-person"),
    (Act.UNDELIVERED, "vang nha", "", "not-at-home"), (Act.SENT_BACK, "sai co quan", "", "not-our-agency"),
    (Act.WITHDRAWAL, "lay lai ban goc", "", "need-originals"), (Act.STOP, "toa an", "", "court-order"),
])
def test_what_clerks_type_finds_the_reason(act: Act, typed: str, procedure: str, first: str) -> None:
    field = next((each.field for each in CATALOGUE.procedures if each.code == procedure), "")
    assert SHIPPED.find(act, typed, procedure=procedure, field=field)[0].key == first


@given(st.sampled_from(Act), st.text(max_size=30))
def test_any_typing_finds_only_reasons_of_the_act(act: Act, typed: str) -> None:
    assert all(each.act is act for each in SHIPPED.find(act, typed))


@pytest.mark.parametrize(("typed", "finished"), [
    ("  Thiếu:\n giấy khai sinh. ", "Thiếu: giấy khai sinh."), ("Thie\u0302\u0301u dấu.", "Thiếu dấu."),
])
def test_a_finished_reason_is_one_line(typed: str, finished: str) -> None:
    assert finished_reason(typed) == finished


@pytest.mark.parametrize(("typed", "code"), [
    ("", "reason_empty"), (" \n", "reason_empty"), ("Thiếu: ….", "reason_unfinished"),
])
def test_an_unfinished_reason_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        finished_reason(typed)
