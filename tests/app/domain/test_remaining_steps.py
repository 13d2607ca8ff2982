"""How a promise after a pause is told, step by step, and which clock time it keeps."""

from __future__ import annotations

from datetime import time

import pytest

from app.domain.deadline_policy import STANDARD_WEEK, DeadlinePolicy, EndRule, Window
from app.domain.procedure import ProcessingTime, TimeUnit
from app.domain.remaining import left_at, resumed_due
from tests.app.domain.calendars import at, shipped

CLOSING, FIXED = DeadlinePolicy(end_rule=EndRule.END_OF_DAY), DeadlinePolicy(end_rule=EndRule.FIXED)
SATURDAY = DeadlinePolicy(
    end_rule=EndRule.END_OF_DAY, office_hours=(*STANDARD_WEEK[:5], (Window(time(7), time(11, 30)),), ())
)
FIVE, THIRTY = ProcessingTime(5, TimeUnit.WORKING_DAY), ProcessingTime(30, TimeUnit.WORKING_DAY)
TEN_DAYS = ProcessingTime(10, TimeUnit.DAY)
BEGIN = "Paused TimeLeft CountedOn"
THREE_DAYS = f"{BEGIN} FirstDayNotCounted CountedDays CountedDays Skipped CountedDays Ends"
PLAIN = DeadlinePolicy()

Row = tuple[str, str, str, ProcessingTime, DeadlinePolicy, str, str]
ROWS: dict[str, Row] = {
    "back on the same day": (
        "2026-11-30T17:00", "2026-11-23T09:00", "2026-11-23T15:00", FIVE, CLOSING, "2026-11-30T17:00",
        f"{BEGIN} Ends"),
    "days, back on the same day": (
        "2026-12-03T09:00", "2026-11-23T09:00", "2026-11-23T15:00", TEN_DAYS, PLAIN, "2026-12-03T09:00",
        f"{BEGIN} Ends"),
    "eight days left": (
        "2026-12-03T09:00", "2026-11-25T09:00", "2026-11-26T15:00", TEN_DAYS, PLAIN, "2026-12-04T09:00",
        f"{BEGIN} FirstDayNotCounted CalendarDays Ends"),
    "no day left": (
        "2026-12-03T09:00", "2026-12-03T08:00", "2026-12-07T08:00", TEN_DAYS, PLAIN, "2026-12-07T09:00",
        f"{BEGIN} Ends"),
    "no working day left": (
        "2026-11-30T17:00", "2026-11-30T08:00", "2026-12-02T08:00", FIVE, CLOSING, "2026-12-02T17:00",
        f"{BEGIN} Ends"),
    "three working days left": (
        "2026-11-30T17:00", "2026-11-25T08:00", "2026-12-02T08:00", FIVE, CLOSING, "2026-12-07T17:00", THREE_DAYS),
    "more days than are told one by one": (
        "2026-12-30T17:00", "2026-11-25T08:00", "2026-12-02T08:00", THIRTY, CLOSING, "2027-01-07T17:00",
        f"{BEGIN} FirstDayNotCounted CountedDays Skipped Skipped CountedDays Ends"),
    "the fixed hour stays": (
        "2026-11-30T16:30", "2026-11-25T08:00", "2026-12-02T08:00", FIVE, FIXED, "2026-12-07T16:30", THREE_DAYS),
    "another hour than the fixed one stays": (
        "2026-11-30T10:00", "2026-11-25T08:00", "2026-12-02T08:00", FIVE, FIXED, "2026-12-07T10:00", THREE_DAYS),
    "another hour than closing stays": (
        "2026-11-30T10:00", "2026-11-25T08:00", "2026-12-02T08:00", FIVE, CLOSING, "2026-12-07T10:00", THREE_DAYS),
    "closing is that of the half day": (
        "2026-11-30T17:00", "2026-11-25T08:00", "2026-12-01T08:00", FIVE, SATURDAY, "2026-12-05T11:30",
        f"{BEGIN} FirstDayNotCounted CountedDays CountedDays CountedDays CountedDays Ends"),
    "an hour that the half day does not have": (
        "2026-11-30T16:00", "2026-11-25T08:00", "2026-12-01T08:00", FIVE, SATURDAY, "2026-12-05T11:30",
        f"{BEGIN} FirstDayNotCounted CountedDays CountedDays CountedDays CountedDays MovedIntoHours Ends"),
    "a promise on a day off": (
        "2026-11-29T10:00", "2026-11-25T08:00", "2026-12-02T08:00", FIVE, CLOSING, "2026-12-04T10:00",
        f"{BEGIN} FirstDayNotCounted CountedDays CountedDays Ends"),
    "days that end on a day off": (
        "2026-11-29T10:00", "2026-11-25T08:00", "2026-12-02T08:00", TEN_DAYS, CLOSING, "2026-12-07T10:00",
        f"{BEGIN} FirstDayNotCounted CalendarDays RolledOver Ends"),
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
def test_the_promise_after_a_pause_and_its_steps(row: Row) -> None:
    before, asked, came, allowed, policy, due, steps = row
    found = resumed_due(at(before), at(asked), at(came), allowed, policy, shipped())
    assert (found.due, " ".join(type(step).__name__ for step in found.steps)) == (at(due), steps)


def test_seconds_do_not_count() -> None:
    hours = ProcessingTime(16, TimeUnit.HOUR)
    due, asked, came = (at(f"2026-11-{text}") for text in ("27T10:00", "25T09:10", "26T15:20"))
    late = [moment.replace(second=second, microsecond=7) for moment, second in ((due, 59), (asked, 1), (came, 58))]
    assert resumed_due(*late, hours, PLAIN, shipped()) == resumed_due(due, asked, came, hours, PLAIN, shipped())
    assert left_at(late[0], late[1], hours, PLAIN, shipped()) == left_at(due, asked, hours, PLAIN, shipped())
