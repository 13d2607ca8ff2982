"""Which set of official forms holds on a day."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from app.domain.form_set import FormSet, form_set_named, form_set_on, parse_form_sets
from app.errors import Refusal
from tests.app.domain.calendars import FOLDER


def shipped_sets() -> tuple[FormSet, ...]:
    return parse_form_sets((FOLDER / "forms.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2019, 1, 6), "01/2018"), (date(2025, 9, 14), "01/2018"),
        (date(2025, 9, 15), "03/2025"), (date(2026, 9, 21), "03/2025"),
    ],
)  # fmt: skip
def test_the_set_changes_on_15_september_2025(day: date, name: str) -> None:
    assert form_set_on(day, shipped_sets()).id == name


@pytest.mark.parametrize(
    ("name", "paper", "number", "title"),
    [
        ("01/2018", "receipt", "01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
        ("03/2025", "receipt", "01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
        ("01/2018", "apology", "04", "Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
        ("03/2025", "apology", "04", "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết"),
        ("01/2018", "control_slip", "05", "Phiếu kiểm soát quá trình giải quyết hồ sơ"),
        ("03/2025", "control_slip", "06", "Phiếu kiểm soát quá trình giải quyết hồ sơ"),
        ("03/2025", "register", "07", "Sổ theo dõi hồ sơ"),
    ],
)
def test_the_same_paper_has_another_number_in_each_set(name: str, paper: str, number: str, title: str) -> None:
    form = form_set_named(name, shipped_sets()).form(paper)
    assert (form.number, form.title) == (number, title)


def test_what_no_set_knows_is_refused() -> None:
    sets = shipped_sets()
    with pytest.raises(Refusal, match="form_set_missing"):
        form_set_on(date(2019, 1, 5), sets)
    with pytest.raises(Refusal, match="form_set_unknown"):
        form_set_named("99/2099", sets)
    with pytest.raises(Refusal, match="form_unknown"):
        sets[0].form("stop_notice")


def one(name: str, valid_from: str, valid_to: str | None) -> dict[str, Any]:
    return {"id": name, "circular": "Thử", "valid_from": valid_from, "valid_to": valid_to, "forms": []}


@pytest.mark.parametrize(
    ("sets", "code"),
    [
        ([one("a", "2020-01-01", None), one("b", "2021-01-01", None)], "forms_overlap"),
        ([one("b", "2021-01-01", None), one("a", "2020-01-01", "2021-01-01")], "forms_overlap"),
        ([one("a", "20-01-01", None)], "forms_bad_value"),
        ([{"id": "a"}], "forms_wrong_shape"),
        ([one("a", "2020-01-01", None) | {"colour": "red"}], "forms_unknown_field"),
    ],
)
def test_broken_form_sets_are_refused(sets: list[dict[str, Any]], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_form_sets(json.dumps({"schema": 1, "form_sets": sets}))
    assert refused.value.code == code


def test_another_schema_is_refused() -> None:
    with pytest.raises(Refusal, match="forms_schema_unknown"):
        parse_form_sets('{"schema": 2, "form_sets": []}')
