"""Dossier codes: both forms read, compared, found in scans and issued."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.code_pattern import CodePattern
from app.domain.dossier_code import CodeForm, agency_key, code_as_json, find_codes_in, parse_code
from app.errors import Refusal


@pytest.mark.parametrize(
    ("text", "canonical", "form", "key"),
    [
        ("000.00.15.H47-260921-0001", "000.00.15.H47-260921-0001", CodeForm.LONG, "H47.15-260921-0001"),
        ("H47.15-260921-0001", "H47.15-260921-0001", CodeForm.SHORT, "H47.15-260921-0001"),
        ("  h47.15-260921-0001\r\n", "H47.15-260921-0001", CodeForm.SHORT, "H47.15-260921-0001"),
        ("H47.15–260921—0001", "H47.15-260921-0001", CodeForm.SHORT, "H47.15-260921-0001"),
        ("H47.15 − 260921 ‑ 0001", "H47.15-260921-0001", CodeForm.SHORT, "H47.15-260921-0001"),
        ("\ufeffH47 . 15-260921-0001\u200b", "H47.15-260921-0001", CodeForm.SHORT, "H47.15-260921-0001"),
        ("000.00.06.H56-231027-0361", "000.00.06.H56-231027-0361", CodeForm.LONG, "H56.6-231027-0361"),
        ("000.17.22.H56-210531-0001", "000.17.22.H56-210531-0001", CodeForm.LONG, "H56.22.17-210531-0001"),
        ("000.00.14.H20-200703-0002", "000.00.14.H20-200703-0002", CodeForm.LONG, "H20.14-200703-0002"),
        ("H56.14-240823-0001", "H56.14-240823-0001", CodeForm.SHORT, "H56.14-240823-0001"),
        ("H57.132-260804-0583", "H57.132-260804-0583", CodeForm.SHORT, "H57.132-260804-0583"),
        ("H47.05-260921-0001", "H47.05-260921-0001", CodeForm.SHORT, "H47.5-260921-0001"),
        ("G22.99-260921-12345", "G22.99-260921-12345", CodeForm.SHORT, "G22.99-260921-12345"),
        ("H47-260921-000123", "H47-260921-000123", CodeForm.SHORT, "H47-260921-0123"),
        ("H47.15.3.1234-240229-9999", "H47.15.3.1234-240229-9999", CodeForm.SHORT, "H47.15.3.1234-240229-9999"),
        ("000.00.15.H47.3-260921-0001", "000.00.15.H47.3-260921-0001", CodeForm.MIXED, "H47.15.3-260921-0001"),
        ("000.00.00.H47-260921-0001", "000.00.00.H47-260921-0001", CodeForm.LONG, "H47-260921-0001"),
    ],
)
def test_codes_in_use_are_read(text: str, canonical: str, form: CodeForm, key: str) -> None:
    code = parse_code(text)
    assert (code.text, code.form, code.key) == (canonical, form, key)


def test_the_parts_of_a_code() -> None:
    code = parse_code("000.17.22.H56-210531-0042")
    assert (code.org, code.top, code.units) == ("000.17.22.H56", "H56", (22, 17))
    assert (code.day, code.sequence) == (date(2021, 5, 31), 42)


def test_both_forms_of_one_code_are_equal_by_key_and_neighbours_are_not() -> None:
    same = {parse_code(text).key for text in ("000.00.15.H47-260921-0001", "H47.15-260921-0001")}
    assert len(same) == 1
    other = ["001.00.15.H47-260921-0001", "000.01.15.H47-260921-0001", "000.15.00.H47-260921-0001",
             "H47.1.5-260921-0001", "H47.15-260922-0001", "H47.15-260921-0010", "H48.15-260921-0001"]  # fmt: skip
    assert len({parse_code(text).key for text in other} | same) == len(other) + 1


@pytest.mark.parametrize(
    "text",
    ["", "H47.15", "H47.15-260921", "H47.15-260921-001", "H47.15-260921-0001234", "H47.15-2609211-0001",
     "47.15-260921-0001", "HH7.15-260921-0001", "00.00.15.H47-260921-0001", "0000.00.15.H47-260921-0001",
     "H47.15-260921-0001 2", "H47.15-26 0921-0001", "H47.15-260921-00 01", "H47.15-260921-0001X",
     "H47.-260921-0001", "H47.15-٢٦٠٩٢١-0001", "049090012345||Mẫu Văn Thử|01021990|Nam||10052021",
     "H47.15-260921-0001" * 9, "H47.1.2.3.4-260921-0001"],
)  # fmt: skip
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="code_not_recognised"):
        parse_code(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("H47.15-260230-0001", "code_date_impossible"),
        ("H47.15-261301-0001", "code_date_impossible"),
        ("H47.15-250229-0001", "code_date_impossible"),
        ("H47.15-260921-0000", "code_number_zero"),
    ],
)
def test_impossible_codes_say_what_is_impossible(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_code(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("https://tracuu.example/hs?ma=H47.15-260921-0001&k=ab", ["H47.15-260921-0001"]),
        ("https://tracuu.example/hs/000.00.15.H47%2D260921%2D0001.", ["000.00.15.H47-260921-0001"]),
        ("mã hồ sơ: h47.15 – 260921 – 0001, giao 05/10", ["H47.15-260921-0001"]),
        ("H47.15-260921-0001_2_giayto.pdf", ["H47.15-260921-0001"]),
        ("H47.15-260921-0001; H47-260921-0002; H47.15-260921-0001", ["H47.15-260921-0001", "H47-260921-0002"]),
        ("000.00.15.H47-260921-0001", ["000.00.15.H47-260921-0001"]),
        ("5.00.15.H47-260921-0001", []),
        ("XH47.15-260921-0001", []),
        ("H47.15-260921-0001234", []),
        ("H47.15-269921-0001 H47.15-260921-0003", ["H47.15-260921-0003"]),
        ("%E2%28%A1", []),
        ("", []),
    ],
)
def test_codes_are_found_inside_scanned_text(text: str, codes: list[str]) -> None:
    assert [code.text for code in find_codes_in(text)] == codes


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    find_codes_in(text)
    try:
        assert parse_code(parse_code(text).text).text
    except Refusal as refusal:
        assert refusal.code.startswith("code_")


organisations = st.one_of(
    st.from_regex(r"[A-Z][0-9]{2}(\.[0-9]{1,4}){0,3}", fullmatch=True),
    st.from_regex(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}", fullmatch=True),
).filter(str.isascii)


@given(organisations, st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(4, 6), st.data())
def test_what_is_issued_reads_back(org: str, day: date, digits: int, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, 10**digits - 1))
    pattern = CodePattern(f"{{org}}-{{yymmdd}}-{{n:{digits}}}")
    code = pattern.parse(pattern.issue(org, day, number))
    assert (code.org, code.day, code.sequence) == (org, day, number)
    assert code.agency_key == agency_key(org)
    assert [code] == list(find_codes_in(f"https://tracuu.example/?ma={code.text}#x"))


@pytest.mark.parametrize(
    "text",
    ["", "{org}", "{org}-{yymmdd}-{n:3}", "{org}-{yymmdd}-{n:7}", "{org}{yymmdd}{n:4}", "{n:4}-{yymmdd}-{org}",
     "{org}-{yymmdd}-{n:4}\n", "{org}-{yymmdd}-{n}"],
)  # fmt: skip
def test_a_pattern_whose_codes_could_not_be_read_back_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="code_pattern_wrong"):
        CodePattern(text)


@pytest.mark.parametrize(
    ("org", "day", "number", "code"),
    [
        ("H47.15", date(2026, 9, 21), 0, "number_does_not_fit"),
        ("H47.15", date(2026, 9, 21), 10_000, "number_does_not_fit"),
        ("H47.15", date(2100, 1, 1), 1, "code_year_out_of_range"),
        ("Sở Tư pháp", date(2026, 9, 21), 1, "agency_identifier_wrong"),
        ("", date(2026, 9, 21), 1, "agency_identifier_wrong"),
    ],
)
def test_a_code_that_would_be_wrong_is_not_issued(org: str, day: date, number: int, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        CodePattern().issue(org, day, number)
    assert refused.value.code == code


def test_a_pattern_reads_only_its_own_width() -> None:
    with pytest.raises(Refusal, match="code_not_recognised"):
        CodePattern("{org}-{yymmdd}-{n:5}").parse("H47.15-260921-0001")


def test_the_command_line_answer_names_the_parts() -> None:
    assert code_as_json("000.00.15.h47–260921–0001") == {
        "code": "000.00.15.H47-260921-0001", "key": "H47.15-260921-0001", "form": "long", "org": "000.00.15.H47",
        "agency": "H47.15", "top": "H47", "units": [15], "date": "2026-09-21", "sequence": 1,
    }  # fmt: skip
