"""Known problems: which version one concerns, and words from outside that stay words."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.known_problem import KnownProblem
from sync.contract.codec import MalformedMessage
from sync.contract.known_problem import KnownProblemText, Said, problems_digest, read_list

ENTRY = {
    "id": "in-mau-a5", "since": "0.3", "until": "0.3.2", "noted": "2026-11-20",
    "vi": {"title": "Máy in A5 cắt dòng cuối", "sign": "Dòng cuối mất.", "act": "Chọn A4."},
    "en": {"title": "A5 printers cut the last line", "sign": "The last line is gone.", "act": "Choose A4."},
}


def problem(**changes: object) -> KnownProblem:
    return KnownProblem.from_payload(json.dumps({"kind": "known_problem", **ENTRY, **changes}))


@pytest.mark.parametrize(("version", "does"), [
    ("0.2.9", False), ("0.3", True), ("0.3.0", True), ("0.3.1+4", True), ("0.3.2", True), ("0.3.2-2", True),
    ("0.3.2.1", False), ("0.3.3", False), ("0.10", False), ("", True), ("chạy từ mã nguồn", True),
])
def test_it_concerns_the_versions_from_its_first_to_its_last(version: str, does: bool) -> None:
    assert problem().concerns(version) is does


def test_without_a_last_version_it_goes_on() -> None:
    assert problem(until="").concerns("12.0") and not problem(until="").concerns("0.2")


def test_what_turns_or_hides_letters_is_dropped_and_markup_stays_letters() -> None:
    hostile = "<b>Đỏ</b>\u202e\u200b\x07\n[x](javascript:y)\x00 **đậm**"
    said = problem(vi={"title": hostile, "sign": "x" * 5_000, "act": "y"}).words("vi")
    assert said.title == "<b>Đỏ</b> [x](javascript:y) **đậm**" and len(said.sign) == 1_000


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=20), lambda inner: (
    st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["kind", *ENTRY, "title", "sign", "act"]), inner,
                                                  max_size=6)), max_leaves=12))
def test_anything_else_is_refused_and_breaks_nothing(content: object) -> None:
    try:
        KnownProblem.from_payload(json.dumps(content))
    except ValueError:
        return
    assert isinstance(content, dict) and content["kind"] == "known_problem"


def test_what_the_operator_may_say_the_counter_reads() -> None:
    found = read_list([ENTRY])[0]
    assert found == KnownProblemText("in-mau-a5", "0.3", "2026-11-20", Said(**ENTRY["vi"]), Said(**ENTRY["en"]),
                                     "0.3.2")
    read = KnownProblem.from_payload(found.to_payload())
    assert (read.id, read.words("vi").title, read.words("en").act) == (
        "in-mau-a5", "Máy in A5 cắt dòng cuối", "Choose A4.")
    assert read.words("fr") == read.words("vi")
    assert problems_digest([]) != problems_digest([found.to_payload()])


@pytest.mark.parametrize(("changes", "where"), [
    ({"id": "Có dấu"}, "[0].id"), ({"since": "mới"}, "[0].since"), ({"until": "0.x"}, "[0].until"),
    ({"noted": "hôm qua"}, "[0].noted"), ({"vi": {**ENTRY["vi"], "title": " "}}, "[0].vi.title"),
    ({"en": {**ENTRY["en"], "act": "x" * 701}}, "[0].en.act"),
])
def test_the_operator_s_list_is_read_strictly(changes: dict[str, object], where: str) -> None:
    with pytest.raises(MalformedMessage) as said:
        read_list([{**ENTRY, **changes}])
    assert said.value.where == where


def test_one_name_stands_once() -> None:
    for content in ([ENTRY, ENTRY], {"id": 1}, [ENTRY] * 31):
        with pytest.raises(MalformedMessage):
            read_list(content)
