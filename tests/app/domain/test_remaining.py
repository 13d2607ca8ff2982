"""What is left of a time and the promise after a pause: rules that hold for every dossier and every pause."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.domain.calendar import CalendarWarning
from app.domain.day_walk import walk_days
from app.domain.deadline_policy import STANDARD_WEEK, DeadlinePolicy, EndRule, Window
from app.domain.derivation import CountedOn, Ends, LeftIn, Paused, TimeLeft, step_as_json, step_from_json
from app.domain.derivation_words import describe_step, left_words
from app.domain.office_minutes import minutes_between
from app.domain.office_time import OfficeTime
from app.domain.office_time import at as moment_at
from app.domain.procedure import ProcessingTime, TimeUnit
from app.domain.remaining import Remaining, Resumed, left_at, resumed_due
from app.domain.vietnam_time import VIETNAM
from app.domain.workdays import compute_due
from app.errors import Refusal
from tests import due_by_hand
from tests.app.domain.calendars import at, shipped
from tests.app.domain.test_due_by_hand import POLICIES, product
from ui.dialogs.derivation import derivation

W, D, H, N = TimeUnit.WORKING_DAY, TimeUnit.DAY, TimeUnit.HOUR, TimeUnit.NONE
PLAIN = DeadlinePolicy()
SATURDAY = DeadlinePolicy(office_hours=(*STANDARD_WEEK[:5], (Window(time(7), time(11, 30)),), ()))
moments = st.datetimes(datetime(2023, 3, 1), datetime(2026, 10, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=VIETNAM)
)
spans = st.integers(0, 25 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
exact = st.one_of(
    st.builds(ProcessingTime, st.integers(0, 30), st.just(W)),
    st.builds(ProcessingTime, st.integers(0, 80), st.just(H)),
)
computable = st.one_of(exact, st.builds(ProcessingTime, st.integers(0, 40), st.just(D)))
policies = st.sampled_from([PLAIN, SATURDAY, DeadlinePolicy(end_rule=EndRule.END_OF_DAY),
                            DeadlinePolicy(end_rule=EndRule.FIXED), DeadlinePolicy(rounding_minutes=15)])


def promised(received: datetime, allowed: ProcessingTime, policy: DeadlinePolicy) -> datetime:
    due = compute_due(received, allowed, policy, shipped()).due
    assert due is not None
    return due


def resumed(due: datetime, first: datetime, last: datetime, allowed: ProcessingTime,
            policy: DeadlinePolicy = PLAIN) -> datetime:
    found = resumed_due(due, first, last, allowed, policy, shipped()).due
    assert found is not None
    return found


def in_minutes(left: Remaining) -> int:
    """Of full days of eight hours, negative when overdue."""
    return (left.days * 480 + left.minutes) * (-1 if left.is_over else 1)


@given(moments, computable, policies, spans)
def test_resuming_at_once_changes_nothing(
    received: datetime, allowed: ProcessingTime, policy: DeadlinePolicy, later: timedelta
) -> None:
    due, moment = promised(received, allowed, policy), received + later
    assert resumed(due, moment, moment, allowed, policy) == due


@given(moments, exact, spans, spans)
def test_what_was_left_at_the_pause_is_left_at_the_resumption(
    received: datetime, allowed: ProcessingTime, later: timedelta, span: timedelta
) -> None:
    due, first = promised(received, allowed, PLAIN), received + later
    after = resumed(due, first, first + span, allowed)
    before = left_at(due, first, allowed, PLAIN, shipped())
    assert in_minutes(left_at(after, first + span, allowed, PLAIN, shipped())) == in_minutes(before)


@given(moments, computable, spans, st.integers(1, 20))
def test_a_pause_of_whole_working_days_moves_working_days_by_as_many(
    received: datetime, allowed: ProcessingTime, later: timedelta, days: int
) -> None:
    assume(allowed.unit is not D)
    office = OfficeTime(PLAIN, shipped())
    due, first = promised(received, allowed, PLAIN), office.next_moment(received + later)
    day, _ = walk_days(first.date(), days, office)
    after = resumed(due, first, moment_at(day, first.time()), allowed)
    expected, _ = walk_days(due.date(), days, office)
    assert after == moment_at(expected, due.time())


@given(moments, st.integers(0, 40), spans, st.integers(0, 20))
def test_calendar_days_move_by_the_days_of_the_pause_and_then_to_a_working_day(
    received: datetime, value: int, later: timedelta, days: int
) -> None:
    office, allowed = OfficeTime(PLAIN, shipped()), ProcessingTime(value, D)
    due = promised(received, allowed, PLAIN)
    first = office.next_moment(received + later)
    last = office.next_moment(first + timedelta(days=days))
    assume(first <= due)
    moved = due.date() + (last.date() - first.date())
    if last.date() != first.date() and not office.is_working(moved):
        moved = office.working_day_after(moved)
    assert resumed(due, first, last, allowed) == moment_at(moved, due.time())


@given(moments, exact, spans, spans, spans)
def test_a_longer_pause_never_promises_earlier(
    received: datetime, allowed: ProcessingTime, later: timedelta, span: timedelta, longer: timedelta
) -> None:
    due, first = promised(received, allowed, PLAIN), received + later
    short = resumed(due, first, first + span, allowed)
    assert resumed(due, first, first + span + longer, allowed) >= short >= due


@given(moments, computable, policies, spans, spans)
def test_two_pauses_back_to_back_are_one(
    received: datetime, allowed: ProcessingTime, policy: DeadlinePolicy, later: timedelta, span: timedelta
) -> None:
    assume(policy in (PLAIN, POLICIES["day_end"]) and allowed.unit is not D)
    due, first = promised(received, allowed, policy), received + later
    middle, last = first + span / 2, first + span
    middle = middle.replace(second=0, microsecond=0)
    once = resumed(due, first, last, allowed, policy)
    twice = resumed(resumed(due, first, middle, allowed, policy), middle, last, allowed, policy)
    same_side = minutes_between(min(once, twice), max(once, twice), OfficeTime(policy, shipped()))
    assert same_side == 0


@settings(max_examples=300)
@given(
    moments, st.sampled_from(sorted(POLICIES)), st.sampled_from([W, D, H]), st.integers(0, 25),
    st.lists(st.tuples(spans, spans), max_size=3),
)
def test_the_independent_script_finds_the_same(
    received: datetime, policy: str, unit: TimeUnit, value: int, pauses: list[tuple[timedelta, timedelta]]
) -> None:
    said, moment = [], received
    for later, span in pauses:
        first, moment = moment + later, moment + later + span
        said.append(f"{first:%Y-%m-%dT%H:%M}>{moment:%Y-%m-%dT%H:%M}")
    row = {
        "policy": policy, "received": f"{received:%Y-%m-%dT%H:%M}", "value": str(value), "unit": str(unit),
        "cutoff": "", "legs": "2xworking_day* 3xhour 4xworking_day", "pauses": " ".join(said),
    }
    found, answers = due_by_hand.solve(row)._asdict(), product(row)
    assert {name: found[name] for name in answers} == answers


@given(moments, computable, policies, spans, spans)
def test_steps_tell_a_pause_whole_and_survive_being_stored(
    received: datetime, allowed: ProcessingTime, policy: DeadlinePolicy, later: timedelta, span: timedelta
) -> None:
    due, first = promised(received, allowed, policy), received + later
    found = resumed_due(due, first, first + span, allowed, policy, shipped())
    stored = tuple(step_as_json(step) for step in found.steps)
    assert tuple(step_from_json(step) for step in stored) == found.steps
    assert [type(step) for step in found.steps[:3]] == [Paused, TimeLeft, CountedOn]
    assert isinstance(found.steps[-1], Ends)
    assert found.steps[-1].at == found.due
    for sentence in [describe_step(step) for step in found.steps] + list(derivation(stored, "en")):
        assert sentence[0].isupper() or sentence[0].isdigit()
        assert sentence.endswith(".")


def test_a_pause_is_told_in_plain_words() -> None:
    found = resumed_due(at("2026-10-09T15:30"), at("2026-10-06T18:00"), at("2026-10-13T14:00"),
                        ProcessingTime(5, W), PLAIN, shipped())
    assert [describe_step(step) for step in found.steps] == [
        "Tạm dừng tính thời hạn từ 07 giờ 00 phút, Thứ Tư 07/10/2026 "
        "(lúc 18 giờ 00 phút, Thứ Ba 06/10/2026 không phải giờ làm việc).",
        "Lúc đó còn lại 2 ngày làm việc 6 giờ 30 phút (hạn 15 giờ 30 phút, Thứ Sáu 09/10/2026).",
        "Tính tiếp thời hạn từ 14 giờ 00 phút, Thứ Ba 13/10/2026.",
        "Không tính ngày bắt đầu, Thứ Ba 13/10/2026.",
        "Ngày 1: Thứ Tư 14/10/2026.",
        "Ngày 2: Thứ Năm 15/10/2026.",
        "Thứ Năm 15/10/2026: từ 14:00 đến 17:00, được 3 giờ.",
        "Thứ Sáu 16/10/2026: từ 07:00 đến 10:30, được 3 giờ 30 phút.",
        "Hạn trả mới: 10 giờ 30 phút, Thứ Sáu 16/10/2026 (hết phần thời gian còn lại).",
    ]


def test_an_overdue_dossier_is_told_so_in_both_languages() -> None:
    found = resumed_due(at("2026-10-09T15:30"), at("2026-10-12T09:00"), at("2026-10-13T14:00"),
                        ProcessingTime(5, W), PLAIN, shipped())
    assert describe_step(found.steps[1]) == (
        "Lúc đó đã quá hạn 15 giờ 30 phút, Thứ Sáu 09/10/2026 được 3 giờ 30 phút."
    )
    english = derivation([step_as_json(step) for step in found.steps], "en")
    assert english[1] == "Overdue by then: 3 h 30 min (due 15:30, Fri 09/10/2026)."
    assert english[-1] == "New due time: 08:30, Tue 13/10/2026 (it stays overdue by as much as before)."


@pytest.mark.parametrize(("days", "minutes", "unit", "said"), [
    (2, 210, LeftIn.WORKING_DAYS, "2 ngày làm việc 3 giờ 30 phút"), (0, 30, LeftIn.WORKING_DAYS, "30 phút"),
    (0, 0, LeftIn.WORKING_DAYS, "0 giờ"), (0, 300, LeftIn.OFFICE_HOURS, "5 giờ làm việc"),
    (7, 0, LeftIn.DAYS, "7 ngày"), (0, 0, LeftIn.DAYS, "0 ngày"), (0, 0, LeftIn.OFFICE_HOURS, "0 giờ"),
])
def test_what_is_left_in_words(days: int, minutes: int, unit: LeftIn, said: str) -> None:
    assert left_words(days, minutes, unit) == said


def test_without_a_date_nothing_is_left_and_nothing_is_promised() -> None:
    none = ProcessingTime(None, N, "theo thông báo thuế")
    first, last = at("2026-10-06T09:00"), at("2026-10-08T09:00")
    assert not left_at(None, first, none, PLAIN, shipped()).is_promised
    found = resumed_due(None, first, last, none, PLAIN, shipped())
    assert (found.due, found.warnings, [step.kind for step in found.steps]) == (
        None, (), ["paused", "counted_on", "no_time"],
    )


def test_a_date_the_agency_named_for_a_procedure_without_a_time_is_counted_in_working_days() -> None:
    none = ProcessingTime(None, N)
    assert resumed(at("2026-10-09T15:30"), at("2026-10-06T09:00"), at("2026-10-13T14:00"), none) == resumed(
        at("2026-10-09T15:30"), at("2026-10-06T09:00"), at("2026-10-13T14:00"), ProcessingTime(5, W)
    )


def test_a_clock_that_would_run_before_it_stopped_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        resumed_due(at("2026-10-09T15:30"), at("2026-10-06T09:00"), at("2026-10-05T09:00"),
                    ProcessingTime(5, W), PLAIN, shipped())
    assert (refused.value.code, refused.value.values) == (
        "resume_before_pause",
        {"paused": "2026-10-06T09:00:00+07:00", "resumed": "2026-10-05T09:00:00+07:00"},
    )


def test_a_moment_without_a_zone_is_a_mistake_of_the_caller() -> None:
    naive = datetime(2026, 10, 6, 9, 0)  # noqa: DTZ001
    with pytest.raises(ValueError, match=r"naive|zone|aware"):
        left_at(at("2026-10-09T15:30"), naive, ProcessingTime(5, W), PLAIN, shipped())


@pytest.mark.parametrize(("last", "warnings"), [
    ("2026-11-09T09:00", ()),
    ("2026-12-31T09:00", (CalendarWarning("calendar_estimated", 2027),)),
    ("2028-01-05T09:00", (CalendarWarning("calendar_estimated", 2027), CalendarWarning("calendar_missing", 2028))),
])
def test_a_new_date_in_a_year_not_known_officially_says_so(
    last: str, warnings: tuple[CalendarWarning, ...]
) -> None:
    found: Resumed = resumed_due(at("2026-10-09T15:30"), at("2026-10-06T09:00"), at(last), ProcessingTime(5, W),
                                 PLAIN, shipped())
    assert found.warnings == warnings


def test_a_due_date_on_a_day_that_became_off_is_still_counted_to() -> None:
    """An agency's paper may name a Sunday, and a day off may be decreed after the promise."""
    sunday = at("2026-10-11T10:00")
    assert left_at(sunday, at("2026-10-08T10:00"), ProcessingTime(5, W), PLAIN, shipped()) == Remaining(
        1, 300, is_over=False
    )
    nothing = at("2026-10-10T08:00"), at("2026-10-11T22:00")
    assert resumed(sunday, *nothing, ProcessingTime(5, W)) == sunday
    assert resumed(sunday, at("2026-10-08T10:00"), at("2026-10-12T10:00"), ProcessingTime(5, W)) == at(
        "2026-10-13T17:00"
    )
