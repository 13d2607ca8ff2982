"""Rules of the due date that hold for every reception, and what is told about it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.calendar import Calendar, CalendarWarning, CalendarYear, DayOff, YearStatus
from app.domain.deadline_policy import STANDARD_WEEK, DeadlinePolicy, EndRule, StartRule, Window
from app.domain.derivation import (
    AfterCutoff,
    CalendarDays,
    CountedDays,
    CountedHours,
    Ends,
    FirstDayNotCounted,
    MovedToOpening,
    NoTime,
    Outside,
    Received,
    RolledOver,
    Skipped,
    Step,
    step_as_json,
    step_from_json,
)
from app.domain.derivation_words import describe_calendar_warning, describe_step, describe_time
from app.domain.office_time import OfficeTime
from app.domain.procedure import ProcessingTime, TimeUnit
from app.domain.time_count import MAX_DAYS, MAX_HOURS
from app.domain.vietnam_time import VIETNAM
from app.domain.workdays import DueDate, compute_due
from app.errors import Refusal
from tests.app.domain.calendars import at, shipped, with_day_off

SATURDAY_MORNING = DeadlinePolicy(office_hours=(*STANDARD_WEEK[:5], (Window(time(7), time(11, 30)),), ()))
moments = st.datetimes(datetime(2022, 1, 1), datetime(2027, 10, 1)).map(lambda at: at.replace(tzinfo=VIETNAM))  # noqa: DTZ001
policies = st.builds(
    DeadlinePolicy,
    office_hours=st.sampled_from([STANDARD_WEEK, SATURDAY_MORNING.office_hours]),
    start_rule=st.sampled_from(StartRule),
    end_rule=st.sampled_from(EndRule),
    rounding_minutes=st.sampled_from([0, 15]),
)
computable = st.one_of(
    st.builds(ProcessingTime, st.integers(0, 60), st.sampled_from([TimeUnit.WORKING_DAY, TimeUnit.DAY])),
    st.builds(ProcessingTime, st.integers(0, 100), st.just(TimeUnit.HOUR)),
)


def promised(found: DueDate) -> datetime:
    assert found.due is not None
    return found.due


def days(value: int) -> ProcessingTime:
    return ProcessingTime(value, TimeUnit.WORKING_DAY)


@given(moments, computable, policies)
def test_no_promise_falls_outside_office_hours(
    received: datetime, allowed: ProcessingTime, policy: DeadlinePolicy
) -> None:
    found = compute_due(received, allowed, policy, shipped())
    windows = OfficeTime(policy, shipped()).windows_on(promised(found).date())
    assert any(window.opens <= promised(found).time() <= window.closes for window in windows)
    assert promised(found) >= found.starts >= received.replace(second=0, microsecond=0)


@given(moments, st.timedeltas(timedelta(0), timedelta(days=20)), computable, policies)
def test_who_comes_later_is_never_promised_an_earlier_day(
    received: datetime, later: timedelta, allowed: ProcessingTime, policy: DeadlinePolicy
) -> None:
    first = promised(compute_due(received, allowed, policy, shipped()))
    second = promised(compute_due(received + later, allowed, policy, shipped()))
    assert second.date() >= first.date()
    # Two calendar-day promises that rolled over to one day keep their own clock times.
    if allowed.unit is not TimeUnit.DAY:
        assert second >= first


@given(moments, st.integers(-3, 40), computable, policies)
def test_one_more_day_off_never_brings_a_promise_forward(
    received: datetime, where: int, allowed: ProcessingTime, policy: DeadlinePolicy
) -> None:
    day = received.date() + timedelta(days=where)
    before = promised(compute_due(received, allowed, policy, shipped()))
    after = promised(compute_due(received, allowed, policy, with_day_off(shipped(), day)))
    assert after.date() >= before.date()
    if allowed.unit is not TimeUnit.DAY:
        assert after >= before


@given(moments, st.integers(1, 80), policies)
def test_counted_steps_add_up_to_the_days_allowed(received: datetime, value: int, policy: DeadlinePolicy) -> None:
    found = compute_due(received, days(value), policy, shipped())
    counted = [step for step in found.steps if isinstance(step, CountedDays)]
    assert sum(step.last_number - step.number + 1 for step in counted) == value
    assert [step.number for step in counted] == [1, *(step.last_number + 1 for step in counted[:-1])]
    assert counted[-1].last == promised(found).date()


@given(moments, st.integers(1, 80), policies)
def test_the_steps_account_for_every_day_between(received: datetime, value: int, policy: DeadlinePolicy) -> None:
    found = compute_due(received, days(value), policy, shipped())
    told = [step for step in found.steps if isinstance(step, CountedDays | Skipped)]
    day = found.starts.date()
    for step in told:
        assert step.first == day + timedelta(days=1)
        if isinstance(step, CountedDays):
            assert (step.last - step.first).days + 1 == step.last_number - step.number + 1 + step.rest_days
        day = step.last
    assert day == promised(found).date()


@given(moments, st.integers(1, 200), policies)
def test_counted_minutes_add_up_to_the_hours_allowed(
    received: datetime, value: int, policy: DeadlinePolicy
) -> None:
    found = compute_due(received, ProcessingTime(value, TimeUnit.HOUR), policy, shipped())
    assert sum(step.minutes for step in found.steps if isinstance(step, CountedHours)) == value * 60


@given(moments, st.integers(1, 30))
def test_hours_of_whole_days_promise_what_days_promise(received: datetime, value: int) -> None:
    by_days = promised(compute_due(received, days(value), DeadlinePolicy(), shipped()))
    hours = ProcessingTime(8 * value, TimeUnit.HOUR)
    by_hours = promised(compute_due(received, hours, DeadlinePolicy(), shipped()))
    # 11:30 and 13:30 are the same office minute; otherwise the two are equal.
    assert by_hours == by_days or (by_hours.time(), by_days.time()) == (time(11, 30), time(13, 30))
    assert by_hours.date() == by_days.date()


@settings(max_examples=150)
@given(moments, computable, policies)
def test_steps_survive_being_stored_and_can_be_said(
    received: datetime, allowed: ProcessingTime, policy: DeadlinePolicy
) -> None:
    steps = compute_due(received, allowed, policy, shipped(), cutoff="15:00").steps
    assert tuple(step_from_json(step_as_json(step)) for step in steps) == steps
    sentences = [describe_step(step) for step in steps]
    assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in sentences)
    assert isinstance(steps[0], Received)
    assert isinstance(steps[-1], Ends)


def kinds(steps: tuple[Step, ...]) -> list[str]:
    return [step.kind for step in steps]


def test_the_derivation_tells_a_person_everything_that_was_met() -> None:
    found = compute_due(at("2026-01-09T16:10"), days(2), DeadlinePolicy(), shipped())
    assert found.steps == (
        Received(at("2026-01-09T16:10")),
        FirstDayNotCounted(date(2026, 1, 9)),
        CountedDays(date(2026, 1, 10), date(2026, 1, 10), 1, 1, 0, date(2026, 1, 2)),
        Skipped(date(2026, 1, 11), date(2026, 1, 11), ""),
        CountedDays(date(2026, 1, 12), date(2026, 1, 12), 2, 2),
        Ends("same_time", at("2026-01-12T16:10")),
    )
    assert describe_step(found.steps[2]) == "Ngày 1: Thứ Bảy 10/01/2026, làm bù cho Thứ Sáu 02/01/2026."


def test_a_holiday_is_called_by_its_name() -> None:
    found = compute_due(at("2026-02-13T10:00"), days(1), DeadlinePolicy(), shipped())
    said = [describe_step(step) for step in found.steps]
    assert "Không tính từ Thứ Hai 16/02/2026 đến Thứ Sáu 20/02/2026: Tết Nguyên đán." in said
    assert "Không tính Thứ Bảy 14/02/2026 và Chủ nhật 15/02/2026: nghỉ hằng tuần." in said


def test_long_times_are_told_in_ranges_that_keep_holidays_apart() -> None:
    found = compute_due(at("2026-02-10T09:00"), days(30), DeadlinePolicy(), shipped())
    assert kinds(found.steps) == [
        "received", "first_day_not_counted", "counted_days",
        "skipped", "skipped", "skipped", "counted_days", "ends",
    ]  # fmt: skip
    assert found.steps[-2] == CountedDays(date(2026, 2, 23), date(2026, 3, 31), 4, 30, rest_days=10)


def test_long_hours_are_told_in_ranges_too() -> None:
    found = compute_due(at("2026-03-02T09:00"), ProcessingTime(100, TimeUnit.HOUR), DeadlinePolicy(), shipped())
    counted = [step for step in found.steps if isinstance(step, CountedHours)]
    assert [(step.first.day, step.last.day, step.minutes // 60, step.rest_days) for step in counted] == [
        (2, 2, 6, 0), (3, 17, 88, 4), (18, 18, 6, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("received", "reason", "name"),
    [
        ("2026-10-05T06:59", Outside.BEFORE_OPENING, ""),
        ("2026-10-05T12:00", Outside.BREAK, ""),
        ("2026-10-05T17:01", Outside.AFTER_CLOSING, ""),
        ("2026-10-04T09:00", Outside.DAY_OFF, ""),
        ("2026-09-02T09:00", Outside.DAY_OFF, "Quốc khánh 2/9"),
    ],
)
def test_a_reception_outside_office_hours_says_why_it_moved(received: str, reason: Outside, name: str) -> None:
    moved = compute_due(at(received), days(1), DeadlinePolicy(), shipped()).steps[1]
    assert isinstance(moved, MovedToOpening)
    assert (moved.reason, moved.name) == (reason, name)


def test_the_cutoff_is_told() -> None:
    found = compute_due(at("2026-10-05T15:01"), days(0), DeadlinePolicy(), shipped(), cutoff="15:00")
    assert found.steps[1] == AfterCutoff(time(15), at("2026-10-06T07:00"))
    assert describe_step(found.steps[1]) == "Nhận sau 15 giờ 00 phút: tính từ đầu giờ Thứ Ba 06/10/2026."


def test_a_calendar_day_that_is_off_tells_where_it_went() -> None:
    found = compute_due(at("2026-10-02T10:00"), ProcessingTime(1, TimeUnit.DAY), DeadlinePolicy(), shipped())
    assert found.steps[2:4] == (
        CalendarDays(date(2026, 10, 3), date(2026, 10, 3), 1),
        RolledOver(date(2026, 10, 3), "", date(2026, 10, 5)),
    )


@pytest.mark.parametrize(
    "allowed", [ProcessingTime(None, TimeUnit.WORKING_DAY), ProcessingTime(5, TimeUnit.NONE, "Theo lịch")]
)
def test_no_time_named_means_no_date_and_says_so(allowed: ProcessingTime) -> None:
    found = compute_due(at("2026-10-05T09:00"), allowed, DeadlinePolicy(), shipped())
    assert found.due is None
    assert found.steps[-1] == NoTime(allowed.note)
    assert describe_step(found.steps[-1]).startswith("Không có ngày hẹn trả cụ thể theo quy định")
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("received", "value", "warnings"),
    [
        ("2026-12-01T09:00", 5, ()),
        ("2026-12-28T09:00", 5, ("calendar_estimated:2027",)),
        ("2027-12-28T09:00", 10, ("calendar_estimated:2027", "calendar_missing:2028")),
        ("2021-06-01T09:00", 3, ("calendar_missing:2021",)),
        ("2026-01-05T09:00", 600, ("calendar_estimated:2027", "calendar_missing:2028")),
    ],
)
def test_years_without_an_official_calendar_are_said_aloud(
    received: str, value: int, warnings: tuple[str, ...]
) -> None:
    found = compute_due(at(received), days(value), DeadlinePolicy(), shipped())
    assert tuple(warning.as_text() for warning in found.warnings) == warnings
    assert tuple(CalendarWarning.from_text(text) for text in warnings) == found.warnings
    for warning in found.warnings:
        assert str(warning.year) in describe_calendar_warning(warning)


def test_calendar_and_policy_versions_come_with_the_promise() -> None:
    found = compute_due(at("2026-10-05T09:00"), days(1), DeadlinePolicy(version="tỉnh-3"), shipped())
    assert (found.calendar_version, found.policy_version) == (shipped().version, "tỉnh-3")


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        (-1, TimeUnit.WORKING_DAY),
        (MAX_DAYS + 1, TimeUnit.DAY),
        (MAX_HOURS + 1, TimeUnit.HOUR),
        (10**30, TimeUnit.HOUR),
    ],
)
def test_an_absurd_time_is_refused(value: int, unit: TimeUnit) -> None:
    with pytest.raises(Refusal, match="processing_time_out_of_range"):
        compute_due(at("2026-10-05T09:00"), ProcessingTime(value, unit), DeadlinePolicy(), shipped())


@pytest.mark.parametrize("received", ["1999-12-31T10:00", "9990-01-01T10:00"])
def test_an_absurd_reception_is_refused(received: str) -> None:
    with pytest.raises(Refusal, match="reception_time_out_of_range"):
        compute_due(at(received), days(1), DeadlinePolicy(), shipped())


@pytest.mark.parametrize("cutoff", ["15h", "25:00", "15:0", "soon"])
def test_a_cutoff_that_is_no_time_is_refused(cutoff: str) -> None:
    with pytest.raises(Refusal, match="cutoff_not_a_time"):
        compute_due(at("2026-10-05T09:00"), days(1), DeadlinePolicy(), shipped(), cutoff=cutoff)


def test_a_time_without_its_zone_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="zone"):
        compute_due(datetime(2026, 10, 5, 9), days(1), DeadlinePolicy(), shipped())  # noqa: DTZ001


def test_a_calendar_that_never_works_is_refused_instead_of_searched_for_ever() -> None:
    start = date(2026, 1, 1)
    off = tuple(DayOff(start + timedelta(days=n), "Nghỉ") for n in range(365))
    off_next = tuple(DayOff(date(2027, 1, 1) + timedelta(days=n), "Nghỉ") for n in range(365))
    years = (
        CalendarYear(2026, YearStatus.OFFICIAL, "thử", off),
        CalendarYear(2027, YearStatus.OFFICIAL, "thử", off_next),
    )
    closed = Calendar("đóng cửa", start, "thử", years)
    with pytest.raises(Refusal, match="calendar_without_working_days"):
        compute_due(at("2026-01-05T09:00"), days(1), DeadlinePolicy(), closed)


def test_a_holiday_on_a_make_up_day_of_another_calendar_stays_off() -> None:
    calendar = with_day_off(shipped(), date(2026, 1, 10))
    found = compute_due(at("2026-01-09T10:00"), days(1), DeadlinePolicy(), calendar)
    assert promised(found).date() == date(2026, 1, 12)


@pytest.mark.parametrize(
    ("allowed", "words"),
    [
        (ProcessingTime(10, TimeUnit.WORKING_DAY), "10 ngày làm việc"),
        (ProcessingTime(30, TimeUnit.DAY), "30 ngày"),
        (ProcessingTime(4, TimeUnit.HOUR), "4 giờ làm việc"),
        (ProcessingTime(0, TimeUnit.WORKING_DAY), "Trong ngày làm việc"),
        (ProcessingTime(None, TimeUnit.NONE), "Không quy định"),
        (ProcessingTime(None, TimeUnit.NONE, "Theo hợp đồng"), "Theo hợp đồng"),
    ],
)
def test_the_time_as_the_receipt_states_it(allowed: ProcessingTime, words: str) -> None:
    assert describe_time(allowed) == words


@pytest.mark.parametrize(
    "broken", [{}, {"kind": "unknown"}, {"kind": "received"}, {"kind": "received", "at": "soon"}]
)
def test_what_is_no_step_is_refused(broken: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        step_from_json(broken)


def test_the_default_week_has_five_days_of_eight_hours() -> None:
    week = DeadlinePolicy().office_hours
    assert [sum(window.minutes for window in day) for day in week] == [480] * 5 + [0, 0]
