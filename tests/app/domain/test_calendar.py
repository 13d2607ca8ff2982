"""The calendar file: what the shipped one knows, and how a broken one is refused."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar import YearStatus, calendar_warnings, parse_calendar
from app.domain.deadline_policy import DeadlinePolicy
from app.domain.office_time import OfficeTime
from app.errors import Refusal
from tests.app.domain.calendars import shipped

OFF = [
    ("2026-01-01", "Tết Dương lịch"),
    ("2026-01-02", "Nghỉ hoán đổi Tết Dương lịch"),
    *((f"2026-02-{day}", "Tết Nguyên đán") for day in range(16, 21)),
    ("2026-04-27", "Nghỉ bù Giỗ Tổ Hùng Vương"),
    ("2026-04-30", "Ngày Chiến thắng 30/4"),
    ("2026-05-01", "Ngày Quốc tế lao động 1/5"),
    ("2026-08-31", "Nghỉ hoán đổi Quốc khánh 2/9"),
    ("2026-09-01", "Quốc khánh 2/9"),
    ("2026-09-02", "Quốc khánh 2/9"),
    ("2026-11-24", "Ngày Văn hóa Việt Nam"),
    ("2025-05-02", "Nghỉ hoán đổi dịp 30/4 – 1/5"),
    ("2025-04-07", "Giỗ Tổ Hùng Vương"),
]


@pytest.mark.parametrize(("day", "name"), OFF)
def test_the_shipped_calendar_knows_the_days_off(day: str, name: str) -> None:
    off = shipped().day_off(date.fromisoformat(day))
    assert off is not None
    assert off.name == name


@pytest.mark.parametrize(
    ("day", "instead_of"),
    [
        ("2026-01-10", "2026-01-02"), ("2026-08-22", "2026-08-31"),
        ("2025-04-26", "2025-05-02"), ("2024-05-04", "2024-04-29"),
    ],
)  # fmt: skip
def test_the_shipped_calendar_knows_the_working_saturdays(day: str, instead_of: str) -> None:
    worked = shipped().make_up_day(date.fromisoformat(day))
    assert worked is not None
    assert worked.instead_of == date.fromisoformat(instead_of)
    office = OfficeTime(DeadlinePolicy(), shipped())
    assert office.windows_on(worked.day) == office.policy.office_hours[worked.instead_of.weekday()]


def test_the_working_days_of_2026_are_as_many_as_the_law_leaves() -> None:
    office = OfficeTime(DeadlinePolicy(), shipped())
    days = [date.fromordinal(n) for n in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())]
    # 261 weekdays; 1 + 5 + 1 + 1 + 1 + 2 + 1 holidays are taken from them, the two swaps cancel out.
    assert sum(office.is_working(day) for day in days) == 261 - 12


def test_2027_is_an_estimate_and_2028_is_missing() -> None:
    assert [shipped().status_of(year) for year in (2026, 2027, 2028)] == [
        YearStatus.OFFICIAL, YearStatus.ESTIMATE, YearStatus.MISSING,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("today", "warnings"),
    [
        (date(2026, 10, 31), []),
        (date(2026, 11, 1), ["calendar_estimated:2027"]),
        (date(2026, 12, 31), ["calendar_estimated:2027"]),
        (date(2027, 1, 1), ["calendar_estimated:2027"]),
        (date(2027, 11, 1), ["calendar_estimated:2027", "calendar_missing:2028"]),
        (date(2028, 3, 1), ["calendar_missing:2028"]),
        (date(2025, 11, 15), []),
    ],
)
def test_next_years_calendar_is_asked_for_in_november(today: date, warnings: list[str]) -> None:
    assert [warning.as_text() for warning in calendar_warnings(today, shipped())] == warnings


def package(**changes: Any) -> dict[str, Any]:
    year = {
        "year": 2026, "status": "official", "source": "thử",
        "days_off": [{"day": "2026-01-02", "name": "Nghỉ"}],
        "working_days": [{"day": "2026-01-10", "instead_of": "2026-01-02"}],
    }  # fmt: skip
    whole: dict[str, Any] = {
        "schema": 1, "version": "thử", "published": "2026-01-01", "source": "thử",
        "years": [year | changes.pop("year", {})],
    }  # fmt: skip
    return whole | changes


def made_up(day: str, instead_of: str) -> dict[str, Any]:
    return {"working_days": [{"day": day, "instead_of": instead_of}]}


def test_a_small_calendar_is_read() -> None:
    calendar = parse_calendar(json.dumps(package()))
    assert calendar.version == "thử"
    assert calendar.status_of(2026) is YearStatus.OFFICIAL


def test_a_year_that_does_not_say_it_is_official_is_an_estimate() -> None:
    text = json.dumps(package()).replace('"status": "official", ', "")
    assert parse_calendar(text).status_of(2026) is YearStatus.ESTIMATE


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (package(schema=2), "calendar_schema_unknown"),
        (package(schema="1"), "calendar_schema_unknown"),
        (package(schema=True), "calendar_schema_unknown"),
        (package(version=""), "calendar_wrong_shape"),
        (package(version=3), "calendar_wrong_shape"),
        (package(published="01/01/2026"), "calendar_bad_value"),
        (package(published=None), "calendar_wrong_shape"),
        (package(colour="red"), "calendar_unknown_field"),
        (package(years=[]), "calendar_empty"),
        (package(years={}), "calendar_wrong_shape"),
        (package(years=package()["years"] * 2), "calendar_year_twice"),
        (package(year={"year": None}), "calendar_bad_value"),
        (package(year={"year": "2026"}), "calendar_wrong_shape"),
        (package(year={"status": "missing"}), "calendar_bad_value"),
        (package(year={"status": "certain"}), "calendar_bad_value"),
        (package(year={"days_off": [{"day": "2026-02-30", "name": "Nghỉ"}]}), "calendar_bad_value"),
        (package(year={"days_off": [{"day": "2026-01-02"}]}), "calendar_wrong_shape"),
        (package(year={"days_off": [{"day": "2025-01-02", "name": "Nghỉ"}]}), "calendar_day_outside_year"),
        (package(year={"days_off": [{"day": "2026-01-02", "name": "Nghỉ"}] * 2}), "calendar_day_twice"),
        (
            package(year={"days_off": [{"day": "2026-01-02", "name": "A"}, {"day": "2026-01-10", "name": "B"}]}),
            "calendar_day_twice",
        ),
        (package(year=made_up("2026-01-12", "2026-01-02")), "calendar_make_up_wrong"),
        (package(year=made_up("2026-01-10", "2026-01-05")), "calendar_make_up_wrong"),
        ([], "calendar_wrong_shape"),
        (None, "calendar_wrong_shape"),
    ],
)
def test_a_broken_calendar_is_refused_with_its_reason(broken: Any, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_calendar(json.dumps(broken))
    assert refused.value.code == code


@pytest.mark.parametrize("text", ["", "{", '{"schema": 1, "schema": 1}', "[" * 50_000, '{"schema": NaN}'])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="calendar_not_json"):
        parse_calendar(text)


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(["2026-01-02", "official"]),
    lambda inner: st.lists(inner) | st.dictionaries(
        st.sampled_from(["schema", "version", "published", "source", "years", "year", "days_off", "day"]), inner
    ),
))  # fmt: skip
def test_any_json_is_read_or_refused(value: Any) -> None:
    whole = package() | value if isinstance(value, dict) else value
    try:
        assert parse_calendar(json.dumps(whole)).years
    except Refusal as refusal:
        assert refusal.code.startswith("calendar_")
