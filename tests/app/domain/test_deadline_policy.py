"""The deadline policy as data."""

from __future__ import annotations

import json
from datetime import time
from typing import Any

import pytest

from app.domain.deadline_policy import DeadlinePolicy, EndRule, StartRule, Window, parse_clock, parse_policy
from app.errors import Refusal

WEEK = [["07:30-11:30", "13:00-16:30"]] * 5 + [["07:30-11:30"], []]


def test_a_policy_that_states_only_its_version_is_the_default() -> None:
    assert parse_policy('{"schema": 1, "version": "default-1"}') == DeadlinePolicy()


def test_a_full_policy_is_read() -> None:
    stated = {
        "schema": 1, "version": "tỉnh-1", "source": "Quyết định thử", "office_hours": WEEK, "hours_per_day": 7,
        "start_rule": "after_cutoff_next_day", "cutoff": "15:30", "end_rule": "fixed", "end_time": "16:00",
        "rounding_minutes": 15, "calendar_day_rollover": False,
    }  # fmt: skip
    policy = parse_policy(json.dumps(stated))
    assert policy.office_hours[5] == (Window(time(7, 30), time(11, 30)),)
    assert (policy.start_rule, policy.cutoff) == (StartRule.AFTER_CUTOFF, time(15, 30))
    assert (policy.end_rule, policy.end_time) == (EndRule.FIXED, time(16))
    assert (policy.hours_per_day, policy.rounding_minutes, policy.calendar_day_rollover) == (7, 15, False)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"schema": 9}, "policy_schema_unknown"),
        ({"version": ""}, "policy_wrong_shape"),
        ({"office_hours": [[]] * 7}, "policy_bad_value"),
        ({"office_hours": WEEK[:6]}, "policy_bad_value"),
        ({"office_hours": [["13:00-16:30", "07:30-11:30"], *WEEK[1:]]}, "policy_bad_value"),
        ({"office_hours": [["11:30-07:30"], *WEEK[1:]]}, "policy_bad_value"),
        ({"office_hours": [["7:30-11:30"], *WEEK[1:]]}, "policy_bad_value"),
        ({"office_hours": ["07:30-11:30", *WEEK[1:]]}, "policy_wrong_shape"),
        ({"cutoff": "15h"}, "policy_bad_value"),
        ({"start_rule": "whenever"}, "policy_bad_value"),
        ({"end_rule": 3}, "policy_bad_value"),
        ({"hours_per_day": 0}, "policy_bad_value"),
        ({"rounding_minutes": 7}, "policy_bad_value"),
        ({"calendar_day_rollover": "yes"}, "policy_wrong_shape"),
        ({"holidays": []}, "policy_unknown_field"),
    ],
)
def test_a_broken_policy_is_refused_with_its_reason(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_policy(json.dumps({"schema": 1, "version": "thử"} | changes))
    assert refused.value.code == code


def test_a_policy_that_is_no_json_is_refused() -> None:
    with pytest.raises(Refusal, match="policy_not_json"):
        parse_policy("hours: all")


@pytest.mark.parametrize("text", ["24:00", "7:00", "07:60", "", "07:00:00", "٠٧:٠٠"])
def test_a_clock_is_written_in_four_digits(text: str) -> None:
    with pytest.raises(ValueError, match="HH:MM"):
        parse_clock(text)
