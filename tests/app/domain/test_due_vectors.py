"""The golden table of due dates: each line is one promise that a citizen could hold in the hand."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from app.domain.deadline_policy import STANDARD_WEEK, DeadlinePolicy, EndRule, StartRule, Window
from app.domain.procedure import ProcessingTime, TimeUnit
from app.domain.workdays import compute_due, due_as_json
from tests.app.domain.calendars import at, shipped

W, D, H = TimeUnit.WORKING_DAY, TimeUnit.DAY, TimeUnit.HOUR

# Rule books for the table: "" is the default policy.
POLICIES = {
    "": DeadlinePolicy(),
    "saturday": DeadlinePolicy(office_hours=(*STANDARD_WEEK[:5], (Window(time(7, 30), time(11)),), ())),
    "saturday_4h": DeadlinePolicy(office_hours=(*STANDARD_WEEK[:5], (Window(time(7), time(11)),), ())),
    "next_day": DeadlinePolicy(start_rule=StartRule.NEXT_DAY_START),
    "after_15": DeadlinePolicy(start_rule=StartRule.AFTER_CUTOFF),
    "day_end": DeadlinePolicy(end_rule=EndRule.END_OF_DAY),
    "fixed": DeadlinePolicy(end_rule=EndRule.FIXED, end_time=time(16, 30)),
    "fixed_lunch": DeadlinePolicy(end_rule=EndRule.FIXED, end_time=time(12)),
    "quarter": DeadlinePolicy(rounding_minutes=15),
    "no_rollover": DeadlinePolicy(calendar_day_rollover=False),
}

VECTORS = [
    # The provincial systems' own examples (domain facts 6.5).
    ("2023-10-27T09:32", 5, W, "", "2023-11-03T09:32"),
    ("2025-12-31T10:00", 1, W, "", "2026-01-05T10:00"),
    ("2026-01-09T10:00", 1, W, "", "2026-01-10T10:00"),
    ("2026-02-13T10:00", 3, W, "", "2026-02-25T10:00"),
    ("2026-04-24T10:00", 2, W, "", "2026-04-29T10:00"),
    ("2026-08-20T10:00", 3, W, "", "2026-08-24T10:00"),
    ("2026-08-28T10:00", 1, W, "", "2026-09-03T10:00"),
    ("2026-10-01T10:00", 4, H, "", "2026-10-01T16:00"),
    ("2026-10-01T12:10", 4, H, "", "2026-10-02T07:30"),
    ("2026-09-29T17:30", 8, H, "", "2026-10-01T07:00"),
    # An ordinary week, and the minute of reception.
    ("2026-10-02T15:30", 5, W, "", "2026-10-09T15:30"),
    ("2026-10-05T07:00", 1, W, "", "2026-10-06T07:00"),
    ("2026-10-05T06:15", 1, W, "", "2026-10-06T07:00"),
    ("2026-10-05T11:30", 1, W, "", "2026-10-06T11:30"),
    ("2026-10-05T11:31", 1, W, "", "2026-10-06T13:30"),
    ("2026-10-05T13:29", 1, W, "", "2026-10-06T13:30"),
    ("2026-10-05T16:59", 1, W, "", "2026-10-06T16:59"),
    ("2026-10-05T17:00", 1, W, "", "2026-10-06T17:00"),
    ("2026-10-05T17:00:59", 1, W, "", "2026-10-06T17:00"),
    ("2026-10-05T17:01", 1, W, "", "2026-10-07T07:00"),
    ("2026-10-05T23:59", 1, W, "", "2026-10-07T07:00"),
    ("2026-10-05T00:00", 1, W, "", "2026-10-06T07:00"),
    ("2026-10-09T16:59", 1, W, "", "2026-10-12T16:59"),
    ("2026-10-09T17:01", 1, W, "", "2026-10-13T07:00"),
    ("2026-10-05T10:00", 0, W, "", "2026-10-05T17:00"),
    ("2026-10-05T18:00", 0, W, "", "2026-10-06T17:00"),
    # Received on days off.
    ("2026-10-03T09:00", 1, W, "", "2026-10-06T07:00"),
    ("2026-10-04T22:00", 1, W, "", "2026-10-06T07:00"),
    ("2026-02-17T09:00", 2, W, "", "2026-02-25T07:00"),
    ("2026-09-02T10:00", 1, W, "", "2026-09-04T07:00"),
    ("2026-04-27T10:00", 1, W, "", "2026-04-29T07:00"),
    # Tết 2026: 16–20 February.
    ("2026-02-13T16:59", 1, W, "", "2026-02-23T16:59"),
    ("2026-02-13T17:30", 1, W, "", "2026-02-24T07:00"),
    ("2026-02-12T10:00", 1, W, "", "2026-02-13T10:00"),
    ("2026-02-10T09:00", 30, W, "", "2026-03-31T09:00"),
    ("2026-02-13T14:00", 8, H, "", "2026-02-23T14:00"),
    ("2026-02-06T10:00", 10, D, "", "2026-02-23T10:00"),
    # Tết 2025: 27–31 January; 2024: 8–14 February.
    ("2025-01-24T10:00", 1, W, "", "2025-02-03T10:00"),
    ("2024-02-07T10:00", 2, W, "", "2024-02-16T10:00"),
    # 30/4 – 1/5 and the swaps around it.
    ("2026-04-29T10:00", 1, W, "", "2026-05-04T10:00"),
    ("2026-04-29T16:00", 4, H, "", "2026-05-04T10:00"),
    ("2025-04-25T10:00", 1, W, "", "2025-04-26T10:00"),
    ("2025-04-25T10:00", 4, W, "", "2025-05-05T10:00"),
    ("2024-04-26T10:00", 2, W, "", "2024-05-03T10:00"),
    ("2024-05-03T10:00", 1, W, "", "2024-05-04T10:00"),
    # 2/9.
    ("2026-08-31T10:00", 1, W, "", "2026-09-04T07:00"),
    ("2026-08-27T10:00", 2, W, "", "2026-09-03T10:00"),
    ("2025-08-29T10:00", 1, W, "", "2025-09-03T10:00"),
    ("2024-08-30T10:00", 1, W, "", "2024-09-04T10:00"),
    ("2023-08-31T10:00", 1, W, "", "2023-09-05T10:00"),
    # Received on a make-up Saturday, and hours on it.
    ("2026-01-10T10:00", 1, W, "", "2026-01-12T10:00"),
    ("2026-08-22T16:00", 2, W, "", "2026-08-25T16:00"),
    ("2026-08-21T16:00", 4, H, "", "2026-08-22T10:00"),
    ("2026-08-22T14:00", 4, H, "", "2026-08-24T08:00"),
    # The new day off of 24 November.
    ("2026-11-23T10:00", 1, W, "", "2026-11-25T10:00"),
    ("2026-11-20T10:00", 3, W, "", "2026-11-26T10:00"),
    # Year ends and leap days.
    ("2026-12-31T10:00", 1, W, "", "2027-01-04T10:00"),
    ("2024-12-31T15:00", 2, W, "", "2025-01-03T15:00"),
    ("2024-02-28T10:00", 1, W, "", "2024-02-29T10:00"),
    ("2024-02-28T10:00", 2, D, "", "2024-03-01T10:00"),
    ("2025-02-28T10:00", 1, D, "", "2025-03-03T10:00"),
    # Calendar days: every day counts, a last day off moves on.
    ("2026-10-02T15:30", 5, D, "", "2026-10-07T15:30"),
    ("2026-10-02T15:30", 1, D, "", "2026-10-05T15:30"),
    ("2026-10-02T15:30", 2, D, "", "2026-10-05T15:30"),
    ("2026-10-05T09:00", 30, D, "", "2026-11-04T09:00"),
    ("2026-08-21T09:00", 10, D, "", "2026-09-03T09:00"),
    ("2026-01-06T09:00", 4, D, "", "2026-01-10T09:00"),
    ("2026-12-10T09:00", 30, D, "", "2027-01-11T09:00"),
    ("2026-10-02T15:30", 1, D, "no_rollover", "2026-10-03T15:30"),
    ("2026-10-02T15:30", 0, D, "", "2026-10-02T17:00"),
    # Hours over lunch, night and weekend; an end on the closing minute stays, whole days from an opening do not.
    ("2026-10-05T07:00", 1, H, "", "2026-10-05T08:00"),
    ("2026-10-05T11:00", 1, H, "", "2026-10-05T14:00"),
    ("2026-10-05T10:30", 1, H, "", "2026-10-05T11:30"),
    ("2026-10-05T16:00", 1, H, "", "2026-10-05T17:00"),
    ("2026-10-05T10:00", 5, H, "", "2026-10-05T17:00"),
    ("2026-10-05T16:30", 1, H, "", "2026-10-06T07:30"),
    ("2026-10-02T16:30", 1, H, "", "2026-10-05T07:30"),
    ("2026-10-05T07:00", 8, H, "", "2026-10-06T07:00"),
    ("2026-10-05T07:01", 8, H, "", "2026-10-06T07:01"),
    ("2026-10-05T17:00", 8, H, "", "2026-10-06T17:00"),
    ("2026-10-02T07:00", 16, H, "", "2026-10-06T07:00"),
    ("2026-10-05T10:00", 24, H, "", "2026-10-08T10:00"),
    ("2026-10-05T10:00", 40, H, "", "2026-10-12T10:00"),
    ("2026-10-05T10:00", 0, H, "", "2026-10-05T10:00"),
    ("2026-10-03T10:00", 2, H, "", "2026-10-05T09:00"),
    # Saturday mornings worked (only where the province says so).
    ("2026-10-02T10:00", 1, W, "saturday", "2026-10-03T10:00"),
    ("2026-10-02T15:30", 1, W, "saturday", "2026-10-03T11:00"),
    ("2026-10-02T07:00", 1, W, "saturday", "2026-10-03T07:30"),
    ("2026-10-03T10:00", 1, W, "saturday", "2026-10-05T10:00"),
    ("2026-10-03T11:01", 1, W, "saturday", "2026-10-06T07:00"),
    ("2026-10-02T16:00", 4, H, "saturday", "2026-10-03T10:30"),
    ("2026-10-02T16:00", 5, H, "saturday", "2026-10-05T07:30"),
    ("2026-10-01T15:30", 2, D, "saturday", "2026-10-03T11:00"),
    ("2026-08-21T16:00", 1, W, "saturday", "2026-08-22T16:00"),
    ("2026-10-03T07:00", 4, H, "saturday_4h", "2026-10-03T11:00"),
    ("2026-10-02T07:00", 12, H, "saturday_4h", "2026-10-03T11:00"),
    ("2026-10-02T07:00", 8, H, "saturday_4h", "2026-10-03T07:00"),
    # Start rules.
    ("2026-10-05T09:00", 1, W, "next_day", "2026-10-07T07:00"),
    ("2026-10-02T09:00", 4, H, "next_day", "2026-10-05T11:00"),
    ("2026-10-05T14:59", 1, W, "after_15", "2026-10-06T14:59"),
    ("2026-10-05T15:00", 1, W, "after_15", "2026-10-06T15:00"),
    ("2026-10-05T15:00:59", 1, W, "after_15", "2026-10-06T15:00"),
    ("2026-10-05T15:01", 1, W, "after_15", "2026-10-07T07:00"),
    ("2026-10-05T17:01", 1, W, "after_15", "2026-10-07T07:00"),
    ("2026-10-02T15:01", 0, W, "after_15", "2026-10-05T17:00"),
    # End rules and rounding.
    ("2026-10-02T09:10", 5, W, "day_end", "2026-10-09T17:00"),
    ("2026-10-02T09:10", 4, H, "day_end", "2026-10-02T15:10"),
    ("2026-10-02T09:10", 5, W, "fixed", "2026-10-09T16:30"),
    ("2026-10-02T09:10", 3, D, "fixed", "2026-10-05T16:30"),
    ("2026-10-02T09:10", 5, W, "fixed_lunch", "2026-10-09T13:30"),
    ("2026-10-02T09:10", 5, W, "quarter", "2026-10-09T09:15"),
    ("2026-10-02T09:15", 5, W, "quarter", "2026-10-09T09:15"),
    ("2026-10-02T16:59", 5, W, "quarter", "2026-10-09T17:00"),
    ("2026-10-05T10:20", 1, H, "quarter", "2026-10-05T11:30"),
]


@pytest.mark.parametrize(("received", "value", "unit", "policy", "due"), VECTORS)
def test_the_promised_moment(received: str, value: int, unit: TimeUnit, policy: str, due: str) -> None:
    found = compute_due(at(received), ProcessingTime(value, unit), POLICIES[policy], shipped())
    assert found.due == at(due)


def test_the_table_is_long_enough_to_be_trusted() -> None:
    assert len({vector[:4] for vector in VECTORS}) == len(VECTORS) >= 70


@pytest.mark.parametrize(
    ("received", "cutoff", "value", "due"),
    [
        # The 15:00 rule belongs to the procedure: "trong ngày; nhận sau 15 giờ thì ngày làm việc tiếp theo".
        ("2026-10-05T14:59", "15:00", 0, "2026-10-05T17:00"),
        ("2026-10-05T15:00", "15:00", 0, "2026-10-05T17:00"),
        ("2026-10-05T15:01", "15:00", 0, "2026-10-06T17:00"),
        ("2026-10-05T15:01", "", 0, "2026-10-05T17:00"),
        ("2026-10-09T16:30", "15:00", 0, "2026-10-12T17:00"),
        ("2026-01-09T15:30", "15:00", 0, "2026-01-10T17:00"),
        ("2026-10-10T16:00", "15:00", 0, "2026-10-12T17:00"),
        ("2026-10-05T15:01", "16:00", 1, "2026-10-06T15:01"),
    ],
)
def test_a_procedure_brings_its_own_cutoff(received: str, cutoff: str, value: int, due: str) -> None:
    time_allowed = ProcessingTime(value, W)
    found = compute_due(at(received), time_allowed, DeadlinePolicy(), shipped(), cutoff=cutoff)
    assert found.due == at(due)


def test_the_procedures_cutoff_goes_before_the_policys() -> None:
    received, policy = at("2026-10-05T15:30"), POLICIES["after_15"]
    found = compute_due(received, ProcessingTime(1, W), policy, shipped(), cutoff="16:00")
    assert found.due == at("2026-10-06T15:30")


def test_without_the_compensation_the_saturday_stays_free() -> None:
    bare = type(shipped())("bare", date(2026, 1, 1), "thử", ())
    found = compute_due(at("2026-01-09T10:00"), ProcessingTime(1, W), DeadlinePolicy(), bare)
    assert found.due == at("2026-01-12T10:00")


def test_the_command_line_answer_is_iso_with_offset_and_vietnamese_words() -> None:
    answer = due_as_json(datetime(2026, 10, 2, 15, 30), 5, "working_day", shipped())  # noqa: DTZ001
    assert answer["due"] == "2026-10-09T15:30:00+07:00"
    assert answer["steps"][0] == "Nhận hồ sơ lúc 15 giờ 30 phút, Thứ Sáu 02/10/2026."
    assert answer["steps"][-1].startswith("Hẹn trả lúc 15 giờ 30 phút, Thứ Sáu 09/10/2026")
    assert [step["kind"] for step in answer["derivation"]][:2] == ["received", "first_day_not_counted"]
    assert answer["calendar"] == shipped().version


def test_a_time_with_a_zone_is_read_on_the_counters_clock() -> None:
    answer = due_as_json(datetime.fromisoformat("2026-10-02T08:30:00+00:00"), 5, "working_day", shipped())
    assert answer["due"] == "2026-10-09T15:30:00+07:00"


def test_no_unit_never_yields_a_date() -> None:
    assert due_as_json(datetime(2026, 10, 2, 15, 30), 5, "none", shipped())["due"] is None  # noqa: DTZ001
