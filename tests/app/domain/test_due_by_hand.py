"""Three answers to each row of tests/due_vectors.csv: the file's, the product's and the independent script's."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.domain.deadline_policy import STANDARD_WEEK, DeadlinePolicy, EndRule, StartRule, Window, parse_clock
from app.domain.leg_dates import leg_dues
from app.domain.office_time import OfficeTime
from app.domain.procedure import Leg, ProcessingTime, TimeUnit
from app.domain.remaining import Remaining, left_at, resumed_due
from app.domain.workdays import compute_due
from tests import due_by_hand
from tests.app.domain.calendars import at, shipped

FILE = Path(due_by_hand.__file__).with_name("due_vectors.csv")
ROWS = due_by_hand.read(FILE)


def saturday(opens: str, closes: str) -> DeadlinePolicy:
    return DeadlinePolicy(
        office_hours=(*STANDARD_WEEK[:5], (Window(parse_clock(opens), parse_clock(closes)),), ())
    )


POLICIES = {
    "": DeadlinePolicy(),
    "saturday": saturday("07:30", "11:00"),
    "saturday_4h": saturday("07:00", "11:00"),
    "saturday_end": replace(saturday("07:30", "11:00"), end_rule=EndRule.END_OF_DAY),
    "saturday_fixed": replace(
        saturday("07:30", "11:00"), end_rule=EndRule.FIXED, end_time=parse_clock("16:30")
    ),
    "next_day": DeadlinePolicy(start_rule=StartRule.NEXT_DAY_START),
    "after_15": DeadlinePolicy(start_rule=StartRule.AFTER_CUTOFF),
    "day_end": DeadlinePolicy(end_rule=EndRule.END_OF_DAY),
    "fixed": DeadlinePolicy(end_rule=EndRule.FIXED, end_time=parse_clock("16:30")),
    "fixed_lunch": DeadlinePolicy(end_rule=EndRule.FIXED, end_time=parse_clock("12:00")),
    "quarter": DeadlinePolicy(rounding_minutes=15),
    "no_rollover": DeadlinePolicy(calendar_day_rollover=False),
}


def said(moment: object) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}" if moment is not None else "none"


def said_left(left: Remaining) -> str:
    return f"{'-' * left.is_over}{left.days}d{left.minutes}m" if left.is_promised else "none"


def product(row: dict[str, str]) -> dict[str, str]:
    """What the product answers to a row, in the columns of the file."""
    policy, calendar = POLICIES[row["policy"]], shipped()
    time = ProcessingTime(int(row["value"]) if row["value"] else None, TimeUnit(row["unit"]))
    found = compute_due(at(row["received"]), time, policy, calendar, cutoff=row["cutoff"])
    due, lefts = found.due, []
    for pause in row["pauses"].split():
        stops, resumes = map(at, pause.split(">"))
        lefts.append(said_left(left_at(due, stops, time, policy, calendar)))
        due = resumed_due(due, stops, resumes, time, policy, calendar).due
    legs = [
        Leg("Cơ quan thử", ProcessingTime(int(leg.split("x")[0]), TimeUnit(leg.rstrip("*").split("x")[1])))
        for leg in row["legs"].split()
    ]
    return {
        "due": said(found.due),
        "current_due": said(due) if row["pauses"] else "",
        "left": " ".join(lefts),
        "leg_dues": " ".join(said(leg.at) for leg in leg_dues(found.starts, legs, policy, calendar)),
    }


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['id']}-{row['rule']}")
def test_product_file_and_script_agree(row: dict[str, str]) -> None:
    assert due_by_hand.differences(row) == {}
    answers = product(row)
    assert {name: (row[name], answer) for name, answer in answers.items() if row[name] != answer} == {}


def test_the_file_is_long_and_every_row_is_another_question() -> None:
    questions = {tuple(row[name] for name in ("policy", "received", "value", "unit", "cutoff", "legs", "pauses"))
                 for row in ROWS}
    assert len(questions) == len(ROWS) == len({row["id"] for row in ROWS})
    assert len(ROWS) >= 300


def test_every_rule_has_rows_and_every_row_a_rule_and_a_derivation() -> None:
    assert {row["rule"] for row in ROWS} == set(due_by_hand.RULES)
    assert all(row["derivation"] for row in ROWS)
    by = Counter(row["by"] for row in ROWS)
    assert set(by) == {"hand 6.5", "hand", "script"}
    assert (by["hand 6.5"], by["hand"] >= 35) == (10, True)


def test_all_that_the_law_and_the_offices_ask_for_is_in_the_file() -> None:
    rules = Counter(row["rule"] for row in ROWS)
    assert all(rules[rule] >= 8 for rule in (
        "tet", "april-may", "september", "make-up", "holiday-reception", "closing", "hours", "half-day", "cutoff",
        "legs", "pause-days", "pause-hours", "pause-calendar", "pause-cycles", "pause-overdue",
    ))
    made_up = {str(day) for day in due_by_hand.MADE_UP}
    assert {day for day in made_up if any(row["received"].startswith(day) for row in ROWS)} == made_up
    assert sum(row["received"].endswith("16:59") for row in ROWS) >= 5
    assert sum(len(row["pauses"].split()) > 1 for row in ROWS) >= 8


def test_the_script_knows_the_same_working_days_from_its_own_list() -> None:
    office, days = OfficeTime(DeadlinePolicy(), shipped()), due_by_hand.tape("").days
    first, last = date(2023, 1, 1), date(2027, 12, 30)
    known = {(due_by_hand.ZERO + timedelta(days=day)).date() for day in days}
    span = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    assert [day for day in span if office.is_working(day) != (day in known)] == []


def test_the_script_shares_no_code_with_the_product() -> None:
    tree = ast.parse(Path(due_by_hand.__file__).read_text(encoding="utf-8"))
    imported = {name.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import)
                for name in node.names}
    imported |= {str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported == {"__future__", "csv", "sys", "bisect", "datetime", "pathlib", "typing"}


def test_a_wrong_row_is_named_by_the_script(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert due_by_hand.main([str(FILE)]) == 0
    broken = tmp_path / "broken.csv"
    broken.write_text(FILE.read_text(encoding="utf-8").replace(
        "D001,hand 6.5,same-clock,,2023-10-27T09:32,5", "D001,hand 6.5,same-clock,,2023-10-27T09:32,6",
    ), encoding="utf-8")
    assert due_by_hand.main([str(broken)]) == 1
    assert capsys.readouterr().out == (
        "D001 (same-clock, hand 6.5) due: written 2023-11-03T09:32, found 2023-11-06T09:32\n"
    )
